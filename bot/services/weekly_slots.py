"""Weekly slots as hosts keep them. Each change works out the next date anew and asks to be looked at then."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.recurrence import Occurrence, WeeklyTime
from bot.domain.weekly.due import came
from bot.domain.weekly.occurrences import NoSuchSlot, NotAhead, Posting, Settled, State, TooMany, Week
from bot.domain.weekly.slots import MOST_SLOTS, Kind, Pause, Quiet, Reason, Slot, Voting, lifted
from bot.services.weekly_zones import known_name
from bot.storage import jobs, weekly
from bot.storage.engine import Database, Operation, Transaction
from bot.storage.weekly import NewSlot

LOOK = "weekly"
POST = "weekly-post"

FARTHEST_SKIP = timedelta(weeks=52)

__all__ = ["LOOK", "POST", "Change", "NewSlot", "WeeklySlots"]

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

    async def change(self, slot_id: int, club_id: int, change: Change, now: datetime) -> Settled | NoSuchSlot:
        """Changes what is named; a date that something became of doesn't come again. UserError for a zone nobody
        knows."""
        if change.zone is not None:
            change = replace(change, zone=known_name(change.zone))
        return await self._take(slot_id, club_id, change.applied, now)

    async def pause(
        self, slot_id: int, club_id: int, until: datetime | None, now: datetime
    ) -> Settled | NoSuchSlot:
        """Lets the slot rest, until a moment or until it is resumed."""
        rest = Pause(Reason.ASKED, until)
        return await self._take(slot_id, club_id, lambda slot: replace(slot, pause=rest), now)

    async def resume(self, slot_id: int, club_id: int, now: datetime) -> Settled | NoSuchSlot:
        """Ends a rest, whatever its reason; what fell into it is not made up for."""
        return await self._take(slot_id, club_id, lambda slot: replace(slot, pause=None), now)

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
            week = await _week(tx, slot, now)
            wanted = _ahead(week, day, now)
            noted = wanted and await weekly.add_date(
                tx, slot, wanted.day, slot.appears(wanted), State.SKIPPED
            )
            return Settled(await _week(tx, slot, now)) if noted else NotAhead(week)

        return await self._db.write(pass_over)

    async def unskip(
        self, slot_id: int, club_id: int, day: date, now: datetime
    ) -> Settled | NotAhead | NoSuchSlot:
        """Takes a skip back while its date is ahead."""

        async def take_back(tx: Transaction) -> Settled | NotAhead | NoSuchSlot:
            slot = await of_club(tx, slot_id, club_id)
            if slot is None:
                return NoSuchSlot()
            undone = day >= slot.next_day and await weekly.unskip(tx, slot_id, day)
            week = await _week(tx, slot, now)
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
            posting = await weekly.add_date(tx, slot, day, now, State.DUE, by_hand=True)
            if posting is None:
                return NotAhead(await _week(tx, slot, now))
            await ask_to_post(tx, posting, now)
            return posting

        return await self._write_and_wake(ask)

    async def weeks(self, club_id: int, now: datetime) -> list[Week]:
        """The club's slots in the order of the week."""

        async def look(tx: Transaction) -> list[Week]:
            return [await _week(tx, slot, now) for slot in await weekly.of_club(tx, club_id)]

        return await self._db.read(look)

    async def week(self, slot_id: int, club_id: int, now: datetime) -> Week | None:
        """One slot of the club."""

        async def look(tx: Transaction) -> Week | None:
            slot = await of_club(tx, slot_id, club_id)
            return await _week(tx, slot, now) if slot else None

        return await self._db.read(look)

    async def quiet(self, club_id: int) -> Quiet | None:
        return await self._db.read(lambda tx: weekly.quiet(tx, club_id))

    async def set_quiet(self, club_id: int, hours: tuple[time, time] | None, now: datetime) -> None:
        """Sets or ends the club's quiet hours and works out all its dates anew."""

        async def put(tx: Transaction) -> None:
            await weekly.set_quiet(tx, club_id, hours)
            for slot in await weekly.of_club(tx, club_id):
                await _look_anew(tx, slot, now)

        await self._write_and_wake(put)

    async def _take(
        self, slot_id: int, club_id: int, step: Callable[[Slot], Slot], now: datetime
    ) -> Settled | NoSuchSlot:
        async def take(tx: Transaction) -> Settled | NoSuchSlot:
            slot = await of_club(tx, slot_id, club_id)
            return Settled(await _settle_change(tx, slot, step(slot), now)) if slot else NoSuchSlot()

        return await self._write_and_wake(take)

    async def _write_and_wake(self, operation: Operation[T]) -> T:
        outcome = await self._db.write(operation)
        self._wake()
        return outcome


