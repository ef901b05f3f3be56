"""What a single value of a pack may be: each kind of leaf says in a sentence what is wrong with a value."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from typing import Protocol

from msgspec import Struct, field

from bot.domain.spoilers import Level

GIVEN_AWAY = tuple(level.word for level in Level if level)
UNSAFE = {
    "||": "a spoiler mark",
    "@everyone": "a mention of everybody",
    "@here": "a mention of everybody online",
    "<@": "a mention",
    "<#": "a channel link",
    "<t:": "a time stamp",
    "](": "a link",
    "[": "a bracket, which breaks links",
    "]": "a bracket, which breaks links",
    "`": "a code mark",
    "**": "a bold mark",
    "__": "an underline mark",
    "~~": "a strike-through mark",
}
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class Names(Struct, frozen=True):
    """What the rows of a pack may refer to."""

    sources: Collection[str] = ()
    versions: Collection[str] = ()
    lines: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def targets(self) -> tuple[str, ...]:
        return (*self.lines, *self.versions)


class Leaf(Protocol):
    """Says what is wrong with a value that already has the right type."""

    def faults(self, value: object, names: Names, /) -> Iterator[str]: ...


class Prose(Struct, frozen=True):
    """A text that members read. `bare` texts are shown to everybody, whatever their row spoils."""

    limit: int
    place: str
    bare: bool = False
    optional: bool = False

    def faults(self, value: object, _: Names, /) -> Iterator[str]:
        text = str(value)
        if not text.strip() and not self.optional:
            yield "empty text, at least a word is needed"
        if len(text) > self.limit:
            yield f"{len(text):,} characters, at most {self.limit:,} fit {self.place}"
        if CONTROL.search(text):
            yield "a line break or control character, one line of plain text is accepted"
        if found := next((mark for mark in UNSAFE if mark in text.casefold()), None):
            yield f"contains {found!r}, {UNSAFE[found]}; plain text is accepted"


class Pattern(Struct, frozen=True):
    """A text of one shape."""

    shape: re.Pattern[str]
    wants: str

    def faults(self, value: object, _: Names, /) -> Iterator[str]:
        if not self.shape.fullmatch(str(value)):
            yield f"{value!r} can't stand here, {self.wants} is accepted"


class CommandName(Struct, frozen=True):
    """A name that is none of the bot's own: of a command group, or of a version."""

    shape: re.Pattern[str]
    wants: str
    taken: tuple[str, ...]

    def faults(self, value: object, names: Names, /) -> Iterator[str]:
        yield from Pattern(self.shape, self.wants).faults(value, names)
        if value in self.taken:
            yield f"{value!r} is a word of the bot's own, any but {', '.join(self.taken)} is accepted"


class Choice(Struct, frozen=True):
    """One word of a closed list."""

    what: str
    words: tuple[str, ...]

    def faults(self, value: object, _: Names, /) -> Iterator[str]:
        if value not in self.words:
            yield f"unknown {self.what} {value!r}, accepted are {listed(self.words)}"


class Reference(Struct, frozen=True):
    """The name of something else in the pack."""

    what: str
    accepted: Callable[[Names], Collection[str]]

    def faults(self, value: object, names: Names, /) -> Iterator[str]:
        accepted = self.accepted(names)
        if value not in accepted:
            yield f"unknown {self.what} {value!r}, accepted are {listed(accepted)}"


class Cited(Struct, frozen=True):
    """The id of a source."""

    def faults(self, value: object, names: Names, /) -> Iterator[str]:
        if value not in names.sources:
            yield f"{value!r} resolves to no source, an id from [source] is accepted"


class GivenAway(Struct, frozen=True):
    """What a text spoils: "none", or a table from targets to levels."""

    table_only: bool = False

    def faults(self, value: object, names: Names, /) -> Iterator[str]:
        if isinstance(value, dict):
            yield from self._table(value, names)
        elif value != "none" or self.table_only:
            none = "" if self.table_only else '"none" or '
            example = next(iter(names.lines), "target")
            yield f'{value!r} can\'t stand here, {none}a table like {{ {example} = "premise" }} is accepted'

    def _table(self, value: dict[str, object], names: Names) -> Iterator[str]:
        if not value:
            yield 'an empty table, "none" or at least one target is accepted'
        for target, level in value.items():
            if target not in names.targets:
                yield f"unknown target {target!r}, accepted are {listed(names.targets)}"
            if level not in GIVEN_AWAY:
                yield f"unknown level {level!r}, accepted are {listed(GIVEN_AWAY)}"


DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


class Day(Struct, frozen=True):
    """A day; where `loose`, also a year, a month, or "undated"."""

    loose: bool = True

    def faults(self, value: object, _: Names, /) -> Iterator[str]:
        if type(value) is date or (self.loose and (value == "undated" or is_day(value))):
            return
        forms = 'a date, "YYYY", "YYYY-MM", "YYYY-MM-DD" or "undated"' if self.loose else "a date"
        yield f"{value!r} is no date, {forms} is accepted"


def is_day(value: object) -> bool:
    """Whether `value` is a year, a month or a day that the calendar has."""
    if not isinstance(value, str) or not DAY.fullmatch(value):
        return False
    try:
        date.fromisoformat(value + "-01" * ((10 - len(value)) // 3))
    except ValueError:
        return False
    return True


class Address(Struct, frozen=True):
    """A web address that can stand inside a link, or nothing."""

    def faults(self, value: object, _: Names, /) -> Iterator[str]:
        text = str(value)
        if not text:
            return
        if not re.fullmatch(r"https?://[^\s/]+\.\S*", text):
            yield f"{text!r} is no web address, one with http:// or https:// or an empty text is accepted"
        elif found := re.search(r"[()<>\[\]|]", text):
            yield f"contains {found[0]!r}, which breaks links; %{ord(found[0]):02X} is accepted instead"
        if len(text) > 500:
            yield f"{len(text):,} characters, at most 500 fit a link"


class Minutes(Struct, frozen=True):
    """A running time."""

    def faults(self, value: object, _: Names, /) -> Iterator[str]:
        if value != "unknown" and not (isinstance(value, int) and 0 < value < 1000):
            yield f'{value!r} is no running time, whole minutes or "unknown" is accepted'


def listed(words: Collection[str]) -> str:
    """The words, or the first dozen of many, for the end of a sentence."""
    first = list(words)[:12]
    return ", ".join(first) + (", …" if len(words) > len(first) else "") if first else "none so far"
