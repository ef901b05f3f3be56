"""Turns a checked pack file into the domain's types: levels closed, sources looked up, dates as text."""

from collections.abc import Mapping
from datetime import date

from bot.domain import film
from bot.domain.spoilers import Spoil, Spoils, closure
from bot.packs import schema
from bot.packs.checks import parts_of


class Resolver:
    """Resolves the rows of one pack."""

    def __init__(self, pack: schema.PackFile) -> None:
        self.pack = pack
        self.line_by_version = {key: line for line, keys in pack.lines.items() for key in keys}
        self.implied: tuple[tuple[Spoil, Spoil], ...] = tuple(
            (cause, effect)
            for row in pack.implied
            for cause in parts_of(row.gives)
            for effect in parts_of(row.also)
        )
        self.known: dict[frozenset[Spoil], Spoils] = {}
        self.source_by_key: Mapping[str, film.Source] = {
            key: film.Source(key, row.name, row.url, self.spoils(row.spoils))
            for key, row in pack.source.items()
        }

    def resolved(self) -> film.Film:
        pack = self.pack
        return film.Film(
            slug=pack.slug,
            name=pack.name,
            summary=self.text(pack.summary),
            checked_on=day(pack.checked_on),
            lines={line: tuple(keys) for line, keys in pack.lines.items()},
            implied=self.implied,
            versions=tuple(map(self.version, pack.version)),
            facts=tuple(map(self.fact, pack.fact)),
            claims=tuple(map(self.claim, pack.claim)),
            true_story=self.true_story(pack.truestory),
            availability=tuple(
                film.Availability(row.version, row.country, self.statement(row, row.text))
                for row in pack.where
            ),
            warnings=tuple(
                film.ContentWarning(row.about, self.statement(row, row.text)) for row in pack.warning
            ),
            questions=tuple(
                film.Question(row.key, row.about, film.Text(row.text, self.spoils(row.spoils)))
                for row in pack.question
            ),
            support=tuple(map(self.support, pack.support)),
            announced=tuple(
                film.Announced(row.key, row.title, self.statement(row, row.text)) for row in pack.announced
            ),
            sources=tuple(self.source_by_key.values()),
        )

    def version(self, row: schema.VersionRow) -> film.Version:
        return film.Version(
            key=row.key,
            line=self.line_by_version.get(row.key, row.key),
            flag=row.flag,
            country=row.country,
            year=row.year,
            title=row.title,
            romanised=row.romanised,
            english=row.english,
            director=row.director,
            kind=row.kind,
            label=row.label,
            minutes=row.minutes if isinstance(row.minutes, int) else None,
            fields={item.name: self.statement(item, item.text) for item in row.fields},
            cast=tuple(film.Role(item.actor, self.statement(item, item.role)) for item in row.cast),
            sources=self.sources(row.sources),
        )

    def fact(self, row: schema.FactRow) -> film.Fact:
        asked = row.quiz
        quiz = film.QuizQuestion(asked.ask, asked.answer, tuple(asked.wrong)) if asked else None
        return film.Fact(row.key, row.about, row.topic, self.statement(row, row.text), quiz)

    def claim(self, row: schema.ClaimRow) -> film.Claim:
        return film.Claim(
            key=row.key,
            article=row.article,
            claim=self.text(row.claim),
            verdict=film.Verdict(row.verdict),
            note=self.text(row.note) if row.note else None,
            sources=self.sources(row.sources),
        )

    def true_story(self, row: schema.TrueStoryRow) -> film.TrueStory:
        return film.TrueStory(
            verdict=self.statement(row.verdict, row.verdict.text),
            inspired=self.statements(row.inspired),
            fiction=self.statements(row.fiction),
            timeline=self.statements(row.timeline),
            differences=self.statements(row.difference),
            myths=self.statements(row.myth),
        )

    def support(self, row: schema.SupportRow) -> film.SupportLine:
        return film.SupportLine(
            region=row.region,
            country=row.country,
            name=row.name,
            contact=row.contact,
            note=row.note,
            confidence=film.Confidence(row.confidence),
            as_of=day(row.as_of),
            sources=self.sources(row.sources),
        )

    def statements(self, rows: list[schema.StatementRow]) -> tuple[film.Statement, ...]:
        return tuple(self.statement(row, row.text) for row in rows)

    def statement(self, row: schema.SourcedRow, text: str) -> film.Statement:
        return film.Statement(
            text=text,
            spoils=self.spoils(row.spoils),
            confidence=film.Confidence(row.confidence),
            as_of=day(row.as_of),
            sources=self.sources(row.sources),
            sides=tuple(row.sides),
        )

    def text(self, row: schema.TextRow) -> film.Text:
        return film.Text(row.text, self.spoils(row.spoils))

    def sources(self, keys: list[str]) -> tuple[film.Source, ...]:
        return tuple(self.source_by_key[key] for key in keys)

    def spoils(self, raw: object) -> Spoils:
        """What `raw` gives away with all that follows; equal answers are one object."""
        parts = frozenset(parts_of(raw))
        if parts not in self.known:
            self.known[parts] = closure(parts, self.implied)
        return self.known[parts]


def day(raw: object) -> str:
    return raw.isoformat() if isinstance(raw, date) else str(raw)
