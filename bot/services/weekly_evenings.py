"""Where the week meets the evenings: a vote's winner becomes a planned watch-along, and the last evening that was never
asked about gets its tissue poll."""

from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec import Struct

from bot.domain.recurrence import Occurrence
from bot.domain.watch.watch import Feature, State, Watch
from bot.domain.weekly.occurrences import State as Outcome
from bot.domain.weekly.occurrences import taken
from bot.domain.weekly.slots import Kind, Slot
from bot.domain.weekly.votes import Candidate, Vote, decide, winner_of
from bot.services.watches import NewWatch, store
from bot.services.weekly_settling import handled
from bot.storage import watches, weekly
from bot.storage import weekly_votes as votes
from bot.storage.engine import Database, Transaction

NOTICE = timedelta(hours=1)  # an evening that begins sooner is nothing to plan any more
LOOK_BACK = 10
STILL_FELT = timedelta(days=14)
STILL_WANTED = timedelta(days=28)  # a vote that is older decides nothing any more
MOST_PLANNED = 100


class Planned(Struct, frozen=True):
    """The winner's evening stands, on disk."""

    watch: Watch
    vote_id: int


class PlannedBefore(Struct, frozen=True):
    """The winner's evening stood already."""

    watch: Watch


class NoWinner(Struct, frozen=True):
    """No vote was won that could be planned."""


class NoLength(Struct, frozen=True):
    """Nobody knows how long the winner is."""

    winner: Candidate


class NoDate(Struct, frozen=True):
    """The club's week has no date left for it."""


PlanOutcome = Planned | PlannedBefore | NoWinner | NoLength | NoDate


class _Place(Struct, frozen=True):
    """Where and when an evening fits in: a slot's date."""

    slot: Slot
    occurrence: Occurrence


class WeeklyEvenings:
    """Everything between votes and evenings; `wake` tells the runner that a job was asked for."""

    def __init__(self, db: Database, wake: Callable[[], None]) -> None:
        self._db = db
        self._wake = wake

    async def plan(self, vote_id: int, club_id: int, host_id: int, now: datetime) -> PlanOutcome:
        """Plans a vote's winner for the club's next evening, once, however often it is asked for."""

        async def put(tx: Transaction) -> PlanOutcome:
            vote = await votes.load(tx, vote_id)
            if vote is None or vote.club_id != club_id:
                return NoWinner()
            return await _plan(tx, vote, await _next_place(tx, vote, now), host_id, now)

        outcome = await self._db.write(put)
        self._wake()
        return outcome

    async def plan_for(self, slot: Slot, occurrence: Occurrence, date_id: int, now: datetime) -> PlanOutcome:
        """Plans the winner of the club's last vote for a date of its watch-along slot."""

        async def put(tx: Transaction) -> PlanOutcome:
            vote = await votes.last_closed(tx, slot.club_id, now - STILL_WANTED)
            if vote is None or slot.made_by is None:
                return NoWinner()
            place = _Place(slot, occurrence) if occurrence.at > now else None
            outcome = await _plan(tx, vote, place, slot.made_by, now)
            if isinstance(outcome, Planned):
                await weekly.note_date(tx, date_id, Outcome.POSTED, subject=str(outcome.watch.watch_id))
            return outcome

        outcome = await self._db.write(put)
        self._wake()
        return outcome

    async def winner_ahead(self, club_id: int, now: datetime) -> Candidate | None:
        """What a watch-along slot would plan now."""

        async def find(tx: Transaction) -> Candidate | None:
            vote = await votes.last_closed(tx, club_id, now - STILL_WANTED)
            winner = winner_of(decide(vote)) if vote else None
            stands = vote and winner and await _evening_of(tx, vote, winner)
            return None if stands or winner is None or winner.feature.minutes is None else winner

        return await self._db.read(find)

    async def next_evening(self, vote_id: int, now: datetime) -> datetime | None:
        """When a vote's winner would be watched if it were planned now."""

        async def find(tx: Transaction) -> datetime | None:
            vote = await votes.load(tx, vote_id)
            place = await _next_place(tx, vote, now) if vote else None
            return place.occurrence.at if place else None

        return await self._db.read(find)

    async def planned(self, vote: Vote) -> Watch | None:
        """The evening of a vote's winner."""
        number = vote.watch_id
        return await self._db.read(lambda tx: watches.load(tx, number)) if number is not None else None

    async def unasked(self, club_id: int, now: datetime) -> Watch | None:
        """The latest evening of these days that had no tissue poll."""

        async def find(tx: Transaction) -> Watch | None:
            finished = await watches.finished(tx, club_id, LOOK_BACK)
            recent = (watch for watch in finished if watch.since >= now - STILL_FELT)
            return next((watch for watch in recent if watch.poll_id is None), None)

        return await self._db.read(find)


