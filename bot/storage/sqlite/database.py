"""The database over its connections: writes gathered into shared commits, reads on snapshots of their own."""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite
from msgspec import Struct

from bot.storage.engine import NotCommittedError, Operation
from bot.storage.migrate import Migration, read_migrations
from bot.storage.sqlite.batch import Outcome, Raised, Returned, commit_together, read_snapshot
from bot.storage.sqlite.file import hold, make, prepare, told_to_operator
from bot.storage.sqlite.thread import connect, in_thread

T = TypeVar("T")

READERS = 2
LARGEST_BATCH = 256


class _Write(Struct, frozen=True):
    operation: Operation[Any]
    future: asyncio.Future[Any]


class SqliteDatabase:
    """A Database on one file. Operations run in the connections' threads, never on the event loop."""

    def __init__(
        self, lock: sqlite3.Connection, writer: aiosqlite.Connection, readers: Sequence[aiosqlite.Connection]
    ) -> None:
        self._lock = lock
        self._writer = writer
        self._idle = asyncio.LifoQueue[aiosqlite.Connection]()
        for reader in readers:
            self._idle.put_nowait(reader)
        self._readers = len(readers)
        self._asked = asyncio.Queue[_Write | None]()
        self._writing = asyncio.create_task(self._write_batches(), name="storage writer")
        self._closed = False

    async def write(self, operation: Operation[T]) -> T:
        self._refuse_if_closed()
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._asked.put_nowait(_Write(operation, future))
        return await future

    async def read(self, operation: Operation[T]) -> T:
        self._refuse_if_closed()
        reader = await self._idle.get()
        try:
            return await in_thread(reader, partial(read_snapshot, operation=operation))
        finally:
            self._idle.put_nowait(reader)

    async def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        self._asked.put_nowait(None)
        await self._writing
        for _ in range(self._readers):
            await (await self._idle.get()).close()
        await self._writer.close()
        self._lock.close()

    def _refuse_if_closed(self) -> None:
        if self._closed:
            raise RuntimeError("the database is closed")

    async def _write_batches(self) -> None:
        closing = False
        while not closing:
            batch = [await self._asked.get()]
            while len(batch) < LARGEST_BATCH and not self._asked.empty():
                batch.append(self._asked.get_nowait())
            closing = None in batch
            await self._write_batch([write for write in batch if write and not write.future.done()])

    async def _write_batch(self, batch: Sequence[_Write]) -> None:
        if not batch:
            return
        operations = [write.operation for write in batch]
        try:
            outcomes = await in_thread(self._writer, partial(commit_together, operations=operations))
        except Exception as error:  # noqa: BLE001 - whatever it was, each caller must hear that nothing is stored
            outcomes = [Raised(_not_committed(error)) for _ in batch]
        for write, outcome in zip(batch, outcomes, strict=True):
            _answer(write.future, outcome)


def _not_committed(error: Exception) -> NotCommittedError:
    failed = NotCommittedError(f"not committed: {error}")
    failed.__cause__ = error
    return failed


def _answer(future: asyncio.Future[Any], outcome: Outcome[Any]) -> None:
    match outcome:
        case _ if future.done():
            return  # its caller was cancelled meanwhile
        case Returned(value):
            future.set_result(value)
        case Raised(error):
            future.set_exception(error)


async def open_sqlite(
    path: Path, now: datetime, migrations: Sequence[Migration] | None = None
) -> SqliteDatabase:
    """Opens `path`, creating and migrating it as needed; SetupError says what stands in the way."""
    steps = read_migrations() if migrations is None else migrations
    with told_to_operator(path):
        async with AsyncExitStack() as undo:
            lock = hold(path)
            undo.callback(lock.close)
            make(path)
            writer = await connect(path)
            undo.push_async_callback(writer.close)
            await in_thread(writer, partial(prepare, path=path, migrations=steps, now=now))
            readers = []
            for _ in range(READERS):
                readers.append(await _connect_reader(path))
                undo.push_async_callback(readers[-1].close)
            undo.pop_all()
            return SqliteDatabase(lock, writer, readers)


async def _connect_reader(path: Path) -> aiosqlite.Connection:
    reader = await connect(path)
    await in_thread(reader, lambda raw: raw.execute("PRAGMA query_only = ON"))
    return reader
