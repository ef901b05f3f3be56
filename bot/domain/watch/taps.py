"""Taps: presses of the tissue button at a film position, and who watched when."""

from datetime import datetime, timedelta

from msgspec import Struct

EVERY = timedelta(seconds=5)
FEWEST_WATCHING = 3  # under that a minute or a live sum would name somebody
KEPT = timedelta(days=90)
MINUTE = timedelta(minutes=1)


def too_soon(last: datetime | None, now: datetime) -> bool:
    """Whether a tap comes less than EVERY after the member's last."""
    return last is not None and now - last < EVERY


class Spell(Struct, frozen=True):
    """A stretch of the film played without a pause or a jump: from `position` at `began` until `ended`."""

    position: timedelta
    began: datetime
    ended: datetime

    def seen_until(self, minute: int) -> datetime | None:
        """Until when somebody may have joined to see something of that film minute here; None where it isn't here."""
        begins, ends = minute * MINUTE, (minute + 1) * MINUTE
        last = self.position + (self.ended - self.began)
        if ends <= self.position or begins >= last:
            return None
        return self.began + (min(ends, last) - self.position)
