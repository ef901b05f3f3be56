"""The tissue tape: taps per film minute, the pauses taken out, and the minutes at which the room cried most."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from bot.domain.watch.taps import FEWEST_WATCHING, MINUTE, Spell

MARKED = 3


class Flow(StrEnum):
    """Where in the film most of the taps fell, for those who don't see the tape."""

    DRY = "dry"
    EARLY = "early"
    MIDDLE = "middle"
    LATE = "late"
    SPREAD = "spread"


class Wet(Struct, frozen=True):
    """A film minute, counted from 0, and its taps."""

    minute: int
    taps: int


class Tape(Struct, frozen=True):
    """Taps of each film minute; None for a minute that too few watched, whose taps are in no figure here."""

    minutes: tuple[int | None, ...]

    @property
    def total(self) -> int:
        return sum(taps or 0 for taps in self.minutes)

    @property
    def hidden(self) -> int:
        """How many minutes are not shown."""
        return self.minutes.count(None)

    @property
    def wet(self) -> tuple[Wet, ...]:
        """The minutes with a tap, in the film's order."""
        return tuple(Wet(minute, taps) for minute, taps in enumerate(self.minutes) if taps)

    @property
    def wettest(self) -> tuple[Wet, ...]:
        """Up to MARKED minutes with the most taps, in the film's order; of equals the earlier."""
        most = sorted(self.wet, key=lambda wet: (-wet.taps, wet.minute))[:MARKED]
        return tuple(sorted(most, key=lambda wet: wet.minute))

    @property
    def flow(self) -> Flow:
        """The third of the film that holds more than half of all taps, if one does."""
        third = max(1, -(-len(self.minutes) // 3))
        parts = (self.minutes[:third], self.minutes[third : 2 * third], self.minutes[2 * third :])
        sums = [sum(taps or 0 for taps in part) for part in parts]
        if not self.total:
            return Flow.DRY
        named = zip((Flow.EARLY, Flow.MIDDLE, Flow.LATE), sums, strict=True)
        return next((flow for flow, taps in named if 2 * taps > self.total), Flow.SPREAD)


def tape(
    length: timedelta, taps: Iterable[timedelta], spells: Sequence[Spell], joined: Iterable[datetime]
) -> Tape:
    """The tape of a film of `length` from the film positions of `taps`, the stretches that were played and when
    each watcher joined. What comes after the film's length counts for its last minute."""
    count = max(1, -(-length // MINUTE))
    last = max([count, *(_minutes(spell) for spell in spells)])
    arrivals = sorted(joined)
    watched = [_watched(minute, spells, arrivals) for minute in range(last)]
    watching = [*watched[: count - 1], max(watched[count - 1 :])]
    fell = Counter(min(position // MINUTE, count - 1) for position in taps)
    return Tape(
        tuple(fell[minute] if watching[minute] >= FEWEST_WATCHING else None for minute in range(count))
    )


def _minutes(spell: Spell) -> int:
    """How far into the film it reaches, in begun minutes."""
    return -(-(spell.position + (spell.ended - spell.began)) // MINUTE)


def _watched(minute: int, spells: Sequence[Spell], arrivals: Sequence[datetime]) -> int:
    """How many had joined in time to see something of a film minute."""
    until = [at for spell in spells if (at := spell.seen_until(minute)) is not None]
    return bisect_left(arrivals, max(until)) if until else 0
