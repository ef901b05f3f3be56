"""The gate of a spoiler thread: who may enter, who is let in, who is told later."""

from collections.abc import Callable
from datetime import datetime

from bot.domain.threads.outcomes import (
    Ask,
    Full,
    GateOutcome,
    LetIn,
    NoSuchThread,
    ReminderOutcome,
    SeenAlready,
    Shut,
    WillRemind,
)
from bot.domain.threads.thread import MOST_INSIDE, SpoilerThread
from bot.services.seen import note_seen
from bot.storage import seen, thread_members, threads
from bot.storage.engine import Database, Transaction


class Gates:
    """Presses at gates, and the line of those who are let in one by one; `wake` tells the runner that a job was
    asked for."""

    def __init__(self, db: Database, wake: Callable[[], None]) -> None:
        self._db = db
        self._wake = wake

    async def knock(self, thread_row: int, club_id: int, member_id: int, now: datetime) -> GateOutcome:
        """The member wants in: without a question if their list says that they may."""

        async def look(tx: Transaction) -> GateOutcome:
            thread = await _load(tx, thread_row, club_id)
            if not isinstance(thread, SpoilerThread):
                return thread
            unseen = thread.subject.unseen_by(await seen.of(tx, member_id, thread.subject.film))
            return Ask(thread, unseen) if unseen else await _line_up(tx, thread, member_id, now)

        return await self._db.write(look)

    async def enter(self, thread_row: int, club_id: int, member_id: int, now: datetime) -> GateOutcome:
        """The member said Yes: it goes on their list (not for a part of a film), and they are let in."""

        async def note(tx: Transaction) -> GateOutcome:
            thread = await _load(tx, thread_row, club_id)
            if not isinstance(thread, SpoilerThread):
                return thread
            subject = thread.subject
            if subject.up_to is None:
                await note_seen(tx, member_id, subject.film, subject.versions, now)
            return await _line_up(tx, thread, member_id, now)

        outcome = await self._db.write(note)
        self._wake()
        return outcome

    async def remind(self, thread_row: int, club_id: int, member_id: int, now: datetime) -> ReminderOutcome:
        """Tells the member once their list lets them in; adds nobody."""

        async def ask(tx: Transaction) -> ReminderOutcome:
            thread = await _load(tx, thread_row, club_id)
            if not isinstance(thread, SpoilerThread):
                return thread
            if not thread.subject.unseen_by(await seen.of(tx, member_id, thread.subject.film)):
                return SeenAlready(thread)
            await thread_members.remind(tx, thread_row, club_id, member_id, now)
            return WillRemind(thread)

        return await self._db.write(ask)

    async def reminder(self, reminder_id: int) -> tuple[SpoilerThread, int] | None:
        """(thread, member) of a reminder that is still wanted and still true."""

        async def look(tx: Transaction) -> tuple[SpoilerThread, int] | None:
            found = await thread_members.reminder(tx, reminder_id)
            thread = await threads.load(tx, found[0]) if found else None
            if found is None or thread is None or not thread.open:
                return None
            mine = await seen.of(tx, found[1], thread.subject.film)
            return None if thread.subject.unseen_by(mine) else (thread, found[1])

        return await self._db.read(look)

    async def reminded(self, reminder_id: int) -> None:
        async def note(tx: Transaction) -> None:
            await thread_members.reminded(tx, reminder_id)

        await self._db.write(note)

    async def in_line(self, thread_row: int, most: int) -> list[tuple[int, bool]]:
        """(member, whether they go in) of those whose turn it is."""
        return await self._db.read(lambda tx: thread_members.in_line(tx, thread_row, most))

    async def threads_in_line(self) -> list[int]:
        """Every thread that somebody waits for."""
        return await self._db.read(thread_members.threads_in_line)

    async def stale_gates(self) -> list[int]:
        """Threads whose gate says an old number."""
        return await self._db.read(thread_members.stale_gates)

    async def entered(self, thread_row: int, member_id: int) -> None:
        async def note(tx: Transaction) -> None:
            await thread_members.entered(tx, thread_row, member_id)

        await self._db.write(note)

    async def refused(self, thread_row: int, member_id: int, reason: str) -> None:
        """Discord doesn't let the member in; `reason` is a text's key."""

        async def note(tx: Transaction) -> None:
            await thread_members.refused(tx, thread_row, member_id, reason)

        await self._db.write(note)

    async def left(self, thread_row: int, member_id: int) -> None:
        async def note(tx: Transaction) -> None:
            await thread_members.left(tx, thread_row, member_id)

        await self._db.write(note)

    async def people(self, thread_row: int) -> int:
        """How many are inside or on their way in, by our own rows."""
        return await self._db.read(lambda tx: thread_members.counted(tx, thread_row))

    async def shown(self, thread_row: int, people: int) -> None:
        """Notes what number the gate says."""

        async def note(tx: Transaction) -> None:
            await thread_members.shown(tx, thread_row, people)

        await self._db.write(note)


async def _load(tx: Transaction, thread_row: int, club_id: int) -> SpoilerThread | Shut | NoSuchThread:
    thread = await threads.load(tx, thread_row)
    if thread is None or thread.club_id != club_id or not thread.subject.gated:
        return NoSuchThread()
    return thread if thread.open else Shut(thread)


async def _line_up(tx: Transaction, thread: SpoilerThread, member_id: int, now: datetime) -> LetIn | Full:
    inside = await thread_members.is_counted(tx, thread.row, member_id)
    if not inside and await thread_members.counted(tx, thread.row) >= MOST_INSIDE - 1:
        return Full(thread)
    await thread_members.ask_in(tx, thread.row, thread.club_id, member_id, now)
    return LetIn(thread)
