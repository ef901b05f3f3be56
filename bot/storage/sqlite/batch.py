"""What happens in a connection's thread: operations driven to their end, many to one commit."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any, Generic, TypeAlias, TypeVar

from msgspec import Struct

from bot.storage.engine import Operation, Row, Value

T = TypeVar("T")


class Returned(Struct, Generic[T], frozen=True):
    """The operation ran to its end."""

    value: T


class Raised(Struct, frozen=True):
    """The operation raised, and what it had done was undone."""

    error: BaseException


Outcome: TypeAlias = Returned[T] | Raised


class SqliteTransaction:
    """SQL on a driver's connection, in its own thread: its coroutines never suspend."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    async def execute(self, sql: str, *args: Value) -> int:
        return max(self._connection.execute(sql, args).rowcount, 0)

    async def many(self, sql: str, rows: Iterable[Sequence[Value]]) -> int:
        return max(self._connection.executemany(sql, rows).rowcount, 0)

    async def one(self, sql: str, *args: Value) -> Row | None:
        cursor = self._connection.execute(sql, args)
        row: Row | None = cursor.fetchone()
        cursor.close()  # an unfinished statement would keep the transaction from committing
        return row

    async def all(self, sql: str, *args: Value) -> list[Row]:
        return self._connection.execute(sql, args).fetchall()


def commit_together(
    connection: sqlite3.Connection, operations: Sequence[Operation[Any]]
) -> list[Outcome[Any]]:
    """Runs `operations` in order, each in a savepoint, and commits them at once; raises if nothing was committed."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        outcomes = [_attempt(connection, operation) for operation in operations]
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return outcomes


def read_snapshot(connection: sqlite3.Connection, operation: Operation[T]) -> T:
    """Runs `operation` on the database as it stands at its first statement."""
    connection.execute("BEGIN")
    try:
        return _drive(operation, SqliteTransaction(connection))
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _attempt(connection: sqlite3.Connection, operation: Operation[T]) -> Outcome[T]:
    connection.execute("SAVEPOINT operation")
    try:
        outcome: Outcome[T] = Returned(_drive(operation, SqliteTransaction(connection)))
    except BaseException as error:
        if not connection.in_transaction:
            raise  # SQLite gave up the whole transaction, everybody's: a full disk, a failed read
        connection.execute("ROLLBACK TO operation")
        outcome = Raised(error)
    connection.execute("RELEASE operation")
    return outcome


def _drive(operation: Operation[T], transaction: SqliteTransaction) -> T:
    """Runs a coroutine that never suspends, without an event loop."""
    coroutine = operation(transaction)
    try:
        coroutine.send(None)
    except StopIteration as end:
        value: T = end.value
        return value
    coroutine.close()
    raise RuntimeError(
        f"{coroutine!r} awaited something other than its transaction: "
        "nothing but SQL may be awaited inside one"
    )
