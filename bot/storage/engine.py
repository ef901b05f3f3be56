"""What SQL modules see of a database: a transaction that the caller owns, and rows by column name."""

from collections.abc import Callable, Coroutine, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, TypeAlias, TypeVar

from bot.errors import TissueBoxError

T = TypeVar("T")

Value: TypeAlias = str | int | float | bytes | None

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Row(Protocol):
    """One row of a result."""

    def __getitem__(self, column: str, /) -> Any: ...


class Transaction(Protocol):
    """SQL inside one transaction. Placeholders are `?`; nothing but these methods may be awaited in it."""

    async def execute(self, sql: str, *args: Value) -> int:
        """Runs one statement; the number of rows it touched."""
        ...

    async def many(self, sql: str, rows: Iterable[Sequence[Value]]) -> int:
        """Runs one statement once for each of `rows`; the number of rows touched in all."""
        ...

    async def one(self, sql: str, *args: Value) -> Row | None:
        """The first row, or None."""
        ...

    async def all(self, sql: str, *args: Value) -> list[Row]:
        """Every row."""
        ...


Operation: TypeAlias = Callable[[Transaction], Coroutine[Any, Any, T]]


class Database(Protocol):
    """One database. An operation that raises leaves nothing behind, and its error reaches its caller only."""

    async def write(self, operation: Operation[T]) -> T:
        """Runs `operation` in a transaction; returns once it is on disk. NotCommittedError if that failed."""
        ...

    async def read(self, operation: Operation[T]) -> T:
        """Runs `operation` on one snapshot; it can't write."""
        ...

    async def close(self) -> None:
        """Finishes what was asked for, then closes; further calls raise RuntimeError."""
        ...


class NotCommittedError(TissueBoxError):
    """The disk did not take the transaction: nothing of the operation may be confirmed."""


def to_ms(moment: datetime) -> int:
    """UTC milliseconds of an aware datetime, the form in which tables hold time; ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone")
    return (moment - EPOCH) // timedelta(milliseconds=1)


def from_ms(milliseconds: int) -> datetime:
    """The UTC datetime of a column filled by `to_ms`."""
    return EPOCH + timedelta(milliseconds=milliseconds)
