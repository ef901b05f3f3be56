"""A round of questions: the first right press wins, everybody tries once, nothing is lost in a restart."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from random import Random

import pytest

from bot.domain.quiz import ANSWER_TIME, NoSuchQuiz, Outcome, Quiz, Right, TooLate, TriedBefore, Wrong
from bot.domain.spoilers import Level, Room
from bot.errors import UserError
from bot.services.jobs import Jobs
from bot.services.quizzes import TIME_UP, Quizzes
from bot.storage.engine import Database
from bot.storage.opening import open_database
from tests.domain.films import made_up
from tests.services.times import NOW, SECOND

pytestmark = pytest.mark.asyncio

CLUB, CHANNEL, OTHER_CHANNEL, MESSAGE = 7, 70, 71, 900
ALICE, BELA = 1, 2
FILM = made_up()
OPEN_ROOM = Room(Level.ENDING)


class Wakes:
    """Counts how often the runner was told of work."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> None:
        self.count += 1


@pytest.fixture
def wakes() -> Wakes:
    return Wakes()


@pytest.fixture
def quizzes(db: Database, wakes: Wakes) -> Quizzes:
    return Quizzes(db, wakes, lambda: Random(1))


async def started(quizzes: Quizzes, channel: int = CHANNEL) -> Quiz:
    return await quizzes.start(CLUB, channel, FILM, OPEN_ROOM, NOW)


def right(quiz: Quiz, position: int | None = None) -> int:
    return quiz.questions[quiz.position if position is None else position].answer


def wrong(quiz: Quiz) -> int:
    return (right(quiz) + 1) % len(quiz.questions[quiz.position].choices)


async def press(quizzes: Quizzes, quiz: Quiz, member: int, choice: int, position: int = 0) -> Outcome:
    return await quizzes.answer(quiz.quiz_id, position, member, choice, MESSAGE, NOW)


def kinds(outcomes: Sequence[Outcome]) -> Counter[str]:
    return Counter(type(outcome).__name__ for outcome in outcomes)


async def test_of_fifty_right_presses_at_once_one_wins(quizzes: Quizzes) -> None:
    quiz = await started(quizzes)
    outcomes = await asyncio.gather(*(press(quizzes, quiz, member, right(quiz)) for member in range(1, 51)))
    assert kinds(outcomes) == {"Right": 1, "TooLate": 49}
    (won,) = (outcome.quiz for outcome in outcomes if isinstance(outcome, Right))
    assert won.position == 1
    assert len(won.scores()) == 1
    assert won.scores()[0][1] == 1


async def test_fifty_wrong_presses_move_nothing(quizzes: Quizzes) -> None:
    quiz = await started(quizzes)
    outcomes = await asyncio.gather(*(press(quizzes, quiz, member, wrong(quiz)) for member in range(1, 51)))
    assert kinds(outcomes) == {"Wrong": 50}
    assert isinstance(await press(quizzes, quiz, 99, right(quiz)), Right)


async def test_a_member_has_one_try_a_question(quizzes: Quizzes) -> None:
    quiz = await started(quizzes)
    assert await press(quizzes, quiz, ALICE, wrong(quiz)) == Wrong()
    assert await press(quizzes, quiz, ALICE, right(quiz)) == TriedBefore()
    outcome = await press(quizzes, quiz, BELA, right(quiz))
    assert isinstance(outcome, Right)
    assert isinstance(await press(quizzes, outcome.quiz, ALICE, right(outcome.quiz), position=1), Right)


async def test_a_late_press_gets_the_round_as_it_stands_and_costs_no_try(quizzes: Quizzes) -> None:
    quiz = await started(quizzes)
    await press(quizzes, quiz, ALICE, right(quiz))
    late = await press(quizzes, quiz, BELA, right(quiz))
    assert isinstance(late, TooLate)
    assert (late.quiz.position, late.quiz.scores()) == (1, [(ALICE, 1)])
    assert isinstance(await press(quizzes, late.quiz, BELA, right(late.quiz), position=1), Right)


async def test_the_last_right_press_ends_the_round_and_frees_the_channel(quizzes: Quizzes) -> None:
    quiz = await started(quizzes)
    outcomes = [
        await press(quizzes, quiz, ALICE, right(quiz, position), position)
        for position in range(len(quiz.questions))
    ]
    last = outcomes[-1]
    assert isinstance(last, Right)
    assert last.quiz.over
    assert last.quiz.scores() == [(ALICE, len(quiz.questions))]
    assert (await started(quizzes)).quiz_id != quiz.quiz_id


