"""What a text gives away, and whether a place may show it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.film import Film
from bot.domain.spoilers import NOTHING, Cover, Eyes, Level, Room, Showing, Spoil, Spoils, closure, showing
from tests.domain.films import made_up, shipped

PREMISE = Spoils(frozenset({Spoil("korean", Level.PREMISE)}))
ENDING = Spoils(frozenset({Spoil("korean", Level.ENDING)}))

levels = st.sampled_from(Level)
parts = st.builds(Spoil, st.sampled_from(["korean", "turkish", "kr2013", "id2024"]), levels)
spoils = st.builds(Spoils, st.frozensets(parts, max_size=4))
covers = st.none() | st.builds(Cover, st.frozensets(parts, max_size=4))
rules = st.lists(st.tuples(parts, parts), max_size=4)


@pytest.mark.parametrize(
    ("given_away", "eyes", "shown"),
    [
        (NOTHING, Eyes.EVERYBODY, Showing.PLAIN),
        (PREMISE, Eyes.EVERYBODY, Showing.PLAIN),
        (PREMISE, Eyes.ONE_MEMBER, Showing.PLAIN),
        (ENDING, Eyes.EVERYBODY, Showing.WITHHELD),
        (ENDING, Eyes.ONE_MEMBER, Showing.VEILED),
    ],
)
def test_above_the_ceiling_a_text_is_for_one_member_only_and_veiled(
    given_away: Spoils, eyes: Eyes, shown: Showing
) -> None:
    assert showing(given_away, Room(Level.PREMISE), eyes) is shown


def test_a_text_is_withheld_for_the_one_thing_too_much_among_many() -> None:
    assert not Room(Level.PREMISE).admits(PREMISE | Spoils(frozenset({Spoil("turkish", Level.PLOT)})))


@given(spoils, levels, covers)
def test_everybody_reads_a_text_only_if_ceiling_or_cover_allow_each_part(
    given_away: Spoils, ceiling: Level, cover: Cover | None
) -> None:
    allowed = all(
        part.level <= ceiling or (cover is not None and cover.covers(part)) for part in given_away.parts
    )
    shown = showing(given_away, Room(ceiling, cover), Eyes.EVERYBODY)
    assert shown is (Showing.PLAIN if allowed else Showing.WITHHELD)


@given(spoils, levels, covers)
def test_one_member_is_never_refused_a_text(given_away: Spoils, ceiling: Level, cover: Cover | None) -> None:
    assert showing(given_away, Room(ceiling, cover), Eyes.ONE_MEMBER) is not Showing.WITHHELD


def test_a_cover_knows_its_target_up_to_its_level_and_no_other() -> None:
    cover = Cover(frozenset({Spoil("korean", Level.PLOT)}))
    assert cover.covers(Spoil("korean", Level.PREMISE))
    assert cover.covers(Spoil("korean", Level.PLOT))
    assert not cover.covers(Spoil("korean", Level.ENDING))
    assert not cover.covers(Spoil("turkish", Level.PREMISE))


def test_a_closure_follows_a_chain_of_consequences() -> None:
    a, b, c = (Spoil(name, Level.PREMISE) for name in "abc")
    assert closure([a], [(b, c), (a, b)]).parts == {a, b, c}


def test_a_closure_needs_the_level_of_the_cause() -> None:
    cause, effect = Spoil("a", Level.PLOT), Spoil("b", Level.ENDING)
    assert closure([Spoil("a", Level.PREMISE)], [(cause, effect)]).parts == {Spoil("a", Level.PREMISE)}
    assert effect in closure([Spoil("a", Level.ENDING)], [(cause, effect)]).parts


@given(st.frozensets(parts, max_size=4), rules)
def test_a_closure_keeps_all_it_started_with_and_is_complete(
    start: frozenset[Spoil], implied: list[tuple[Spoil, Spoil]]
) -> None:
    closed = closure(start, implied)
    assert start <= closed.parts
    assert closure(closed.parts, implied) == closed


def test_words_and_levels_go_both_ways() -> None:
    assert [Level.of(level.word) for level in Level] == list(Level)
    with pytest.raises(KeyError):
        Level.of("everything")


@pytest.mark.parametrize("film", [shipped(), made_up()], ids=["shipped", "made up"])
def test_the_sequels_premise_gives_away_how_the_first_film_ends(film: Film) -> None:
    sequel = closure([Spoil("id2024", Level.PREMISE)], film.implied)
    assert Spoil("korean", Level.ENDING) in sequel.parts
    assert not Room(Level.PREMISE).admits(sequel)
    assert Room(Level.NONE, film.cover(frozenset({"id2024"}), Level.PREMISE)).admits(sequel)
    assert not Room(Level.NONE, film.cover(frozenset({"id2022"}), Level.ENDING)).admits(sequel)


@pytest.mark.parametrize("film", [shipped(), made_up()], ids=["shipped", "made up"])
def test_who_has_seen_one_version_knows_it_and_what_its_line_shares(film: Film) -> None:
    cover = film.cover(frozenset({"kr2013"}), Level.ENDING)
    assert cover.covers(Spoil("kr2013", Level.ENDING))
    assert cover.covers(Spoil("korean", Level.ENDING))
    for stranger in ("in2017", "ph2019", "id2022", "id2024", "turkish", "tr2019"):
        assert not cover.covers(Spoil(stranger, Level.PREMISE)), stranger


def test_who_has_seen_nothing_is_told_nothing() -> None:
    assert made_up().cover(frozenset(), Level.ENDING).parts == frozenset()


def test_a_version_shares_its_plot_with_its_line_or_stands_alone() -> None:
    assert made_up().line_of("tr2019") == {"tr2019", "mx2025"}
    assert made_up().line_of("id2024") == {"id2024"}
