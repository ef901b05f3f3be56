"""What became of a slot's dates, and the outcomes of what hosts do with slots."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from bot.domain.recurrence import Occurrence
from bot.domain.weekly.due import came
from bot.domain.weekly.slots import Slot


class State(StrEnum):
    """What became of a date."""

    DUE = "due"
    POSTED = "posted"
    SKIPPED = "skipped"
    MISSED = "missed"
    EMPTY = "empty"  # there was nothing to post
    FAILED = "failed"  # it couldn't be posted


def taken(days: Mapping[date, State]) -> set[date]:
    """The days on which an evening stands, or is to come or passed over; one that came to nothing is free again."""
    return {day for day, state in days.items() if state in {State.DUE, State.POSTED, State.SKIPPED}}


class Posting(Struct, frozen=True):
    """One date of a slot as it is kept. `day` is None for one asked for with `/weekly now`; `subject` names what was
    posted: a question's key, a poll's, a vote's or an evening's number."""

    date_id: int
    slot_id: int
    club_id: int
    day: date | None
    due_at: datetime
    by_hand: bool
    state: State
    subject: str | None = None
    message_id: int | None = None


class Week(Struct, frozen=True):
    """A slot, what became of its days from the day before yesterday on, and the last date that came."""

    slot: Slot
    days: Mapping[date, State]
    last: Posting | None

    @property
    def skipped(self) -> list[date]:
        """The dates that are still to be passed over."""
        left = (day for day in self.days if day >= self.slot.next_day and self.slot.when.falls_on(day))
        return sorted(day for day in left if self.days[day] is State.SKIPPED)

    def held(self, now: datetime) -> bool:
        """Whether a date has come and waits for the end of quiet hours."""
        return any(each.day not in self.days for each in came(self.slot, now))

    def ahead(self, now: datetime, number: int) -> list[Occurrence]:
        """The next dates that will be posted; a rest's end is waited for."""
        rest = self.slot.pause
        begins = max(now, rest.until) if rest and rest.until else now
        found = self.slot.upcoming(begins, number + len(self.days))
        return [each for each in found if each.day not in self.days][:number]


class NoSuchSlot(Struct, frozen=True):
    """The slot is none of this club's."""


class Settled(Struct, frozen=True):
    """The slot stands so now, on disk."""

    week: Week


class TooMany(Struct, frozen=True):
    """The club has as many slots as can be offered."""


class NotAhead(Struct, frozen=True):
    """The day is no date of the slot that is still to come."""

    week: Week
