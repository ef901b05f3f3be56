"""The slots of a time phrase: which number is the day and which the hour, and that nothing is said twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.timephrases.meanings import (
    Clock,
    InDays,
    InDaysAt,
    Mark,
    Month,
    Number,
    Part,
    Week,
    Weekday,
)
from bot.domain.timephrases.tokens import DayMonth, Digits, TimeOfDay, Token

AFTER_A_NUMBER = frozenset({Mark.DAY, Mark.MINUTE, Mark.MONTH, Mark.YEAR, Mark.HOURS, Mark.MINUTES})
NOON = 12


class UnclearError(Exception):
    """The phrase has no meaning, several, or only half of one."""


@dataclass(slots=True)
class Slots:
    """What a phrase names. `marked` says that a number stood beside a word for the hour, `exact` that the hour is
    written as no hour after noon is."""

    days: int | None = None
    weekday: int | None = None
    week: int | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None
    hour: int | None = None
    minute: int | None = None
    half_to: bool | None = None
    part: Part | None = None
    clock: Clock | None = None
    span: timedelta | None = None
    from_now: bool | None = None
    marked: bool = False
    exact: bool = False

    def put(self, **named: object) -> None:
        """Fills slots; UnclearError for one that is filled already."""
        for slot, value in named.items():
            if getattr(self, slot) is not None:
                raise UnclearError(slot)
            setattr(self, slot, value)


def fill(said: Sequence[Token]) -> Slots:
    """The slots that `said` fills; UnclearError where a word has nothing to belong to."""
    meant = [token for token in said if token is not Mark.FILLER]
    slots = Slots()
    for before, token, after in zip([None, *meant], meant, [*meant[1:], None], strict=False):
        _take(slots, token, before, after)
    return slots


def _take(slots: Slots, token: Token, before: Token | None, after: Token | None) -> None:
    match token:
        case InDays() | InDaysAt() | Weekday() | Week() | Month() | Part() | Clock():
            _take_word(slots, token, isinstance(before, Weekday) or isinstance(after, Weekday))
        case DayMonth() | TimeOfDay():
            _take_figures(slots, token)
        case Digits() | Number():
            _take_number(slots, token, before, after)
        case Mark():
            _take_mark(slots, token, before)


def _take_word(
    slots: Slots, word: InDays | InDaysAt | Weekday | Week | Month | Part | Clock, by_weekday: bool
) -> None:
    match word:
        case InDays(days):
            slots.put(days=days)
        case InDaysAt(days, part):
            slots.put(days=days, part=part)
        case Weekday(weekday):
            slots.put(weekday=weekday)
        case Week(weeks) if by_weekday:
            slots.put(**({} if weeks is None else {"week": weeks}))
        case Week():
            raise UnclearError
        case Month(number):
            slots.put(month=number)
        case Part():
            slots.put(part=word)
        case Clock():
            slots.put(clock=word)


def _take_figures(slots: Slots, written: DayMonth | TimeOfDay) -> None:
    if isinstance(written, TimeOfDay):
        slots.put(hour=written.hour, minute=written.minute)
        slots.marked = True
        slots.exact = written.padded or written.hour == NOON
        return
    one, other = written.one, written.other
    if one <= NOON and other <= NOON and one != other:
        raise UnclearError("which is the day and which the month")
    slots.put(day=max(one, other), month=min(one, other), **({"year": written.year} if written.year else {}))


def _take_number(slots: Slots, number: Digits | Number, before: Token | None, after: Token | None) -> None:
    value = number.value
    if after in {Mark.HOURS, Mark.MINUTES}:
        one = timedelta(hours=1) if after is Mark.HOURS else timedelta(minutes=1)
        slots.span = (slots.span or timedelta()) + value * one
    elif after is Mark.YEAR or value >= 2000:
        slots.put(year=value)
    elif after is Mark.MONTH:
        slots.put(month=value)
    elif after is Mark.MINUTE:
        slots.put(minute=value)
    elif after is Mark.DAY or isinstance(after, Month) or (isinstance(before, Month) and slots.day is None):
        slots.put(day=value)
    else:
        slots.put(hour=value)
        slots.marked |= Mark.HOUR in {before, after}


def _take_mark(slots: Slots, mark: Mark, before: Token | None) -> None:
    if mark in AFTER_A_NUMBER and not isinstance(before, Digits | Number):
        raise UnclearError
    match mark:
        case Mark.HALF_AFTER if slots.hour is None:
            raise UnclearError
        case Mark.HALF_AFTER | Mark.HALF_PAST:
            slots.put(minute=30)
        case Mark.HALF_TO:
            slots.put(half_to=True)
        case Mark.FROM_NOW:
            slots.put(from_now=True)
        case _:
            return
