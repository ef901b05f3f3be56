"""A round as it stands: which question is open, what was answered, who leads."""

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from bot.domain.quiz import AskedQuestion, Quiz

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
ALICE, BELA, CHO = 1, 2, 3


def round_at(position: int, *winners: int | None) -> Quiz:
    questions = tuple(
        AskedQuestion(f"fact-{index}", f"Question {index}?", ("right", "wrong"), 0, winner)
        for index, winner in enumerate(winners)
    )
    return Quiz(1, 7, 9, "miracle", None, position, NOW, questions)


def test_a_new_round_asks_its_first_question_for_a_minute() -> None:
    quiz = round_at(0, None, None)
    assert quiz.current == quiz.questions[0]
    assert quiz.previous is None
    assert quiz.closes_at == NOW + timedelta(minutes=1)


def test_the_question_before_is_known_with_its_right_answer() -> None:
    quiz = round_at(1, ALICE, None)
    assert quiz.previous == quiz.questions[0]
    assert quiz.questions[0].right == "right"


def test_past_the_last_question_a_round_is_over() -> None:
    quiz = round_at(2, ALICE, None)
    assert quiz.over
    assert quiz.current is None
    assert quiz.previous == quiz.questions[1]


def test_an_abandoned_round_is_over_wherever_it_stood() -> None:
    quiz = replace(round_at(0, None, None), ended=True)
    assert quiz.over
    assert quiz.current is None


def test_most_points_lead_and_who_was_first_among_equals() -> None:
    assert round_at(5, BELA, ALICE, ALICE, None, CHO).scores() == [(ALICE, 2), (BELA, 1), (CHO, 1)]


def test_nobody_scores_where_nobody_knew() -> None:
    assert round_at(2, None, None).scores() == []
