"""The world's time: the wall clock plus an offset that tests and demos move forward."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class Clock:
    def __init__(self) -> None:
        self.offset = timedelta()
        self._followers: list[Callable[[timedelta], None]] = []

    def now(self) -> datetime:
        return datetime.now(UTC) + self.offset

    def jump(self, by: timedelta) -> None:
        """Move the world forward. Wall-clock deadlines (3 s, 15 min, rates) do not feel it."""
        if by < timedelta():
            raise ValueError("the rehearsal's clock only moves forward")
        self.offset += by
        for tell in list(self._followers):
            tell(self.offset)

    def follow(self, tell: Callable[[timedelta], None]) -> Callable[[], None]:
        """Call `tell` with the new offset at each jump; the answer stops that."""
        self._followers.append(tell)
        return lambda: self._followers.remove(tell)
