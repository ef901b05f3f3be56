"""Writes share a commit and nothing else: not their faults, not their callers' fates."""

import asyncio
import sqlite3
from pathlib import Path
from typing import TypeVar

import pytest

from bot.storage.engine import NotCommittedError, Operation, Transaction
from bot.storage.meta import set_value
from bot.storage.migrate import read_migrations
from bot.storage.sqlite import thread
from bot.storage.sqlite.database import LARGEST_BATCH, SqliteDatabase, open_sqlite
from tests.storage.conftest import Gate, Stored
from tests.storage.times import NOW

pytestmark = pytest.mark.asyncio

T = TypeVar("T")


def ask(database: SqliteDatabase, operation: Operation[T]) -> asyncio.Task[T]:
    """Writes ask in the order of these calls."""
    return asyncio.ensure_future(database.write(operation))


def keep(database: SqliteDatabase, key: str) -> asyncio.Task[None]:
    return ask(database, lambda tx: set_value(tx, key, "kept"))


async def asked(*tasks: asyncio.Task[None]) -> None:
    """Lets the tasks run until each has asked for its write; the writer's turn comes after them."""
    await asyncio.sleep(0)
    assert not any(task.done() for task in tasks)


class RefusedError(Exception):
    """An operation's own error."""


async def set_then_fail(tx: Transaction, key: str, error: Exception) -> None:
    await set_value(tx, key, "lost")
    raise error


async def test_what_is_answered_is_on_disk(database: SqliteDatabase, stored: Stored) -> None:
    await keep(database, "a")
    assert stored() == {"a": "kept"}


@pytest.mark.parametrize(
    ("pragma", "setting"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)]
)
async def test_the_writer_is_set_to_lose_nothing(
    database: SqliteDatabase, pragma: str, setting: object
) -> None:
    row = await database.write(lambda tx: tx.one(f"PRAGMA {pragma}"))
    assert row
    assert row[pragma] == setting


async def test_no_write_is_answered_before_the_commit_it_shares(
    database: SqliteDatabase, stored: Stored, gate: Gate
) -> None:
    first = keep(database, "a")
    second = ask(database, lambda tx: gate.set_slowly(tx, "b", "kept"))
    await gate.reached()
    assert stored() == {}
    done, _ = await asyncio.wait({first}, timeout=0.05)
    assert not done
    gate.open()
    await first
    assert stored() == {"a": "kept", "b": "kept"}
    await second


async def test_writes_asked_for_together_share_commits_of_bounded_size(database: SqliteDatabase) -> None:
    statements: list[str] = []
    await database._writer.set_trace_callback(statements.append)
    await asyncio.gather(*(keep(database, f"{n}") for n in range(2 * LARGEST_BATCH + 50)))
    assert statements.count("COMMIT") == 3


async def test_an_operation_that_raises_is_undone_alone(database: SqliteDatabase, stored: Stored) -> None:
    error = RefusedError()
    outcomes = await asyncio.gather(
        keep(database, "before"),
        ask(database, lambda tx: set_then_fail(tx, "failed", error)),
        keep(database, "after"),
        return_exceptions=True,
    )
    assert list(outcomes) == [None, error, None]
    assert stored() == {"before": "kept", "after": "kept"}


async def test_a_broken_constraint_is_its_own_callers_error(database: SqliteDatabase, stored: Stored) -> None:
    insert = "INSERT INTO meta (key, value) VALUES (?, ?)"
    outcomes = await asyncio.gather(
        ask(database, lambda tx: tx.execute(insert, "a", "first")),
        ask(database, lambda tx: tx.many(insert, [("b", "lost"), ("a", "second")])),
        ask(database, lambda tx: tx.execute(insert, "c", "third")),
        return_exceptions=True,
    )
    assert [outcomes[0], outcomes[2]] == [1, 1]
    assert isinstance(outcomes[1], sqlite3.IntegrityError)
    assert stored() == {"a": "first", "c": "third"}


async def test_awaiting_anything_but_sql_is_refused_and_undone(
    database: SqliteDatabase, stored: Stored
) -> None:
    async def nap(tx: Transaction) -> None:
        await set_value(tx, "nap", "lost")
        await asyncio.sleep(0)

    with pytest.raises(RuntimeError, match="nothing but SQL may be awaited"):
        await database.write(nap)
    with pytest.raises(RuntimeError, match="nothing but SQL may be awaited"):
        await database.read(lambda _: asyncio.sleep(0))
    await keep(database, "a")
    assert stored() == {"a": "kept"}


