"""A poll beside the others of its club: on the mean, from enough ballots only, and always saying how many."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from msgspec import Struct

FEWEST_COMPARED = 5  # ballots on either side

_ALIKE = 1.05  # a ratio under this is no difference worth telling


class Tally(Struct, frozen=True):
    """What one or several polls about one version came to."""

    film: str
    version: str
    people: int
    total: int
    polls: int = 1

    @property
    def mean(self) -> float:
        return self.total / self.people if self.people else 0.0

    @property
    def comparable(self) -> bool:
        return self.people >= FEWEST_COMPARED


class NewRecord(Struct, frozen=True):
    """More tissues per person than any poll of the club before; `before` held the record."""

    before: Tally


class RecordStands(Struct, frozen=True):
    """An earlier poll keeps the record."""

    record: Tally


class Usual(Struct, frozen=True):
    """The club's polls before this one, taken together."""

    tally: Tally


class More(Struct, frozen=True):
    """`ratio` times as many tissues per person for `more` as for `less`."""

    more: Tally
    less: Tally
    ratio: float


class Alike(Struct, frozen=True):
    """As many tissues per person for the one as for the other, as near as matters."""

    this: Tally
    other: Tally


class Beyond(Struct, frozen=True):
    """Tissues for `more` and none at all for `less`: no ratio can say that."""

    more: Tally
    less: Tally


Beside = More | Alike | Beyond


class Comparisons(Struct, frozen=True):
    """All that may be said of a poll beside earlier ones."""

    record: NewRecord | RecordStands | None = None
    usual: Usual | None = None
    others: tuple[Beside, ...] = ()


NONE = Comparisons()


def compare(this: Tally, earlier: Sequence[Tally]) -> Comparisons:
    """`this` poll beside the club's `earlier` ones, one tally each."""
    if not this.comparable:
        return NONE
    usual = _together("", "", earlier)
    return Comparisons(
        record=_record(this, [tally for tally in earlier if tally.comparable]),
        usual=Usual(usual) if usual.comparable else None,
        others=_others(this, earlier),
    )


def by_version(tallies: Iterable[Tally]) -> tuple[Tally, ...]:
    """The tallies of each version together, those with the most tissues per person first."""
    grouped = defaultdict[tuple[str, str], list[Tally]](list)
    for tally in tallies:
        grouped[tally.film, tally.version].append(tally)
    together = (_together(film, version, found) for (film, version), found in grouped.items())
    return tuple(sorted(together, key=lambda tally: -tally.mean))


def beside(this: Tally, other: Tally) -> Beside:
    """Two versions compared, the wetter one first."""
    more, less = (this, other) if this.mean >= other.mean else (other, this)
    if more.mean == less.mean:
        return Alike(this, other)
    if less.mean == 0:
        return Beyond(more, less)
    ratio = more.mean / less.mean
    return Alike(this, other) if ratio < _ALIKE else More(more, less, ratio)


def _record(this: Tally, earlier: Sequence[Tally]) -> NewRecord | RecordStands | None:
    if not earlier:
        return None
    best = max(earlier, key=lambda tally: tally.mean)
    return NewRecord(best) if this.mean > best.mean else RecordStands(best)


def _others(this: Tally, earlier: Sequence[Tally]) -> tuple[Beside, ...]:
    if not this.version:
        return ()
    return tuple(
        beside(this, other)
        for other in by_version(earlier)
        if other.comparable and other.version and other.film == this.film and other.version != this.version
    )


def _together(film: str, version: str, tallies: Sequence[Tally]) -> Tally:
    return Tally(
        film,
        version,
        people=sum(tally.people for tally in tallies),
        total=sum(tally.total for tally in tallies),
        polls=sum(tally.polls for tally in tallies),
    )
