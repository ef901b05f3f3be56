"""The film clock: the film's position as a function of now, with the pauses taken out."""

from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

OVERTIME = timedelta(minutes=20)  # a copy may be longer than the pack knows; then the evening ends by itself
START = timedelta()


class FilmClock(Struct, frozen=True):
    """Runs from `playing_since` on, at `offset` then; stands at `offset` where that is None. A countdown sets
    `playing_since` ahead of now: until then the clock stands."""

    length: timedelta
    offset: timedelta = START
    playing_since: datetime | None = None

    @property
    def last(self) -> timedelta:
        """The position past which the clock never runs."""
        return self.length + OVERTIME

    def position(self, now: datetime) -> timedelta:
        """Where the film is: never before its start, never past `last`."""
        run = max(START, now - self.playing_since) if self.playing_since else START
        return min(self.offset + run, self.last)

    def left(self, now: datetime) -> timedelta:
        """How much of the film is to come; nothing once its length has passed."""
        return max(START, self.length - self.position(now))

    def play(self, at: datetime) -> "FilmClock":
        """Runs on from where it stands; a running clock stays as it is."""
        return self if self.playing_since else replace(self, playing_since=at)

    def pause(self, now: datetime) -> "FilmClock":
        return replace(self, offset=self.position(now), playing_since=None)

    def seek(self, to: timedelta, now: datetime) -> "FilmClock":
        """The same clock at another place of the film, running if it ran; kept within the film."""
        place = min(max(to, START), self.length)
        running = self.playing_since and max(self.playing_since, now)
        return replace(self, offset=place, playing_since=running)

    @property
    def zero_at(self) -> datetime | None:
        """When the film's 0:00 was, or would have been without the pauses and jumps; None while it stands."""
        return self.playing_since - self.offset if self.playing_since else None

    @property
    def ends_at(self) -> datetime | None:
        """When the clock reaches `last` if nobody pauses; None while it stands."""
        return self.playing_since + (self.last - self.offset) if self.playing_since else None
