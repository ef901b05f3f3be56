"""Turns what the bot sends into a message of the world, checked as Discord checks it."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from bot.rehearsal import poll_life
from bot.rehearsal.entities import Channel, User
from bot.rehearsal.images import content_type_of, size_of
from bot.rehearsal.limits_message import check_message, check_not_empty
from bot.rehearsal.mentions import pings_of
from bot.rehearsal.messages import COMPONENTS_V2, EPHEMERAL, LOADING, Attachment, Message, walk
from bot.rehearsal.polls import poll_of
from bot.rehearsal.routing import Upload
from bot.rehearsal.rules import ApiError, Json, Rule

if TYPE_CHECKING:
    from bot.rehearsal.world import World

ATTACHMENT_ID = Rule("an attachment's id names a sent file or one the message has", "docs: Uploading Files")
SETTABLE = (1 << 2) | EPHEMERAL | (1 << 12) | COMPONENTS_V2
POLL_STAYS = Rule("a poll can't be edited", "discord.md: Limits, native poll")
ALSO_CHECKED = frozenset({"attachments", "poll"})
Files = Mapping[int, Upload]


def new_message(
    world: World,
    channel: Channel,
    body: Json,
    files: Files,
    *,
    ephemeral_to: User | None = None,
    author: User | None = None,
) -> Message:
    """A checked message by the bot, or a webhook as `author`, that isn't in its channel yet."""
    number, now = world.ids.next(), world.clock.now()
    message = Message(number, channel, author or world.me, now, ephemeral_to=ephemeral_to)
    flags = (body.get("flags") or 0) & SETTABLE
    attachments = _attachments(world, message, body, files)
    check_message(body, files=_sizes(attachments), v2=bool(flags & COMPONENTS_V2))
    check_not_empty(body, files=len(attachments))
    message.flags = flags & ~EPHEMERAL | (EPHEMERAL if ephemeral_to else 0)
    message.nonce = None if body.get("nonce") is None else str(body["nonce"])
    _fill(world, message, body, attachments)
    return message


def revise(world: World, message: Message, body: Json, files: Files) -> Message:
    """Edit in place; keys that aren't sent stay as they are. A loading message becomes a real one."""
    if message.poll is not None:
        raise ApiError(400, 520003, "Cannot edit a poll message", POLL_STAYS)
    attachments = _attachments(world, message, body, files)
    whole = {"content": message.content, "embeds": message.embeds, "components": message.components}
    whole |= {key: value for key, value in body.items() if key in whole or key in ALSO_CHECKED}
    had_v2 = bool(message.flags & COMPONENTS_V2)
    v2 = had_v2 or bool((body.get("flags") or 0) & COMPONENTS_V2)
    flags = {"flags": body["flags"]} if body.get("flags") is not None else {}
    check_message({**whole, **flags}, files=_sizes(attachments), v2=v2, had_v2=had_v2)
    check_not_empty(whole, files=len(attachments))
    was_loading = message.loading
    message.flags = message.flags & ~LOADING | (COMPONENTS_V2 if v2 else 0)
    _fill(world, message, body, attachments)
    if not was_loading:
        message.edited_at = world.clock.now()
        message.edits += 1
    return message


def _fill(world: World, message: Message, body: Json, attachments: list[Attachment]) -> None:
    message.attachments = attachments
    world.files |= {a.id: a for a in attachments}
    if "content" in body:
        message.content = body["content"] or ""
    if "embeds" in body:
        message.embeds = [_shown(embed, attachments) for embed in body["embeds"] or []]
    if "components" in body:
        message.components = [_shown(c, attachments) for c in body["components"] or []]
        _number(message.components)
    if body.get("poll") is not None:
        message.poll = poll_of(body["poll"], world.clock.now())
        poll_life.watch(world, message)
    message.pings = pings_of(message, body.get("allowed_mentions"))


def _attachments(world: World, message: Message, body: Json, files: Files) -> list[Attachment]:
    """The files the message will have: those it keeps and those that came with the request."""
    entries = body.get("attachments")
    if entries is None:
        return [*message.attachments, *(_uploaded(world, message, f, {}) for f in files.values())]
    known = {a.id: a for a in message.attachments}
    result = []
    for entry in entries:
        number = int(entry["id"])
        if number in files:
            result.append(_uploaded(world, message, files[number], entry))
        elif number in known:
            result.append(known[number])
        else:
            errors = {"attachments": {"_errors": [{"code": "ATTACHMENT_NOT_FOUND", "message": str(number)}]}}
            raise ApiError(400, 50035, "Invalid Form Body", ATTACHMENT_ID, errors=errors)
    named = {int(entry["id"]) for entry in entries}
    return result + [_uploaded(world, message, f, {}) for n, f in files.items() if n not in named]


def _uploaded(world: World, message: Message, file: Upload, entry: Json) -> Attachment:
    number, name = world.ids.next(), entry.get("filename") or file.filename
    return Attachment(
        number,
        name,
        file.data,
        f"{world.cdn}/attachments/{message.channel.id}/{number}/{name}",
        entry.get("description"),
        content_type_of(name),
        size_of(file.data),
    )


def _sizes(attachments: list[Attachment]) -> list[tuple[str, int]]:
    return [(a.filename, len(a.data)) for a in attachments]


def _shown(part: Json, attachments: list[Attachment]) -> Json:
    """A copy with attachment:// resolved and absent values left out, as Discord sends it back."""
    by_url = {f"attachment://{a.filename}": a for a in attachments}

    def resolve(value: Any) -> Any:
        if isinstance(value, list):
            return [resolve(each) for each in value]
        if not isinstance(value, dict):
            return value
        copy = {key: resolve(each) for key, each in value.items() if each is not None}
        file = by_url.get(copy.get("url", ""))
        return {**copy, **_media(file)} if file else copy

    shown: Json = resolve(deepcopy(part))
    return shown


def _media(file: Attachment) -> Json:
    width, height = file.size_px or (None, None)
    media = {"url": file.url, "proxy_url": file.url, "content_type": file.content_type}
    return {**media, "attachment_id": str(file.id), "width": width, "height": height}


def _number(components: list[Json]) -> None:
    """Give every component without an id the next free one, in reading order."""
    every = list(walk(components))
    taken = {c["id"] for c in every if c.get("id")}
    free = (number for number in range(1, len(every) + len(taken) + 1) if number not in taken)
    for component in every:
        component["id"] = component.get("id") or next(free)
