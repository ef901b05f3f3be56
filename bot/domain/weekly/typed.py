"""Times of day as hosts type them: `20:00`, `8pm`, `8.30 pm`, `20h30`."""

import re
from datetime import time

from bot.errors import UserError

_TIME = re.compile(r"(?P<hour>\d{1,2})(?:\s*[:.h]\s*(?P<minute>\d{2})|\s*h)?\s*(?P<half>[ap]\.?m\.?)?")


def time_of_day(typed: str) -> time:
    """The time that `typed` names; a bare number needs am or pm. UserError for anything else."""
    written = _TIME.fullmatch(typed.strip().lower())
    hour, minute, half = written.group("hour", "minute", "half") if written else (None, None, None)
    if hour is None or (minute is None and half is None and not typed.strip().lower().endswith("h")):
        raise UserError("weekly.time_unclear", typed=typed[:40])
    try:
        return time(_of_day(int(hour), half), int(minute or 0))
    except ValueError:
        raise UserError("weekly.time_unclear", typed=typed[:40]) from None


def quiet_hours(typed: str) -> tuple[time, time] | None:
    """`22:00-08:00` as its two ends; None for a bare `-`, which ends quiet hours. UserError for anything else."""
    if typed.strip() == "-":
        return None
    start, dash, end = re.sub("[–—]", "-", typed).partition("-")
    if not dash or time_of_day(start) == time_of_day(end):
        raise UserError("weekly.quiet_unclear", typed=typed[:40])
    return time_of_day(start), time_of_day(end)


def _of_day(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(hour)
    return hour % 12 + (12 if half.startswith("p") else 0)
