"""What Discord does by itself when the world's clock gets there."""

import asyncio
import heapq
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import count

from bot.rehearsal.clock import Clock

Deed = Callable[[], None]


class Timetable:
    """A deed looks at the world again when its time comes: what it was planned for may have changed."""

    def __init__(self, clock: Clock) -> None:
        self._clock, self._order = clock, count()
        self._planned: list[tuple[datetime, int, Deed]] = []
        self._changed = asyncio.Event()
        clock.follow(self._jumped)

    def plan(self, moment: datetime, deed: Deed) -> None:
        heapq.heappush(self._planned, (moment, next(self._order), deed))
        self._changed.set()

    async def run(self) -> None:
        """Keep up with the wall clock; jumps are caught up with at once."""
        while True:
            self._changed.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(self._until_next()):
                    await self._changed.wait()
            self._catch_up()

    def _jumped(self, _: timedelta) -> None:
        self._catch_up()
        self._changed.set()

    def _catch_up(self) -> None:
        while self._planned and self._planned[0][0] <= self._clock.now():
            heapq.heappop(self._planned)[2]()

    def _until_next(self) -> float | None:
        return (self._planned[0][0] - self._clock.now()).total_seconds() if self._planned else None