async def of_club(tx: Transaction, slot_id: int, club_id: int) -> Slot | None:
    """The slot, if it is this club's."""
    slot = await weekly.load(tx, slot_id)
    return slot if slot and slot.club_id == club_id else None


async def settle(tx: Transaction, slot: Slot, now: datetime) -> Week:
    """Works out the first date that is left, and asks to be looked at then."""
    rest = slot.pause
    begins = max(now, rest.until) if rest and rest.until else now
    first = await _first_left(tx, slot, begins)
    return await _look_anew(tx, replace(slot, next_day=first.day), now)


async def _settle_change(tx: Transaction, before: Slot, after: Slot, now: datetime) -> Week:
    """What quiet hours hold back is still to come, unless the slot is moved or rests: then it has passed."""
    if (before.when, before.pause) == (after.when, after.pause):
        return await _look_anew(tx, after, now)
    for each in came(before, now):
        await weekly.add_date(tx, before, each.day, before.appears(each), State.MISSED)
    return await settle(tx, after, now)


async def _look_anew(tx: Transaction, slot: Slot, now: datetime) -> Week:
    """Asks to be looked at when the first date that is left comes, unless the slot rests for good."""
    settled = replace(slot, turn=slot.turn + 1)
    await weekly.save(tx, settled)
    await jobs.cancel(tx, LOOK, slot.slot_id, now)
    if slot.pause is None or slot.pause.until:
        quiet = await weekly.quiet(tx, slot.club_id)
        await ask_to_look(tx, settled, lifted(quiet, slot.appears(slot.when.on(slot.next_day))))
    return await _week(tx, settled, now)


async def ask_to_look(tx: Transaction, slot: Slot, at: datetime) -> None:
    await jobs.schedule(tx, LOOK, slot.slot_id, generation=slot.turn, club_id=slot.club_id, due_at=at)


async def ask_to_post(tx: Transaction, posting: Posting, at: datetime, generation: int = 0) -> None:
    await jobs.schedule(tx, POST, posting.date_id, generation=generation, club_id=posting.club_id, due_at=at)


async def _first_left(tx: Transaction, slot: Slot, moment: datetime) -> Occurrence:
    """The first date after `moment` that is still to be posted; a skipped one counts until it has passed."""
    days = await weekly.handled(tx, slot.slot_id, moment.date() - timedelta(days=2))
    return next(
        occurrence
        for occurrence in slot.when.after(moment + slot.ahead)
        if days.get(occurrence.day) in {None, State.SKIPPED}
    )


async def _week(tx: Transaction, slot: Slot, now: datetime) -> Week:
    days = await weekly.handled(tx, slot.slot_id, now.date() - timedelta(days=2))
    return Week(slot, days, await weekly.last(tx, slot.slot_id, now))


async def _next_evening(tx: Transaction, slot: Slot, now: datetime) -> date:
    """The next date on which something may still be watched, though its time to be planned has passed."""
    days = await weekly.handled(tx, slot.slot_id, now.date() - timedelta(days=2))
    return next(each.day for each in slot.when.after(now) if each.day not in days)


def _ahead(week: Week, day: date | None, now: datetime) -> Occurrence | None:
    """The date to skip: `day` if it is one of the slot's that is ahead, the next one that isn't skipped without any."""
    slot = week.slot
    if day is None:
        return week.ahead(now, 1)[0]
    ahead = slot.next_day <= day <= slot.next_day + FARTHEST_SKIP
    return slot.when.on(day) if ahead and day.weekday() == slot.when.weekday else None


def _or(wanted: T | None, present: T) -> T:
    return present if wanted is None else wanted
