"""What a pack holds, for its author's eye: counts per table and level, and every text that is public."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from bot.domain.film import Film, QuizQuestion, Statement, TrueStory, Version
from bot.domain.spoilers import NOTHING, Level, Spoils


class Shown(NamedTuple):
    """One text of a pack: its table, where in it, the text, and what it gives away."""

    table: str
    place: str
    text: str
    spoils: Spoils


def texts(film: Film) -> Iterator[Shown]:
    """Every text of the pack that a member may come to read."""
    yield Shown("film", "name", film.name, NOTHING)
    yield Shown("film", "summary", film.summary.text, film.summary.spoils)
    for version in film.versions:
        yield from version_texts(version)
    yield from fact_texts(film)
    yield from story_texts(film.true_story)
    yield from companion_texts(film)


def version_texts(version: Version) -> Iterator[Shown]:
    names = (version.title, version.romanised, version.english, version.director, version.kind, version.label)
    for name in filter(None, names):
        yield Shown("version", version.key, name, NOTHING)
    for name, statement in version.fields.items():
        yield from statement_texts("version", f"{version.key}.{name}", statement)
    for role in version.cast:
        yield Shown("version", f"{version.key}.cast.actor", role.actor, NOTHING)
        yield from statement_texts("version", f"{version.key}.cast.role", role.role)


def fact_texts(film: Film) -> Iterator[Shown]:
    for fact in film.facts:
        yield from statement_texts("fact", fact.key, fact.statement)
        if fact.quiz:
            yield Shown("quiz", fact.key, quiz_line(fact.quiz), fact.statement.spoils)
    for claim in film.claims:
        yield Shown("claim", f"{claim.key}.article", claim.article, NOTHING)
        yield Shown("claim", claim.key, claim.claim.text, claim.claim.spoils)
        if claim.note:
            yield Shown("claim", f"{claim.key}.note", claim.note.text, claim.note.spoils)


def companion_texts(film: Film) -> Iterator[Shown]:
    """What a club needs around a film: where to see it, warnings, questions, support, plans, sources."""
    for place in film.availability:
        yield from statement_texts("where", f"{place.version}, {place.country}", place.statement)
    for warning in film.warnings:
        yield from statement_texts("warning", warning.about, warning.statement)
    for question in film.questions:
        yield Shown("question", f"{question.key}, {question.about}", question.text.text, question.text.spoils)
    for line in film.support:
        yield Shown("support", line.region, f"{line.name}: {line.contact}. {line.note}".strip(), NOTHING)
    for plan in film.announced:
        yield Shown("announced", f"{plan.key}.title", plan.title, NOTHING)
        yield from statement_texts("announced", plan.key, plan.status)
    for source in film.sources:
        yield Shown("source", source.key, f"{source.name} {source.url}".strip(), source.spoils)


def story_texts(story: TrueStory) -> Iterator[Shown]:
    yield from statement_texts("truestory", "verdict", story.verdict)
    for name in ("inspired", "fiction", "timeline", "differences", "myths"):
        for statement in getattr(story, name):
            yield from statement_texts("truestory", name, statement)


def statement_texts(table: str, place: str, statement: Statement) -> Iterator[Shown]:
    yield Shown(table, place, statement.text, statement.spoils)
    for side in statement.sides:
        yield Shown(table, f"{place}.side", side, statement.spoils)


def quiz_line(quiz: QuizQuestion) -> str:
    return f"{quiz.ask} {quiz.answer} (not {', '.join(quiz.wrong)})"


def counts(film: Film) -> Mapping[str, Counter[Level]]:
    """How many texts of each level each table holds, in the pack's order."""
    found: dict[str, Counter[Level]] = {}
    for shown in texts(film):
        found.setdefault(shown.table, Counter())[shown.spoils.level] += 1
    return found


def public_list(film: Film) -> list[str]:
    """Every text that a room with the default ceiling shows to everybody, one line each."""
    return [
        f"{shown.spoils.level.word:<8} {shown.table}[{shown.place}]: {shown.text}"
        for shown in texts(film)
        if shown.spoils.level <= Level.PREMISE
    ]
