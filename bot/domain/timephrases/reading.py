"""From slots to one instant: a day and a time of day, both named, both unmistakable."""

from dataclasses import fields
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.timephrases.slots import NOON, Slots, UnclearError, fill
from bot.domain.timephrases.tokens import tokens

FARTHEST_UNDATED = timedelta(
    days=183
)  # a date without a year that is further off than this was meant as past
WEEK = 7
_SPAN_ONLY = frozenset({"span", "from_now", "marked", "exact"})

__all__ = ["UnclearError", "read"]


def read(typed: str, language: str, zone: ZoneInfo, now: datetime) -> datetime:
    """The instant (in UTC) that `typed` names in `language`; UnclearError where that isn't certain."""
    said = tokens(typed, language)
    if not said:
        raise UnclearError(typed)
    slots = fill(said)
    if slots.span is not None:
        return now.astimezone(UTC) + _span(slots)
    if slots.from_now:
        raise UnclearError
    at = _time(slots)
    return on_the_wall(_day(slots, at, now.astimezone(zone)), at, zone)


def on_the_wall(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The instant, in UTC, at which clocks in `zone` show that time. One that a clock change skips moves forward by
    the gap, one that comes twice is the first: both as zoneinfo reads `fold=0`."""
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def _span(slots: Slots) -> timedelta:
    others = (each.name for each in fields(Slots) if each.name not in _SPAN_ONLY)
    if slots.span is None or any(getattr(slots, name) is not None for name in others):
        raise UnclearError
    return slots.span


def _time(slots: Slots) -> time:
    minute = slots.minute or 0
    if slots.clock is not None:
        if slots.hour is not None or slots.part is not None or slots.minute is not None or slots.half_to:
            raise UnclearError
        return time(slots.clock.hour, slots.clock.minute)
    hour = _hour(slots)
    if minute > 59 or (slots.half_to and (minute or not hour)):
        raise UnclearError
    return time(hour - 1, 30) if slots.half_to else time(hour, minute)


def _hour(slots: Slots) -> int:
    """The hour of 24; UnclearError for one that could be in the morning or in the evening."""
    hour, part = slots.hour, slots.part
    if hour is None or hour > 23:
        raise UnclearError
    if part is None:
        if slots.marked and (hour > NOON or slots.exact):
            return hour
        raise UnclearError
    meant = {hour, (hour + NOON) % 24} if 1 <= hour <= NOON else {hour}
    fitting = [each for each in meant if part.first <= each <= part.last]
    if len(fitting) != 1:
        raise UnclearError
    return fitting[0]


def _day(slots: Slots, at: time, here: datetime) -> date:
    """The day; every way in which it was named has to agree."""
    named = [day for day in (_by_days(slots, here), _by_date(slots, here)) if day is not None]
    if len(named) > 1 or (named and slots.week is not None):
        raise UnclearError
    if not named:
        return _by_weekday(slots, at, here)
    if slots.weekday is not None and slots.weekday != named[0].weekday():
        raise UnclearError
    return named[0]


def _by_days(slots: Slots, here: datetime) -> date | None:
    return None if slots.days is None else here.date() + timedelta(days=slots.days)


def _by_date(slots: Slots, here: datetime) -> date | None:
    if slots.month is None and slots.day is None and slots.year is None:
        return None
    if slots.month is None or slots.day is None:
        raise UnclearError
    try:
        if slots.year is not None:
            return date(slots.year, slots.month, slots.day)
        return _coming(date(here.year, slots.month, slots.day), here.date())
    except ValueError:
        raise UnclearError from None


def _by_weekday(slots: Slots, at: time, here: datetime) -> date:
    if slots.weekday is None:
        raise UnclearError
    if slots.week is not None:
        monday = here.date() - timedelta(days=here.weekday())
        return monday + timedelta(days=WEEK * slots.week + slots.weekday)
    ahead = (slots.weekday - here.weekday()) % WEEK
    if ahead == 0 and at <= here.time():
        ahead = WEEK
    return here.date() + timedelta(days=ahead)


def _coming(found: date, today: date) -> date:
    """The next such day, or `found` itself, past, where the next is too far off to be meant."""
    later = found if found >= today else found.replace(year=found.year + 1)
    return later if later - today <= FARTHEST_UNDATED or later == found else found
