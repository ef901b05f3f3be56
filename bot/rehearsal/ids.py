"""Snowflakes: unique, rising, and carrying the world's time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from bot.rehearsal.clock import Clock

EPOCH_MS = 1_420_070_400_000  # Discord's first second of 2015


class Snowflakes:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0
        self._fixed: int | None = None

    def next(self) -> int:
        if self._fixed is not None:
            self._fixed += 1
            return self._fixed
        milliseconds = int(self._clock.now().timestamp() * 1000) - EPOCH_MS
        self._last = max(milliseconds << 22, self._last + 1)
        return self._last

    @contextmanager
    def at(self, moment: datetime) -> Iterator[None]:
        """Number what is made meanwhile as of `moment`: the same numbers in every run."""
        self._fixed = (int(moment.timestamp() * 1000) - EPOCH_MS) << 22
        try:
            yield
        finally:
            self._fixed = None


def time_of(snowflake: int) -> datetime:
    return datetime.fromtimestamp(((snowflake >> 22) + EPOCH_MS) / 1000, UTC)
