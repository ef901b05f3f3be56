"""When an evening is to be, as a host types it: the client's own timestamp, ISO, or words."""

import asyncio
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.timephrases.phrasebook import PHRASEBOOK
from bot.domain.timephrases.reading import UnclearError, on_the_wall, read
from bot.errors import UserError

ENGLISH = "en"
FARTHEST = timedelta(days=366)

_STAMP = re.compile(r"<t:(?P<seconds>\d{1,11})(?::[tTdDfFR])?>")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?")
_ON_THE_CLOCK = re.compile(r"(?<![\d.:])(?P<hour>\d{2})[:.h](?P<minute>\d{2})(?![\d.:])")
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]{2,}")


async def when(typed: str, languages: Sequence[str], zone: ZoneInfo, now: datetime) -> datetime:
    """The instant, in UTC, that `typed` names, read in `languages` and in English; UserError where that is unclear,
    past, or too far ahead."""
    try:
        found = (
            _stamped(typed.strip()) or _iso(typed.strip(), zone) or await _words(typed, languages, zone, now)
        )
    except OverflowError:  # no calendar goes that far
        found = None
    if found is None:
        raise UserError("watch.when_unclear")
    if found <= now:
        raise UserError("watch.when_past", at=f"<t:{int(found.timestamp())}:F>")
    if found > now + FARTHEST:
        raise UserError("watch.when_too_far", days=FARTHEST.days)
    return found


def _stamped(typed: str) -> datetime | None:
    match = _STAMP.fullmatch(typed)
    try:
        return datetime.fromtimestamp(int(match["seconds"]), UTC) if match else None
    except (OverflowError, ValueError):  # the year 10000 and later
        return None


def _iso(typed: str, zone: ZoneInfo) -> datetime | None:
    if not _ISO.fullmatch(typed):
        return None
    try:
        at = datetime.fromisoformat(typed)
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo else on_the_wall(at.date(), at.time(), zone)


async def _words(typed: str, languages: Sequence[str], zone: ZoneInfo, now: datetime) -> datetime | None:
    """What the words mean; None where they mean nothing, or one thing in one language and another in the other."""
    found = set(_in_own_tables(typed, dict.fromkeys((*languages, ENGLISH)), zone, now))
    for language in dict.fromkeys(languages):
        if not found and language not in PHRASEBOOK:
            elsewhere = await asyncio.to_thread(_in_another_language, typed, language, zone, now)
            found = {elsewhere} if elsewhere else set()
    return found.pop() if len(found) == 1 else None


def _in_own_tables(typed: str, languages: Iterable[str], zone: ZoneInfo, now: datetime) -> Iterable[datetime]:
    for language in languages:
        if language in PHRASEBOOK:
            try:
                yield read(typed, language, zone, now)
            except UnclearError:
                continue


def _in_another_language(typed: str, language: str, zone: ZoneInfo, now: datetime) -> datetime | None:
    """A date in words by dateparser, with a time written as `20:00`. It guesses where it doesn't understand: so it
    is given no times, and its dates are held against what was typed."""
    clock = _ON_THE_CLOCK.search(typed)
    if clock is None or int(clock["hour"]) > 23 or int(clock["minute"]) > 59:
        return None
    day = _dated(typed[: clock.start()] + " " + typed[clock.end() :], language, now.astimezone(zone))
    return None if day is None else on_the_wall(day, time(int(clock["hour"]), int(clock["minute"])), zone)


def _dated(said: str, language: str, here: datetime) -> date | None:
    """The day that `said` names: a day of the month in words, which agrees with whatever weekday is named beside
    it, or a day of the coming week."""
    numbers = [int(number) for number in _NUMBER.findall(said)]
    near = [day for word in (said, *_WORD.findall(said)) if (day := _near(word, language, here))]
    if not numbers:
        return near[0] if near and near[0] == _near(said, language, here) else None
    found = _parsed(said, language, here) if _WORD.search(said) else None
    if found is None or numbers not in ([found.day], [found.day, found.year]):
        return None
    return found if all(day.weekday() == found.weekday() for day in near) else None


def _near(said: str, language: str, here: datetime) -> date | None:
    """A day of the coming week. The name of a month passes for today's day in it, but not from a month ahead."""
    if _NUMBER.search(said):
        return None
    days = [_within_a_week(said, language, base) for base in (here, here + timedelta(days=31))]
    return days[0] if all(days) else None


def _within_a_week(said: str, language: str, base: datetime) -> date | None:
    found = _parsed(said, language, base)
    return found if found and base.date() <= found <= base.date() + timedelta(days=7) else None


def _parsed(said: str, language: str, here: datetime) -> date | None:
    from dateparser import parse  # type: ignore[import-untyped]  # noqa: PLC0415 - heavy, and few clubs need it

    settings = {"PREFER_DATES_FROM": "future", "RELATIVE_BASE": here.replace(tzinfo=None)}
    try:
        found: datetime | None = parse(said.strip(), languages=[language], settings=settings)
    except ValueError:  # a language it doesn't have
        return None
    return found.date() if found else None
