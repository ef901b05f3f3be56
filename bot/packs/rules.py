"""Rules that a row has to keep beyond its fields, one sentence for each breach."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from bot.packs.leaves import Names
from bot.packs.schema import (
    AnnouncedRow,
    CastRow,
    ClaimRow,
    FactRow,
    FieldRow,
    QuizRow,
    SpoilerWordRow,
    StatementRow,
    SupportRow,
    VersionRow,
    WarningRow,
    WhereRow,
)
from bot.packs.words import fold

Breach = tuple[str, str]
Rule = Callable[[Mapping[str, Any], Names], Iterator[Breach]]


def has_source(row: Mapping[str, Any], _: Names) -> Iterator[Breach]:
    """A sourced row names a source, unless it says that nothing was found."""
    nothing_found = row.get("confidence") == "unknown" or row.get("verdict") == "unverifiable"
    if row.get("sources") == [] and not nothing_found:
        yield "sources", "no source, at least one id from [source] is needed"


def answers_differ(row: Mapping[str, Any], _: Names) -> Iterator[Breach]:
    """A quiz has two or three wrong answers, and no two answers read alike."""
    wrong = row.get("wrong")
    if not isinstance(wrong, list):
        return
    if not 2 <= len(wrong) <= 3:
        yield "wrong", f"{len(wrong)} wrong answers, 2 or 3 are accepted"
    answers = [fold(str(answer)) for answer in (row.get("answer", ""), *wrong)]
    if len(set(answers)) < len(answers):
        yield "wrong", "the same answer twice, answers that differ are needed"


def names_once(row: Mapping[str, Any], _: Names) -> Iterator[Breach]:
    """A version has each field once."""
    fields = row.get("field")
    names = (
        [item.get("name") for item in fields if isinstance(item, dict)] if isinstance(fields, list) else []
    )
    for index, name in enumerate(names):
        if name in names[:index]:
            yield f"field[{index}].name", f"{name!r} for the second time, each field stands once"


def word_is_long_enough(row: Mapping[str, Any], _: Names) -> Iterator[Breach]:
    if len(fold(str(row.get("word", "")))) < 2:
        yield "word", f"{row.get('word')!r} is too short, at least 2 letters are needed"


RULES: Mapping[type[Struct], tuple[Rule, ...]] = {
    **dict.fromkeys(
        (StatementRow, FieldRow, CastRow, FactRow, ClaimRow, WhereRow, WarningRow, SupportRow, AnnouncedRow),
        (has_source,),
    ),
    VersionRow: (has_source, names_once),
    QuizRow: (answers_differ,),
    SpoilerWordRow: (word_is_long_enough,),
}
