"""A database of this release on a file of its own, and a look at that file from outside the bot."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import pytest_asyncio

from bot.storage.engine import Transaction
from bot.storage.meta import set_value
from bot.storage.sqlite.database import SqliteDatabase, open_sqlite
from tests.storage.times import NOW

Stored = Callable[[], dict[str, str]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bot.db"


@pytest_asyncio.fixture
async def database(path: Path) -> AsyncIterator[SqliteDatabase]:
    database = await open_sqlite(path, NOW)
    yield database
    await database.close()


@pytest.fixture
def stored(path: Path) -> Stored:
    """What the table `meta` holds on disk, as another program reads it at this moment."""

    def look() -> dict[str, str]:
        with closing(sqlite3.connect(path)) as beside:
            return dict(beside.execute("SELECT key, value FROM meta"))

    return look


class Gate:
    """Holds an operation up in its thread, between two of its statements, until it is opened."""

    def __init__(self) -> None:
        self._reached = threading.Event()
        self._open = threading.Event()

    async def reached(self) -> None:
        assert await asyncio.to_thread(self._reached.wait, 10)

    def open(self) -> None:
        self._open.set()

    def pass_through(self) -> None:
        self._reached.set()
        assert self._open.wait(10)

    async def set_slowly(self, tx: Transaction, key: str, value: str) -> None:
        await set_value(tx, key, value)
        self.pass_through()


@pytest.fixture
def gate() -> Iterator[Gate]:
    gate = Gate()
    yield gate
    gate.open()
