"""What members do at a watch-along: come, get ready, watch, tap, say where their film is, ask for a break."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from bot.domain.watch.attendees import Attendee
from bot.domain.watch.breaks import needed
from bot.domain.watch.copies import Reading
from bot.domain.watch.outcomes import (
    BreakAsked,
    BreakBegun,
    BreakOutcome,
    NoSuchWatch,
    Noted,
    NoteOutcome,
    NotNow,
    TapOutcome,
    Tapped,
    TooSoon,
    WhereAt,
    WhereOutcome,
)
from bot.domain.watch.reminders import Reminder
from bot.domain.watch.taps import too_soon
from bot.domain.watch.watch import LIVE, State, Watch
from bot.services.seen import note_seen
from bot.services.watches import settled, store
from bot.storage import watch_members
from bot.storage.engine import Database, Operation, Transaction

T = TypeVar("T")


class Presence:
    """One member's presses, one transaction each; `wake` tells the runner that a job was asked for."""

    def __init__(self, db: Database, wake: Callable[[], None]) -> None:
        self._db = db
        self._wake = wake

    async def tap(self, watch_id: int, club_id: int, member_id: int, now: datetime) -> TapOutcome:
        """Records a tap at what the member's own film shows; returns once it is on disk."""

        async def press(tx: Transaction) -> TapOutcome:
            found = await _load(tx, watch_id, club_id, member_id)
            if found is None:
                return NoSuchWatch()
            watch, member = found
            if not _begun(watch, now):
                return NotNow(watch)
            if too_soon(member.tapped_at, now):
                return TooSoon(watch)
            position = member.copy.shows(watch.clock.position(now), watch.clock.last)
            await watch_members.tap(tx, watch, member, position, now)
            return Tapped(watch, position, member.taps + 1)

        return await self._db.write(press)

    async def where(self, watch_id: int, club_id: int, member_id: int, now: datetime) -> WhereOutcome:
        """Where the film is, for a member who watches from now on if they didn't yet."""

        async def look(tx: Transaction) -> WhereOutcome:
            found = await _load(tx, watch_id, club_id, member_id)
            if found is None:
                return NoSuchWatch()
            watch, member = found
            if not _running(watch, now):
                return NotNow(watch)
            if member.joined_at is None:
                await watch_members.join(tx, watch, member_id, now)
            return _where(watch, member, now)

        return await self._db.write(look)

    async def resync(
        self, watch_id: int, club_id: int, member_id: int, shown: timedelta, now: datetime
    ) -> WhereOutcome:
        """Takes what the member's film shows now as a reading of their copy."""

        async def read(tx: Transaction) -> WhereOutcome:
            found = await _load(tx, watch_id, club_id, member_id)
            if found is None:
                return NoSuchWatch()
            watch, member = found
            if not _begun(watch, now):
                return NotNow(watch)
            await watch_members.join(tx, watch, member_id, now)
            copy = member.copy.read(Reading(watch.clock.position(now), shown))
            await watch_members.set_copy(tx, watch, member_id, copy)
            _, after = await _required(tx, watch_id, member_id)
            return _where(watch, after, now)

        return await self._db.write(read)

    async def ask_for_break(self, watch_id: int, club_id: int, member_id: int, now: datetime) -> BreakOutcome:
        """Counts a wish for a break; the one that makes it enough begins it."""

        async def wish(tx: Transaction) -> BreakOutcome:
            found = await _load(tx, watch_id, club_id, member_id)
            if found is None:
                return NoSuchWatch()
            watch = await settled(tx, found[0], now)
            resting = watch.rest(now)
            if resting is None:
                return NotNow(watch)
            asked, watching = await watch_members.vote(tx, watch, member_id, now)
            if asked < needed(watching):
                return BreakAsked(watch, asked, needed(watching))
            await store(tx, watch, resting, now)
            return BreakBegun(resting, resting.clock.playing_since or now)

        return await self._write_and_wake(wish)

    async def come(self, watch_id: int, club_id: int, member_id: int, now: datetime) -> NoteOutcome:
        """Says that the member is coming, or takes it back."""

        async def say(tx: Transaction) -> NoteOutcome:
            found = await _load(tx, watch_id, club_id, member_id)
            if found is None:
                return NoSuchWatch()
            watch, member = found
            if watch.state is not State.PLANNED:
                return NotNow(watch)
            await watch_members.say_coming(tx, watch, member_id, None if member.coming else now)
            return Noted(watch, on=not member.coming)

        return await self._db.write(say)

    async def wish_reminder(self, watch_id: int, club_id: int, member_id: int) -> NoteOutcome:
        """Has the member reminded by a message of their own, or takes it back."""

        async def wish(tx: Transaction) -> NoteOutcome:
            found = await _load(tx, watch_id, club_id, member_id)
            if found is None:
                return NoSuchWatch()
            watch, member = found
            if watch.state is not State.PLANNED:
                return NotNow(watch)
            await watch_members.wish_reminder(tx, watch, member_id, on=not member.remind)
            return Noted(watch, on=not member.remind)

        return await self._db.write(wish)

    async def get_ready(self, watch_id: int, club_id: int, member_id: int, now: datetime) -> NoteOutcome:
        """Says that the member's film stands at its first second."""

        async def say(tx: Transaction) -> NoteOutcome:
            found = await _load(tx, watch_id, club_id, member_id)
            if found is None:
                return NoSuchWatch()
            if found[0].state is not State.LOBBY:
                return NotNow(found[0])
            await watch_members.say_ready(tx, found[0], member_id, now)
            return Noted(found[0], on=True)

        return await self._db.write(say)

    async def saw_the_end(
        self, watch_id: int, club_id: int, member_id: int, now: datetime, *, to_the_end: bool
    ) -> NoteOutcome:
        """An attendee's answer once the evening is over: only Yes puts the version on their seen list. NotNow for
        somebody who didn't watch."""

        async def say(tx: Transaction) -> NoteOutcome:
            found = await _load(tx, watch_id, club_id, member_id)
            if found is None:
                return NoSuchWatch()
            watch, feature = found[0], found[0].feature
            if watch.state is not State.FINISHED or not await watch_members.say_seen(
                tx, watch, member_id, to_the_end=to_the_end
            ):
                return NotNow(watch)
            if to_the_end and feature.version:
                await note_seen(tx, member_id, feature.film, [feature.version], now)
            return Noted(watch, on=to_the_end)

        return await self._write_and_wake(say)

    async def taps_of(self, watch_id: int, club_id: int, member_id: int) -> tuple[Watch, Attendee] | None:
        """The evening and what the member did at it."""
        return await self._db.read(lambda tx: _load(tx, watch_id, club_id, member_id))

    async def to_remind(self, watch: Watch, reminder: Reminder) -> list[int]:
        """Who is still to be reminded by a message of their own."""
        return await self._db.read(lambda tx: watch_members.to_remind(tx, watch, reminder))

    async def reminded(self, watch: Watch, reminder: Reminder, member_id: int) -> None:
        await self._db.write(lambda tx: watch_members.reminded(tx, watch, reminder, member_id))

    async def _write_and_wake(self, operation: Operation[T]) -> T:
        outcome = await self._db.write(operation)
        self._wake()
        return outcome


async def _load(
    tx: Transaction, watch_id: int, club_id: int, member_id: int
) -> tuple[Watch, Attendee] | None:
    """The evening, if it is this club's, and the member at it."""
    found = await watch_members.load_with(tx, watch_id, member_id)
    return found if found and found[0].club_id == club_id else None


async def _required(tx: Transaction, watch_id: int, member_id: int) -> tuple[Watch, Attendee]:
    found = await watch_members.load_with(tx, watch_id, member_id)
    assert found is not None, "loaded in this very transaction"
    return found


def _running(watch: Watch, now: datetime) -> bool:
    return watch.state in LIVE and watch.lapse(now) is None


def _begun(watch: Watch, now: datetime) -> bool:
    """Whether the film's first second has been shown."""
    return _running(watch, now) and watch.started_at is not None and watch.started_at <= now


def _where(watch: Watch, member: Attendee, now: datetime) -> WhereAt:
    room = watch.clock.position(now)
    own = member.copy.shows(room, watch.clock.last)
    left = max(timedelta(), watch.clock.length - own)
    return WhereAt(watch, room, own, left, member.copy, member.taps)
