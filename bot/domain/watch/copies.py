"""A member's own copy of the film beside the film clock: an offset from one reading, the speed from two."""

from datetime import timedelta

from msgspec import Struct

APART = timedelta(minutes=5)  # readings are a second off: nearer than this they say nothing of the speed
SLACK = timedelta(seconds=3)
MOST_OFF = 0.06  # a 25 fps copy runs 4 % fast; whoever is further off has paused or jumped in between


class Reading(Struct, frozen=True):
    """What the member's film showed (`shown`) when the film clock was at `room`."""

    room: timedelta
    shown: timedelta


class OwnCopy(Struct, frozen=True):
    """How one member's film runs beside the film clock: in step until they say otherwise. `first` is where the
    speed is measured from."""

    first: Reading | None = None
    last: Reading | None = None

    @property
    def speed(self) -> float:
        """Film seconds of theirs in a second of the film clock."""
        if self.first is None or self.last is None or abs(self.last.room - self.first.room) < APART:
            return 1.0
        return (self.last.shown - self.first.shown) / (self.last.room - self.first.room)

    def shows(self, room: timedelta, last: timedelta) -> timedelta:
        """What the member's film shows when the film clock is at `room`, from the start to `last`."""
        if self.last is None:
            return room
        shown = self.last.shown + (room - self.last.room) * self.speed
        return min(max(shown, timedelta()), last)

    @property
    def offset(self) -> timedelta:
        """How far ahead (or, below zero, behind) they were at their last reading."""
        return self.last.shown - self.last.room if self.last else timedelta()

    def read(self, reading: Reading) -> "OwnCopy":
        """This copy after another reading. One that neither this copy's speed nor another's explains tells of a
        pause or a jump of the member's own: measuring starts anew."""
        if self.first is None or self.last is None:
            return OwnCopy(reading, reading)
        near = abs(reading.room - self.first.room) < APART
        found = OwnCopy(self.first, reading)
        expected = self.last.shown + (reading.room - self.last.room) * self.speed
        if (near and abs(reading.shown - expected) > SLACK) or abs(found.speed - 1) > MOST_OFF:
            return OwnCopy(reading, reading)
        return found


IN_STEP = OwnCopy()
