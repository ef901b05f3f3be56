"""Times that members type: Discord's own, how long from now, or by the clock of the club's zone."""

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.errors import UserError

_DISCORDS = re.compile(r"<t:(\d{1,12})(?::[a-zA-Z])?>")
_UNITS = {"m": "minutes", "min": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_SPAN = re.compile(r"(?:\d{1,4} ?(?:min|m|h|d|w) ?)+")
_SPAN_PART = re.compile(r"(\d+) ?(min|m|h|d|w)")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")


def moment_in(typed: str, zone: ZoneInfo, now: datetime) -> datetime:
    """The instant that `typed` means: `<t:…>`, `2h`, `1d 12h`, `2026-11-24 20:00` or `20:00` (the next one), the
    latter two by the clock of `zone`. A time that a clock change skips moves forward by the gap, one that comes
    twice is the first. UserError for anything else."""
    text = typed.strip().lower()
    try:
        found = _discords(text) or _span(text, now) or _by_clock(text, zone, now) or _dated(text, zone)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise UserError("time.unclear", typed=typed[:40], zone=zone.key)
    return found


def _discords(text: str) -> datetime | None:
    written = _DISCORDS.fullmatch(text)
    return datetime.fromtimestamp(int(written[1]), UTC) if written else None


def _span(text: str, now: datetime) -> datetime | None:
    if not _SPAN.fullmatch(text):
        return None
    parts = _SPAN_PART.findall(text)
    return now + sum((timedelta(**{_UNITS[unit]: int(n)}) for n, unit in parts), timedelta())


def _by_clock(text: str, zone: ZoneInfo, now: datetime) -> datetime | None:
    written = _CLOCK.fullmatch(text)
    if not written:
        return None
    wanted = time(int(written[1]), int(written[2]))
    today = now.astimezone(zone).date()
    at = _in_zone(datetime.combine(today, wanted), zone)
    return at if at > now else _in_zone(datetime.combine(today + timedelta(days=1), wanted), zone)


def _dated(text: str, zone: ZoneInfo) -> datetime | None:
    """A date needs its time: which midnight it would mean otherwise is anybody's guess."""
    written = datetime.fromisoformat(text.upper())
    if written.tzinfo is not None:
        return written.astimezone(UTC)
    return _in_zone(written, zone) if ":" in text else None


def _in_zone(wall: datetime, zone: ZoneInfo) -> datetime:
    return wall.replace(tzinfo=zone).astimezone(UTC)
