"""Durable upserts with 50 in flight: the engine's shared commits against plain aiosqlite autocommit.

Both write one row at a time, the same rows of the same table, with the same PRAGMAs, in rounds that take
turns, so that whatever else the machine does meanwhile burdens both alike. Every write is timed from its
call to its answer.
"""

import asyncio
import itertools
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

import aiosqlite

from bot.storage.meta import set_value
from bot.storage.sqlite.database import open_sqlite
from tests.bench.report import Figure

IN_FLIGHT = 50
ROUNDS = 9
SHARED_WRITES = 10_000
PLAIN_WRITES = 2_000
ROWS = 1_000

UPSERT = "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"

Write = Callable[[str, str], Awaitable[object]]


@dataclass(slots=True)
class Measured:
    """One way of writing: writes per second of each round, milliseconds of each write."""

    numbers: Iterator[int] = field(default_factory=itertools.count)
    rates: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    @property
    def p99(self) -> float:
        return quantiles(self.waits, n=100)[98]


async def measure(into: Measured, write: Write, writes: int) -> None:
    """One round: `IN_FLIGHT` writers, each with one write under way at any time."""
    began = time.perf_counter()
    await asyncio.gather(*(_writer(into, write, writes // IN_FLIGHT) for _ in range(IN_FLIGHT)))
    into.rates.append(writes / (time.perf_counter() - began))


async def _writer(into: Measured, write: Write, writes: int) -> None:
    for number in itertools.islice(into.numbers, writes):
        asked = time.perf_counter()
        # the value is new each time: SQLite writes and syncs nothing for a row that stays as it is
        await write(f"{number % ROWS}", f"{number}")
        into.waits.append((time.perf_counter() - asked) * 1000)


async def compare(directory: Path) -> tuple[Measured, Measured]:
    """The engine and plain aiosqlite, each on a file of its own."""
    shared, alone = Measured(), Measured()
    now = datetime.now(UTC)
    await (await open_sqlite(directory / "plain.db", now)).close()
    database = await open_sqlite(directory / "shared.db", now)
    async with aiosqlite.connect(directory / "plain.db", isolation_level=None) as connection:
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            await connection.execute(f"PRAGMA {pragma}")

        async def write_shared(key: str, value: str) -> None:
            await database.write(partial(set_value, key=key, value=value))

        async def write_alone(key: str, value: str) -> None:
            await connection.execute(UPSERT, (key, value))

        for _ in range(ROUNDS):
            await measure(shared, write_shared, SHARED_WRITES)
            await measure(alone, write_alone, PLAIN_WRITES)
    await database.close()
    return shared, alone


async def figures() -> list[Figure]:
    """Rates and their ratio as medians of the rounds; waits over all writes."""
    with TemporaryDirectory() as directory:
        shared, alone = await compare(Path(directory))
    ratio = median(ours / theirs for ours, theirs in zip(shared.rates, alone.rates, strict=True))
    return [
        Figure("durable upserts, 50 in flight, plain autocommit", median(alone.rates), "ops/s"),
        Figure("durable upserts, 50 in flight, shared commits", median(shared.rates), "ops/s"),
        Figure("shared commits over plain autocommit", ratio, "x", ">= 5", ok=ratio >= 5),
        Figure("wait for a durable upsert, p99, plain autocommit", alone.p99, "ms"),
        Figure(
            "wait for a durable upsert, p99, shared commits", shared.p99, "ms", "< 20", ok=shared.p99 < 20
        ),
    ]


if __name__ == "__main__":
    from tests.bench.report import show

    show(asyncio.run(figures()))
