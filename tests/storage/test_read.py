"""Reads see one moment, wait for no writer, and change nothing."""

import asyncio
import sqlite3

import pytest

from bot.storage.engine import Transaction
from bot.storage.meta import set_value, value
from bot.storage.sqlite.database import READERS, SqliteDatabase
from tests.storage.conftest import Gate

pytestmark = pytest.mark.asyncio


async def test_a_read_keeps_to_the_moment_it_began(database: SqliteDatabase, gate: Gate) -> None:
    async def read_twice(tx: Transaction) -> tuple[str | None, str | None]:
        first = await value(tx, "a")
        gate.pass_through()
        return first, await value(tx, "a")

    await database.write(lambda tx: set_value(tx, "a", "old"))
    reading = asyncio.ensure_future(database.read(read_twice))
    await gate.reached()
    await database.write(lambda tx: set_value(tx, "a", "new"))
    gate.open()
    assert await reading == ("old", "old")
    assert await database.read(lambda tx: value(tx, "a")) == "new"


async def test_a_read_does_not_wait_for_a_writer(database: SqliteDatabase, gate: Gate) -> None:
    writing = asyncio.ensure_future(database.write(lambda tx: gate.set_slowly(tx, "a", "new")))
    await gate.reached()
    assert await database.read(lambda tx: value(tx, "a")) is None
    gate.open()
    await writing


async def test_a_read_does_not_wait_for_a_read(database: SqliteDatabase, gate: Gate) -> None:
    async def wait(tx: Transaction) -> None:
        await value(tx, "a")
        gate.pass_through()

    waiting = asyncio.ensure_future(database.read(wait))
    await gate.reached()
    assert await database.read(lambda tx: value(tx, "a")) is None
    gate.open()
    await waiting


async def test_a_read_cannot_write(database: SqliteDatabase) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await database.read(lambda tx: set_value(tx, "a", "b"))
    assert await database.read(lambda tx: value(tx, "a")) is None


async def test_more_reads_than_readers_take_turns(database: SqliteDatabase) -> None:
    await database.write(lambda tx: set_value(tx, "a", "b"))
    answers = await asyncio.gather(*(database.read(lambda tx: value(tx, "a")) for _ in range(READERS * 10)))
    assert answers == ["b"] * READERS * 10


async def test_a_reader_left_by_its_caller_serves_the_next(database: SqliteDatabase, gate: Gate) -> None:
    async def wait(tx: Transaction) -> None:
        await value(tx, "a")
        gate.pass_through()

    reads = [asyncio.ensure_future(database.read(wait)) for _ in range(READERS)]
    await gate.reached()
    for read in reads:
        read.cancel()
    await asyncio.wait(reads)
    gate.open()
    assert await database.read(lambda tx: value(tx, "a")) is None
