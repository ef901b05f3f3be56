"""Votes as members press them, and as they are closed, decided and followed up."""

from collections.abc import Iterator
from typing import assert_never

from bot.domain.jobs import Job
from bot.domain.weekly.votes import NoSuchVote, Over, Vote, Voted, decide, winner_of
from bot.errors import UserError
from bot.house import House
from bot.i18n import Speaker
from bot.services.weekly_evenings import NoDate, NoLength, NoWinner, Planned, PlannedBefore, PlanOutcome
from bot.ui.cards import Card
from bot.ui.channels import Change
from bot.ui.dates import moment
from bot.ui.desk import Handler, Press
from bot.ui.hosts import require_host
from bot.ui.members import require_voice
from bot.ui.plain import plain
from bot.ui.throttle import Throttle, pause_after
from cogs.weekly import ballots
from cogs.weekly.native import Final, Gone, NativePolls, NotYet

POSTED_AGAIN = 1  # times that a vote's lost message comes back by itself; after that a host has to ask


class Voting:
    """The buttons and the jobs of votes."""

    def __init__(self, house: House, native: NativePolls) -> None:
        self._clubs = house.clubs
        self._channels = house.channels
        self._clock = house.clock
        self._weekly = house.weekly
        self._votes = house.weekly.votes
        self._native = native
        self.throttle = Throttle(self._draw)

    def routes(self) -> Iterator[tuple[str, Handler]]:
        yield "weekly-vote", self._pressed
        yield "weekly-mine", self._mine
        yield "weekly-plan", self._plan

    async def refresh_stale(self) -> None:
        """Redraws what a process that died left with an old number."""
        for vote_id in await self._votes.stale():
            self.throttle.ask(vote_id)

    async def close_in_time(self, job: Job) -> None:
        """A vote's time is over; Discord's own poll is read once its counts are final, and not for ever."""
        vote, now = await self._votes.vote(job.subject), self._clock.now()
        if vote is None or not vote.open or now < vote.closes_at:
            return
        if not vote.native:
            await self._votes.close(vote.vote_id, now)
            return
        match await self._native.read(vote):
            case Final(counts):
                await self._votes.close(vote.vote_id, now, counts)
            case NotYet():
                if not await self._votes.look_again(vote.vote_id, job.generation, now):
                    await self._votes.close(vote.vote_id, now)
            case Gone():
                await self._votes.close(vote.vote_id, now)

    async def show_result(self, job: Job) -> None:
        """A vote was closed: one message says what it came to; where the club wants it, the winner is planned."""
        vote = await self._votes.may_show(job, self._clock.now())
        if vote is None:
            return
        await self._plan_by_itself(vote)
        mark = ballots.RESULT_MARK.format(vote.vote_id)
        if vote.result_id is None:
            card = await self._result(vote.vote_id)
            if sent := await self._channels.send_in_time(vote.channel_id, card, job, mark):
                await self._votes.result_posted(vote.vote_id, sent.message_id)
        await self.throttle.at_once(vote.vote_id)

    async def post_again(self, job: Job) -> None:
        """An open vote's message was deleted."""
        vote = await self._votes.vote(job.subject)
        if vote is None or vote.message_id or not vote.accepts(self._clock.now()):
            return
        card, mark = ballots.vote_card(vote, await self._speaker(vote)), ballots.VOTE_MARK
        if sent := await self._channels.send_in_time(vote.channel_id, card, job, mark.format(vote.vote_id)):
            await self._votes.posted(vote.vote_id, sent.message_id)

    async def redraw_result(self, vote_id: int) -> None:
        """Something follows from a vote by now that its result should say."""
        vote = await self._votes.vote(vote_id)
        if vote and vote.result_id:
            await self._channels.edit(vote.channel_id, vote.result_id, await self._result(vote_id))

    async def _pressed(self, press: Press) -> None:
        asker = press.asker
        require_voice(asker)
        vote_id, number = press.numbers(2)
        match await self._votes.cast(vote_id, asker.club_id, asker.member_id, number, asker.now):
            case Voted(vote, candidate, before):
                if (
                    vote.message_id is None and asker.interaction.message
                ):  # posted, and died before it was noted
                    await self._votes.posted(vote_id, asker.interaction.message.id)
                if before is None:
                    self.throttle.ask(vote_id)
                key = "weekly.cast" if before in {None, candidate} else "weekly.changed"
                said = asker.t(
                    key,
                    title=plain(candidate.feature.title),
                    before=plain(before.feature.title) if before else "",
                    until=moment(vote.closes_at),
                )
                await asker.whisper(Card(said))
            case Over(vote, mine):
                await asker.whisper(
                    Card(
                        asker.t("weekly.over"), ballots.ballot_card(vote, mine, asker.t).text if mine else ""
                    )
                )
            case NoSuchVote():
                raise UserError("error.old_button")
            case other:
                assert_never(other)

    async def _mine(self, press: Press) -> None:
        asker = press.asker
        found = await self._votes.receipt(press.number(), asker.club_id, asker.member_id)
        if found is None:
            raise UserError("error.old_button")
        await asker.whisper(ballots.ballot_card(*found, asker.t))

    async def _plan(self, press: Press) -> None:
        """A host takes the winner up: one press plans it."""
        asker = press.asker
        require_host(asker)
        vote_id = press.number()
        outcome = await self._weekly.evenings.plan(vote_id, asker.club_id, asker.member_id, asker.now)
        try:
            await asker.whisper(Card(_planned(outcome, asker.t)))
        finally:  # it was planned elsewhere: then the button goes
            await self.redraw_result(vote_id)

    async def _plan_by_itself(self, vote: Vote) -> None:
        week = await self._weekly.slots.week(vote.slot_id, vote.club_id, self._clock.now())
        if week and week.slot.voting.plans and week.slot.made_by and winner_of(decide(vote)):
            await self._weekly.evenings.plan(vote.vote_id, vote.club_id, week.slot.made_by, self._clock.now())

    async def _draw(self, vote_id: int) -> float:
        """Redraws the vote's message; how long to leave it alone then. Discord draws its own polls itself."""
        vote = await self._votes.vote(vote_id)
        if vote is None or vote.message_id is None or vote.native:
            return 0.0
        card = ballots.vote_card(vote, await self._speaker(vote))
        match await self._channels.change(vote.channel_id, vote.message_id, card):
            case Change.DONE:
                await self._votes.shown(vote_id, vote.people)
            case Change.MESSAGE_GONE:
                await self._votes.message_lost(vote_id, vote.message_id, self._clock.now(), POSTED_AGAIN)
            case Change.OUT_OF_REACH:
                pass  # the next press asks again
        return pause_after(vote.message_id, self._clock.now())

    async def _result(self, vote_id: int) -> Card:
        vote = await self._votes.vote(vote_id)
        assert vote is not None, "a closed vote is never dropped"
        watch = await self._weekly.evenings.planned(vote)
        evening = await self._weekly.evenings.next_evening(vote_id, self._clock.now())
        shown = moment(evening) if evening else ""
        return ballots.result_card(vote, watch, shown, await self._speaker(vote))

    async def _speaker(self, vote: Vote) -> Speaker:
        return self._channels.speaker(vote.channel_id, await self._clubs.settings(vote.club_id))


def _planned(outcome: PlanOutcome, t: Speaker) -> str:
    """What became of the wish to plan a winner."""
    match outcome:
        case Planned(watch):
            return t("weekly.now_planned", when=moment(watch.planned_for), channel=f"<#{watch.channel_id}>")
        case PlannedBefore(watch):
            raise UserError("weekly.planned_before", when=moment(watch.planned_for))
        case NoLength(winner):
            raise UserError("weekly.no_length", title=plain(winner.feature.title))
        case NoWinner() | NoDate():
            raise UserError("weekly.cannot_plan")
        case other:
            assert_never(other)