async def _plan(
    tx: Transaction, vote: Vote, place: _Place | None, host_id: int, now: datetime
) -> PlanOutcome:
    winner = winner_of(decide(vote)) if not vote.open else None
    if winner is None:
        return NoWinner()
    if stands := await _evening_of(tx, vote, winner):
        return PlannedBefore(stands)
    if winner.feature.minutes is None:
        return NoLength(winner)
    if place is None:
        return NoDate()
    watch = await _announce(tx, winner, winner.feature.minutes, place, host_id, now)
    await votes.note_evening(tx, vote.vote_id, watch.watch_id)
    await votes.strike(tx, vote.club_id, winner.feature)
    return Planned(watch, vote.vote_id)


async def _evening_of(tx: Transaction, vote: Vote, winner: Candidate) -> Watch | None:
    """The winner's evening: planned from the vote and not called off, or by hand since."""
    planned = await watches.load(tx, vote.watch_id) if vote.watch_id is not None else None
    if planned and planned.state is not State.CANCELLED:
        return planned
    chosen, since = winner.feature, vote.closed_at or vote.closes_at
    return await watches.latest_of(tx, vote.club_id, chosen.film, chosen.version, chosen.title, since)


async def _announce(
    tx: Transaction, winner: Candidate, minutes: int, place: _Place, host_id: int, now: datetime
) -> Watch:
    """A planned evening: drafted and confirmed in one step, since its date was stated before."""
    chosen, slot = winner.feature, place.slot
    feature = Feature(chosen.film, chosen.version, chosen.title, timedelta(minutes=minutes))
    new = NewWatch(slot.club_id, slot.channel_id, host_id, feature, place.occurrence.at)
    draft = await watches.add(tx, new, now)
    planned = draft.confirm(now)
    assert planned is not None, "a place is always ahead"
    await store(tx, draft, planned, now)
    if slot.kind is Kind.WATCH_ALONG:
        day, subject = place.occurrence.day, str(planned.watch_id)
        date = await weekly.take_date(tx, slot, day, slot.appears(place.occurrence))
        if date:
            await weekly.note_date(tx, date.date_id, Outcome.POSTED, subject=subject)
    return planned


async def _next_place(tx: Transaction, vote: Vote, now: datetime) -> _Place | None:
    """The next free date of the club's weekly watch-along, after its rest; none while it rests for good. In a club
    without one, the day and time of the vote."""
    slots = await weekly.of_club(tx, vote.club_id)
    evenings = [slot for slot in slots if slot.kind is Kind.WATCH_ALONG]
    fitting = evenings or [slot for slot in slots if slot.slot_id == vote.slot_id]
    places = [await _free(tx, slot, now) for slot in fitting if not _rests_for_good(slot)]
    return min(places, key=lambda place: place.occurrence.at, default=None)


def _rests_for_good(slot: Slot) -> bool:
    return slot.kind is Kind.WATCH_ALONG and slot.pause is not None and slot.pause.until is None


async def _free(tx: Transaction, slot: Slot, now: datetime) -> _Place:
    evenings = slot.kind is Kind.WATCH_ALONG
    days = taken(await handled(tx, slot, now)) if evenings else ()
    planned = await watches.of_club(tx, slot.club_id, [State.PLANNED], MOST_PLANNED)
    moments = {watch.planned_for for watch in planned}
    rested = slot.pause.until if evenings and slot.pause and slot.pause.until else now
    return next(
        _Place(slot, each)
        for each in slot.when.after(max(now + NOTICE, rested))
        if each.day not in days and each.at not in moments
    )
