"""Rounds of questions, their questions and who tried what."""

from collections.abc import Sequence
from datetime import datetime

import orjson

from bot.domain.picking import Asked
from bot.domain.quiz import AskedQuestion, Quiz
from bot.storage.engine import Transaction, from_ms, to_ms


async def add(
    tx: Transaction, club_id: int, channel_id: int, film: str, asked: Sequence[Asked], now: datetime
) -> int | None:
    """Opens a round and gives its id; None where the channel has one open."""
    row = await tx.one(
        "INSERT INTO quizzes (club_id, channel_id, film, asked_at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO NOTHING RETURNING quiz_id",
        club_id,
        channel_id,
        film,
        to_ms(now),
    )
    if row is None:
        return None
    quiz_id: int = row["quiz_id"]
    await tx.many(
        "INSERT INTO quiz_questions (quiz_id, position, club_id, fact, ask, choices, answer) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (quiz_id, position, club_id, q.fact, q.ask, orjson.dumps(q.choices).decode(), q.answer)
            for position, q in enumerate(asked)
        ],
    )
    return quiz_id


async def load(tx: Transaction, quiz_id: int) -> Quiz | None:
    row = await tx.one("SELECT * FROM quizzes WHERE quiz_id = ?", quiz_id)
    if row is None:
        return None
    questions = await tx.all("SELECT * FROM quiz_questions WHERE quiz_id = ? ORDER BY position", quiz_id)
    return Quiz(
        quiz_id=quiz_id,
        club_id=row["club_id"],
        channel_id=row["channel_id"],
        film=row["film"],
        message_id=row["message_id"],
        position=row["position"],
        asked_at=from_ms(row["asked_at"]),
        questions=tuple(
            AskedQuestion(q["fact"], q["ask"], tuple(orjson.loads(q["choices"])), q["answer"], q["won_by"])
            for q in questions
        ),
        ended=row["ended_at"] is not None,
    )


async def open_in(tx: Transaction, channel_id: int) -> Quiz | None:
    """The channel's open round."""
    row = await tx.one("SELECT quiz_id FROM quizzes WHERE channel_id = ? AND ended_at IS NULL", channel_id)
    return await load(tx, row["quiz_id"]) if row else None


async def note_try(tx: Transaction, quiz: Quiz, member_id: int, choice: int, now: datetime) -> bool:
    """Notes a member's try at the open question; False where they had one."""
    touched = await tx.execute(
        "INSERT INTO quiz_tries (quiz_id, position, member_id, club_id, choice, tried_at) "
        "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        quiz.quiz_id,
        quiz.position,
        member_id,
        quiz.club_id,
        choice,
        to_ms(now),
    )
    return touched == 1


async def win(tx: Transaction, quiz: Quiz, member_id: int) -> None:
    """Gives the open question's point to a member."""
    await tx.execute(
        "UPDATE quiz_questions SET won_by = ? WHERE quiz_id = ? AND position = ?",
        member_id,
        quiz.quiz_id,
        quiz.position,
    )


async def advance(tx: Transaction, quiz: Quiz, now: datetime) -> None:
    """Goes on to the next question, or ends the round after the last."""
    await tx.execute(
        "UPDATE quizzes SET position = ?, asked_at = ?, ended_at = ? WHERE quiz_id = ?",
        quiz.position + 1,
        to_ms(now),
        to_ms(now) if quiz.position + 1 >= len(quiz.questions) else None,
        quiz.quiz_id,
    )


async def end(tx: Transaction, quiz_id: int, now: datetime) -> None:
    """Ends a round wherever it stands."""
    await tx.execute("UPDATE quizzes SET ended_at = ? WHERE quiz_id = ?", to_ms(now), quiz_id)


async def note_message(tx: Transaction, quiz_id: int, message_id: int) -> None:
    """Remembers where the round is shown; the first message stays the one."""
    await tx.execute(
        "UPDATE quizzes SET message_id = ? WHERE quiz_id = ? AND message_id IS NULL", message_id, quiz_id
    )
