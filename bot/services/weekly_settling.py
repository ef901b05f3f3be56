"""Works out which date of a slot is the next one left, and asks for the slot to be looked at when it comes."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from msgspec.structs import replace

from bot.domain.recurrence import Occurrence
from bot.domain.weekly.due import came
from bot.domain.weekly.occurrences import Posting, State, Week
from bot.domain.weekly.slots import Slot, lifted
from bot.storage import jobs, weekly
from bot.storage.engine import Transaction

LOOK = "weekly"
POST = "weekly-post"
RESULT = "weekly-result"

YESTERDAY = timedelta(days=2)  # in every zone


async def settle(tx: Transaction, slot: Slot, now: datetime) -> Week:
    """Works out the first date that is left, and asks to be looked at then."""
    rest = slot.pause
    begins = max(now, rest.until) if rest and rest.until else now
    first = await _first_left(tx, slot, begins)
    return await look_anew(tx, replace(slot, next_day=first.day), now)


async def settle_change(tx: Transaction, before: Slot, after: Slot, now: datetime) -> Week:
    """What quiet hours hold back is still to come, unless the slot is moved or rests: then it has passed."""
    if (before.when, before.pause) == (after.when, after.pause):
        return await look_anew(tx, after, now)
    for each in came(before, now):
        await weekly.add_date(tx, before, each.day, before.appears(each), State.MISSED)
    return await settle(tx, after, now)


async def look_anew(tx: Transaction, slot: Slot, now: datetime) -> Week:
    """Asks to be looked at when the first date that is left comes. A slot that rests for good keeps its turn: by that
    its rest is told of once."""
    for_good = slot.pause is not None and slot.pause.until is None
    settled = replace(slot, turn=slot.turn if for_good else slot.turn + 1)
    await weekly.save(tx, settled)
    await jobs.cancel(tx, LOOK, slot.slot_id, now)
    if not for_good:
        quiet = await weekly.quiet(tx, slot.club_id)
        await ask_to_look(tx, settled, lifted(quiet, slot.appears(slot.when.on(slot.next_day))))
    return await week_of(tx, settled, now)


async def look_at_all_anew(tx: Transaction, club_id: int, now: datetime) -> None:
    """The club's quiet hours, or its clock, are others now: what they held back is looked at again, too."""
    for slot in await weekly.of_club(tx, club_id):
        await look_anew(tx, slot, now)
    await jobs.bring_forward(tx, (POST, RESULT), club_id, now)


async def ask_to_look(tx: Transaction, slot: Slot, at: datetime) -> None:
    await jobs.schedule(tx, LOOK, slot.slot_id, generation=slot.turn, club_id=slot.club_id, due_at=at)


async def ask_to_post(tx: Transaction, posting: Posting, at: datetime) -> None:
    """A date that was done with and is taken up again is a new generation."""
    generation = await jobs.next_generation(tx, POST, posting.date_id)
    await jobs.schedule(tx, POST, posting.date_id, generation=generation, club_id=posting.club_id, due_at=at)


async def of_club(tx: Transaction, slot_id: int, club_id: int) -> Slot | None:
    """The slot, if it is this club's."""
    slot = await weekly.load(tx, slot_id)
    return slot if slot and slot.club_id == club_id else None


async def week_of(tx: Transaction, slot: Slot, now: datetime) -> Week:
    return Week(slot, await handled(tx, slot, now), await weekly.last(tx, slot.slot_id, now))


async def handled(tx: Transaction, slot: Slot, now: datetime) -> Mapping[date, State]:
    """What became of the slot's days, from the day before yesterday on."""
    return await weekly.handled(tx, slot.slot_id, now.date() - YESTERDAY)


async def _first_left(tx: Transaction, slot: Slot, moment: datetime) -> Occurrence:
    """The first date after `moment` that is still to be posted; a skipped one counts until it has passed."""
    days = await handled(tx, slot, moment)
    return next(
        occurrence
        for occurrence in slot.when.after(moment + slot.ahead)
        if days.get(occurrence.day) in {None, State.SKIPPED}
    )
