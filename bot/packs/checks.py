"""Checks that need the whole pack: keys that clash, spoiler words below their level, sources that say too much."""

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any
from urllib.parse import unquote

from msgspec import Struct

from bot.domain.spoilers import Level, Spoil, Spoils, closure
from bot.packs.leaves import GIVEN_AWAY, GivenAway, Names
from bot.packs.schema import SourceRow
from bot.packs.walk import Scope, Site
from bot.packs.words import fold

Fault = tuple[str, str]
KEYED = ("version", "fact", "claim", "question", "announced")


MOST_VERSIONS = 25


class Word(Struct, frozen=True):
    """A spoiler word, folded, and what it gives away."""

    shown: str
    folded: str
    gives: Spoils


class Book(Struct, frozen=True):
    """What the checks look up: names, what implies what, and the spoiler words."""

    names: Names
    implied: tuple[tuple[Spoil, Spoil], ...]
    words: tuple[Word, ...]

    def spoils(self, raw: object) -> Spoils:
        """What `raw`, a `spoils` field, gives away with all that follows; faulty parts are left out."""
        return closure(parts_of(raw), self.implied)

    def concerned(self, gives: Spoils, scope: Scope, spoils: Spoils) -> frozenset[Spoil]:
        """The parts of `gives` that a text has to own up to: of the films it is about, else of those it says
        it spoils, else all."""
        about = scope.about if scope.about in self.names.targets else ""
        line = line_of(about, self.names)
        own = closure((Spoil(target, Level.ENDING) for target in (about, line) if target), self.implied)
        for targets in ({part.target for part in own.parts}, set() if about else spread(spoils, self.names)):
            if found := frozenset(part for part in gives.parts if part.target in targets):
                return found
        return gives.parts


def book_of(raw: Mapping[str, Any], names: Names) -> Book:
    """The book of a decoded pack; what is malformed is left out, the walk has told of it."""
    rules = tuple(
        (cause, effect)
        for row in rows(raw, "implied")
        for cause in parts_of(row.get("gives"))
        for effect in parts_of(row.get("also"))
    )
    words = tuple(
        Word(str(row["word"]), fold(str(row["word"])), Spoils(frozenset(parts_of(row.get("gives")))))
        for row in rows(raw, "spoiler_word")
        if fold(str(row.get("word", "")))
    )
    return Book(names, rules, words)


def names_of(raw: Mapping[str, Any]) -> Names:
    """All names of a decoded pack that its rows may refer to."""
    sources, lines = raw.get("source"), raw.get("lines")
    return Names(
        sources=frozenset(sources) if isinstance(sources, dict) else frozenset(),
        versions=tuple(row["key"] for row in rows(raw, "version") if isinstance(row.get("key"), str)),
        lines={name: tuple(map(str, keys)) for name, keys in lines.items() if isinstance(keys, list)}
        if isinstance(lines, dict)
        else {},
    )


def pack_faults(raw: Mapping[str, Any], sites: list[Site], book: Book) -> Iterator[Fault]:
    """Every fault that only the whole pack shows."""
    yield from clashing_keys(raw)
    yield from crowded(raw)
    yield from clashing_lines(book.names)
    yield from spoiling_words([*sites, *addresses(raw)], book)
    yield from telling_sources(raw, book)


def clashing_keys(raw: Mapping[str, Any]) -> Iterator[Fault]:
    for table in KEYED:
        first: dict[object, int] = {}
        for index, row in enumerate(listed_rows(raw, table)):
            key = row.get("key") if isinstance(row, dict) else None
            if isinstance(key, str) and first.setdefault(key, index) != index:
                yield (
                    f"{table}[{index}].key",
                    f"{key!r} is taken by {table}[{first[key]}], a key of its own is needed",
                )


def crowded(raw: Mapping[str, Any]) -> Iterator[Fault]:
    count = len(listed_rows(raw, "version"))
    if count > MOST_VERSIONS:
        yield "version", f"{count} versions, at most {MOST_VERSIONS} fit a select"


def clashing_lines(names: Names) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for line, keys in names.lines.items():
        if line in names.versions or line == "family":
            yield f"lines.{line}", "a version or the family has this name, another one is needed"
        for key in keys:
            if seen.setdefault(key, line) != line:
                yield f"lines.{line}", f"{key!r} is in line {seen[key]!r} too, a version has one line at most"