async def test_a_write_within_a_write_is_refused_and_undone(database: SqliteDatabase, stored: Stored) -> None:
    async def nested(tx: Transaction) -> None:
        await set_value(tx, "outer", "lost")
        await database.write(lambda inner: set_value(inner, "inner", "lost"))

    with pytest.raises(RuntimeError):
        await database.write(nested)
    await keep(database, "a")
    assert stored() == {"a": "kept"}


async def test_a_write_whose_caller_left_before_its_turn_never_runs(
    database: SqliteDatabase, stored: Stored, gate: Gate
) -> None:
    running = ask(database, lambda tx: gate.set_slowly(tx, "running", "kept"))
    await gate.reached()
    waiting, staying = keep(database, "left"), keep(database, "stayed")
    await asked(waiting, staying)
    waiting.cancel()
    gate.open()
    await asyncio.gather(running, staying)
    assert waiting.cancelled()
    assert stored() == {"running": "kept", "stayed": "kept"}


async def test_a_caller_that_leaves_during_the_commit_takes_nobody_along(
    database: SqliteDatabase, stored: Stored, gate: Gate
) -> None:
    leaving = ask(database, lambda tx: gate.set_slowly(tx, "left", "kept"))
    staying = keep(database, "stayed")
    await gate.reached()
    leaving.cancel()
    gate.open()
    await staying
    assert leaving.cancelled()
    assert stored() == {"left": "kept", "stayed": "kept"}


async def test_closing_finishes_what_was_asked_for(path: Path, stored: Stored) -> None:
    database = await open_sqlite(path, NOW)
    tasks = [keep(database, f"{n}") for n in range(LARGEST_BATCH + 50)]
    await asked(*tasks)
    await database.close()
    await asyncio.gather(*tasks)
    assert len(stored()) == len(tasks)


async def test_a_closed_database_says_so(path: Path) -> None:
    database = await open_sqlite(path, NOW)
    await database.close()
    await database.close()
    with pytest.raises(RuntimeError, match="the database is closed"):
        await keep(database, "a")
    with pytest.raises(RuntimeError, match="the database is closed"):
        await database.read(lambda tx: tx.all("SELECT 1"))


async def test_a_failed_commit_fails_every_write_that_shares_it(
    database: SqliteDatabase, stored: Stored
) -> None:
    async def point_nowhere(tx: Transaction) -> None:
        await tx.execute("PRAGMA defer_foreign_keys = ON")
        await tx.execute("INSERT INTO parts (whole) VALUES ('none')")

    await ask(database, lambda tx: tx.execute("CREATE TABLE parts (whole TEXT REFERENCES meta (key)) STRICT"))
    outcomes = await asyncio.gather(
        keep(database, "a"), ask(database, point_nowhere), keep(database, "b"), return_exceptions=True
    )
    assert [type(outcome) for outcome in outcomes] == [NotCommittedError] * 3
    assert stored() == {}
    await keep(database, "c")
    assert stored() == {"c": "kept"}


async def test_when_sqlite_gives_up_a_transaction_nobody_is_confirmed(
    database: SqliteDatabase, stored: Stored
) -> None:
    await keep(database, "a")
    outcomes = await asyncio.gather(
        keep(database, "b"),
        ask(database, lambda tx: tx.execute("INSERT OR ROLLBACK INTO meta (key, value) VALUES ('a', '')")),
        keep(database, "c"),
        return_exceptions=True,
    )
    assert [type(outcome) for outcome in outcomes] == [NotCommittedError] * 3
    await keep(database, "d")
    assert stored() == {"a": "kept", "d": "kept"}


async def test_a_file_locked_by_another_program_fails_the_write_and_not_the_next(
    path: Path, stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thread, "BUSY_SECONDS", 0.01)
    database = await open_sqlite(path, NOW, read_migrations())
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(NotCommittedError, match="database is locked"):
        await keep(database, "a")
    other.close()
    await keep(database, "b")
    assert stored() == {"b": "kept"}
    await database.close()
