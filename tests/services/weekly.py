"""A club's week for tests: slots, what the database holds of their dates, and what would be done next."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.jobs import Job
from bot.domain.weekly.candidates import Feature
from bot.domain.weekly.occurrences import Posting, Settled, State
from bot.domain.weekly.slots import GRACE, Kind, Slot, Voting
from bot.domain.weekly.votes import Vote
from bot.services.jobs import Jobs
from bot.services.weekly import Weekly
from bot.services.weekly_settling import LOOK, POST
from bot.services.weekly_slots import NewSlot
from bot.storage.engine import Database, Transaction, from_ms
from tests.domain.films import shipped
from tests.domain.weekly import BERLIN_EIGHT, EIGHT

CLUB, OTHER_CLUB, CHANNEL, HOST = 7, 8, 70, 500
WEEK, HOUR = timedelta(days=7), timedelta(hours=1)
FILMS = [shipped()]
BEFORE = EIGHT - timedelta(days=2)
FREE = Feature("", "", "A quiet film", 95)


def new_slot(kind: Kind = Kind.QUESTION, *, club: int = CLUB, voting: Voting | None = None) -> NewSlot:
    return NewSlot(club, CHANNEL, kind, BERLIN_EIGHT, GRACE, voting or Voting(), HOST)


def week_of(db: Database) -> Weekly:
    return Weekly.over(db, FILMS, lambda: None)


async def added(week: Weekly, new: NewSlot, now: datetime) -> Slot:
    outcome = await week.slots.add(new, now)
    assert isinstance(outcome, Settled)
    return outcome.week.slot


async def posted(week: Weekly, slot: Slot, now: datetime) -> Posting:
    """A date asked for by hand."""
    posting = await week.slots.by_hand(slot.slot_id, slot.club_id, now)
    assert isinstance(posting, Posting)
    return posting


async def opened(week: Weekly, slot: Slot | None = None, now: datetime = BEFORE) -> Vote:
    slot = slot or await added(week, new_slot(Kind.NEXT_FILM), now)
    vote = await week.votes.open(slot, await posted(week, slot, now), now)
    assert vote
    return vote


async def won(week: Weekly, title: str, slot: Slot | None = None, now: datetime = BEFORE) -> Vote:
    """A closed vote that this candidate has won."""
    vote = await opened(week, slot, now)
    number = next(each.number for each in vote.candidates if title in each.feature.title)
    for member in (1, 2, 3):
        await week.votes.cast(vote.vote_id, CLUB, member, number, now)
    await week.votes.close(vote.vote_id, now)
    closed = await week.votes.vote(vote.vote_id)
    assert closed
    return closed


@dataclass
class Works:
    """The jobs as the runner would take them, up to a moment; a post is only noted as done."""

    db: Database

    async def until(self, now: datetime, *, dies_after: int | None = None) -> list[Job]:
        """Does what is due, in order; dies in the middle of the job after the `dies_after`-th, if told to: what it did
        stays, that it is finished does not."""
        week, jobs, done = week_of(self.db), Jobs(self.db), list[Job]()
        while claimed := await jobs.claim(now, 1):
            job = claimed[0]
            await self._do(week, job, now)
            if dies_after is not None and len(done) >= dies_after:
                await jobs.release_all()
                return done
            await jobs.finished(job, now)
            done.append(job)
        return done

    async def next(self) -> datetime | None:
        return await Jobs(self.db).next_due(from_ms(0))

    async def _do(self, week: Weekly, job: Job, now: datetime) -> None:
        match job.kind:
            case kind if kind == LOOK:
                await week.dates.fell_due(job.subject, job.generation, now)
            case kind if kind == POST:
                ready = await week.dates.ready(job, now)
                if ready and ready.late:
                    await week.dates.missed(job.subject)
                elif ready:
                    await week.dates.posted(job.subject)

    async def dates(self, slot: Slot) -> dict[date | None, State]:
        async def look(tx: Transaction) -> dict[date | None, State]:
            rows = await tx.all("SELECT * FROM weekly_dates WHERE slot_id = ? ORDER BY date_id", slot.slot_id)
            return {
                date.fromisoformat(row["day"]) if row["day"] else None: State(row["state"]) for row in rows
            }

        return await self.db.read(look)
