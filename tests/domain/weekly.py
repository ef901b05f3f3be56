"""Slots and votes for tests."""

from datetime import UTC, date, datetime, time, timedelta

from bot.domain.recurrence import WeeklyTime
from bot.domain.weekly.candidates import Feature
from bot.domain.weekly.slots import GRACE, Kind, Slot, Voting
from bot.domain.weekly.votes import Candidate, Vote

SUNDAY = date(2026, 11, 22)
BERLIN_EIGHT = WeeklyTime(6, time(20), "Europe/Berlin")


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


EIGHT = at("2026-11-22 19:00")  # that Sunday, 20:00 in Berlin


def slot(kind: Kind = Kind.QUESTION, grace: timedelta = GRACE, when: WeeklyTime = BERLIN_EIGHT) -> Slot:
    return Slot(1, 7, 70, kind, when, grace, Voting(), 500, SUNDAY)


def feature(title: str) -> Feature:
    return Feature("", "", title, 100)


def vote(*votes: int, watched: dict[int, int] | None = None, seed: int | None = 4711) -> Vote:
    """A vote whose candidates 0, 1, 2 … got these votes."""
    standing = tuple(
        Candidate(number, feature(f"Film {number}"), None, (watched or {}).get(number, 0), got)
        for number, got in enumerate(votes)
    )
    closes_at = EIGHT + timedelta(hours=48)
    return Vote(1, 1, 1, 7, 70, False, EIGHT, closes_at, standing, closes_at, sum(votes), seed)
