"""Weekly slots as hosts keep them. Each change works out the next date anew and asks to be looked at then."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.recurrence import Occurrence, WeeklyTime
from bot.domain.weekly.occurrences import NoSuchSlot, NotAhead, Posting, Settled, State, TooMany, Week, taken
from bot.domain.weekly.slots import MOST_SLOTS, Kind, Pause, Quiet, Reason, Slot, Voting
from bot.services.weekly_settling import (
    LOOK,
    ask_to_post,
    handled,
    look_at_all_anew,
    of_club,
    settle,
    settle_change,
    week_of,
)
from bot.services.weekly_zones import known_name
from bot.storage import jobs, weekly
from bot.storage.engine import Database, Operation, Transaction
from bot.storage.weekly import NewSlot

FARTHEST_SKIP = timedelta(weeks=52)

__all__ = ["Change", "NewSlot", "WeeklySlots"]

T = TypeVar("T")


class Change(Struct, frozen=True):
    """What a host asks to be changed; None leaves it as it is."""

    channel_id: int | None = None
    weekday: int | None = None
    at: time | None = None
    zone: str | None = None
    grace: timedelta | None = None
    open_for: timedelta | None = None
    native: bool | None = None
    plans: bool | None = None

    def applied(self, slot: Slot) -> Slot:
        when, voting = slot.when, slot.voting
        return replace(
            slot,
            channel_id=_or(self.channel_id, slot.channel_id),
            when=WeeklyTime(
                _or(self.weekday, when.weekday), _or(self.at, when.time), _or(self.zone, when.zone)
            ),
            grace=_or(self.grace, slot.grace),
            voting=Voting(
                _or(self.open_for, voting.open_for),
                _or(self.native, voting.native),
                _or(self.plans, voting.plans),
            ),
        )


class WeeklySlots:
    """Everything that hosts do with slots; `wake` tells the runner that a job was asked for."""

    def __init__(self, db: Database, wake: Callable[[], None]) -> None:
        self._db = db
        self._wake = wake

    async def add(self, new: NewSlot, now: datetime) -> Settled | TooMany:
        """A new slot; UserError for a zone nobody knows."""
        new = replace(new, when=replace(new.when, zone=known_name(new.when.zone)))

        async def put(tx: Transaction) -> Settled | TooMany:
            if len(await weekly.of_club(tx, new.club_id)) >= MOST_SLOTS:
                return TooMany()
            slot = await weekly.add(tx, new, now.date())
            return Settled(await settle(tx, slot, now))

        return await self._write_and_wake(put)

    async def change(
        self, slot_id: int, club_id: int, member_id: int, change: Change, now: datetime
    ) -> Settled | NoSuchSlot:
        """Changes what is named; a date that something became of doesn't come again. It is the member's from now on.
        UserError for a zone nobody knows."""
        if change.zone is not None:
            change = replace(change, zone=known_name(change.zone))
        return await self._take(
            slot_id, club_id, lambda slot: replace(change.applied(slot), made_by=member_id), now
        )

    async def pause(
        self, slot_id: int, club_id: int, until: datetime | None, now: datetime
    ) -> Settled | NoSuchSlot:
        """Lets the slot rest, until a moment or until it is resumed."""
        rest = Pause(Reason.ASKED, until)
        return await self._take(slot_id, club_id, lambda slot: replace(slot, pause=rest), now)

    async def resume(self, slot_id: int, club_id: int, member_id: int, now: datetime) -> Settled | NoSuchSlot:
        """Ends a rest, whatever its reason; what fell into it is not made up for. It is the member's from now on."""
        return await self._take(
            slot_id, club_id, lambda slot: replace(slot, pause=None, made_by=member_id), now
        )

    async def remove(self, slot_id: int, club_id: int, now: datetime) -> bool:
        """Removes the slot; whether there was one."""

        async def drop(tx: Transaction) -> bool:
            if await of_club(tx, slot_id, club_id) is None:
                return False
            await jobs.cancel(tx, LOOK, slot_id, now)
            await weekly.remove(tx, slot_id)
            return True

        return await self._db.write(drop)

    async def skip(
        self, slot_id: int, club_id: int, day: date | None, now: datetime
    ) -> Settled | NotAhead | NoSuchSlot:
        """Passes over one date, the next one without a day."""

        async def pass_over(tx: Transaction) -> Settled | NotAhead | NoSuchSlot:
            slot = await of_club(tx, slot_id, club_id)
            if slot is None:
                return NoSuchSlot()
            week = await week_of(tx, slot, now)
            wanted = _ahead(week, day, now)
            noted = wanted and await weekly.add_date(
                tx, slot, wanted.day, slot.appears(wanted), State.SKIPPED
            )
            return Settled(await week_of(tx, slot, now)) if noted else NotAhead(week)

        return await self._db.write(pass_over)

    async def unskip(
        self, slot_id: int, club_id: int, day: date, now: datetime
    ) -> Settled | NotAhead | NoSuchSlot:
        """Takes a skip back while its date is ahead."""

        async def take_back(tx: Transaction) -> Settled | NotAhead | NoSuchSlot:
            slot = await of_club(tx, slot_id, club_id)
            if slot is None:
                return NoSuchSlot()
            undone = slot.is_ahead(day, now) and await weekly.unskip(tx, slot_id, day)
            week = await week_of(tx, slot, now)
            return Settled(week) if undone else NotAhead(week)

        return await self._db.write(take_back)

    async def by_hand(self, slot_id: int, club_id: int, now: datetime) -> Posting | NotAhead | NoSuchSlot:
        """Asks for a post at once, beside the calendar. A watch-along is planned for its next date, which so is done
        with."""

        async def ask(tx: Transaction) -> Posting | NotAhead | NoSuchSlot:
            slot = await of_club(tx, slot_id, club_id)
            if slot is None:
                return NoSuchSlot()
            day = await _next_evening(tx, slot, now) if slot.kind is Kind.WATCH_ALONG else None
            posting = await weekly.take_date(tx, slot, day, now, by_hand=True)
            if posting is None:
                return NotAhead(await week_of(tx, slot, now))
            await ask_to_post(tx, posting, now)
            return posting

        return await self._write_and_wake(ask)

    async def weeks(self, club_id: int, now: datetime) -> list[Week]:
        """The club's slots in the order of the week."""

        async def look(tx: Transaction) -> list[Week]:
            return [await week_of(tx, slot, now) for slot in await weekly.of_club(tx, club_id)]

        return await self._db.read(look)

    async def week(self, slot_id: int, club_id: int, now: datetime) -> Week | None:
        """One slot of the club."""

        async def look(tx: Transaction) -> Week | None:
            slot = await of_club(tx, slot_id, club_id)
            return await week_of(tx, slot, now) if slot else None

        return await self._db.read(look)

    async def quiet(self, club_id: int) -> Quiet | None:
        return await self._db.read(lambda tx: weekly.quiet(tx, club_id))

    async def set_quiet(self, club_id: int, hours: tuple[time, time] | None, now: datetime) -> None:
        """Sets or ends the club's quiet hours and works out all its dates anew."""

        async def put(tx: Transaction) -> None:
            await weekly.set_quiet(tx, club_id, hours)
            await look_at_all_anew(tx, club_id, now)

        await self._write_and_wake(put)

    async def _take(
        self, slot_id: int, club_id: int, step: Callable[[Slot], Slot], now: datetime
    ) -> Settled | NoSuchSlot:
        async def take(tx: Transaction) -> Settled | NoSuchSlot:
            slot = await of_club(tx, slot_id, club_id)
            return Settled(await settle_change(tx, slot, step(slot), now)) if slot else NoSuchSlot()

        return await self._write_and_wake(take)

    async def _write_and_wake(self, operation: Operation[T]) -> T:
        outcome = await self._db.write(operation)
        self._wake()
        return outcome


async def _next_evening(tx: Transaction, slot: Slot, now: datetime) -> date:
    """The next date on which something may still be watched, though its time to be planned has passed."""
    days = await handled(tx, slot, now)
    return next(each.day for each in slot.when.after(now) if each.day not in taken(days))


def _ahead(week: Week, day: date | None, now: datetime) -> Occurrence | None:
    """The date to skip: `day` if it is one of the slot's that is ahead, the next one that isn't skipped without any."""
    slot = week.slot
    if day is None:
        return week.ahead(now, 1)[0]
    return slot.when.on(day) if day <= slot.next_day + FARTHEST_SKIP and slot.is_ahead(day, now) else None


def _or(wanted: T | None, present: T) -> T:
    return present if wanted is None else wanted
