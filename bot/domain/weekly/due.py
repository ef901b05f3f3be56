"""What is done about a slot's dates that have come: of several only the newest, and that within its grace."""

from collections.abc import Collection
from datetime import date, datetime

from msgspec import Struct

from bot.domain.recurrence import WEEK, Occurrence
from bot.domain.weekly.slots import Quiet, Slot, lifted


class Due(Struct, frozen=True):
    """`post` is to be posted now; `missed` came and went unposted; `next_day` is the first date that is left, and
    `look_at` the moment to look again."""

    post: Occurrence | None
    missed: tuple[Occurrence, ...]
    next_day: date
    look_at: datetime


class Now(Struct, frozen=True):
    """It may be posted at once."""


class Later(Struct, frozen=True):
    """Quiet hours hold it back."""

    until: datetime


class TooLate(Struct, frozen=True):
    """Its grace is over."""


Moment = Now | Later | TooLate


def look(slot: Slot, skipped: Collection[date], quiet: Quiet | None, now: datetime) -> Due:
    """What the slot has to do at this moment. Dates in `skipped` pass without a word."""
    passed, upcoming = _came(slot, now)
    wanted = [occurrence for occurrence in passed if occurrence.day not in skipped]
    newest = wanted[-1] if wanted else None
    following = Due(None, tuple(wanted), upcoming.day, lifted(quiet, slot.appears(upcoming)))
    if newest is None:
        return following
    match moment_for(slot, slot.appears(newest), quiet, now):
        case Now():
            return Due(newest, tuple(wanted[:-1]), following.next_day, following.look_at)
        case Later(until):
            return Due(None, tuple(wanted[:-1]), newest.day, until)
        case TooLate():
            return following


def moment_for(slot: Slot, due_at: datetime, quiet: Quiet | None, now: datetime) -> Moment:
    """Whether what was due at `due_at` may be posted now. The end of quiet hours counts as the due time of what falls
    into them."""
    opened = lifted(quiet, due_at)
    at = lifted(quiet, max(opened, now))
    if at - opened > slot.grace:
        return TooLate()
    return Later(at) if at > now else Now()


def came(slot: Slot, now: datetime) -> list[Occurrence]:
    """The dates whose time has come and that nothing has been done about yet: just now, or held back."""
    return [] if slot.rests(now) else _came(slot, now)[0]


def _came(slot: Slot, now: datetime) -> tuple[list[Occurrence], Occurrence]:
    """The dates from `next_day` on whose time has come, and the first whose time hasn't."""
    passed: list[Occurrence] = []
    occurrence = slot.when.on(slot.next_day)
    while slot.appears(occurrence) <= now:
        passed.append(occurrence)
        occurrence = slot.when.on(occurrence.day + WEEK)
    return passed, occurrence
