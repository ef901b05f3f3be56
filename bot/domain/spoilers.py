"""What a text gives away, what a room may show, and how a text is therefore shown."""

from collections.abc import Iterable
from enum import Enum, IntEnum, auto

from msgspec import Struct


class Level(IntEnum):
    """How much a text gives away."""

    NONE = 0
    PREMISE = 1
    PLOT = 2
    ENDING = 3

    @property
    def word(self) -> str:
        """The level as packs, settings and texts write it."""
        return self.name.lower()

    @classmethod
    def of(cls, word: str) -> "Level":
        """The level that `word` names; KeyError for an unknown word."""
        return cls[word.upper()]


class Spoil(Struct, frozen=True):
    """One thing given away: `target`, a plot line or a version, up to `level`."""

    target: str
    level: Level


class Spoils(Struct, frozen=True):
    """All that one text gives away; a text that gives away nothing has no parts."""

    parts: frozenset[Spoil] = frozenset()

    @property
    def level(self) -> Level:
        return max((part.level for part in self.parts), default=Level.NONE)

    def __or__(self, other: "Spoils") -> "Spoils":
        return Spoils(self.parts | other.parts)


NOTHING = Spoils()


class Cover(Struct, frozen=True):
    """What everybody inside a gated thread knows already, each target up to its level."""

    parts: frozenset[Spoil]

    def covers(self, part: Spoil) -> bool:
        return any(known.target == part.target and known.level >= part.level for known in self.parts)


class Room(Struct, frozen=True):
    """A place where texts are shown: its ceiling and, in a gated thread, its cover."""

    ceiling: Level = Level.PREMISE
    cover: Cover | None = None

    def admits(self, spoils: Spoils) -> bool:
        """Whether a text may stand here for everybody to read."""
        return all(self._admits_part(part) for part in spoils.parts)

    def _admits_part(self, part: Spoil) -> bool:
        return part.level <= self.ceiling or (self.cover is not None and self.cover.covers(part))


class Eyes(Enum):
    """Who reads an answer."""

    EVERYBODY = auto()
    ONE_MEMBER = auto()


class Showing(Enum):
    """How a text is shown: as it is, behind a spoiler tag, or not at all."""

    PLAIN = auto()
    VEILED = auto()
    WITHHELD = auto()


def showing(spoils: Spoils, room: Room, eyes: Eyes) -> Showing:
    """How a text that gives away `spoils` is shown in `room` to `eyes`."""
    if room.admits(spoils):
        return Showing.PLAIN
    return Showing.VEILED if eyes is Eyes.ONE_MEMBER else Showing.WITHHELD


def closure(parts: Iterable[Spoil], implied: Iterable[tuple[Spoil, Spoil]]) -> Spoils:
    """`parts` and all they give away besides: each (cause, effect) of `implied` adds its effect
    to a text that gives away the cause's target at the cause's level or above."""
    found = set(parts)
    rules = tuple(implied)
    while new := {
        effect
        for cause, effect in rules
        for part in found
        if part.target == cause.target and part.level >= cause.level and effect not in found
    }:
        found |= new
    return Spoils(frozenset(found))
