"""Rounds of questions: started, answered, moved on when nobody knows."""

from collections.abc import Callable
from datetime import datetime
from random import Random

from bot.domain.film import Film
from bot.domain.picking import pick_questions
from bot.domain.quiz import ANSWER_TIME, NoSuchQuiz, Outcome, Quiz, Right, TooLate, TriedBefore, Wrong
from bot.domain.spoilers import Room
from bot.errors import UserError
from bot.storage import jobs, quizzes
from bot.storage.engine import Database, Transaction

TIME_UP = "quiz-time-up"


class Quizzes:
    """Use cases around rounds; `wake` tells the runner that a job was asked for."""

    def __init__(self, db: Database, wake: Callable[[], None], chance: Callable[[], Random] = Random) -> None:
        self._db = db
        self._wake = wake
        self._chance = chance

    async def start(self, club_id: int, channel_id: int, film: Film, room: Room, now: datetime) -> Quiz:
        """Opens a round; UserError where the channel has one or the pack has no question for this place."""
        asked = pick_questions(film, room, self._chance())
        if not asked:
            raise UserError("quiz.no_questions")

        async def open_round(tx: Transaction) -> Quiz | None:
            quiz_id = await quizzes.add(tx, club_id, channel_id, film.slug, asked, now)
            if quiz_id is None:
                return None
            await _time(tx, quiz_id, 0, club_id, now)
            return await quizzes.load(tx, quiz_id)

        quiz = await self._db.write(open_round)
        if quiz is None:
            raise UserError("quiz.running")
        self._wake()
        return quiz

    async def shown(self, quiz_id: int, message_id: int) -> None:
        """Remembers the message a round is played in."""

        async def note(tx: Transaction) -> None:
            await quizzes.note_message(tx, quiz_id, message_id)

        await self._db.write(note)

    async def answer(
        self, quiz_id: int, position: int, member_id: int, choice: int, message_id: int, now: datetime
    ) -> Outcome:
        """Counts one press: a try at the question it was made on."""

        async def count(tx: Transaction) -> Outcome:
            quiz = await quizzes.load(tx, quiz_id)
            if quiz is None:
                return NoSuchQuiz()
            await quizzes.note_message(tx, quiz_id, message_id)
            question = quiz.current
            if question is None or quiz.position != position:
                return TooLate(quiz)
            if not await quizzes.note_try(tx, quiz, member_id, choice, now):
                return TriedBefore()
            if choice != question.answer:
                return Wrong()
            await quizzes.win(tx, quiz, member_id)
            return Right(await _go_on(tx, quiz, now))

        outcome = await self._db.write(count)
        self._wake()
        return outcome

    async def time_up(self, quiz_id: int, position: int, now: datetime) -> Quiz | None:
        """Gives up the question at `position` if it is still open; the round as it stands, None where it is gone."""

        async def give_up(tx: Transaction) -> Quiz | None:
            quiz = await quizzes.load(tx, quiz_id)
            if quiz is None or quiz.over or quiz.position != position:
                return quiz
            return await _go_on(tx, quiz, now)

        quiz = await self._db.write(give_up)
        self._wake()
        return quiz

    async def abandon(self, quiz_id: int, now: datetime) -> None:
        """Ends a round that can't be shown any more."""

        async def end(tx: Transaction) -> None:
            await quizzes.end(tx, quiz_id, now)
            await jobs.cancel(tx, TIME_UP, quiz_id, now)

        await self._db.write(end)


async def _go_on(tx: Transaction, quiz: Quiz, now: datetime) -> Quiz:
    await quizzes.advance(tx, quiz, now)
    after = await quizzes.load(tx, quiz.quiz_id)
    assert after is not None, "a round is never deleted while it is played"
    if not after.over:
        await _time(tx, after.quiz_id, after.position, after.club_id, now)
    return after


async def _time(tx: Transaction, quiz_id: int, position: int, club_id: int, now: datetime) -> None:
    """Asks for the question to be given up in time."""
    await jobs.schedule(tx, TIME_UP, quiz_id, generation=position, club_id=club_id, due_at=now + ANSWER_TIME)
