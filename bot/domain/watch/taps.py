"""Taps: presses of the tissue button at a film position, and who watched when."""

from dataclasses import dataclass
from datetime import datetime, timedelta

EVERY = timedelta(seconds=5)
FEWEST_WATCHING = 3  # under that a minute or a live sum would name somebody
KEPT = timedelta(days=90)


def too_soon(last: datetime | None, now: datetime) -> bool:
    """Whether a tap comes less than EVERY after the member's last."""
    return last is not None and now - last < EVERY


@dataclass(frozen=True, slots=True)
class Spell:
    """A stretch of the film played without a pause or a jump: from `position` at `began` until `ended`."""

    position: timedelta
    began: datetime
    ended: datetime

    def minutes(self, joined: datetime) -> range:
        """The film minutes of it that somebody saw who had joined then."""
        seen_from = max(self.began, joined)
        if seen_from >= self.ended:
            return range(0)
        first = self.position + (seen_from - self.began)
        last = self.position + (self.ended - self.began)
        return range(int(first / _MINUTE), -int(-last // _MINUTE))


_MINUTE = timedelta(minutes=1)
