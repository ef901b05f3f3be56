"""Discord's own polls: sent once, and read only when Discord says that the counts are final."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import discord
from discord.ext import commands
from msgspec import Struct

from bot.domain.jobs import Job
from bot.domain.weekly.votes import Vote
from bot.i18n import Speaker
from bot.ui.channels import Channels, NotSent, Sent

HOUR = timedelta(hours=1)


class Final(Struct, frozen=True):
    """What a poll came to, by the candidates' numbers."""

    counts: Mapping[int, int]


class NotYet(Struct, frozen=True):
    """Discord still counts, or doesn't let the bot look."""


class Gone(Struct, frozen=True):
    """The poll can't be read any more."""


class NativePolls:
    """Discord's own polls of votes."""

    def __init__(self, client: commands.AutoShardedBot, channels: Channels) -> None:
        self._client = client
        self._channels = channels

    async def send_once(self, vote: Vote, job: Job, t: Speaker) -> Sent | NotSent:
        """Sends the vote as a poll, once however often the job is tried: a poll carries no button to find it by, so its
        text names the vote's number."""

        async def find() -> int | None:
            return await self.find(vote, job.sent_since)

        async def send() -> discord.Message:
            place = self._client.get_partial_messageable(vote.channel_id)
            return await place.send(_text(vote, t), poll=_poll(vote, t), nonce=job.nonce)

        return await self._channels.once(vote.channel_id, job, find, send)

    async def find(self, vote: Vote, since: datetime | None) -> int | None:
        """The vote's poll in its channel, sent after `since`."""
        async for message in self._channels.history(vote.channel_id, since):
            if message.author == self._client.user and message.poll and _mark(vote) in message.content:
                return message.id
        return None

    async def read(self, vote: Vote) -> Final | NotYet | Gone:
        """The poll's counts once they are final."""
        if vote.message_id is None:
            return Gone()
        place = self._client.get_partial_messageable(vote.channel_id)
        try:
            message = await place.fetch_message(vote.message_id)
        except discord.NotFound:
            return Gone()
        except discord.Forbidden:
            return NotYet()
        if message.poll is None:
            return Gone()
        if not message.poll.is_finalised():
            return NotYet()
        return Final({answer.id: answer.vote_count for answer in message.poll.answers})


def ends(vote: Vote, message_id: int) -> datetime:
    """When Discord ends the poll that it took with this message: whole hours later, by its own clock."""
    return discord.utils.snowflake_time(message_id) + _length(vote)


def _length(vote: Vote) -> timedelta:
    return max(1, (vote.closes_at - vote.opened_at) // HOUR) * HOUR


def _poll(vote: Vote, t: Speaker) -> discord.Poll:
    """Answers in the order of the candidates: Discord numbers both from 1."""
    poll = discord.Poll(t("weekly.vote"), _length(vote))
    for candidate in vote.candidates:
        poll.add_answer(text=candidate.feature.title)
    return poll


def _text(vote: Vote, t: Speaker) -> str:
    return f"-# {t('weekly.native')} {_mark(vote)}"


def _mark(vote: Vote) -> str:
    return f"(#{vote.vote_id})"
