"""The vote for the next film: opened once for a date, answered, closed by its job, its counts kept; and the list of
what members suggested."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from bot.domain.film import Film
from bot.domain.jobs import Job
from bot.domain.weekly.candidates import FEWEST, LONGEST_TITLE, Feature, Standing, Suggestion, candidates
from bot.domain.weekly.occurrences import Posting
from bot.domain.weekly.slots import Slot, lifted
from bot.domain.weekly.votes import Candidate, NoSuchVote, Over, Vote, Voted, VoteOutcome, next_look
from bot.services.weekly_settling import RESULT
from bot.storage import jobs, weekly
from bot.storage import weekly_votes as votes
from bot.storage.engine import Database, Transaction

CLOSE = "weekly-close"
AGAIN = "weekly-again"
SEEDS = 1_000_000


class WeeklyVotes:
    """Everything about votes; `wake` tells the runner that a job was asked for."""

    def __init__(self, db: Database, films: Sequence[Film], wake: Callable[[], None]) -> None:
        self._db = db
        self._wake = wake
        self._known = [known(film, key.key) for film in films for key in film.versions]

    async def standing(self, club_id: int) -> list[Standing]:
        """Who would stand in a vote opened now."""
        return await self._db.read(lambda tx: self._standing(tx, club_id))

    async def open(self, slot: Slot, posting: Posting, now: datetime) -> Vote | None:
        """The vote for a date, opened unless it was before; None where there is nothing to choose from."""

        async def put(tx: Transaction) -> Vote | None:
            closes_at = slot.closes_at(posting.due_at, now)
            there = await votes.of_date(tx, posting.date_id)
            if there and there.message_id is None:  # nobody has seen it yet: its time begins now
                await votes.note_times(tx, there.vote_id, now, closes_at)
                return replace(there, opened_at=now, closes_at=closes_at)
            if there:
                return there
            standing = await self._standing(tx, slot.club_id)
            if len(standing) < FEWEST:
                return None
            watched = await votes.watched(tx, slot.club_id)
            number = await votes.add(tx, slot, posting, standing, watched, opened_at=now, closes_at=closes_at)
            return await votes.load(tx, number)

        return await self._db.write(put)

    async def cast(
        self, vote_id: int, club_id: int, member_id: int, number: int, now: datetime
    ) -> VoteOutcome:
        """Makes the member's ballot say `number`; returns once that is on disk."""

        async def put(tx: Transaction) -> VoteOutcome:
            vote = await _of_club(tx, vote_id, club_id)
            candidate = vote.candidate(number) if vote else None
            if vote is None or candidate is None:
                return NoSuchVote()
            before = await _mine(tx, vote, member_id)
            if not vote.accepts(now):
                return Over(vote, before)
            if before != candidate:
                await votes.put_ballot(tx, vote, member_id, number, now)
            return Voted(vote, candidate, before)

        return await self._db.write(put)

    async def receipt(
        self, vote_id: int, club_id: int, member_id: int
    ) -> tuple[Vote, Candidate | None] | None:
        """The member's own ballot; None where there is no such vote."""

        async def find(tx: Transaction) -> tuple[Vote, Candidate | None] | None:
            vote = await _of_club(tx, vote_id, club_id)
            return (vote, await _mine(tx, vote, member_id)) if vote else None

        return await self._db.read(find)

    async def close(self, vote_id: int, now: datetime, counts: Mapping[int, int] | None = None) -> None:
        """Closes a vote and asks for its result. `counts` are those of Discord's own poll; without any, one by
        buttons is counted and one of Discord's stays unread."""

        async def shut(tx: Transaction) -> None:
            vote = await votes.load(tx, vote_id)
            if vote is None:
                return
            found = counts if vote.native else await votes.counted(tx, vote_id)
            if await votes.close(tx, vote_id, found, secrets.randbelow(SEEDS), now):
                quiet = await weekly.quiet(tx, vote.club_id)
                await _ask(tx, RESULT, vote_id, vote.club_id, lifted(quiet, now))

        await self._db.write(shut)
        self._wake()

    async def look_again(self, vote_id: int, generation: int, now: datetime) -> bool:
        """Discord's poll isn't final yet: asks to look again; False once it was asked enough."""

        async def put_off(tx: Transaction) -> bool:
            vote = await votes.load(tx, vote_id)
            if vote is None:
                return True
            again = next_look(await votes.count_look(tx, vote_id), vote.closes_at, now)
            if again:
                await _ask(tx, CLOSE, vote_id, vote.club_id, again, generation + 1)
            return again is not None

        found = await self._db.write(put_off)
        self._wake()
        return found

    async def vote(self, vote_id: int) -> Vote | None:
        return await self._db.read(lambda tx: votes.load(tx, vote_id))

    async def of_date(self, date_id: int) -> Vote | None:
        """The vote that was opened for a slot's date."""
        return await self._db.read(lambda tx: votes.of_date(tx, date_id))

    async def stale(self) -> list[int]:
        """Open votes whose message says another number of people than have voted."""
        return await self._db.read(votes.stale)

    async def posted(self, vote_id: int, message_id: int, closes_at: datetime | None = None) -> None:
        """Remembers where the vote stands and asks for its close: not before, or one that nobody has seen would be
        closed. Discord's own poll says itself when it ends."""

        async def note(tx: Transaction) -> None:
            if closes_at:
                await votes.note_times(tx, vote_id, None, closes_at)
            await votes.note(tx, vote_id, "message_id", message_id)
            if vote := await votes.load(tx, vote_id):
                await _ask(tx, CLOSE, vote_id, vote.club_id, vote.closes_at)

        await self._db.write(note)
        self._wake()

    async def result_posted(self, vote_id: int, message_id: int) -> None:
        await self._db.write(lambda tx: votes.note(tx, vote_id, "result_id", message_id))

    async def shown(self, vote_id: int, people: int) -> None:
        await self._db.write(lambda tx: votes.note_shown(tx, vote_id, people))

    async def drop(self, vote_id: int, now: datetime) -> None:
        """Takes back a vote that could not be shown."""

        async def take_back(tx: Transaction) -> None:
            vote = await votes.load(tx, vote_id)
            if vote:
                await jobs.cancel(tx, CLOSE, vote_id, now)
                await votes.drop(tx, vote)

        await self._db.write(take_back)

    async def may_show(self, job: Job, now: datetime) -> Vote | None:
        """The closed vote whose result is due; None while quiet hours hold it back (it comes again) or it is open."""

        async def check(tx: Transaction) -> Vote | None:
            vote = await votes.load(tx, job.subject)
            if vote is None or vote.open:
                return None
            until = lifted(await weekly.quiet(tx, vote.club_id), now)
            if until > now:
                await jobs.hold_back(tx, job, until)
                return None
            return vote

        found = await self._db.write(check)
        self._wake()
        return found

    async def open_by(self, slot_id: int) -> Vote | None:
        """The slot's vote that is open."""
        return await self._db.read(lambda tx: votes.open_by(tx, slot_id))

    async def message_lost(
        self, vote_id: int, message_id: int, now: datetime, most: int | None = None
    ) -> bool:
        """The vote's message was deleted: asks for it to be posted again, `most` times in all; whether it will be."""

        async def note(tx: Transaction) -> bool:
            vote = await votes.load(tx, vote_id)
            generation = await jobs.next_generation(tx, AGAIN, vote_id)
            enough = most is not None and generation >= most
            if vote is None or enough or not vote.accepts(now):
                return False
            await votes.forget_message(tx, vote_id, message_id)
            await _ask(tx, AGAIN, vote_id, vote.club_id, now, generation)
            return True

        again = await self._db.write(note)
        self._wake()
        return again

    async def suggest(self, club_id: int, member_id: int, feature: Feature, now: datetime) -> bool:
        """Puts a feature on the club's list; False where it is there already."""
        return await self._db.write(lambda tx: votes.suggest(tx, club_id, member_id, feature, now))

    async def suggestions(self, club_id: int) -> list[Suggestion]:
        return await self._db.read(lambda tx: votes.suggestions(tx, club_id))

    async def withdraw(self, club_id: int, suggestion_id: int) -> None:
        await self._db.write(lambda tx: votes.withdraw(tx, club_id, suggestion_id))

    async def _standing(self, tx: Transaction, club_id: int) -> list[Standing]:
        suggested = await votes.suggestions(tx, club_id)
        return candidates(suggested, self._known, await votes.watched(tx, club_id))


def known(film: Film, key: str) -> Feature:
    """A version of a pack as something to watch."""
    version = film.version(key)
    assert version is not None, key
    title = f"{version.flag} {version.title} ({version.year})"
    return Feature(film.slug, key, title[:LONGEST_TITLE], version.minutes)


async def _of_club(tx: Transaction, vote_id: int, club_id: int) -> Vote | None:
    vote = await votes.load(tx, vote_id)
    return vote if vote and vote.club_id == club_id else None


async def _mine(tx: Transaction, vote: Vote, member_id: int) -> Candidate | None:
    number = await votes.ballot(tx, vote.vote_id, member_id)
    return vote.candidate(number) if number is not None else None


async def _ask(
    tx: Transaction, kind: str, vote_id: int, club_id: int, due_at: datetime, generation: int = 0
) -> None:
    await jobs.schedule(tx, kind, vote_id, generation=generation, club_id=club_id, due_at=due_at)
