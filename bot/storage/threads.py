"""Spoiler threads and the questions they were asked."""

from datetime import datetime, timedelta

from msgspec import Struct

from bot.domain.spoilers import Level
from bot.domain.threads.subjects import Privacy, Subject
from bot.domain.threads.thread import SpoilerThread
from bot.storage.engine import Row, Transaction, from_ms, to_ms


class NewThread(Struct, frozen=True):
    """A thread that somebody asks for."""

    club_id: int
    parent_id: int
    subject: Subject
    name: str
    prompts: bool
    opened_by: int


async def add(tx: Transaction, new: NewThread, now: datetime) -> SpoilerThread | None:
    """A new open thread, not yet made on Discord; None where the club has the same one open."""
    subject = new.subject
    row = await tx.one(
        "INSERT INTO spoiler_threads (club_id, parent_id, film, versions, level, up_to, privacy, name, prompts, "
        "opened_by, opened_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING *",
        new.club_id,
        new.parent_id,
        *_identity(subject),
        new.name,
        new.prompts,
        new.opened_by,
        to_ms(now),
    )
    return _thread(row) if row else None


async def same_open(tx: Transaction, club_id: int, subject: Subject) -> SpoilerThread | None:
    """The club's open thread about just this."""
    row = await tx.one(
        "SELECT * FROM spoiler_threads WHERE club_id = ? AND film = ? AND versions = ? AND level = ? "
        "AND up_to = ? AND privacy = ? AND closed_at IS NULL",
        club_id,
        *_identity(subject),
    )
    return _thread(row) if row else None


async def load(tx: Transaction, thread_row: int) -> SpoilerThread | None:
    row = await tx.one("SELECT * FROM spoiler_threads WHERE thread_row = ?", thread_row)
    return _thread(row) if row else None


async def at(tx: Transaction, thread_id: int) -> SpoilerThread | None:
    """The thread that has this number on Discord."""
    row = await tx.one("SELECT * FROM spoiler_threads WHERE thread_id = ?", thread_id)
    return _thread(row) if row else None


async def open_in(tx: Transaction, club_id: int) -> list[SpoilerThread]:
    """The club's open threads, the newest first."""
    rows = await tx.all(
        "SELECT * FROM spoiler_threads WHERE club_id = ? AND closed_at IS NULL ORDER BY thread_row DESC",
        club_id,
    )
    return [_thread(row) for row in rows]


async def known_ids(tx: Transaction, club_id: int) -> frozenset[int]:
    """The numbers on Discord of all threads the club ever had."""
    rows = await tx.all(
        "SELECT thread_id FROM spoiler_threads WHERE club_id = ? AND thread_id IS NOT NULL", club_id
    )
    return frozenset(row["thread_id"] for row in rows)


async def made(tx: Transaction, thread_row: int, thread_id: int) -> bool:
    """Notes the number Discord gave it; False where it has one."""
    touched = await tx.execute(
        "UPDATE spoiler_threads SET thread_id = ? WHERE thread_row = ? AND thread_id IS NULL",
        thread_id,
        thread_row,
    )
    return touched == 1


async def forget_gate(tx: Transaction, thread_row: int, gate_id: int) -> bool:
    """The message at the door is gone; whether it was the one that stood there."""
    touched = await tx.execute(
        "UPDATE spoiler_threads SET gate_id = NULL WHERE thread_row = ? AND gate_id = ?", thread_row, gate_id
    )
    return touched == 1


async def gate_posted(tx: Transaction, thread_row: int, gate_id: int) -> None:
    await tx.execute("UPDATE spoiler_threads SET gate_id = ? WHERE thread_row = ?", gate_id, thread_row)


async def forget(tx: Transaction, thread_row: int) -> None:
    """Takes back a thread that Discord never made."""
    await tx.execute("DELETE FROM spoiler_threads WHERE thread_row = ? AND thread_id IS NULL", thread_row)


async def close(tx: Transaction, thread_row: int, closed_by: int | None, now: datetime) -> bool:
    """Closes a thread; False where it was closed."""
    touched = await tx.execute(
        "UPDATE spoiler_threads SET closed_at = ?, closed_by = ? WHERE thread_row = ? AND closed_at IS NULL",
        to_ms(now),
        closed_by,
        thread_row,
    )
    return touched == 1


async def asked(tx: Transaction, thread_row: int) -> frozenset[str]:
    """The questions the thread has had."""
    rows = await tx.all("SELECT question FROM spoiler_questions WHERE thread_row = ?", thread_row)
    return frozenset(row["question"] for row in rows)


async def note_asked(tx: Transaction, thread: SpoilerThread, question: str, now: datetime) -> None:
    await tx.execute(
        "INSERT INTO spoiler_questions (thread_row, question, club_id, asked_at) VALUES (?, ?, ?, ?)",
        thread.row,
        question,
        thread.club_id,
        to_ms(now),
    )


def _identity(subject: Subject) -> tuple[str, str, int, int, str]:
    seconds = int(subject.up_to.total_seconds()) if subject.up_to else 0
    return subject.film, " ".join(subject.versions), subject.level, seconds, subject.privacy.value


def _thread(row: Row) -> SpoilerThread:
    return SpoilerThread(
        row=row["thread_row"],
        club_id=row["club_id"],
        parent_id=row["parent_id"],
        subject=Subject(
            row["film"],
            tuple(row["versions"].split()),
            Level(row["level"]),
            timedelta(seconds=row["up_to"]) if row["up_to"] else None,
            Privacy(row["privacy"]),
        ),
        name=row["name"],
        prompts=bool(row["prompts"]),
        opened_at=from_ms(row["opened_at"]),
        thread_id=row["thread_id"],
        gate_id=row["gate_id"],
        closed_at=None if row["closed_at"] is None else from_ms(row["closed_at"]),
    )
