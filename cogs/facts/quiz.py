"""The quiz as it is played: one message for a whole round, changed in place, so that it survives a restart and
nothing is ever posted twice."""

import logging

from bot.clock import Clock
from bot.domain.film import Film
from bot.domain.jobs import Job
from bot.domain.quiz import NoSuchQuiz, Quiz, Right, TooLate, TriedBefore, Wrong
from bot.errors import UserError
from bot.i18n import Speaker
from bot.services.clubs import Clubs
from bot.services.quizzes import Quizzes
from bot.ui.cards import Card, button, rows, small
from bot.ui.channels import Channels
from bot.ui.dates import moment
from bot.ui.desk import Asker, Press
from bot.ui.members import require_voice

log = logging.getLogger(__name__)

MEDALS = ("🥇", "🥈", "🥉")


class QuizTable:
    """Where rounds are played."""

    def __init__(self, quizzes: Quizzes, clubs: Clubs, channels: Channels, clock: Clock) -> None:
        self._quizzes = quizzes
        self._clubs = clubs
        self._channels = channels
        self._clock = clock

    async def start(self, asker: Asker, film: Film) -> None:
        """Opens a round in this channel and shows its first question; the next ones are changes of that message."""
        lacking = self._channels.missing(asker.channel_id, view_channel=True, read_message_history=True)
        if lacking:
            raise UserError("quiz.cannot_run", channel=f"<#{asker.channel_id}>", missing=", ".join(lacking))
        quiz = await self._quizzes.start(asker.club_id, asker.channel_id, film, asker.room, asker.now)
        message_id = await asker.show(quiz_card(quiz, asker.public))
        if message_id:
            await self._quizzes.shown(quiz.quiz_id, message_id)

    async def answered(self, press: Press) -> None:
        """Someone pressed a choice."""
        quiz_id, position, choice = press.numbers(3)
        asker = press.asker
        require_voice(asker)
        message = asker.interaction.message
        outcome = await self._quizzes.answer(
            quiz_id, position, asker.member_id, choice, message.id if message else 0, asker.now
        )
        match outcome:
            case Right(quiz) | TooLate(quiz):
                await asker.change(quiz_card(quiz, asker.public))
            case Wrong():
                raise UserError("quiz.wrong")
            case TriedBefore():
                raise UserError("quiz.tried")
            case NoSuchQuiz():
                raise UserError("error.old_button")

    async def time_up(self, job: Job) -> None:
        """Nobody knew in time: the answer and the next question are shown."""
        now = self._clock.now()
        quiz = await self._quizzes.time_up(job.subject, job.generation, now)
        if quiz is None:
            return
        if not await self._redraw(quiz):
            log.info("quiz %s ends: its message is gone or can't be changed", quiz.quiz_id)
            await self._quizzes.abandon(quiz.quiz_id, now)

    async def _redraw(self, quiz: Quiz) -> bool:
        public = self._channels.speaker(quiz.channel_id, await self._clubs.settings(quiz.club_id))
        message = quiz.message_id or await self._channels.find_own(quiz.channel_id, f"quiz:{quiz.quiz_id}:")
        if message is None:
            return False
        return await self._channels.edit(quiz.channel_id, message, quiz_card(quiz, public))


def quiz_card(quiz: Quiz, t: Speaker) -> Card:
    """The round as it stands: what the last question's answer was, and the open question or the score."""
    parts = [_solved(quiz, t)]
    question = quiz.current
    if question is None:
        return Card(f"### {t('quiz.over')}", parts[0], _scores(quiz, t), small(t("quiz.thanks")))
    choices = [
        button(choice[:80], f"quiz:{quiz.quiz_id}:{quiz.position}:{index}")
        for index, choice in enumerate(question.choices)
    ]
    return Card(
        f"### {t('quiz.title', number=quiz.position + 1, total=len(quiz.questions))}",
        *parts,
        f"**{question.ask}**",
        *rows(choices),
        small(t("quiz.rules", when=moment(quiz.closes_at, "R"))),
    )


def _solved(quiz: Quiz, t: Speaker) -> str:
    last = quiz.previous
    if last is None:
        return ""
    if last.won_by is None:
        return t("quiz.nobody", answer=last.right)
    return t("quiz.won", member=f"<@{last.won_by}>", answer=last.right)


def _scores(quiz: Quiz, t: Speaker) -> str:
    lines = [
        t("quiz.score", medal=MEDALS[place] if place < len(MEDALS) else "·", member=f"<@{member}>", n=points)
        for place, (member, points) in enumerate(quiz.scores())
    ]
    return "\n".join(lines) or t("quiz.no_points")
