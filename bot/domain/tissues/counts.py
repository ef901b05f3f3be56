"""What ballots come to: how many people needed how many tissues, and the figures that follow."""

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction

from msgspec import Struct

BOX = 100

# as the result shows them: the numbers with a button of their own, then two heaps
BINS: tuple[tuple[str, int, int | None], ...] = (
    *((str(n), n, n) for n in range(5)),
    ("5-9", 5, 9),
    ("10+", 10, None),
)


class Shape(StrEnum):
    """What a histogram looks like, for those who don't see it."""

    ALIKE = "alike"  # everybody in one bin
    LOW = "low"  # most in 0 or 1
    HIGH = "high"  # most in 5 or more
    MIDDLE = "middle"  # most in 2 to 4
    SPREAD = "spread"  # no such heap


class Counts(Struct, frozen=True):
    """How many `people` gave each number of tissues; numbers that nobody gave are left out."""

    people_by_tissues: Mapping[int, int]

    @property
    def people(self) -> int:
        return sum(self.people_by_tissues.values())

    @property
    def total(self) -> int:
        return sum(tissues * people for tissues, people in self.people_by_tissues.items())

    @property
    def mean(self) -> float:
        """Tissues per person; 0 where there is nobody."""
        return self.total / self.people if self.people else 0.0

    @property
    def median(self) -> float:
        """The middle ballot, or halfway between the two middle ones; 0 where there is nobody."""
        people = self.people
        return (self._ballot((people - 1) // 2) + self._ballot(people // 2)) / 2 if people else 0.0

    @property
    def bins(self) -> tuple[tuple[str, int], ...]:
        """(label, people) of each of BINS."""
        return tuple(
            (label, sum(n for tissues, n in self.people_by_tissues.items() if _within(tissues, low, high)))
            for label, low, high in BINS
        )

    @property
    def shape(self) -> Shape:
        """The heap that holds more than half of the people, if one does."""
        heaps = [people for _, people in self.bins]
        if sum(people > 0 for people in heaps) == 1:
            return Shape.ALIKE
        parts = {Shape.LOW: heaps[:2], Shape.MIDDLE: heaps[2:5], Shape.HIGH: heaps[5:]}
        return next((shape for shape, part in parts.items() if 2 * sum(part) > self.people), Shape.SPREAD)

    def _ballot(self, place: int) -> int:
        """The ballot at `place`, counted from 0, were all of them laid out from few to many."""
        for tissues in sorted(self.people_by_tissues):
            place -= self.people_by_tissues[tissues]
            if place < 0:
                return tissues
        raise IndexError(place)


def _within(tissues: int, low: int, high: int | None) -> bool:
    return tissues >= low and (high is None or tissues <= high)


class Part(StrEnum):
    """What is left beside the whole boxes."""

    NOTHING = "nothing"
    QUARTER = "quarter"
    THIRD = "third"
    HALF = "half"
    TWO_THIRDS = "two_thirds"
    THREE_QUARTERS = "three_quarters"


class Boxes(Struct, frozen=True):
    """Tissues as boxes of BOX, rounded to quarters and thirds. Fewer than an eighth of one are no box at all."""

    whole: int
    part: Part


_PARTS = (
    (Fraction(0), Part.NOTHING),
    (Fraction(1, 4), Part.QUARTER),
    (Fraction(1, 3), Part.THIRD),
    (Fraction(1, 2), Part.HALF),
    (Fraction(2, 3), Part.TWO_THIRDS),
    (Fraction(3, 4), Part.THREE_QUARTERS),
    (Fraction(1), Part.NOTHING),
)


def boxes(total: int) -> Boxes:
    """The boxes nearest to `total` tissues."""
    whole, rest = divmod(total, BOX)
    nearest, part = min(_PARTS, key=lambda each: abs(each[0] - Fraction(rest, BOX)))
    return Boxes(whole + (nearest == 1), part)


def lines_within(lines: list[str], limit: int) -> list[str]:
    """As many of `lines` from the first as fit into `limit` characters, joined by a space or a line break."""
    kept, used = [], -1
    for line in lines:
        used += len(line) + 1
        if used > limit:
            break
        kept.append(line)
    return kept
