"""The time of day for everything that isn't a rule; rules get `now` as an argument."""

import asyncio
from datetime import UTC, datetime, timedelta

LONGEST_NAP = timedelta(minutes=1)


class Clock:
    """The wall clock, moved by an offset that a rehearsal may change while somebody waits."""

    def __init__(self) -> None:
        self._offset = timedelta()
        self._sleepers: set[asyncio.Event] = set()

    def now(self) -> datetime:
        """This instant, aware, in UTC."""
        return datetime.now(UTC) + self._offset

    def set_offset(self, offset: timedelta) -> None:
        """Moves the clock and wakes whoever waits on it."""
        self._offset = offset
        for sleeper in self._sleepers:
            sleeper.set()

    async def wait(self, until: datetime | None, woken: asyncio.Event) -> None:
        """Waits until `until` (for ever where None), until `woken` is set or until the clock is moved, whichever
        comes first. Long waits end early, since the wall clock may be set anew under a sleeping process."""
        self._sleepers.add(woken)
        try:
            async with asyncio.timeout(self._nap(until)):
                await woken.wait()
        except TimeoutError:
            pass
        finally:
            self._sleepers.discard(woken)

    def _nap(self, until: datetime | None) -> float:
        wanted = LONGEST_NAP if until is None else until - self.now()
        return max(0.0, min(wanted, LONGEST_NAP).total_seconds())
