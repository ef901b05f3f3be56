"""What polls, figures and comparisons are called in a member's language."""

from collections.abc import Sequence

from bot.domain.film import Film, Version
from bot.domain.tissues.comparing import (
    Alike,
    Beside,
    Beyond,
    Comparisons,
    More,
    NewRecord,
    RecordStands,
    Tally,
)
from bot.domain.tissues.counts import Counts, Part, boxes
from bot.domain.tissues.polls import Poll
from bot.i18n import Speaker
from bot.services.versions import find_version
from bot.ui.numbers import decimal, plain
from bot.ui.plain import plain as text_only
from bot.ui.reading import named

MOST_BESIDE = 3


class Names:
    """The films, by what polls and members call them."""

    def __init__(self, films: Sequence[Film]) -> None:
        self.films = films

    def film(self, slug: str) -> Film:
        """The film of a poll; the first one for a poll about none in particular."""
        return next((film for film in self.films if film.slug == slug), self.films[0])

    def title(self, poll: Poll) -> str:
        """What the poll is about, for people; empty where it is about nothing in particular."""
        version = self._version(poll.film, poll.version)
        if version:
            return named(version)
        if poll.title:
            return text_only(poll.title)
        return self.film(poll.film).name if poll.film else ""

    def short(self, film: str, version: str) -> str:
        """`🇹🇷 tr2019`; a version that the pack has no more by its bare key."""
        found = self._version(film, version)
        return f"{found.flag} {found.key}" if found else version or self.film(film).name

    def long(self, tally: Tally) -> str:
        found = self._version(tally.film, tally.version)
        return named(found) if found else tally.version

    def find(self, typed: str | None) -> tuple[str, str]:
        """(film, version) that a member names: by `film:version`, key, name, country or year. Nothing named is
        the one film there is, or none of several."""
        if not typed:
            return (self.films[0].slug if len(self.films) == 1 else "", "")
        film, version = find_version(self.films, typed)
        return film.slug, version.key

    def _version(self, slug: str, key: str) -> Version | None:
        return self.film(slug).version(key) if key else None


def histogram(counts: Counts) -> str:
    """`0: 3 · 1: 2 · …`."""
    return " · ".join(f"{label}: {people}" for label, people in counts.bins)


def figures(counts: Counts, t: Speaker) -> str:
    """`31 people · 4.4 each (median 4)`."""
    return t(
        "tissues.figures",
        n=counts.people,
        mean=decimal(counts.mean, t),
        median=plain(counts.median, t),
    )


def total(counts: Counts, t: Speaker) -> str:
    """`137 tissues. A box and a third.`."""
    found = boxes(counts.total)
    said = t("tissues.total", n=counts.total)
    if found.whole == 0:
        return said if found.part is Part.NOTHING else f"{said} {t(f'tissues.boxes_only.{found.part.value}')}"
    return f"{said} {t(f'tissues.boxes.{found.part.value}', n=found.whole)}"


def histogram_alt(counts: Counts, t: Speaker) -> str:
    """All that the histogram shows, in words."""
    return t(
        "tissues.histogram_alt",
        n=counts.people,
        total=counts.total,
        mean=decimal(counts.mean, t),
        median=plain(counts.median, t),
        shape=t(f"tissues.shape.{counts.shape.value}"),
        bins=", ".join(f"{label}: {people}" for label, people in counts.bins),
    )


def comparisons(found: Comparisons, names: Names, t: Speaker) -> list[str]:
    """A line for each comparison that may be made."""
    lines = []
    match found.record:
        case NewRecord(before):
            lines.append(t("tissues.record_new", **_named(before, names, t)))
        case RecordStands(record):
            lines.append(t("tissues.record_stands", **_named(record, names, t)))
        case None:
            pass
    if found.usual:
        usual = found.usual.tally
        lines.append(t("tissues.usual", n=usual.polls, mean=decimal(usual.mean, t), people=usual.people))
    return [*lines, *(_beside(each, names, t) for each in found.others[:MOST_BESIDE])]


def _beside(found: Beside, names: Names, t: Speaker) -> str:
    match found:
        case More(more, less, ratio):
            return t("tissues.more", ratio=decimal(ratio, t), **_both(more, less, names, t))
        case Beyond(more, less):
            return t("tissues.beyond", **_both(more, less, names, t))
        case Alike(this, other):
            return t("tissues.alike", **_both(this, other, names, t))


def _both(one: Tally, other: Tally, names: Names, t: Speaker) -> dict[str, object]:
    return {
        "one": names.short(one.film, one.version),
        "other": names.short(other.film, other.version),
        "mean_one": decimal(one.mean, t),
        "mean_other": decimal(other.mean, t),
        "n_one": one.people,
        "n_other": other.people,
    }


def _named(tally: Tally, names: Names, t: Speaker) -> dict[str, object]:
    return {
        "version": names.short(tally.film, tally.version),
        "mean": decimal(tally.mean, t),
        "people": tally.people,
    }
