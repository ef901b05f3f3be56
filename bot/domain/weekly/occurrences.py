"""What became of a slot's dates, and the outcomes of what hosts do with slots."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.weekly.slots import Slot


class State(StrEnum):
    """What became of a date."""

    DUE = "due"
    POSTED = "posted"
    SKIPPED = "skipped"
    MISSED = "missed"
    EMPTY = "empty"  # there was nothing to post
    FAILED = "failed"  # it couldn't be posted


@dataclass(frozen=True, slots=True)
class Posting:
    """One date of a slot as it is kept. `day` is None for one asked for with `/weekly now`; `subject` names what was
    posted: a question's key, a poll's, a vote's or an evening's number."""

    occurrence_id: int
    slot_id: int
    club_id: int
    day: date | None
    due_at: datetime
    by_hand: bool
    state: State
    subject: str | None = None
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class Week:
    """A slot, its dates still to come, those of them that are skipped, and the last that came."""

    slot: Slot
    skipped: frozenset[date]
    last: Posting | None


@dataclass(frozen=True, slots=True)
class NoSuchSlot:
    """The slot is none of this club's."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The slot stands so now, on disk."""

    week: Week


@dataclass(frozen=True, slots=True)
class TooMany:
    """The club has as many slots as can be offered."""


@dataclass(frozen=True, slots=True)
class NotAhead:
    """The day is no date of the slot that is still to come."""

    week: Week
