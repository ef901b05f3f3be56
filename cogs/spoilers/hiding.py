"""Hide as spoiler: a message is sent again under its author's name behind spoiler tags, then the original goes."""

import logging
import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import PurePath
from typing import Any

import discord

from bot.domain.spoilers import Level
from bot.domain.threads.subjects import Privacy, Subject
from bot.domain.veiling import LIMIT, veiled
from bot.errors import NotAllowedError, UserError
from bot.house import House
from bot.i18n import Speaker
from bot.services.hiding import NewHiding
from bot.ui.cards import Card, button, rows
from bot.ui.desk import Asker, Handler, Press
from bot.ui.hosts import is_host, require_host
from bot.ui.once import UnsureError
from bot.ui.webhooks import Guise
from cogs.spoilers.copies import Copies, Copy
from cogs.spoilers.opening import put_off, settle
from cogs.spoilers.places import home
from cogs.spoilers.refusals import require_hideable
from cogs.spoilers.titles import Titles

log = logging.getLogger(__name__)

_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}")
SPOILER = "SPOILER_"
FILE_LIMIT = 10 * 1024**2


class Hiding:
    """A member's own message, or anybody's for a host."""

    def __init__(self, house: House, titles: Titles, copies: Copies) -> None:
        self._house = house
        self._channels = house.channels
        self._titles = titles
        self._copies = copies

    def routes(self) -> Iterator[tuple[str, Handler]]:
        yield "spoilers-hidden", self._asked_to_delete
        yield "spoilers-unhide", self._deleted
        yield "spoilers-keep-hidden", self._kept

    async def hide(self, asker: Asker, message: discord.Message) -> None:
        """The message menu."""
        own = message.author.id == asker.member_id
        if not own and not is_host(asker):
            require_host(asker)
        guild = asker.interaction.guild
        require_hideable(message, guild.filesize_limit if guild else FILE_LIMIT)
        self._require_rights(asker, "spoilers.cannot_hide", manage_messages=True, files=message.attachments)
        await put_off(asker)
        texts = _texts(_head(message, asker.public, by_host=not own), _told(message))
        label = asker.public("spoilers.button_delete")
        copy = Copy(_guise(message.author), texts, label, await _files(message))
        new = self._new(asker, message.author.id, message.id, len(texts))
        await self._send(asker, new, copy, "spoilers.hidden")

    async def say(self, asker: Asker, text: str, versions: str, level: Level) -> None:
        """`/spoilers say`: one's own text, with what it is about stated."""
        film, keys = self._titles.find(versions)
        self._require_voice(asker)
        self._require_rights(asker, "spoilers.cannot_say", manage_messages=False, files=())
        subject = Subject(film.slug, keys, level, None, Privacy.PUBLIC)
        if not text.strip():
            raise UserError("spoilers.hide_empty")
        texts = _texts([self._titles.name(subject, asker.public)], text)
        await put_off(asker)
        copy = Copy(_guise(asker.interaction.user), texts, asker.public("spoilers.button_delete"))
        new = self._new(asker, asker.member_id, None, len(texts))
        await self._send(asker, new, copy, "spoilers.said")

    async def _send(self, asker: Asker, new: NewHiding, copy: Copy, done: str) -> None:
        try:
            hiding = await self._copies.hide(new, copy)
        except (discord.Forbidden, discord.NotFound):
            raise UserError("spoilers.hide_refused") from None
        except (discord.HTTPException, UnsureError) as failed:
            log.warning("could not hide in %s: %s", new.channel_id, failed)
            raise UserError("spoilers.hide_failed") from None
        if hiding is None:
            raise UserError("spoilers.hiding_already")
        await settle(asker, Card(asker.t(done)))

    def _new(self, asker: Asker, author_id: int, original_id: int | None, parts: int) -> NewHiding:
        return NewHiding(
            club_id=asker.club_id,
            channel_id=asker.channel_id,
            hook_channel_id=home(asker),
            original_id=original_id,
            author_id=author_id,
            after_id=asker.interaction.id,
            parts=parts,
        )

    def _require_rights(
        self, asker: Asker, key: str, *, manage_messages: bool, files: Sequence[discord.Attachment]
    ) -> None:
        """Each missing right by name; the text of `key` says what is left to do without."""
        wanted = {"view_channel": True, "read_message_history": True}
        if manage_messages:
            wanted["manage_messages"] = True
        if files:
            wanted["attach_files"] = True
        missing = self._channels.missing(asker.channel_id, **wanted)
        missing += self._channels.missing(home(asker), manage_webhooks=True)
        if missing:
            raise UserError(key, channel=f"<#{home(asker)}>", missing=", ".join(missing))

    def _require_voice(self, asker: Asker) -> None:
        """Whoever may not write here may not have the bot write for them either."""
        held = asker.interaction.permissions
        in_thread = isinstance(asker.interaction.channel, discord.Thread)
        if not (held.send_messages_in_threads if in_thread else held.send_messages):
            raise NotAllowedError("spoilers.may_not_write")

    async def _asked_to_delete(self, press: Press) -> None:
        asker, t = press.asker, press.asker.t
        await self._require_author(asker, press.number())
        await asker.whisper(
            Card(
                t("spoilers.delete_sure"),
                *rows(
                    [
                        button(t("spoilers.button_delete_now"), f"spoilers-unhide:{press.word()}"),
                        button(t("spoilers.button_cancel"), "spoilers-keep-hidden"),
                    ]
                ),
            )
        )

    async def _deleted(self, press: Press) -> None:
        hiding = await self._require_author(press.asker, press.number())
        try:
            await self._copies.delete(hiding)
        except discord.HTTPException as failed:
            log.warning("could not delete a copy in %s: %s", hiding.channel_id, failed)
            raise UserError("spoilers.delete_failed") from None
        await press.asker.whisper(Card(press.asker.t("spoilers.deleted")))

    async def _kept(self, press: Press) -> None:
        await press.asker.whisper(Card(press.asker.t("spoilers.kept")))

    async def _require_author(self, asker: Asker, hiding_id: int) -> Any:
        hiding = await self._house.hidden.load(hiding_id)
        if hiding is None or hiding.club_id != asker.club_id:
            raise UserError("error.old_button")
        if hiding.author_id != asker.member_id:
            raise NotAllowedError("spoilers.not_yours")
        return hiding


