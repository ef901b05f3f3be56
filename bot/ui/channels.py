"""Messages sent and changed outside an interaction, by channel id and message id, never by a token that expires."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from enum import Enum, auto
from types import SimpleNamespace
from typing import Any, cast

import discord
from discord.ext import commands
from msgspec import Struct

from bot.domain.clubs import ClubSettings
from bot.domain.jobs import Job
from bot.errors import LaterError
from bot.i18n import Speaker, Texts
from bot.ui.cards import Card

LOOK_BACK = 100
LOOK_THROUGH = 2000
CLOCKS_APART = timedelta(minutes=5)  # Discord's and this machine's, at most
UNKNOWN_MESSAGE, ARCHIVED, LOCKED = 10008, 50083, 160005  # Discord's codes

log = logging.getLogger(__name__)


class Sent(Struct, frozen=True):
    """The message stands in the channel: sent just now, or found there from a try before."""

    message_id: int
    anew: bool


class NotSent(Struct, frozen=True):
    """The message doesn't stand there: the channel is gone or closed to the bot or a locked thread, or an earlier
    try may have sent it and the history that would tell may not be read (`unsure`)."""

    unsure: bool = False


class Change(Enum):
    """What became of an edit."""

    DONE = auto()
    MESSAGE_GONE = auto()
    OUT_OF_REACH = auto()  # the channel is gone, closed to the bot, or a thread that is shut


class Channels:
    """The bot's own voice in channels."""

    def __init__(self, client: commands.AutoShardedBot, texts: Texts) -> None:
        self._client = client
        self._texts = texts

    async def send_once(
        self,
        channel_id: int,
        card: Card,
        job: Job,
        mark: str,
        files: Sequence[discord.File] = (),
        *,
        pinged_role: int | None = None,
    ) -> Sent | NotSent:
        """Sends `card` for `job`, once however often the job is tried: Discord drops a repeat of its nonce for some
        minutes, and before every further try the bot looks for its own message, by an item whose address is
        `mark`. Nobody is pinged but who has `pinged_role`."""

        async def find() -> int | None:
            return await self.find_own(channel_id, mark, whole=True, since=job.sent_since)

        async def send() -> discord.Message:
            return await self._messageable(channel_id).send(
                view=card, files=list(files), nonce=job.nonce, allowed_mentions=_only(pinged_role)
            )

        return await self.once(channel_id, job, find, send)

    async def once(
        self,
        channel_id: int,
        job: Job,
        find: Callable[[], Awaitable[int | None]],
        send: Callable[[], Awaitable[discord.Message]],
    ) -> Sent | NotSent:
        """What `send` sends with the job's nonce, unless `find` finds it there before a further try."""
        if job.again and not self.may(channel_id, read_message_history=True):
            log.warning(
                "job %s: not sent again, since I may not read the history of %s", job.job_id, channel_id
            )
            return NotSent(unsure=True)
        try:
            if job.again and (there := await find()):
                return Sent(there, anew=False)
            message = await send()
        except discord.HTTPException as error:
            if not _shut_out(error):
                raise
            log.warning("job %s: could not send to %s: %s", job.job_id, channel_id, error)
            return NotSent()
        return Sent(message.id, anew=True)

    async def send_in_time(
        self, channel_id: int, card: Card, job: Job, mark: str, files: Sequence[discord.File] = ()
    ) -> Sent | None:
        """As `send_once`, for what has to be said one day: LaterError where the channel is shut for now, None where it
        is gone for good."""
        if not self.missing_to_post(channel_id):
            sent = await self.send_once(channel_id, card, job, mark, files)
            if isinstance(sent, Sent):
                return sent
        await self.wait_for(channel_id, job.club_id)
        return None

    async def wait_for(self, channel_id: int, club_id: int) -> None:
        """Has the job that runs tried again later, unless the channel is gone for good. While the bot isn't in the
        club, nobody can tell."""
        if self._client.get_guild(club_id) is None or not await self.gone(channel_id):
            raise LaterError(f"channel {channel_id} takes no messages of mine")
        log.info("channel %s is gone: nothing more is posted there", channel_id)

    async def edit(
        self, channel_id: int, message_id: int, card: Card, files: Sequence[discord.File] | None = None
    ) -> bool:
        """Shows `card` in a message the bot has sent, with `files` in place of those it had (None keeps them);
        False where the message is gone or out of reach for good."""
        return await self.change(channel_id, message_id, card, files) is Change.DONE

    async def change(
        self, channel_id: int, message_id: int, card: Card, files: Sequence[discord.File] | None = None
    ) -> Change:
        """As `edit`, telling a message that is gone from one out of reach. An archived thread is opened first."""
        message = self._messageable(channel_id).get_partial_message(message_id)
        attachments = discord.utils.MISSING if files is None else list(files)
        try:
            await self._unarchive(channel_id)
            await message.edit(view=card, attachments=attachments)
        except discord.HTTPException as error:
            if not _shut_out(error):
                raise
            log.info("could not change %s in %s: %s", message_id, channel_id, error)
            return Change.MESSAGE_GONE if error.code == UNKNOWN_MESSAGE else Change.OUT_OF_REACH
        return Change.DONE

    async def lost(self, channel_id: int, message_id: int) -> bool:
        """Whether a message the bot has sent is gone from a channel that is still there."""
        try:
            await self._messageable(channel_id).fetch_message(message_id)
        except (discord.NotFound, discord.Forbidden) as error:
            return error.code == UNKNOWN_MESSAGE
        return False

    async def gone(self, channel_id: int) -> bool:
        """Whether there is no such channel any more; Discord is asked where the bot knows none."""
        if self._client.get_channel(channel_id):
            return False
        try:
            await self._client.fetch_channel(channel_id)
        except discord.NotFound:
            return True
        except discord.Forbidden:
            return False
        return False

    async def pin(self, channel_id: int, message_id: int, *, pinned: bool = True) -> bool:
        """Pins a message, or takes the pin away; whether Discord let the bot."""
        message = self._messageable(channel_id).get_partial_message(message_id)
        try:
            await (message.pin() if pinned else message.unpin())
        except discord.HTTPException as error:  # the right is missing, the channel has its 250, or it is gone
            log.info("could not change the pin of %s in %s: %s", message_id, channel_id, error)
            return False
        return True

    async def send_privately(self, member_id: int, card: Card, nonce: str) -> bool:
        """Sends `card` to one member alone; False where they take no messages from the bot."""
        try:
            private = await self._client.create_dm(discord.Object(member_id))
            await private.send(view=card, nonce=nonce)
        except (discord.NotFound, discord.Forbidden):
            return False
        return True

    def history(self, channel_id: int, since: datetime | None) -> AsyncIterator[discord.Message]:
        """The channel's messages from `since` on, the oldest first; without it the LOOK_BACK newest. Empty where the
        history may not be read."""
        place = self._messageable(channel_id)
        if since is None:
            return place.history(limit=LOOK_BACK)
        return place.history(limit=LOOK_THROUGH, after=since - CLOCKS_APART)

    async def find_own(
        self, channel_id: int, mark: str, *, whole: bool = False, since: datetime | None = None
    ) -> int | None:
        """The id of a message of the bot's here with an item whose address starts with `mark`, or (`whole`) is `mark`;
        None where `history` shows none."""
        wanted = f"tb:{mark}"
        async for message in self.history(channel_id, since):
            if message.author == self._client.user and any(
                address == wanted if whole else address.startswith(wanted)
                for address in _addresses(message.components)
            ):
                return message.id
        return None

    def missing(self, channel_id: int, **wanted: bool) -> list[str]:
        """Which of the `wanted` rights (named as discord.py names them) the bot lacks in the channel, as Discord
        names them in English; none where the channel is unknown, since Discord itself will tell then."""
        channel = self._client.get_channel(channel_id)
        if not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
            return []
        held = channel.permissions_for(channel.guild.me)
        return [right.replace("_", " ").title() for right in wanted if not getattr(held, right)]

    def missing_to_post(self, channel_id: int, **also: bool) -> list[str] | None:
        """Which rights the bot lacks to post in the channel or thread; None where it knows no such channel: that is
        gone, hidden from the bot, or a thread that is archived."""
        channel = self._client.get_channel(channel_id)
        if channel is None:
            return None
        in_thread = isinstance(channel, discord.Thread)
        wanted = {"send_messages_in_threads" if in_thread else "send_messages": True}
        if isinstance(channel, discord.Thread) and channel.locked:
            wanted["manage_threads"] = True
        return self.missing(channel_id, view_channel=True, **wanted, **also)

    def may(self, channel_id: int, **wanted: bool) -> bool:
        """Whether the bot has all of the `wanted` rights in the channel."""
        return not self.missing(channel_id, **wanted)

    async def with_parent(self, channel_id: int) -> list[int]:
        """The channel and, for a thread, its parent; Discord is asked about a thread that is archived."""
        channel: object = self._client.get_channel(channel_id)
        if channel is None:
            try:
                channel = await self._client.fetch_channel(channel_id)
            except (discord.NotFound, discord.Forbidden):
                return [channel_id]
        return [channel_id, channel.parent_id] if isinstance(channel, discord.Thread) else [channel_id]

    def name(self, channel_id: int) -> str:
        """`#cinema`; nothing for a channel the bot doesn't know."""
        channel = self._client.get_channel(channel_id)
        return f"#{channel}" if isinstance(channel, discord.abc.GuildChannel | discord.Thread) else ""

    def speaker(self, channel_id: int, club: ClubSettings, club_id: int = 0) -> Speaker:
        """The language in which the bot talks to everybody in this channel; `club_id` tells it of one that is gone."""
        channel: Any = self._client.get_channel(channel_id)
        guild: discord.Guild | None = getattr(channel, "guild", None) or self._client.get_guild(club_id)
        fallback = guild.preferred_locale.value if guild else discord.Locale.american_english.value
        return self._texts.speaker(club.language or fallback)

    async def _unarchive(self, channel_id: int) -> None:
        """Opens a thread that is archived, which takes no edits; the bot's memory holds open threads only."""
        if self._client.get_channel(channel_id):
            return
        thread = await self._client.fetch_channel(channel_id)
        if isinstance(thread, discord.Thread) and thread.archived:
            await thread.edit(archived=False)

    def _messageable(self, channel_id: int) -> discord.PartialMessageable:
        return self._client.get_partial_messageable(channel_id)


def _only(role: int | None) -> discord.AllowedMentions:
    """Mentions that ping nobody but who has `role`, whose id goes out as text, as Discord's own document has it."""
    pinged = [cast("discord.abc.Snowflake", SimpleNamespace(id=str(role)))] if role else False
    return discord.AllowedMentions(everyone=False, users=False, roles=pinged, replied_user=False)


def _shut_out(error: discord.HTTPException) -> bool:
    """Whether the message or channel is gone, closed to the bot, or a thread that is archived or locked."""
    gone = isinstance(error, discord.NotFound | discord.Forbidden)
    return gone or error.code in {ARCHIVED, LOCKED}


def _addresses(components: Iterable[Any]) -> Iterator[str]:
    """The `custom_id` of every item of a message, however deep."""
    for component in components:
        if custom_id := getattr(component, "custom_id", None):
            yield custom_id
        yield from _addresses(getattr(component, "children", ()))
