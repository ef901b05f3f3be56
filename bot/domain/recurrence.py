"""Weekly dates by the clock on a wall: a day, a time and a zone, turned into an instant as late as possible.

A time that a clock change skips moves forward by the gap; a time that comes twice happens once, the first."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import count, islice, pairwise
from zoneinfo import ZoneInfo

from msgspec import Struct

WEEK = timedelta(days=7)
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


class Wall(StrEnum):
    """What the clock on the wall does with a time on one day."""

    ONCE = "once"
    SKIPPED = "skipped"
    TWICE = "twice"


class Occurrence(Struct, frozen=True):
    """One date of a weekly appointment: `day` as the calendar of its zone names it, `at` in UTC."""

    day: date
    at: datetime
    wall: Wall


class ClockChange(Struct, frozen=True):
    """The instant at which a zone's clocks are moved `by` so much; negative is back."""

    at: datetime
    by: timedelta


class WeeklyTime(Struct, frozen=True):
    """Every week on `weekday` (0 is Monday) when the clocks of `zone`, an IANA name, show `time`."""

    weekday: int
    time: time
    zone: str

    def on(self, day: date) -> Occurrence:
        """The occurrence of a day that has the right name."""
        wall = datetime.combine(day, self.time)
        return Occurrence(day, instant(wall, self.zone), _wall(wall, ZoneInfo(self.zone)))

    def falls_on(self, day: date) -> bool:
        return day.weekday() == self.weekday

    def after(self, moment: datetime) -> Iterator[Occurrence]:
        """Every occurrence later than `moment`, in order, without end."""
        # a day early: a time that is skipped late in the evening may fall on the next day
        nearby = moment.astimezone(ZoneInfo(self.zone)).date() - _DAY
        first = nearby + timedelta(days=(self.weekday - nearby.weekday()) % 7)
        every = (self.on(first + week * WEEK) for week in count())
        return (occurrence for occurrence in every if occurrence.at > moment)

    def next_after(self, moment: datetime) -> Occurrence:
        return next(self.after(moment))

    def next_days(self, moment: datetime, number: int) -> list[Occurrence]:
        return list(islice(self.after(moment), number))


def instant(wall: datetime, zone: str) -> datetime:
    """The instant in UTC at which the clocks of `zone` show the naive `wall`."""
    # fold 0 does both: it reads a skipped time by the offset before the gap, and a doubled one as the first
    return wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def clock_changes(zone: str, since: datetime, until: datetime) -> Iterator[ClockChange]:
    """The changes of a zone's clocks between two instants, to the minute."""
    tz = ZoneInfo(zone)
    days = [since + n * _DAY for n in range((until - since) // _DAY + 1)]
    for before, after in pairwise([*days, until]):
        by = _offset(after, tz) - _offset(before, tz)
        if by:
            yield ClockChange(_moved_at(before, after, tz), by)


def _wall(wall: datetime, tz: ZoneInfo) -> Wall:
    first, second = (_offset(wall.replace(fold=fold), tz, local=True) for fold in (0, 1))
    if first == second:
        return Wall.ONCE
    return Wall.TWICE if first > second else Wall.SKIPPED


def _moved_at(before: datetime, after: datetime, tz: ZoneInfo) -> datetime:
    """The first minute of [before, after] in which the clocks show another offset, by halving."""
    offset = _offset(before, tz)
    low, high = before, after
    while high - low > _MINUTE:
        middle = low + (high - low) / 2
        low, high = (middle, high) if _offset(middle, tz) == offset else (low, middle)
    return high.replace(second=0, microsecond=0)


def _offset(moment: datetime, tz: ZoneInfo, *, local: bool = False) -> timedelta:
    placed = moment.replace(tzinfo=tz) if local else moment.astimezone(tz)
    return placed.utcoffset() or timedelta()