async def test_a_press_on_a_round_nobody_knows_says_so(quizzes: Quizzes) -> None:
    assert await quizzes.answer(12345, 0, ALICE, 0, MESSAGE, NOW) == NoSuchQuiz()


async def test_a_channel_has_one_round_at_a_time(quizzes: Quizzes) -> None:
    await started(quizzes)
    with pytest.raises(UserError, match=r"quiz\.running"):
        await started(quizzes)
    assert (await started(quizzes, OTHER_CHANNEL)).channel_id == OTHER_CHANNEL


async def test_a_place_without_a_question_it_may_show_gets_no_round(db: Database, wakes: Wakes) -> None:
    silent = made_up(facts=0)
    with pytest.raises(UserError, match=r"quiz\.no_questions"):
        await Quizzes(db, wakes).start(CLUB, CHANNEL, silent, OPEN_ROOM, NOW)
    assert wakes.count == 0


async def test_time_up_gives_up_its_own_question_only(quizzes: Quizzes) -> None:
    quiz = await started(quizzes)
    moved = await quizzes.time_up(quiz.quiz_id, 0, NOW + ANSWER_TIME)
    assert moved is not None
    assert (moved.position, moved.scores()) == (1, [])
    again = await quizzes.time_up(quiz.quiz_id, 0, NOW + 2 * ANSWER_TIME)
    assert again == moved
    assert isinstance(await press(quizzes, moved, ALICE, right(moved), position=1), Right)


async def test_time_up_on_the_last_question_ends_the_round(quizzes: Quizzes) -> None:
    quiz = await started(quizzes)
    *_, left = [await quizzes.time_up(quiz.quiz_id, n, NOW) for n in range(len(quiz.questions))]
    assert left is not None
    assert left.over
    assert left.scores() == []


async def test_time_up_on_a_round_nobody_knows_is_nothing(quizzes: Quizzes) -> None:
    assert await quizzes.time_up(12345, 0, NOW) is None


async def test_each_question_asks_for_its_own_end_and_tells_the_runner(
    quizzes: Quizzes, db: Database, wakes: Wakes
) -> None:
    quiz = await started(quizzes)
    assert wakes.count == 1
    await quizzes.answer(quiz.quiz_id, 0, ALICE, right(quiz), MESSAGE, NOW + 10 * SECOND)
    assert wakes.count == 2
    due = await Jobs(db).claim(NOW + ANSWER_TIME + 10 * SECOND, 10)
    assert [(job.kind, job.subject, job.generation) for job in due] == [
        (TIME_UP, quiz.quiz_id, 0),
        (TIME_UP, quiz.quiz_id, 1),
    ]
    assert [job.due_at - NOW for job in due] == [ANSWER_TIME, ANSWER_TIME + 10 * SECOND]


async def test_an_abandoned_round_asks_for_nothing_more_and_frees_the_channel(
    quizzes: Quizzes, db: Database
) -> None:
    quiz = await started(quizzes)
    await quizzes.abandon(quiz.quiz_id, NOW)
    assert await Jobs(db).next_due(NOW) is None
    assert isinstance(await press(quizzes, quiz, ALICE, right(quiz)), TooLate)
    await started(quizzes)


async def test_the_first_message_of_a_round_stays_the_one(quizzes: Quizzes) -> None:
    quiz = await started(quizzes)
    await quizzes.shown(quiz.quiz_id, MESSAGE)
    await quizzes.shown(quiz.quiz_id, MESSAGE + 1)
    seen = await quizzes.time_up(quiz.quiz_id, 0, NOW)
    assert seen is not None
    assert seen.message_id == MESSAGE


async def test_a_round_goes_on_after_a_restart(quizzes: Quizzes, db: Database, url: str) -> None:
    quiz = await started(quizzes)
    first = await press(quizzes, quiz, ALICE, right(quiz))
    assert isinstance(first, Right)
    await press(quizzes, first.quiz, BELA, wrong(first.quiz), position=1)
    await db.close()
    reopened = await open_database(url, NOW)
    later = Quizzes(reopened, lambda: None)
    assert await press(later, first.quiz, BELA, right(first.quiz), position=1) == TriedBefore()
    outcome = await press(later, first.quiz, ALICE, right(first.quiz), position=1)
    await reopened.close()
    assert isinstance(outcome, Right)
    assert outcome.quiz.questions[0].won_by == ALICE
    assert (outcome.quiz.position, outcome.quiz.scores()) == (2, [(ALICE, 2)])
