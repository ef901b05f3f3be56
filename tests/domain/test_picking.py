"""Which fact comes next, and which questions a round asks."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.film import Fact
from bot.domain.picking import QUIZ_LENGTH, pick_fact, pick_questions, tellable
from bot.domain.spoilers import Level, Room
from tests.domain.films import made_up

FACTS = made_up().facts
EVERYTHING = Room(Level.ENDING)

some_facts = st.lists(st.sampled_from(FACTS), min_size=1, max_size=12, unique_by=lambda fact: fact.key)
chances = st.builds(Random, st.integers())


@given(some_facts, chances)
def test_no_fact_comes_twice_before_all_came_once(facts: list[Fact], chance: Random) -> None:
    shown: list[str] = []
    for _ in facts:
        picked = pick_fact(facts, shown, chance)
        assert picked is not None
        assert not picked.starts_over
        shown.append(picked.fact.key)
    assert sorted(shown) == sorted(fact.key for fact in facts)


@given(some_facts, chances)
def test_it_starts_over_when_all_were_shown(facts: list[Fact], chance: Random) -> None:
    picked = pick_fact(facts, {fact.key for fact in FACTS}, chance)
    assert picked is not None
    assert picked.starts_over
    assert picked.fact in facts


def test_nothing_comes_of_nothing() -> None:
    assert pick_fact([], (), Random(1)) is None


@given(st.sampled_from(Level), st.sampled_from([None, "tr2019"]), st.sampled_from([None, "story"]))
def test_only_what_the_room_admits_is_tellable(ceiling: Level, about: str | None, topic: str | None) -> None:
    room = Room(ceiling)
    told = tellable(made_up(), room, about, topic)
    assert [fact.key for fact in told] == [
        fact.key
        for fact in FACTS
        if fact.statement.spoils.level <= ceiling
        and (about is None or fact.about == about)
        and (topic is None or fact.topic == topic)
    ]


@given(st.sampled_from(Level), chances)
def test_questions_are_drawn_once_each_from_what_may_be_told(ceiling: Level, chance: Random) -> None:
    room = Room(ceiling)
    by_key = {fact.key: fact for fact in FACTS}
    asked = pick_questions(made_up(), room, chance)
    known = [fact for fact in tellable(made_up(), room) if fact.quiz]
    assert len(asked) == min(QUIZ_LENGTH, len(known))
    assert len({question.fact for question in asked}) == len(asked)
    for question in asked:
        fact = by_key[question.fact]
        assert fact.quiz is not None
        assert room.admits(fact.statement.spoils)
        assert question.choices[question.answer] == fact.quiz.answer
        assert sorted(question.choices) == sorted([fact.quiz.answer, *fact.quiz.wrong])


def test_the_right_answer_is_not_always_in_one_place() -> None:
    places = {
        question.answer
        for seed in range(20)
        for question in pick_questions(made_up(), EVERYTHING, Random(seed))
    }
    assert places == {0, 1, 2, 3}
