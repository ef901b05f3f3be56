"""The club's week: its slots, their dates, its votes, and how they lead to evenings."""

from collections.abc import Callable, Sequence
from typing import Self

from msgspec import Struct

from bot.domain.film import Film
from bot.services.weekly_dates import WeeklyDates
from bot.services.weekly_evenings import WeeklyEvenings
from bot.services.weekly_slots import WeeklySlots
from bot.services.weekly_votes import WeeklyVotes
from bot.storage.engine import Database


class Weekly(Struct, frozen=True):
    """The services of the week, side by side."""

    slots: WeeklySlots
    dates: WeeklyDates
    votes: WeeklyVotes
    evenings: WeeklyEvenings

    @classmethod
    def over(cls, db: Database, films: Sequence[Film], wake: Callable[[], None]) -> Self:
        """All of them on one database; `wake` tells the runner that a job was asked for."""
        return cls(
            WeeklySlots(db, wake),
            WeeklyDates(db, wake),
            WeeklyVotes(db, films, wake),
            WeeklyEvenings(db, wake),
        )
