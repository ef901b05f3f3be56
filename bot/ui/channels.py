"""Messages sent and changed outside an interaction, by channel id and message id, never by a token that expires."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, cast

import discord
from discord.ext import commands

from bot.domain.clubs import ClubSettings
from bot.domain.jobs import Job
from bot.i18n import Speaker, Texts
from bot.ui.cards import Card

LOOK_BACK = 100

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sent:
    """The message stands in the channel: sent just now, or found there from a try before."""

    message_id: int
    anew: bool


@dataclass(frozen=True, slots=True)
class NotSent:
    """The message doesn't stand there and won't: the channel is gone or closed to the bot, or an earlier try may
    have sent it and the history that would tell may not be read."""


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
        if job.tries > 1 or job.generation > 0:
            if not self.may(channel_id, read_message_history=True):
                log.warning(
                    "job %s: not sent again, since I may not read the history of %s", job.job_id, channel_id
                )
                return NotSent()
            if there := await self.find_own(channel_id, mark, whole=True):
                return Sent(there, anew=False)
        try:
            message = await self._messageable(channel_id).send(
                view=card, files=list(files), nonce=job.nonce, allowed_mentions=_only(pinged_role)
            )
        except (discord.NotFound, discord.Forbidden) as error:
            log.warning("job %s: could not send to %s: %s", job.job_id, channel_id, error)
            return NotSent()
        return Sent(message.id, anew=True)

    async def edit(
        self, channel_id: int, message_id: int, card: Card, files: Sequence[discord.File] | None = None
    ) -> bool:
        """Shows `card` in a message the bot has sent, with `files` in place of those it had (None keeps them);
        False where the message is gone or out of reach for good."""
        message = self._messageable(channel_id).get_partial_message(message_id)
        attachments = discord.utils.MISSING if files is None else list(files)
        try:
            await message.edit(view=card, attachments=attachments)
        except (discord.NotFound, discord.Forbidden):
            return False
        return True

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

    async def find_own(self, channel_id: int, mark: str, *, whole: bool = False) -> int | None:
        """The id of the bot's newest message here with an item whose address starts with `mark`, or (`whole`) is
        `mark`; None where there is none among the last LOOK_BACK messages or the history may not be read (Discord
        shows it empty then)."""
        wanted = f"tb:{mark}"
        async for message in self._messageable(channel_id).history(limit=LOOK_BACK):
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

    def may(self, channel_id: int, **wanted: bool) -> bool:
        """Whether the bot has all of the `wanted` rights in the channel."""
        return not self.missing(channel_id, **wanted)

    def speaker(self, channel_id: int, club: ClubSettings) -> Speaker:
        """The language in which the bot talks to everybody in this channel."""
        channel: Any = self._client.get_channel(channel_id)
        guild: discord.Guild | None = getattr(channel, "guild", None)
        fallback = guild.preferred_locale.value if guild else discord.Locale.american_english.value
        return self._texts.speaker(club.language or fallback)

    def _messageable(self, channel_id: int) -> discord.PartialMessageable:
        return self._client.get_partial_messageable(channel_id)


def _only(role: int | None) -> discord.AllowedMentions:
    """Mentions that ping nobody but who has `role`, whose id goes out as text, as Discord's own document has it."""
    pinged = [cast("discord.abc.Snowflake", SimpleNamespace(id=str(role)))] if role else False
    return discord.AllowedMentions(everyone=False, users=False, roles=pinged, replied_user=False)


def _addresses(components: Iterable[Any]) -> Iterator[str]:
    """The `custom_id` of every item of a message, however deep."""
    for component in components:
        if custom_id := getattr(component, "custom_id", None):
            yield custom_id
        yield from _addresses(getattr(component, "children", ()))
