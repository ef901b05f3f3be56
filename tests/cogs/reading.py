"""What stands in a card, and where: all that a leak could hide in."""

import re
from collections.abc import Iterator
from random import Random
from typing import Any

from bot.domain.film import Film
from bot.domain.picking import pick_questions
from bot.domain.quiz import AskedQuestion, Quiz
from bot.domain.spoilers import Eyes, Room
from bot.i18n import Speaker, load_texts
from bot.rehearsal.messages import walk
from bot.ui.cards import Card
from bot.ui.reading import Reading
from cogs.facts.places import ALL, Places
from cogs.facts.quiz import quiz_card
from tests.domain.films import ROOT
from tests.services.times import NOW

ENGLISH: Speaker = load_texts(ROOT / "data/locales").speaker("en")
TEXT_DISPLAY = 10
QUERY = 12
VEIL = re.compile(r"\|\|.*?\|\|", re.DOTALL)


def payload(card: Card) -> list[dict[str, Any]]:
    """The card as it goes to Discord."""
    components: list[dict[str, Any]] = card.to_components()  # type: ignore[no-untyped-call]
    return components


def components(card: Card) -> list[dict[str, Any]]:
    """Every component, however deep."""
    return list(walk(payload(card)))


def texts(card: Card) -> list[str]:
    """The content of each text display."""
    return [each["content"] for each in components(card) if each["type"] == TEXT_DISPLAY]


def bare_texts(card: Card) -> Iterator[str]:
    """Everything else that is sent: labels, options, placeholders, addresses; no spoiler tag works there."""
    for component in components(card):
        yield from strings({name: value for name, value in component.items() if name != "content"})


def strings(value: object) -> Iterator[str]:
    """Every string in a tree; components inside components are walked by themselves."""
    match value:
        case str():
            yield value
        case dict():
            for name, item in value.items():
                if name not in {"components", "accessory"}:
                    yield from strings(item)
        case list():
            for item in value:
                yield from strings(item)


def unveiled(card: Card) -> str:
    """All that is read without a tap on a spoiler tag."""
    return "\n".join([*(VEIL.sub("", text) for text in texts(card)), *bare_texts(card)])


def all_of(card: Card) -> str:
    """All that is sent."""
    return "\n".join([*texts(card), *bare_texts(card)])


def addresses(film: Film) -> Iterator[tuple[str, ...]]:
    """Every place of a film with every argument that opens something there."""
    keys = [version.key for version in film.versions]
    yield from (("versions",), ("support",))
    yield from ((place, str(page)) for place in ("truestory", "case") for page in range(3))
    if len(keys) > 1:
        yield ("pair",)
    for key in keys:
        yield from (
            ("version", key),
            ("version", key, "1"),
            ("cast", key),
            ("found", f"version:{key}"),
            ("found", f"cast:{key}:0"),
        )
        yield from (("compare", key, other) for other in keys if other != key)
    for fact in film.facts:
        yield from (("fact", fact.key), ("source", fact.key), ("found", f"fact:{fact.key}"))
    for claim in film.claims:
        yield from (("claim", claim.key), ("found", f"claim:{claim.key}"))
    for line in film.support:
        yield ("support", line.country)
    yield from (("claims", str(page)) for page in range(len(film.claims) or 1))
    for place in ("where", "warnings", "sources"):
        yield from ((place, about, str(page)) for about in (ALL, *keys) for page in range(4))


def queries(film: Film) -> Iterator[tuple[str, ...]]:
    """Searches that would find each text of the film, were it allowed; too short to give it away themselves."""
    found = [fact.statement.text for fact in film.facts] + [claim.claim.text for claim in film.claims]
    yield from (("search", text[:QUERY]) for text in (*found, *(version.title for version in film.versions)))


def every_card(film: Film, room: Room, eyes: Eyes) -> Iterator[tuple[tuple[str, ...], Card]]:
    """Every card of a film as these eyes get it in this room, with its address."""
    places, reader = Places(film), Reading(film, room, eyes, ENGLISH)
    for address in (*addresses(film), *queries(film)):
        yield address, places.card(reader, *address)


def every_round(film: Film, room: Room, seed: int) -> Iterator[tuple[tuple[str, ...], Card]]:
    """A round of questions as it would be drawn for this room, at each of its steps."""
    asked = tuple(
        AskedQuestion(each.fact, each.ask, each.choices, each.answer, won_by=1 if number % 2 else None)
        for number, each in enumerate(pick_questions(film, room, Random(seed)))
    )
    for position in range(len(asked) + 1):
        quiz = Quiz(1, 7, 70, film.slug, None, position, NOW, asked)
        yield ("quiz", str(position)), quiz_card(quiz, ENGLISH)
