"""What a spoiler thread is about, whom it lets in, what it covers and which question comes next."""

from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.film import Film
from bot.domain.spoilers import Level, Spoil, Spoils
from bot.domain.threads.subjects import LEVELS, Privacy, Subject
from bot.domain.threads.talk import askable, next_question
from bot.domain.threads.thread import NEAR_CAP, SpoilerThread, days_open, put_away
from tests.domain.films import made_up, shipped
from tests.services.times import NOW

FILM = shipped()
KEYS = [version.key for version in FILM.versions]
HOUR = timedelta(hours=1)


def subject(
    *versions: str,
    level: Level = Level.ENDING,
    up_to: timedelta | None = None,
    privacy: Privacy = Privacy.GATED,
) -> Subject:
    return Subject("miracle", versions, level, up_to, privacy)


SUBJECTS = st.builds(
    Subject,
    st.just("miracle"),
    st.lists(st.sampled_from(KEYS), min_size=1, unique=True).map(tuple),
    st.sampled_from(LEVELS),
    st.none() | st.just(HOUR),
    st.sampled_from(Privacy),
)


@pytest.mark.parametrize(
    ("versions", "level", "given"),
    [
        (("kr2013",), Level.ENDING, ("in2017", "ph2019", "id2022")),
        (("tr2019",), Level.PLOT, ("mx2025",)),
        (("id2024",), Level.ENDING, ("kr2013", "in2017", "ph2019", "id2022")),
        (("kr2013", "tr2019"), Level.ENDING, ("in2017", "ph2019", "id2022", "mx2025")),
        (tuple(KEYS), Level.ENDING, ()),
    ],
)
def test_a_thread_names_the_other_films_it_gives_away(
    versions: tuple[str, ...], level: Level, given: tuple[str, ...]
) -> None:
    assert set(subject(*versions, level=level).gives_away(FILM)) == set(given)


def test_whoever_enters_has_seen_every_version() -> None:
    both = subject("kr2013", "tr2019")
    assert both.unseen_by({"tr2019", "mx2025"}) == ("kr2013",)
    assert both.unseen_by({"tr2019", "kr2013"}) == ()


@pytest.mark.parametrize("ceiling", list(Level))
def test_a_gated_thread_covers_its_film_and_no_other(ceiling: Level) -> None:
    room = subject("kr2013").room(FILM, ceiling)
    assert room.admits(Spoils(frozenset({Spoil("kr2013", Level.ENDING), Spoil("korean", Level.ENDING)})))
    for other in ("in2017", "tr2019", "turkish"):
        own = Spoils(frozenset({Spoil(other, Level.ENDING)}))
        assert room.admits(own) == (ceiling is Level.ENDING)


def test_a_plot_thread_keeps_the_ending_out() -> None:
    room = subject("kr2013", level=Level.PLOT).room(FILM, Level.PREMISE)
    assert room.admits(Spoils(frozenset({Spoil("korean", Level.PLOT)})))
    assert not room.admits(Spoils(frozenset({Spoil("korean", Level.ENDING)})))


@given(SUBJECTS, st.sampled_from(Level))
def test_a_public_thread_shows_no_more_than_its_parent(about: Subject, ceiling: Level) -> None:
    room = about.room(FILM, ceiling)
    if not about.gated:
        assert room.ceiling <= ceiling
        assert room.cover is None


@given(SUBJECTS, st.sampled_from(Level))
def test_a_thread_for_one_part_stays_at_the_premise(about: Subject, ceiling: Level) -> None:
    if about.up_to is not None:
        room = about.room(FILM, ceiling)
        for target in ("korean", "turkish", *KEYS):
            for level in (Level.PLOT, Level.ENDING):
                assert not room.admits(Spoils(frozenset({Spoil(target, level)})))


@pytest.mark.parametrize("film", [shipped(), made_up()], ids=["shipped", "made up"])
@given(data=st.data())
def test_questions_never_go_beyond_the_thread_and_never_come_twice(film: Film, data: st.DataObject) -> None:
    about, ceiling = data.draw(SUBJECTS), data.draw(st.sampled_from(Level))
    room = about.room(film, ceiling)
    questions, asked = askable(film, about, room), list[str]()
    while found := next_question(questions, asked, Random(data.draw(st.integers(0, 9)))):
        assert room.admits(found.text.spoils)
        assert found.text.spoils.level <= about.level
        asked.append(found.key)
    assert len(asked) == len(set(asked)) == len(questions)


def test_a_thread_about_one_film_is_first_asked_about_that_film() -> None:
    about = subject("kr2013")
    questions = askable(FILM, about, about.room(FILM, Level.PREMISE))
    first = next_question(questions, (), Random(1))
    assert first is not None
    assert first.about in {"kr2013", "korean"}
    assert {"turkish", "tr2019"} & {question.about for question in questions} == set()


def test_days_are_counted_as_people_do() -> None:
    thread = SpoilerThread(1, 7, 70, subject("kr2013"), "kr2013", prompts=True, opened_at=NOW)
    assert [days_open(thread, NOW + hours * HOUR) for hours in (1, 23, 25, 49)] == [1, 1, 2, 3]


def test_before_the_cap_the_quietest_threads_are_put_away() -> None:
    quiet = {thread: NOW - thread * HOUR for thread in range(1, 6)}
    assert put_away(quiet, NEAR_CAP) == []
    assert put_away(quiet, NEAR_CAP + 2) == [5, 4]
    assert put_away(quiet, NEAR_CAP + 99) == [5, 4, 3, 2, 1]
