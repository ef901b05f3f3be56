"""The tissue poll: opened, answered, closed, reopened. Each press is one transaction, answered after its commit."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from bot.domain.tissues.outcomes import (
    AlreadyOpen,
    Cast,
    CastOutcome,
    Changed,
    Closed,
    CloseOutcome,
    Erased,
    JustClosed,
    Kept,
    NeedsClose,
    NoBallot,
    NoSuchPoll,
    NotOpen,
    Opened,
    OpenOutcome,
    Receipt,
    Reopened,
    ReopenOutcome,
    StillOpen,
    TooLate,
)
from bot.domain.tissues.polls import Poll, checked_close
from bot.storage import jobs, tissues
from bot.storage.engine import Database, Operation, Transaction
from bot.storage.tissues import NewPoll

STILL_SHOWN = timedelta(days=30)

POST = "tissues-post"
CLOSE = "tissues-close"
RESULT = "tissues-result"
REOPENED = "tissues-reopened"

__all__ = ["CLOSE", "POST", "REOPENED", "RESULT", "NewPoll", "Tissues"]


T = TypeVar("T")


class Tissues:
    """Everything that changes a poll; `wake` tells the runner that a job was asked for."""

    def __init__(self, db: Database, wake: Callable[[], None]) -> None:
        self._db = db
        self._wake = wake

    async def open(self, new: NewPoll, now: datetime) -> OpenOutcome:
        """Opens a poll and asks for its message and its close; UserError for a close that can't be."""
        checked_close(new.closes_at, now)

        async def add(tx: Transaction) -> OpenOutcome:
            poll = await tissues.add(tx, new, now)
            if poll is None:
                other = await tissues.in_the_way(tx, new.club_id, new.film, new.version, new.evening)
                return AlreadyOpen(other)
            await _ask(tx, POST, poll, now)
            await _ask(tx, CLOSE, poll, poll.closes_at)
            return Opened(poll)

        return await self._write_and_wake(add)

    async def cast(
        self, poll_id: int, club_id: int, member_id: int, tissues_needed: int, now: datetime
    ) -> CastOutcome:
        """Makes the member's ballot say `tissues_needed`; returns once that is on disk."""

        async def put(tx: Transaction) -> CastOutcome:
            loaded = await tissues.load_with_ballot(tx, poll_id, member_id)
            if loaded is None or loaded[0].club_id != club_id:
                return NoSuchPoll()
            poll, before = loaded
            if not poll.accepts(now):
                return Closed(poll, before)
            if before == tissues_needed:
                return Kept(poll, before)
            await tissues.put_ballot(tx, poll, member_id, before, tissues_needed, now)
            return Cast(poll, tissues_needed) if before is None else Changed(poll, before, tissues_needed)

        return await self._db.write(put)

    async def receipt(self, poll_id: int, club_id: int, member_id: int) -> Receipt | NoBallot | NoSuchPoll:
        """The member's own ballot."""

        async def look(tx: Transaction) -> Receipt | NoBallot | NoSuchPoll:
            poll = await _load(tx, poll_id, club_id)
            if poll is None:
                return NoSuchPoll()
            return await tissues.receipt(tx, poll_id, member_id) or NoBallot(poll)

        return await self._db.read(look)

    async def last_receipt(self, club_id: int, member_id: int) -> Receipt | None:
        """The ballot that the member cast or changed last in this club."""
        return await self._db.read(lambda tx: tissues.last_receipt(tx, club_id, member_id))

    async def erase(self, poll_id: int, club_id: int, member_id: int) -> Erased | NoBallot | NoSuchPoll:
        """Takes the member's ballot away: wholly while the poll is open; once it is closed the number stays,
        so that its result still adds up, and the name goes."""

        async def take_away(tx: Transaction) -> Erased | NoBallot | NoSuchPoll:
            poll = await _load(tx, poll_id, club_id)
            if poll is None:
                return NoSuchPoll()
            return Erased(poll) if await _take_away(tx, poll, member_id) else NoBallot(poll)

        return await self._db.write(take_away)

    async def erase_all(self, member_id: int, club_id: int | None) -> list[int]:
        """Takes away all ballots of the member in one club or (None) in all; the open polls that lost one."""

        async def take_all(tx: Transaction) -> list[int]:
            lost = []
            for poll_id in await tissues.ballots_of(tx, member_id, club_id):
                poll = await tissues.load(tx, poll_id)
                if poll and await _take_away(tx, poll, member_id) and poll.open:
                    lost.append(poll_id)
            return lost

        return await self._db.write(take_all)

    async def show_missing(self, now: datetime, club_id: int | None = None) -> None:
        """Has results shown that could not be for so long that they were given up, in one club or (None) in all."""

        async def ask(tx: Transaction) -> None:
            for poll in await tissues.unshown(tx, now - STILL_SHOWN, club_id):
                await jobs.revive(tx, RESULT, poll.poll_id, poll.generation, now)

        await self._db.write(ask)
        self._wake()

    async def close(self, poll_id: int, generation: int, by: int | None, now: datetime) -> CloseOutcome:
        """Closes the poll if it is open in this generation, and asks for its result to be shown. `by` is None
        when its time has come."""

        async def shut(tx: Transaction) -> CloseOutcome:
            poll = await tissues.close(tx, poll_id, generation, by, now)
            if poll is None:
                other = await tissues.load(tx, poll_id)
                return NotOpen(other) if other else NoSuchPoll()
            await jobs.cancel(tx, CLOSE, poll_id, now)
            await _ask(tx, RESULT, poll, now)
            return JustClosed(poll)

        return await self._write_and_wake(shut)

    async def reopen(
        self, poll_id: int, club_id: int, closes_at: datetime | None, now: datetime
    ) -> ReopenOutcome:
        """Undoes a close until `closes_at`, or until the time it had where that is still ahead."""
        if closes_at is not None:
            checked_close(closes_at, now)

        async def undo(tx: Transaction) -> ReopenOutcome:
            poll = await _load(tx, poll_id, club_id)
            if poll is None:
                return NoSuchPoll()
            if poll.open:
                return StillOpen(poll)
            if not poll.reopenable(now):
                return TooLate(poll)
            until = closes_at or poll.closes_at
            return NeedsClose(poll) if until <= now else await _reopen(tx, poll, until, now)

        return await self._write_and_wake(undo)

    async def post_again(self, poll: Poll, now: datetime, *, most: int | None = None) -> bool:
        """Asks for the message of an open poll anew, where it is gone from where `poll` says it stood; not more than
        `most` times in all. Whether it was asked for: never twice for one loss."""

        async def ask(tx: Transaction) -> bool:
            generation = await jobs.next_generation(tx, POST, poll.poll_id)
            if (most is not None and generation > most) or await jobs.pending(tx, POST, poll.poll_id):
                return False
            if not await tissues.forget_message(tx, poll.poll_id, poll.message_id):
                return False
            await jobs.schedule(
                tx, POST, poll.poll_id, generation=generation, club_id=poll.club_id, due_at=now
            )
            return True

        return await self._write_and_wake(ask)

    async def _write_and_wake(self, operation: Operation[T]) -> T:
        outcome = await self._db.write(operation)
        self._wake()
        return outcome


async def _load(tx: Transaction, poll_id: int, club_id: int) -> Poll | None:
    """The poll, if it is this club's."""
    poll = await tissues.load(tx, poll_id)
    return poll if poll and poll.club_id == club_id else None


async def _take_away(tx: Transaction, poll: Poll, member_id: int) -> bool:
    taken = tissues.remove_ballot if poll.open else tissues.unname_ballot
    return await taken(tx, poll.poll_id, member_id)


async def _reopen(tx: Transaction, poll: Poll, until: datetime, now: datetime) -> ReopenOutcome:
    again = await tissues.reopen(tx, poll, until)
    if again is None:
        return AlreadyOpen(await tissues.in_the_way(tx, poll.club_id, poll.film, poll.version, None))
    await _ask(tx, REOPENED, again, now)
    await _ask(tx, CLOSE, again, until)
    return Reopened(again)


async def _ask(tx: Transaction, kind: str, poll: Poll, due_at: datetime) -> None:
    await jobs.schedule(
        tx, kind, poll.poll_id, generation=poll.generation, club_id=poll.club_id, due_at=due_at
    )
