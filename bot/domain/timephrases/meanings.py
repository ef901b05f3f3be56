"""What a word or two of a time phrase may mean."""

from enum import Enum, auto

from msgspec import Struct


class InDays(Struct, frozen=True):
    """So many days from today."""

    days: int


class Weekday(Struct, frozen=True):
    """A day of the week, Monday is 0."""

    weekday: int


class Week(Struct, frozen=True):
    """Which week a weekday is meant in, said beside it: so many after this one, which began on Monday, or (None)
    the one that comes first."""

    weeks: int | None


class Month(Struct, frozen=True):
    number: int


class Part(Struct, frozen=True):
    """A part of the day: the hours, of 24, that it may mean."""

    first: int
    last: int


class InDaysAt(Struct, frozen=True):
    """A day and a part of it in one word, like tonight."""

    days: int
    part: Part


class Number(Struct, frozen=True):
    """A number in words."""

    value: int


class Clock(Struct, frozen=True):
    """An hour and minute that is named outright, like noon."""

    hour: int
    minute: int = 0


class Mark(Enum):
    """Words that say what the numbers beside them are."""

    FILLER = auto()
    HOUR = auto()  # a number beside it is an hour of the day
    HALF_AFTER = auto()  # the hour before it and a half
    HALF_PAST = auto()  # the hour after it and a half
    HALF_TO = auto()  # half an hour before the hour after it
    MINUTE = auto()
    DAY = auto()  # the number before it is a day of the month
    MONTH = auto()
    YEAR = auto()
    HOURS = auto()  # so many hours
    MINUTES = auto()
    FROM_NOW = auto()


Meaning = InDays | InDaysAt | Weekday | Week | Month | Part | Number | Clock | Mark

AM, PM = Part(0, 11), Part(12, 23)
DAWN, MORNING, NOON = Part(0, 5), Part(5, 11), Part(11, 14)
AFTERNOON, LATE_AFTERNOON, EVENING, NIGHT = Part(12, 18), Part(15, 18), Part(16, 23), Part(18, 23)
