"""What members write: words, files, replies, forwards, stickers, voice messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.rehearsal import poll_life
from bot.rehearsal.access import require
from bot.rehearsal.answers import ClientRefuses
from bot.rehearsal.client import refusing
from bot.rehearsal.entities import Channel
from bot.rehearsal.images import content_type_of, size_of
from bot.rehearsal.mentions import pings_of
from bot.rehearsal.messages import FORWARDED, VOICE, Attachment, Message
from bot.rehearsal.permissions import Permission
from bot.rehearsal.polls import Poll, PollAnswer
from bot.rehearsal.published import publish, republish, unpublish
from bot.rehearsal.thread_rules import check_open, check_send

if TYPE_CHECKING:
    from bot.rehearsal.standing import Standing
    from bot.rehearsal.world import World

MOST = 4000  # with Nitro; 2,000 without
REPLY = 19


def write(
    actor: Standing,
    channel: Channel,
    text: str,
    *,
    files: Mapping[str, bytes],
    reply_to: Message | None,
    forward: Message | None,
    sticker: str | None,
    voice: bool,
) -> Message:
    _check(actor, channel, text, files=files, something=bool(forward or sticker or voice))
    world = actor.world
    message = Message(world.ids.next(), channel, actor.user, world.clock.now(), text)
    message.attachments = [_file(world, message, name, data) for name, data in files.items()]
    if reply_to is not None:
        message.type, message.reference = REPLY, reply_to
    if forward is not None:
        message.reference, message.forwarded, message.flags = forward, forward.payload(), FORWARDED
    if voice:
        message.flags |= VOICE
        message.attachments.append(_file(world, message, "voice-message.ogg", b"OggS", seconds=3.2))
    message.stickers = [(world.ids.next(), sticker)] if sticker else []
    message.pings = pings_of(message, None)
    return publish(world, message)


def ask(
    actor: Standing, channel: Channel, question: str, answers: Sequence[str], *, hours: int, multiple: bool
) -> Message:
    world = actor.world
    with refusing(actor):
        check_send(actor, channel)
        require(channel, Permission.SEND_POLLS, by=actor)
    message = Message(world.ids.next(), channel, actor.user, world.clock.now())
    choices = [PollAnswer(number, text) for number, text in enumerate(answers, 1)]
    message.poll = Poll(question, choices, world.clock.now() + timedelta(hours=hours), multiple)
    poll_life.watch(world, message)
    return publish(world, message)


def edit(actor: Standing, message: Message, text: str) -> None:
    _check_own(actor, message)
    with refusing(actor):
        check_open(message.channel)
    message.content, message.edited_at = text, actor.world.clock.now()
    message.edits += 1
    republish(actor.world, message)


def delete(actor: Standing, message: Message) -> None:
    if message.author is not actor.user:
        with refusing(actor):
            require(message.channel, Permission.MANAGE_MESSAGES, by=actor)
    unpublish(actor.world, message)


def _check(
    actor: Standing, channel: Channel, text: str, *, files: Mapping[str, bytes], something: bool
) -> None:
    if channel.guild is None and channel.recipient is not actor.user:
        raise ClientRefuses(f"{actor.name} doesn't see {channel}")
    if channel.guild is not None:
        with refusing(actor):
            check_send(actor, channel)
            require(channel, *([Permission.ATTACH_FILES] if files else []), by=actor)
    if len(text) > MOST or not (text or files or something):
        raise ClientRefuses(f"{actor.name}: 1 to {MOST} characters, or something else to send")


def _check_own(actor: Standing, message: Message) -> None:
    if message.author is not actor.user:
        raise ClientRefuses(f"{actor.name} edits only what they wrote")


def _file(
    world: World, message: Message, name: str, data: bytes, *, seconds: float | None = None
) -> Attachment:
    number = world.ids.next()
    url = f"{world.cdn}/attachments/{message.channel.id}/{number}/{name}"
    file = Attachment(number, name, data, url, None, content_type_of(name), size_of(data), seconds)
    world.files[number] = file
    return file
