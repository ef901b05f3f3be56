"""A film as one reader may see it: which texts stand as they are, which behind a spoiler tag, and which not at
all."""

from collections.abc import Iterable

from msgspec import Struct

from bot.domain.film import Confidence, Film, Source, Statement, Text, Version
from bot.domain.spoilers import Eyes, Room, Showing, Spoils, showing
from bot.i18n import Speaker


class Reading(Struct, frozen=True):
    """Who reads which film where, and in which language."""

    film: Film
    room: Room
    eyes: Eyes
    t: Speaker

    @property
    def private(self) -> bool:
        return self.eyes is Eyes.ONE_MEMBER

    def admits(self, spoils: Spoils) -> bool:
        """Whether the text may stand here unveiled."""
        return self.room.admits(spoils)

    def text(self, text: str, spoils: Spoils) -> str | None:
        """`text` as this reader gets it: plain, behind a spoiler tag, or None."""
        match showing(spoils, self.room, self.eyes):
            case Showing.PLAIN:
                return text
            case Showing.VEILED:
                return f"||{text}||"
            case Showing.WITHHELD:
                return None

    def of(self, text: Text) -> str | None:
        """A text that carries its own spoils."""
        return self.text(text.text, text.spoils)

    def statement(self, statement: Statement) -> str | None:
        """A sourced sentence with a word on how well it is founded, and the other side where sources disagree."""
        said = statement.text
        if statement.sides:
            sides = "; ".join(side.rstrip(".") for side in statement.sides)
            said = f"{said.rstrip('.')}. {self.t('facts.sides', sides=sides)}"
        shown = self.text(said, statement.spoils)
        doubt = self._doubt(statement.confidence)
        return f"{shown} {doubt}" if shown and doubt else shown

    def shown(self, statements: Iterable[Statement]) -> list[str]:
        """The statements this reader may have, in order."""
        return [text for text in map(self.statement, statements) if text is not None]

    def withheld(self, spoils: Iterable[Spoils]) -> int:
        """How many of these texts the reader doesn't get."""
        return sum(showing(each, self.room, self.eyes) is Showing.WITHHELD for each in spoils)

    def _doubt(self, confidence: Confidence) -> str:
        match confidence:
            case Confidence.MEDIUM:
                return self.t("facts.one_source")
            case Confidence.LOW:
                return self.t("facts.weak_source")
            case Confidence.HIGH | Confidence.UNKNOWN:
                return ""


def named(version: Version) -> str:
    """A version in one short line for people: flag, original title, year."""
    return f"{version.flag} {version.title} ({version.year})"


def cite(source: Source) -> str:
    """A source as a link, or as its bare name where it has no stable address."""
    return f"[{source.name}](<{source.url}>)" if source.url else source.name
