"""Snowflakes: unique, rising, and carrying the world's time."""

from datetime import UTC, datetime

from bot.rehearsal.clock import Clock

EPOCH_MS = 1_420_070_400_000  # Discord's first second of 2015


class Snowflakes:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def next(self) -> int:
        milliseconds = int(self._clock.now().timestamp() * 1000) - EPOCH_MS
        self._last = max(milliseconds << 22, self._last + 1)
        return self._last


def time_of(snowflake: int) -> datetime:
    return datetime.fromtimestamp(((snowflake >> 22) + EPOCH_MS) / 1000, UTC)
