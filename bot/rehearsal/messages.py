"""A message as the world keeps it, and what a reader finds in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from bot.rehearsal.entities import Channel, User
from bot.rehearsal.lines import line_of
from bot.rehearsal.payloads import message_payload
from bot.rehearsal.polls import Poll
from bot.rehearsal.rules import Json

EPHEMERAL = 1 << 6
LOADING = 1 << 7
SUPPRESS_EMBEDS = 1 << 2
HAS_THREAD = 1 << 5
SUPPRESS_NOTIFICATIONS = 1 << 12
VOICE = 1 << 13
FORWARDED = 1 << 14
COMPONENTS_V2 = 1 << 15

WRITTEN = frozenset({0, 19, 20, 23})  # messages, replies, answers to commands
BUTTON = 2
SELECTS = frozenset({3, 5, 6, 7, 8})


@dataclass(eq=False, slots=True)
class Attachment:
    id: int
    filename: str
    data: bytes
    url: str
    description: str | None = None
    content_type: str = "application/octet-stream"
    size_px: tuple[int, int] | None = None
    seconds: float | None = None  # of a voice message

    @property
    def spoiler(self) -> bool:
        return self.filename.startswith("SPOILER_")


@dataclass(eq=False, slots=True)
class Message:
    id: int
    channel: Channel
    author: User
    created_at: datetime
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    flags: int = 0
    type: int = 0
    nonce: str | None = None
    ephemeral_to: User | None = None
    edited_at: datetime | None = None
    edits: int = 0
    pinned_at: datetime | None = None
    deleted: bool = False
    webhook_id: int | None = None
    application_id: int | None = None
    poll: Poll | None = None
    interaction: Json | None = None
    asked: str | None = None  # the command that it answers, as clients show above it
    reference: Message | None = None  # answered, forwarded or told of by it
    forwarded: Json | None = None  # the forwarded message as it was then
    stickers: list[tuple[int, str]] = field(default_factory=list)
    pings: set[str] = field(default_factory=set)
    mentioned: list[User] = field(default_factory=list)  # whom a system line is about
    thread: Channel | None = None  # started from it, or told of by it

    @property
    def pinned(self) -> bool:
        return self.pinned_at is not None

    @property
    def edited(self) -> bool:
        return self.edited_at is not None

    @property
    def loading(self) -> bool:
        """The "thinking…" of a deferred answer: nothing to read yet."""
        return bool(self.flags & LOADING)

    @property
    def ephemeral(self) -> bool:
        return self.ephemeral_to is not None

    @property
    def text(self) -> str:
        """All that a member reads in it, line by line."""
        return "\n".join(line for line in readable(self) if line)

    def post(self) -> Message:
        self.channel.messages[self.id] = self
        return self

    def buttons(self) -> list[Json]:
        return [c for c in walk(self.components) if c["type"] == BUTTON]

    def selects(self) -> list[Json]:
        return [c for c in walk(self.components) if c["type"] in SELECTS]

    def payload(self) -> Json:
        return message_payload(self)


def is_system(message: Message) -> bool:
    """A line that Discord writes itself: somebody was added, something was pinned."""
    return message.type not in WRITTEN


def walk(components: list[Json]) -> Iterator[Json]:
    """Every component, outer before inner, in reading order."""
    for component in components:
        yield component
        yield from walk(component.get("components") or [])
        yield from walk([c for key in ("accessory", "component") if (c := component.get(key))])


def readable(message: Message) -> Iterator[str]:
    yield line_of(message)
    yield (message.forwarded or {}).get("content", "")
    yield from (name for _, name in message.stickers)
    if message.poll is not None:
        yield from (message.poll.question, *(answer.text for answer in message.poll.answers))
    for embed in message.embeds:
        yield from _embed_texts(embed)
    for component in walk(message.components):
        yield from component_texts(component)
    shown = {d for c in walk(message.components) for d in _descriptions(c)}
    yield from (a.description for a in message.attachments if a.description and a.description not in shown)


def component_texts(component: Json) -> Iterator[str]:
    for key in ("content", "label", "placeholder", "title"):
        if isinstance(component.get(key), str):
            yield component[key]
    for option in component.get("options") or []:
        yield " — ".join(filter(None, (option["label"], option.get("description"))))
    yield from _descriptions(component)


def _descriptions(component: Json) -> Iterator[str]:
    holders = [component, *(component.get("items") or [])]
    yield from (holder["description"] for holder in holders if holder.get("description"))


def _embed_texts(embed: Json) -> Iterator[str]:
    yield (embed.get("author") or {}).get("name") or ""
    yield embed.get("title") or ""
    yield embed.get("description") or ""
    for each in embed.get("fields") or []:
        yield f"{each['name']}\n{each['value']}"
    yield (embed.get("footer") or {}).get("text") or ""
