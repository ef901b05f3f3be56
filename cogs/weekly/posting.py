"""The jobs of slots: a date that has come, what is posted for it, and what whoever set the slot up is told."""

import logging
from collections.abc import Awaitable, Callable

from discord.ext import commands

from bot.domain.jobs import Job
from bot.domain.tissues.outcomes import AlreadyOpen, Opened
from bot.domain.weekly.occurrences import Posting
from bot.domain.weekly.slots import Kind, Reason, Slot
from bot.domain.weekly.votes import Vote
from bot.errors import LaterError
from bot.house import House
from bot.i18n import Speaker
from bot.services.tissues import NewPoll
from bot.services.weekly_dates import Ready
from bot.services.weekly_evenings import Planned
from bot.ui.channels import NotSent, Sent
from cogs.weekly import ballots, cards
from cogs.weekly.native import NativePolls, ends

log = logging.getLogger(__name__)


class Posts:
    """Does what is due; each job may be done again from any point of it."""

    def __init__(
        self,
        client: commands.AutoShardedBot,
        house: House,
        native: NativePolls,
        redraw_result: Callable[[int], Awaitable[None]],
    ) -> None:
        self._client = client
        self._house = house
        self._weekly = house.weekly
        self._channels = house.channels
        self._clock = house.clock
        self._native = native
        self._redraw_result = redraw_result

    async def look(self, job: Job) -> None:
        """A slot's date has come."""
        for missed in await self._weekly.dates.fell_due(job.subject, job.generation, self._clock.now()):
            log.info("slot %s of club %s: %s passed unposted", missed.slot_id, missed.club_id, missed.day)

    async def post(self, job: Job) -> None:
        """A date is to be posted."""
        ready = await self._weekly.dates.ready(job, self._clock.now())
        if ready is None:
            return
        slot, posting = ready.slot, ready.posting
        if ready.late:
            await self._let_go(ready)
        elif why := await self.broken(slot):
            await self._give_up(slot, posting, why)
        else:
            await self._post(job, slot, posting)

    async def broken(self, slot: Slot) -> Reason | None:
        """Why nothing can be posted by this slot; None where all is well. LaterError while Discord can't reach the
        server."""
        guild = self._client.get_guild(slot.club_id)
        if guild is None:
            return Reason.AWAY
        if guild.unavailable:
            raise LaterError(f"server {slot.club_id} is unavailable")
        if not await self.is_there(slot.channel_id):
            return Reason.CHANNEL_GONE
        return Reason.NO_RIGHT if self.missing(slot.channel_id, native=slot.native) else None

    async def is_there(self, channel_id: int) -> bool:
        """Whether there is such a channel or thread, archived or not."""
        return not await self._channels.gone(channel_id)

    def missing(self, channel_id: int, *, native: bool) -> list[str]:
        """The rights that a slot's posts need and the bot lacks, as far as it knows the channel."""
        polls = {"send_polls": True} if native else {}
        return self._channels.missing_to_post(channel_id, **polls) or []

    async def bring_back(self, slot: Slot) -> bool:
        """Posts the slot's open vote again where its message is gone; whether it was."""
        vote = await self._weekly.votes.open_by(slot.slot_id)
        if vote is None or vote.native or vote.message_id is None:
            return False
        if not await self._channels.lost(vote.channel_id, vote.message_id):
            return False
        return await self._weekly.votes.message_lost(vote.vote_id, vote.message_id, self._clock.now())

    async def _speaker(self, slot: Slot) -> Speaker:
        club = await self._house.clubs.settings(slot.club_id)
        return self._channels.speaker(slot.channel_id, club)

    async def _post(self, job: Job, slot: Slot, posting: Posting) -> None:
        match slot.kind:
            case Kind.QUESTION:
                await self._ask_question(job, slot, posting)
            case Kind.NEXT_FILM:
                await self._open_vote(job, slot, posting)
            case Kind.TISSUE_POLL:
                await self._open_tissue_poll(slot, posting)
            case Kind.WATCH_ALONG:
                await self._plan_evening(slot, posting)

    async def _ask_question(self, job: Job, slot: Slot, posting: Posting) -> None:
        place = await self._house.clubs.place(slot.club_id, await self._channels.with_parent(slot.channel_id))
        question = await self._weekly.dates.question(slot, posting, self._house.films, place.room)
        if question is None:
            await self._weekly.dates.nothing(posting, self._clock.now())
            return
        card = cards.question_card(question, posting.date_id, await self._speaker(slot))
        mark = cards.QUESTION_MARK.format(posting.date_id)
        match await self._channels.send_once(slot.channel_id, card, job, mark):
            case Sent(message_id):
                await self._weekly.dates.posted(posting.date_id, message_id)
            case NotSent():
                await self._not_sent(slot, posting)

    async def _open_vote(self, job: Job, slot: Slot, posting: Posting) -> None:
        vote = await self._weekly.votes.open(slot, posting, self._clock.now())
        if vote is None:
            await self._weekly.dates.nothing(posting, self._clock.now())
            return
        match await self._send_vote(job, vote, await self._speaker(slot)):
            case NotSent(unsure=True):  # it may stand: the first press on it tells
                await self._not_sent(slot, posting)
            case NotSent():
                await self._weekly.votes.drop(vote.vote_id, self._clock.now())
                await self._not_sent(slot, posting)
            case Sent(message_id):
                await self._note_sent(posting, vote, message_id)

    async def _send_vote(self, job: Job, vote: Vote, t: Speaker) -> Sent | NotSent:
        if vote.native:
            return await self._native.send_once(vote, job, t)
        mark = ballots.VOTE_MARK.format(vote.vote_id)
        return await self._channels.send_once(vote.channel_id, ballots.vote_card(vote, t), job, mark)

    async def _open_tissue_poll(self, slot: Slot, posting: Posting) -> None:
        now = self._clock.now()
        watch = await self._weekly.evenings.unasked(slot.club_id, now)
        if watch is None:
            await self._weekly.dates.nothing(posting, now)
            return
        new = NewPoll(
            club_id=slot.club_id,
            channel_id=slot.channel_id,
            film=watch.feature.film,
            version=watch.feature.version,
            title="" if watch.feature.version else watch.feature.title,
            live=False,
            opened_by=None,
            closes_at=await self._weekly.dates.closes_by_day(slot, posting, now),
            evening=f"watch:{watch.watch_id}",
        )
        match await self._house.tissues.open(new, now):
            case Opened(poll) | AlreadyOpen(poll):
                await self._house.watch_reports.poll_opened(watch, poll, now)
                await self._weekly.dates.posted(posting.date_id, subject=str(poll.poll_id))

    async def _plan_evening(self, slot: Slot, posting: Posting) -> None:
        now, plan_for = self._clock.now(), self._weekly.evenings.plan_for
        occurrence = slot.when.on(posting.day) if posting.day else slot.when.next_after(now)
        match await plan_for(slot, occurrence, posting.date_id, now):
            case Planned(vote_id=vote_id):
                await self._redraw_result(vote_id)
            case _:
                await self._weekly.dates.nothing(posting, now)

    async def _let_go(self, ready: Ready) -> None:
        """The grace is over: only what an earlier try had sent counts."""
        slot, posting = ready.slot, ready.posting
        vote = await self._weekly.votes.of_date(posting.date_id)
        sought = not await self.broken(slot) and self._channels.may(
            slot.channel_id, read_message_history=True
        )
        there = await self._sent_before(slot, posting, vote) if sought else None
        if there is not None:
            await self._note_sent(posting, vote, there)
            return
        if vote:
            await self._weekly.votes.drop(vote.vote_id, self._clock.now())
        await self._weekly.dates.missed(posting.date_id)
        log.info("slot %s of club %s: %s came too late", slot.slot_id, slot.club_id, posting.day)

    async def _sent_before(self, slot: Slot, posting: Posting, vote: Vote | None) -> int | None:
        """What an earlier try sent, however it ended."""
        if vote and vote.native:
            return await self._native.find(vote, posting.due_at)
        mark = ballots.VOTE_MARK.format(vote.vote_id) if vote else cards.QUESTION_MARK.format(posting.date_id)
        return await self._channels.find_own(slot.channel_id, mark, whole=True, since=posting.due_at)

    async def _note_sent(self, posting: Posting, vote: Vote | None, message_id: int) -> None:
        if vote:
            closes_at = ends(vote, message_id) if vote.native else None
            await self._weekly.votes.posted(vote.vote_id, message_id, closes_at)
        subject = str(vote.vote_id) if vote else None
        await self._weekly.dates.posted(posting.date_id, message_id, subject)

    async def _not_sent(self, slot: Slot, posting: Posting) -> None:
        """Discord refused it, or nobody can tell whether an earlier try sent it."""
        why = await self.broken(slot)
        if why is None and self._channels.may(slot.channel_id, read_message_history=True):
            why = Reason.NO_RIGHT
        await self._give_up(slot, posting, why)

    async def _give_up(self, slot: Slot, posting: Posting, why: Reason | None) -> None:
        log.info("slot %s of club %s can't post: %s", slot.slot_id, slot.club_id, why or "not sure it didn't")
        if why:
            await self._weekly.dates.rest([slot.slot_id], why, self._clock.now())
        await self._weekly.dates.failed(posting.date_id)
