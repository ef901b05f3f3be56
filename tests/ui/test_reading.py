"""A statement as one reader gets it: whole, veiled or not at all, with a word on how well it is founded."""

import pytest

from bot.domain.film import Confidence, Source, Statement
from bot.domain.spoilers import NOTHING, Eyes, Level, Room, Spoil, Spoils
from bot.ui.reading import Reading, cite
from tests.cogs.reading import ENGLISH
from tests.domain.films import made_up

ENDING = Spoils(frozenset({Spoil("korean", Level.ENDING)}))


def reading(eyes: Eyes = Eyes.EVERYBODY) -> Reading:
    return Reading(made_up(), Room(Level.PREMISE), eyes, ENGLISH)


def statement(
    spoils: Spoils = NOTHING, confidence: Confidence = Confidence.HIGH, sides: tuple[str, ...] = ()
) -> Statement:
    return Statement("It was so.", spoils, confidence, "2013", (), sides)


@pytest.mark.parametrize(
    ("confidence", "shown"),
    [
        (Confidence.HIGH, "It was so."),
        (Confidence.MEDIUM, "It was so. (one source)"),
        (Confidence.LOW, "It was so. (weak source)"),
        (Confidence.UNKNOWN, "It was so."),
    ],
)
def test_a_doubt_is_said(confidence: Confidence, shown: str) -> None:
    assert reading().statement(statement(confidence=confidence)) == shown


def test_both_sides_are_shown_and_veiled_together() -> None:
    told = statement(ENDING, sides=("It was not.",))
    shown = reading(Eyes.ONE_MEMBER).statement(told)
    assert shown is not None
    assert shown.startswith("||It was so. ")
    assert "It was not" in shown
    assert shown.endswith("||")
    assert shown.count("||") == 2
    assert reading().statement(told) is None


def test_a_doubt_about_what_is_withheld_is_withheld() -> None:
    assert reading().statement(statement(ENDING, Confidence.LOW)) is None


def test_what_is_withheld_is_counted_for_everybody_and_nothing_for_one() -> None:
    assert reading().withheld([ENDING, NOTHING, ENDING]) == 2
    assert reading(Eyes.ONE_MEMBER).withheld([ENDING, NOTHING, ENDING]) == 0


def test_shown_keeps_what_may_be_read_in_order() -> None:
    assert reading().shown([statement(), statement(ENDING), statement()]) == ["It was so."] * 2


def test_a_source_is_a_link_without_a_preview_or_a_bare_name() -> None:
    assert cite(Source("a", "A paper", "https://example.org/a")) == "[A paper](<https://example.org/a>)"
    assert cite(Source("a", "A book", "")) == "A book"