def _head(message: discord.Message, t: Speaker, *, by_host: bool) -> list[str]:
    """What stands above the hidden text for everybody to read: nothing of the message itself."""
    reply = message.reference
    lines = []
    if reply and reply.message_id and message.guild:
        there = f"https://discord.com/channels/{message.guild.id}/{reply.channel_id}/{reply.message_id}"
        lines.append(t("spoilers.reply_to", url=there))
    if by_host:
        lines.append(t("spoilers.by_host"))
    return lines


def _texts(head: Sequence[str], text: str) -> list[str]:
    """Each part of the copy; a message of files alone has just its head, or nothing."""
    above = "".join(f"-# {line}\n" for line in head)
    hidden = veiled(text, LIMIT - len(above))
    return [above + part for part in hidden] or [above.rstrip("\n")]


def _told(message: discord.Message) -> str:
    """The message's words and those that came with its files, whose own place can't be hidden."""
    return "\n".join(
        [message.content, *(file.description for file in message.attachments if file.description)]
    )


async def _files(message: discord.Message) -> list[discord.File]:
    """The files behind a tap, under names that say nothing."""
    try:
        read = [(await file.read(), _kind(file.filename)) for file in message.attachments]
    except discord.HTTPException:
        raise UserError("spoilers.hide_failed") from None
    return [
        discord.File(BytesIO(data), f"{SPOILER}{number}{suffix}")
        for number, (data, suffix) in enumerate(read, 1)
    ]


def _kind(name: str) -> str:
    """What a file is, by the end of its name; what isn't short enough for that may be words."""
    suffix = PurePath(name).suffix
    return suffix if _SUFFIX.fullmatch(suffix) else ""


def _guise(user: discord.abc.User) -> Guise:
    return Guise(user.display_name, user.display_avatar.url)