def spoiling_words(sites: list[Site], book: Book) -> Iterator[Fault]:
    if not book.words:
        return
    any_word = re.compile("|".join(f" {re.escape(word.folded)}" for word in book.words))
    for site in sites:
        folded = " " + fold(site.text)
        if any_word.search(folded) and is_sound(site.scope.spoils, book.names):
            yield from spoiling_words_of(site, folded, book)


def is_sound(spoils: object, names: Names) -> bool:
    """Whether a `spoils` field is without fault; the words of a text are judged only by one that is."""
    return next(GivenAway().faults(spoils, names), None) is None


def spoiling_words_of(site: Site, folded: str, book: Book) -> Iterator[Fault]:
    cleared = {fold(word) for word in site.scope.cleared}
    spoils = book.spoils(site.scope.spoils)
    for word in book.words:
        if f" {word.folded}" not in folded or word.folded in cleared:
            continue
        needed = book.concerned(word.gives, site.scope, spoils)
        if missing := sorted(spoken(part) for part in needed if not owns(spoils, part, book.names)):
            told = f"{word.shown!r} gives away {', '.join(missing)}, which its spoils don't say"
            mend = f'other words, a higher level, or cleared = ["{word.shown}"] are accepted'
            yield site.where, f"{told}; {mend}"


def addresses(raw: Mapping[str, Any]) -> Iterator[Site]:
    """The addresses of the sources, read like texts."""
    sources = raw.get("source")
    for key, row in sources.items() if isinstance(sources, dict) else ():
        if isinstance(row, dict) and isinstance(row.get("url"), str):
            yield Site(f"source.{key}.url", unquote(row["url"]), Scope().inside(row, SourceRow))


def telling_sources(raw: Mapping[str, Any], book: Book) -> Iterator[Fault]:
    """A text stands with its sources, so no source may give away more than the text does."""
    sources = raw.get("source")
    telling = {
        key: book.spoils(row.get("spoils"))
        for key, row in (sources.items() if isinstance(sources, dict) else ())
        if isinstance(row, dict) and isinstance(row.get("spoils"), dict)
    }
    for where, row in citing_rows(raw) if telling else ():
        for key in row["sources"]:
            if not isinstance(key, str) or key not in telling:
                continue
            spoils = book.spoils(row["claim"].get("spoils") if is_claim(row) else row.get("spoils"))
            if more := sorted(
                spoken(part) for part in telling[key].parts if not owns(spoils, part, book.names)
            ):
                told = f"the name or address of {key!r} gives away {', '.join(more)}, more than this text"
                yield f"{where}.sources", f"{told}; another source or a higher level is accepted"


def is_claim(row: Mapping[str, Any]) -> bool:
    return isinstance(row.get("claim"), dict)


def citing_rows(node: object, where: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every table below `node` that lists sources, and where it stands."""
    if isinstance(node, dict):
        if isinstance(node.get("sources"), list):
            yield where, node
        for name, item in node.items():
            yield from citing_rows(item, f"{where}.{name}" if where else name)
    elif isinstance(node, list):
        yield from chain.from_iterable(citing_rows(item, f"{where}[{i}]") for i, item in enumerate(node))


def owns(spoils: Spoils, part: Spoil, names: Names) -> bool:
    """Whether `spoils` says `part`: for a plot line also by one of its versions, which is stricter still."""
    targets = {part.target, *names.lines.get(part.target, ())}
    return any(own.target in targets and own.level >= part.level for own in spoils.parts)


def spread(spoils: Spoils, names: Names) -> set[str]:
    """The targets of `spoils`, each with its line."""
    targets = {part.target for part in spoils.parts}
    return targets | {line_of(target, names) for target in targets}


def line_of(key: str, names: Names) -> str:
    return next((line for line, keys in names.lines.items() if key in keys), "")


def parts_of(raw: object) -> Iterator[Spoil]:
    """The well-formed parts of a `spoils` table."""
    for target, level in raw.items() if isinstance(raw, dict) else ():
        if level in GIVEN_AWAY:
            yield Spoil(target, Level.of(level))


def spoken(part: Spoil) -> str:
    return f"{part.target} = {part.level.word!r}"


def listed_rows(raw: Mapping[str, Any], table: str) -> list[Any]:
    found = raw.get(table)
    return found if isinstance(found, list) else []


def rows(raw: Mapping[str, Any], table: str) -> Iterator[dict[str, Any]]:
    return (row for row in listed_rows(raw, table) if isinstance(row, dict))
