"""A member's own list of what they have seen, the same in every club, and what opens or shuts with it."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.storage import jobs, seen, thread_members, threads
from bot.storage.engine import Database, Transaction

REMIND = "spoilers-remind"


class Seen:
    """Reads and changes seen lists; `wake` tells the runner that a job was asked for."""

    def __init__(self, db: Database, wake: Callable[[], None]) -> None:
        self._db = db
        self._wake = wake

    async def of(self, member_id: int, film: str) -> frozenset[str]:
        """The versions of one film."""
        return await self._db.read(lambda tx: seen.of(tx, member_id, film))

    async def everything(self, member_id: int) -> list[tuple[str, str]]:
        """(film, version) of all."""
        return await self._db.read(lambda tx: seen.everything(tx, member_id))

    async def add(self, member_id: int, film: str, versions: Sequence[str], now: datetime) -> int:
        """Puts versions on the list; how many were new. Who asked to be told that they may enter now, is."""

        async def put(tx: Transaction) -> int:
            return await note_seen(tx, member_id, film, versions, now)

        added = await self._db.write(put)
        self._wake()
        return added

    async def remove(self, member_id: int, film: str, version: str) -> tuple[bool, list[int]]:
        """Takes a version off the list: whether it was on it, and the gated threads that the member leaves with
        it, in all clubs."""

        async def take(tx: Transaction) -> tuple[bool, list[int]]:
            was_there = await seen.remove(tx, member_id, film, version)
            return was_there, await thread_members.ask_out(tx, member_id, film, version)

        return await self._db.write(take)


async def note_seen(
    tx: Transaction, member_id: int, film: str, versions: Sequence[str], now: datetime
) -> int:
    """Adds to the list and asks for the reminders that follow from it."""
    added = await seen.add(tx, member_id, film, versions, now)
    mine = await seen.of(tx, member_id, film)
    for reminder_id, thread_row in await thread_members.reminders_of(tx, member_id):
        thread = await threads.load(tx, thread_row)
        if thread and thread.open and thread.subject.film == film and not thread.subject.unseen_by(mine):
            await jobs.schedule(tx, REMIND, reminder_id, club_id=thread.club_id, due_at=now)
    return added
