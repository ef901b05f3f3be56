"""The shape of a pack file: tables, fields and what each may hold. Field names are the file's."""

import re
from typing import Annotated, Any

from msgspec import Struct
from msgspec import field as renamed

from bot.domain.film import FIELDS, KINDS, TOPICS, Confidence, Verdict
from bot.packs.leaves import (
    Address,
    Choice,
    Cited,
    CommandName,
    Day,
    GivenAway,
    Minutes,
    Pattern,
    Prose,
    Reference,
)

CARD = "a card"
SELECT = "an option of a select"
BUTTON = "a button"
OWN_WORDS = ("all", "any", "family")  # what commands and tables call several versions
OWN_COMMANDS = ("club", "help", "tissues", "spoilers", "watch", "weekly", "mydata", "me")

Key = Annotated[str, Pattern(re.compile(r"[a-z0-9][a-z0-9_-]{0,39}"), "1 to 40 of a-z, 0-9, - and _")]
Slug = Annotated[
    str, CommandName(re.compile(r"[a-z][a-z0-9-]{0,31}"), "1 to 32 of a-z, 0-9 and -", OWN_COMMANDS)
]
NewVersionKey = Annotated[
    str, CommandName(re.compile(r"[a-z0-9][a-z0-9_-]{0,39}"), "1 to 40 of a-z, 0-9, - and _", OWN_WORDS)
]
Country = Annotated[str, Pattern(re.compile(r"([A-Z]{2})?"), "a two-letter country code or an empty text")]
Flag = Annotated[str, Pattern(re.compile("[\U0001f1e6-\U0001f1ff]{2}"), "one flag")]
Year = Annotated[int, Pattern(re.compile(r"(18|19|20|21)\d\d"), "a year")]

Name = Annotated[str, Prose(100, SELECT, bare=True)]
FilmName = Annotated[str, Prose(50, "a command's description", bare=True)]
Title = Annotated[str, Prose(90, SELECT, bare=True)]  # with its year behind it
Label = Annotated[str, Prose(80, "a line of the list", bare=True)]
Romanised = Annotated[str, Prose(100, SELECT, bare=True, optional=True)]
Contact = Annotated[str, Prose(200, CARD, bare=True)]
Note = Annotated[str, Prose(300, CARD, bare=True, optional=True)]
Line = Annotated[str, Prose(500, CARD)]
Body = Annotated[str, Prose(1000, CARD)]
Role = Annotated[str, Prose(150, CARD)]
Asked = Annotated[str, Prose(300, "a question")]
Answer = Annotated[str, Prose(80, BUTTON)]

Spoils = Annotated[Any, GivenAway()]
Gives = Annotated[Any, GivenAway(table_only=True)]
AsOf = Annotated[Any, Day()]
CheckedOn = Annotated[Any, Day(loose=False)]
Sure = Annotated[str, Choice("confidence", tuple(Confidence))]
Judged = Annotated[str, Choice("verdict", tuple(Verdict))]
Topic = Annotated[str, Choice("topic", TOPICS)]
FieldName = Annotated[str, Choice("field name", FIELDS)]
Kind = Annotated[str, Choice("kind", KINDS)]
Runtime = Annotated[int | str, Minutes()]
VersionKey = Annotated[str, Reference("version key", lambda names: names.versions)]
About = Annotated[str, Reference("version key", lambda names: ("family", *names.versions))]
AboutLine = Annotated[str, Reference("target", lambda names: ("family", *names.targets))]
Source = Annotated[str, Cited()]


class Row(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Any table of a pack. `cleared` names the spoiler words that an eye has found innocent here."""

    cleared: list[str] = []


class TextRow(Row, frozen=True, kw_only=True):
    text: Line
    spoils: Spoils


class SourcedRow(Row, frozen=True, kw_only=True):
    """What every sourced sentence has beside its text."""

    spoils: Spoils
    confidence: Sure
    as_of: AsOf
    sources: list[Source]
    sides: list[Line] = []


class StatementRow(SourcedRow, frozen=True, kw_only=True):
    text: Body


class FieldRow(StatementRow, frozen=True, kw_only=True):
    name: FieldName


class CastRow(SourcedRow, frozen=True, kw_only=True):
    actor: Name
    role: Role


class VersionRow(Row, frozen=True, kw_only=True):
    key: NewVersionKey
    flag: Flag
    country: Name
    year: Year
    title: Title
    romanised: Romanised
    english: Name
    director: Name
    kind: Kind
    label: Label
    minutes: Runtime
    sources: list[Source]
    fields: list[FieldRow] = renamed(name="field", default_factory=list)
    cast: list[CastRow] = []


class QuizRow(Row, frozen=True, kw_only=True):
    ask: Asked
    answer: Answer
    wrong: list[Answer]


class FactRow(StatementRow, frozen=True, kw_only=True):
    key: Key
    about: About
    topic: Topic
    quiz: QuizRow | None = None


class ClaimRow(Row, frozen=True, kw_only=True):
    key: Key
    article: Name
    claim: TextRow
    verdict: Judged
    note: TextRow | None = None
    sources: list[Source]


class TrueStoryRow(Row, frozen=True, kw_only=True):
    verdict: StatementRow
    inspired: list[StatementRow]
    fiction: list[StatementRow]
    timeline: list[StatementRow]
    difference: list[StatementRow]
    myth: list[StatementRow]


class WhereRow(StatementRow, frozen=True, kw_only=True):
    version: VersionKey
    country: Name


class WarningRow(StatementRow, frozen=True, kw_only=True):
    about: About


class QuestionRow(Row, frozen=True, kw_only=True):
    key: Key
    about: AboutLine
    text: Asked
    spoils: Spoils


class SupportRow(Row, frozen=True, kw_only=True):
    region: Name
    country: Country
    name: Name
    contact: Contact
    note: Note
    confidence: Sure
    as_of: AsOf
    sources: list[Source]


class AnnouncedRow(StatementRow, frozen=True, kw_only=True):
    key: Key
    title: Name


class SourceRow(Row, frozen=True, kw_only=True):
    """`spoils` is what the name and the address give away by themselves."""

    name: Annotated[str, Prose(150, CARD)]
    url: Annotated[str, Address()]
    spoils: Spoils = "none"


class ImpliedRow(Row, frozen=True, kw_only=True):
    gives: Gives
    also: Gives


class SpoilerWordRow(Row, frozen=True, kw_only=True):
    word: str
    gives: Gives


class PackFile(Row, frozen=True, kw_only=True):
    slug: Slug
    name: FilmName
    summary: TextRow
    checked_on: CheckedOn
    lines: dict[str, list[VersionKey]]
    implied: list[ImpliedRow] = []
    version: list[VersionRow]
    fact: list[FactRow]
    claim: list[ClaimRow]
    truestory: TrueStoryRow
    where: list[WhereRow]
    warning: list[WarningRow]
    question: list[QuestionRow]
    support: list[SupportRow]
    announced: list[AnnouncedRow]
    source: dict[str, SourceRow]
    spoiler_word: list[SpoilerWordRow] = []
