"""Nothing leaks: what a place may not show stands in no public card at all, and in a private one only behind a
spoiler tag, where labels, options and addresses can have none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.film import Film, Statement, Text
from bot.domain.spoilers import Cover, Eyes, Level, Room, Spoil
from cogs.facts.facts import short
from cogs.facts.places import Places
from tests.cogs.reading import all_of, every_card, every_round, queries, unveiled
from tests.cogs.spoken import forbidden, spoken
from tests.domain.films import made_up, shipped, telling

FILMS = [shipped(), made_up(), telling()]
NAMES = ["shipped", "made up", "telling sources"]


def rooms(film: Film) -> st.SearchStrategy[Room]:
    """Any place: open, gated for who has seen some versions, or gated for something odd."""
    keys = [version.key for version in film.versions]
    targets = [*keys, *film.lines]
    gated = st.builds(film.cover, st.frozensets(st.sampled_from(keys), max_size=3), st.sampled_from(Level))
    odd = st.builds(
        Cover, st.frozensets(st.builds(Spoil, st.sampled_from(targets), st.sampled_from(Level)), max_size=3)
    )
    return st.builds(Room, st.sampled_from(Level), st.none() | gated | odd)


@pytest.mark.parametrize("film", FILMS, ids=NAMES)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_no_public_card_holds_what_the_room_does_not_admit(film: Film, data: st.DataObject) -> None:
    room = data.draw(rooms(film))
    pieces = forbidden(film, room)
    for address, card in every_card(film, room, Eyes.EVERYBODY):
        sent = all_of(card)
        assert not [piece for piece in pieces if piece in sent], address


@pytest.mark.parametrize("film", FILMS, ids=NAMES)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_a_private_card_veils_what_the_room_does_not_admit(film: Film, data: st.DataObject) -> None:
    room = data.draw(rooms(film))
    pieces = forbidden(film, room)
    for address, card in every_card(film, room, Eyes.ONE_MEMBER):
        read = unveiled(card)
        assert not [piece for piece in pieces if piece in read], address


@pytest.mark.parametrize("film", FILMS, ids=NAMES)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_no_round_of_questions_gives_away_more_than_the_room_admits(film: Film, data: st.DataObject) -> None:
    room = data.draw(rooms(film))
    pieces = forbidden(film, room)
    for address, card in every_round(film, room, data.draw(st.integers(0, 100))):
        sent = all_of(card)
        assert not [piece for piece in pieces if piece in sent], address


@pytest.mark.parametrize("film", FILMS, ids=NAMES)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_no_choice_offered_while_typing_gives_away_more(film: Film, data: st.DataObject) -> None:
    room = data.draw(rooms(film))
    pieces = forbidden(film, room)
    index = Places(film).index
    for _, typed in queries(film):
        offered = "\n".join(short(entry.label) for entry in index.find(typed, room, 25))
        assert not [piece for piece in pieces if piece in offered], typed


@pytest.mark.parametrize("ceiling", [Level.NONE, Level.PREMISE, Level.PLOT])
def test_the_loud_marks_of_the_made_up_film_are_never_heard_in_public(ceiling: Level) -> None:
    loud = [mark for mark, level in (("ZQPLOT", Level.PLOT), ("ZQENDING", Level.ENDING)) if level > ceiling]
    for address, card in every_card(made_up(), Room(ceiling), Eyes.EVERYBODY):
        assert not [mark for mark in loud if mark in all_of(card)], address


@pytest.mark.parametrize("film", FILMS, ids=NAMES)
def test_one_member_can_read_every_fact_field_role_and_claim(film: Film) -> None:
    shown = "\n".join(all_of(card) for _, card in every_card(film, Room(Level.NONE), Eyes.ONE_MEMBER))
    statements: list[Statement | Text] = [
        *(fact.statement for fact in film.facts),
        *(statement for version in film.versions for statement in version.fields.values()),
        *(role.role for version in film.versions for role in version.cast),
        *(claim.claim for claim in film.claims),
        *(place.statement for place in film.availability),
        *(warning.statement for warning in film.warnings),
    ]
    assert [each.text for each in statements if each.text not in shown] == []


@pytest.mark.parametrize("film", FILMS, ids=NAMES)
def test_both_films_have_something_to_leak(film: Film) -> None:
    assert len(forbidden(film, Room(Level.PREMISE))) >= 3
    assert len(forbidden(film, Room(Level.NONE))) > len(forbidden(film, Room(Level.PREMISE)))
    assert any(not spoils.parts for _, spoils in spoken(film))
