"""A message as the page draws it: Discord's own shape, with its texts rendered and its files at the page's address."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from bot.rehearsal.entities import Channel, ChannelType
from bot.rehearsal.members import Member
from bot.rehearsal.messages import Message, is_system, walk
from bot.rehearsal.page.markdown import to_html, to_line
from bot.rehearsal.page.names import NamesFor
from bot.rehearsal.payloads import message_payload
from bot.rehearsal.rules import Json
from bot.rehearsal.threads import preview

TEXT_DISPLAY = 10
HEADS = re.compile(r"^(#{1,3}|-#|>|[-*]) +")  # a preview is one line, without its mark


def visible(viewer: Member, message: Message) -> bool:
    """Whether a screen shows it: what the member reads, and the "thinking…" of an answer to come."""
    if message.loading:
        return viewer.can_see(message.channel) and message.ephemeral_to in {None, viewer.user}
    return viewer.reads(message)


def shown(viewer: Member, message: Message) -> Json:
    """The message for one reader."""
    names = NamesFor(viewer.guild, viewer)
    wire = message_payload(message)
    return {
        "id": wire["id"],
        "author": {"id": wire["author"]["id"], "name": message.author.name, "bot": message.author.bot},
        "at": message.created_at.timestamp(),
        "edited": message.edited,
        "ephemeral": message.ephemeral,
        "loading": message.loading,
        "pinned": message.pinned,
        "asked": _asked(message),
        "line": _line(message) if is_system(message) else None,
        "html": "" if is_system(message) else to_html(message.content, names),
        "embeds": [_embed(embed, names) for embed in _own_files(wire["embeds"], message)],
        "components": drawn(_own_files(wire["components"], message), names),
        "attachments": _unshown(_own_files(wire["attachments"], message), message),
        "poll": _poll(viewer, message),
    }


def last_of(viewer: Member, thread: Channel) -> Json | None:
    """Clients show a public thread's last message in its parent channel, to whoever sees that."""
    last = None if thread.type is ChannelType.PRIVATE_THREAD else preview(thread)
    if last is None:
        return None
    line = next((line for text in plain_texts(last) for line in text.splitlines() if line.strip()), "")
    return {
        "who": last.author.name,
        "html": to_line(HEADS.sub("", line), NamesFor(viewer.guild, viewer), still=True),
    }


def _poll(viewer: Member, message: Message) -> Json | None:
    """Discord's shape, and which answers are this reader's."""
    if message.poll is None:
        return None
    mine = [answer for answer, user in message.poll.votes if user == viewer.id]
    return {**message.poll.payload(), "mine": mine, "over": message.poll.ended}


def thread_stub(viewer: Member, thread: Channel) -> Json | None:
    """The thread that hangs on a message, with what clients show of it there."""
    if not viewer.can_see(thread):
        return None
    said = len(thread.history())
    return {"id": str(thread.id), "name": thread.name, "said": said, "preview": last_of(viewer, thread)}


def _line(message: Message) -> str:
    """What a client makes of a line that Discord writes itself (docs: Message Types)."""
    whom = ", ".join(user.name for user in message.mentioned)
    lines = {
        1: f"added {whom} to the thread",
        2: f"removed {whom} from the thread",
        4: f"renamed it to {message.content}",
        6: "pinned a message",
        18: f"started a thread: {message.content}",
        21: "started this thread from a message",
        46: "closed a poll",
    }
    return lines.get(message.type, message.content)


def drawn(components: list[Json], names: NamesFor) -> list[Json]:
    """Components with the text of each display rendered into `html`."""
    for component in walk(components):
        if component["type"] == TEXT_DISPLAY:
            component["html"] = to_html(component["content"], names)
    return components


def plain_texts(message: Message) -> Iterator[str]:
    """What clients take for previews: the text, the text displays, the embeds."""
    yield message.content
    yield from (c["content"] for c in walk(message.components) if c["type"] == TEXT_DISPLAY)
    yield from (str(e.get("title") or e.get("description") or "") for e in message.embeds)


def _asked(message: Message) -> Json | None:
    if message.asked is None or message.interaction is None:
        return None
    return {"name": message.asked, "who": message.interaction["user"]["global_name"]}


def _embed(embed: Json, names: NamesFor) -> Json:
    """Titles and field names take marks inside the line only."""
    html = {}
    for key in ("title", "description"):
        if embed.get(key):
            html[key] = (to_line if key == "title" else to_html)(embed[key], names)
    fields = [
        {
            "name": to_line(f["name"], names),
            "value": to_html(f["value"], names),
            "inline": bool(f.get("inline")),
        }
        for f in embed.get("fields") or []
    ]
    return {**embed, "html": html, "fields": fields}


def _own_files(part: Any, message: Message) -> Any:
    """A copy in which the urls of this message's files point to the page, and other sites' are only named: the
    page loads nothing from outside."""
    ours = {a.url: f"files/{a.id}/{a.filename}" for a in message.attachments}

    def copy(value: Any) -> Any:
        if isinstance(value, list):
            return [copy(each) for each in value]
        if not isinstance(value, dict):
            return value
        copied = {key: copy(each) for key, each in value.items()}
        if value.get("url") in ours:
            copied |= {"url": ours[value["url"]], "proxy_url": ours[value["url"]]}
        elif "proxy_url" in value or set(value) == {"url"}:
            copied |= {"outside": urlsplit(str(value["url"])).hostname}
        return copied

    return copy(part)


def _unshown(attachments: list[Json], message: Message) -> list[Json]:
    """Those that no component or embed shows; a name that begins with SPOILER_ covers a file."""
    used = set(_urls([*message.components, *message.embeds]))
    by_id = {str(a.id): a for a in message.attachments}
    return [{**a, "spoiler": by_id[a["id"]].spoiler} for a in attachments if by_id[a["id"]].url not in used]


def _urls(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for each in part:
            yield from _urls(each)
    elif isinstance(part, dict):
        if isinstance(part.get("url"), str):
            yield part["url"]
        for each in part.values():
            yield from _urls(each)
