"""A film, its versions and what is known of them: the content of one pack, checked and resolved."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from bot.domain.spoilers import NOTHING, Cover, Level, Spoil, Spoils, closure

KINDS = ("original", "licensed remake", "unlicensed remake", "sequel")
TOPICS = (
    "title", "production", "people", "places", "release", "audience", "awards", "law", "story", "real_case",
)  # fmt: skip
FIELDS = (
    "father", "child", "setting", "frame", "object", "tone", "premise", "plot", "ending",
    "title_meaning", "working_title", "english_title", "writers", "languages", "companies", "distributor",
    "released", "streaming_since", "minutes", "rating", "audience", "gross", "budget", "awards",
    "scores", "critics", "ids",
)  # fmt: skip


class Confidence(StrEnum):
    """How well a statement is founded: two independent public sources, one, a weak one, or none found."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """What became of a claim when it was checked."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    CONTRADICTED = "contradicted"
    DISPUTED = "disputed"
    UNVERIFIABLE = "unverifiable"


class Source(Struct, frozen=True):
    """Where a statement comes from; `url` is empty where a source has no stable address. `spoils` is what its
    name and address give away by themselves: never more than a text that cites it, but a list of all sources
    has to mind it."""

    key: str
    name: str
    url: str
    spoils: Spoils = NOTHING


class Text(Struct, frozen=True):
    """A sentence and what it gives away."""

    text: str
    spoils: Spoils = NOTHING


class Statement(Struct, frozen=True):
    """A sourced sentence. `as_of` is `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or `undated`; `sides` holds what
    disagreeing sources say, each side a sentence."""

    text: str
    spoils: Spoils
    confidence: Confidence
    as_of: str
    sources: tuple[Source, ...]
    sides: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        return self.confidence is not Confidence.UNKNOWN


class Role(Struct, frozen=True):
    """One line of a cast: the actor gives away nothing, the role may."""

    actor: str
    role: Statement


class Version(Struct, frozen=True):
    """One film of the family. `minutes` is None where unknown; `fields` holds everything else by name
    (one of FIELDS), in the pack's order."""

    key: str
    line: str
    flag: str
    country: str
    year: int
    title: str
    romanised: str
    english: str
    director: str
    kind: str
    label: str
    minutes: int | None
    fields: Mapping[str, Statement]
    cast: tuple[Role, ...]
    sources: tuple[Source, ...]


class QuizQuestion(Struct, frozen=True):
    """A question that a fact answers; `wrong` holds two to three answers that sound right."""

    ask: str
    answer: str
    wrong: tuple[str, ...]


class Fact(Struct, frozen=True):
    """A fact about one version, or about the whole family where `about` is `family`."""

    key: str
    about: str
    topic: str
    statement: Statement
    quiz: QuizQuestion | None = None


class Claim(Struct, frozen=True):
    """What a widely read article says, and the verdict; the note may give away more than the claim."""

    key: str
    article: str
    claim: Text
    verdict: Verdict
    note: Text | None
    sources: tuple[Source, ...]


class TrueStory(Struct, frozen=True):
    """The true-story question: a verdict in a sentence, both sides, and the real case line by line."""

    verdict: Statement
    inspired: tuple[Statement, ...]
    fiction: tuple[Statement, ...]
    timeline: tuple[Statement, ...]
    differences: tuple[Statement, ...]
    myths: tuple[Statement, ...]


class Availability(Struct, frozen=True):
    """Where a version could be watched at a date; never to be read as current."""

    version: str
    country: str
    statement: Statement


class ContentWarning(Struct, frozen=True):
    """A content warning of one version, or of the whole family."""

    about: str
    statement: Statement


class Question(Struct, frozen=True):
    """A question to talk about; `about` is a version, a plot line or `family`."""

    key: str
    about: str
    text: Text


class SupportLine(Struct, frozen=True):
    """A line to call or write to in a crisis. `country` is an ISO code, empty for worldwide."""

    region: str
    country: str
    name: str
    contact: str
    note: str
    confidence: Confidence
    as_of: str
    sources: tuple[Source, ...]


class Announced(Struct, frozen=True):
    """A version that was announced, rumoured or wrongly reported, and what became of it."""

    key: str
    title: str
    status: Statement


class Film(Struct, frozen=True):
    """One pack. `slug` names its command group; `lines` maps a plot line to its version keys; `implied` pairs
    a thing given away with what it gives away besides (a sequel's premise: the first film's ending)."""

    slug: str
    name: str
    summary: Text
    checked_on: str
    lines: Mapping[str, tuple[str, ...]]
    implied: tuple[tuple[Spoil, Spoil], ...]
    versions: tuple[Version, ...]
    facts: tuple[Fact, ...]
    claims: tuple[Claim, ...]
    true_story: TrueStory
    availability: tuple[Availability, ...]
    warnings: tuple[ContentWarning, ...]
    questions: tuple[Question, ...]
    support: tuple[SupportLine, ...]
    announced: tuple[Announced, ...]
    sources: tuple[Source, ...]

    def version(self, key: str) -> Version | None:
        return next((version for version in self.versions if version.key == key), None)

    def line_of(self, key: str) -> frozenset[str]:
        """The version keys that share a plot with `key`, itself included."""
        return next((frozenset(keys) for keys in self.lines.values() if key in keys), frozenset({key}))

    def cover(self, seen: frozenset[str], level: Level) -> Cover:
        """What a room for members who have seen all of `seen` covers: those versions, what they share with
        their lines, and what follows from that."""
        lines = {line for line, keys in self.lines.items() if seen & set(keys)}
        return Cover(closure((Spoil(target, level) for target in seen | lines), self.implied).parts)
