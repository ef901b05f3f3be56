"""Discord's own polls: sent once, and read only when Discord says that the counts are final."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

import discord
from discord.ext import commands
from msgspec import Struct

from bot.domain.jobs import Job
from bot.domain.weekly.votes import Vote
from bot.i18n import Speaker
from bot.ui.channels import LOOK_BACK, Channels, NotSent

log = logging.getLogger(__name__)

HOUR = timedelta(hours=1)


class Placed(Struct, frozen=True):
    """The vote stands in the channel; Discord's own poll ends at `closes_at`, by Discord's clock."""

    message_id: int
    closes_at: datetime | None = None


class Final(Struct, frozen=True):
    """What a poll came to, by the candidates' numbers."""

    counts: Mapping[int, int]


class NotYet(Struct, frozen=True):
    """Discord still counts."""


class Gone(Struct, frozen=True):
    """The poll can't be read any more."""


class NativePolls:
    """Discord's own polls of votes."""

    def __init__(self, client: commands.AutoShardedBot, channels: Channels) -> None:
        self._client = client
        self._channels = channels

    async def send_once(self, vote: Vote, job: Job, t: Speaker) -> Placed | NotSent:
        """Sends the vote as a poll, once however often the job is tried: a poll carries no button to find it by, so its
        text names the vote's number."""
        place = self._client.get_partial_messageable(vote.channel_id)
        if job.tries > 1 or job.generation > 0:
            if not self._channels.may(vote.channel_id, read_message_history=True):
                return NotSent()
            if there := await self.find(vote):
                return there
        try:
            message = await place.send(_text(vote, t), poll=_poll(vote, t), nonce=job.nonce)
        except (discord.NotFound, discord.Forbidden) as error:
            log.warning("job %s: could not send a poll to %s: %s", job.job_id, vote.channel_id, error)
            return NotSent()
        return _sent(message, vote)

    async def find(self, vote: Vote) -> Placed | None:
        """The vote's poll among the last messages of its channel."""
        place = self._client.get_partial_messageable(vote.channel_id)
        async for message in place.history(limit=LOOK_BACK):
            if message.author == self._client.user and message.poll and _mark(vote) in message.content:
                return _sent(message, vote)
        return None

    async def read(self, vote: Vote) -> Final | NotYet | Gone:
        """The poll's counts once they are final."""
        if vote.message_id is None:
            return Gone()
        place = self._client.get_partial_messageable(vote.channel_id)
        try:
            message = await place.fetch_message(vote.message_id)
        except (discord.NotFound, discord.Forbidden):
            return Gone()
        if message.poll is None:
            return Gone()
        if not message.poll.is_finalised():
            return NotYet()
        return Final({answer.id: answer.vote_count for answer in message.poll.answers})


def _poll(vote: Vote, t: Speaker) -> discord.Poll:
    """Answers in the order of the candidates: Discord numbers both from 1."""
    hours = max(1, (vote.closes_at - vote.opened_at) // HOUR)
    poll = discord.Poll(t("weekly.vote"), timedelta(hours=hours))
    for candidate in vote.candidates:
        poll.add_answer(text=candidate.feature.title)
    return poll


def _text(vote: Vote, t: Speaker) -> str:
    return f"-# {t('weekly.native')} {_mark(vote)}"


def _mark(vote: Vote) -> str:
    return f"(#{vote.vote_id})"


def _sent(message: discord.Message, vote: Vote) -> Placed:
    ends = message.poll.expires_at if message.poll else None
    return Placed(message.id, ends or vote.closes_at)
