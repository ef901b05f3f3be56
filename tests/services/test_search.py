"""Finding things as people type them: typos, foreign letters, and nothing above the ceiling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.film import Film
from bot.domain.spoilers import Level, Room
from bot.services.search import Index, fold
from tests.domain.films import made_up, shipped

ANYWHERE = Room(Level.ENDING)
SHIPPED = Index(shipped())
MADE_UP = Index(made_up())


def first(query: str, index: Index = SHIPPED, room: Room = ANYWHERE) -> str:
    found = index.find(query, room, 5)
    return found[0].address if found else "nothing"


def renamed(title: str) -> Index:
    """The made-up film with its first version under another title."""
    film = made_up()
    return Index(replace(film, versions=(replace(film.versions[0], title=title), *film.versions[1:])))


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("KOĞUŞ", "kogus"),
        ("İSTANBUL", "istanbul"),
        ("ılık", "ilik"),
        ("ILIK", "ilik"),
        ("Öztekin", "oztekin"),
        ("Ryu  Seung", "ryu  seung"),
    ],
)
def test_case_and_marks_are_forgiven(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@pytest.mark.parametrize(
    "query",
    [
        "7. Koğuştaki Mucize",
        "7. KOĞUŞTAKİ MUCİZE",
        "7. kogustaki mucize",
        "koğustaki mucıze",
        "kogustaki mucze",
    ],
)
def test_turkish_is_found_with_or_without_its_letters(query: str) -> None:
    assert first(query, renamed("7. Koğuştaki Mucize")) == "version:kr2013"


@pytest.mark.parametrize("query", ["7번방의 선물", "번방의", "선물", "7반방의 선물"])
def test_korean_is_found_with_a_slip_in_a_letter(query: str) -> None:
    assert first(query) == "version:kr2013"


@pytest.mark.parametrize("query", ["ಪುಷ್ಪಕವಿಮಾನ", "ಪುಷ್ಪಕ", "ಪುಷ್ಪಕವಿಮನ"])
def test_kannada_is_found_with_a_slip_in_a_letter(query: str) -> None:
    assert first(query, renamed("ಪುಷ್ಪಕವಿಮಾನ")) == "version:kr2013"


@pytest.mark.parametrize(
    "query", ["Lee Hwan-kyung", "lee hwan kyung", "Hwankyung", "lee hwang-kyung", "Ryu Seungryong"]
)
def test_people_are_found_through_a_typo(query: str) -> None:
    assert "kr2013" in first(query)


@pytest.mark.parametrize("query", ["", "   ", "…", "::", "||"])
def test_a_query_without_a_word_finds_nothing(query: str) -> None:
    assert SHIPPED.find(query, None, 25) == []


def test_what_is_like_nothing_finds_nothing() -> None:
    assert SHIPPED.find("xqzw", None, 25) == []


@pytest.mark.parametrize("film", [shipped(), made_up()], ids=["shipped", "made up"])
def test_every_fact_is_found_by_its_own_words(film: Film) -> None:
    index = Index(film)
    for fact in film.facts:
        found = index.find(fact.statement.text, ANYWHERE, 5)
        assert f"fact:{fact.key}" in {entry.address for entry in found}


@given(
    st.sampled_from(["zqplot", "zqending", "korean", "fil", "e", "서울"]),
    st.sampled_from(Level),
    st.integers(1, 25),
)
def test_nothing_above_the_ceiling_is_found(query: str, ceiling: Level, most: int) -> None:
    room = Room(ceiling)
    found = MADE_UP.find(query, room, most)
    assert len(found) <= most
    assert len({entry.address for entry in found}) == len(found)
    assert all(room.admits(entry.spoils) for entry in found)


def test_what_stands_there_as_typed_comes_before_what_is_only_like_it() -> None:
    found = MADE_UP.find("harbour", ANYWHERE, 25)
    exact = ["harbour" in entry.folded for entry in found]
    assert any(exact)
    assert exact == sorted(exact, reverse=True)


@given(st.text(max_size=100))
def test_no_query_breaks_it(query: str) -> None:
    assert len(MADE_UP.find(query, Room(), 8)) <= 8


def test_a_keystroke_costs_no_more_for_being_long() -> None:
    """Each is searched for on the event loop: what lies past the hundredth character, or the eighth word, is unread."""
    assert (
        SHIPPED.find("koğuş " + " " * 100 + "zzzzzz", ANYWHERE, 5) == SHIPPED.find("koğuş", ANYWHERE, 5) != []
    )
    words = " ".join(["cell"] * 8)
    assert SHIPPED.find(f"{words} zzzzzz", ANYWHERE, 5) == SHIPPED.find(words, ANYWHERE, 5)
