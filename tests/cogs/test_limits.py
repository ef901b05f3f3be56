"""Every card fits Discord, judged by the same rules as the rehearsal's."""

import re
from collections.abc import Callable

import pytest

from bot.domain.film import Film
from bot.domain.spoilers import Eyes, Level, Room
from bot.rehearsal.faults import Faults
from bot.rehearsal.limits_components import Checker
from bot.rehearsal.rules import ApiError
from bot.ui.cards import Card
from tests.cogs.reading import components, every_card, every_round, payload, texts
from tests.domain.films import alone, made_up, shipped

BUTTON = 2
PHONE = 34  # characters of a label that a phone shows

FILMS = [shipped(), made_up(), alone()]
NAMES = ["shipped", "made up", "one version"]


def complaints(card: Card) -> str:
    """What Discord would refuse in a card; nothing for a good one."""
    faults = Faults()
    Checker(faults).message(payload(card), v2=True)
    try:
        faults.raise_if_any()
    except ApiError as refusal:
        return f"{refusal} {refusal.__dict__}"
    return ""


@pytest.mark.parametrize("ceiling", Level)
@pytest.mark.parametrize("eyes", Eyes)
@pytest.mark.parametrize("film", FILMS, ids=NAMES)
def test_every_card_fits_discord(film: Film, eyes: Eyes, ceiling: Level) -> None:
    refused = {
        address: said
        for address, card in (
            *every_card(film, Room(ceiling), eyes),
            *every_round(film, Room(ceiling), seed=1),
        )
        if (said := complaints(card))
    }
    assert refused == {}


def labels(film: Film) -> set[str]:
    cards = [card for _, card in every_card(film, Room(Level.NONE), Eyes.EVERYBODY)]
    return {
        each["label"]
        for card in cards
        for each in components(card)
        if each["type"] == BUTTON and each.get("label")
    }


def test_every_label_of_the_shipped_film_fits_a_phone() -> None:
    assert sorted(label for label in labels(shipped()) if len(label) > PHONE) == []


@pytest.mark.parametrize("film", FILMS, ids=NAMES)
def test_every_answer_fits_a_button(film: Film, record_property: Callable[[str, object], None]) -> None:
    answers = [answer for fact in film.facts if fact.quiz for answer in (fact.quiz.answer, *fact.quiz.wrong)]
    assert all(len(answer) <= 80 for answer in answers)
    record_property("cut on a phone", sorted({answer for answer in answers if len(answer) > PHONE}))


@pytest.mark.parametrize("eyes", Eyes)
@pytest.mark.parametrize("film", FILMS, ids=NAMES)
def test_no_card_shows_the_inside_of_the_code(film: Film, eyes: Eyes) -> None:
    for address, card in every_card(film, Room(Level.PREMISE), eyes):
        assert not re.search(r"(^| )None$|\{|<bot\.|Showing\.", "\n".join(texts(card)), re.MULTILINE), address
