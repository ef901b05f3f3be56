"""Fifty writers at once come to what one after another would have come to."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.storage.engine import Transaction
from bot.storage.meta import set_value, value
from bot.storage.sqlite.database import SqliteDatabase, open_sqlite
from tests.storage.times import NOW


@dataclass(frozen=True, slots=True)
class Step:
    """Adds to a counter, and then perhaps thinks better of it."""

    key: str
    add: int
    fails: bool

    async def __call__(self, tx: Transaction) -> int:
        total = int(await value(tx, self.key) or 0) + self.add
        await set_value(tx, self.key, str(total))
        if self.fails:
            raise LookupError(total)
        return total


steps = st.lists(
    st.builds(Step, st.sampled_from("abc"), st.integers(1, 9), st.sampled_from([False, False, True])),
    min_size=50,
    max_size=50,
)


@pytest_asyncio.fixture(scope="module")
async def lasting(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[SqliteDatabase]:
    database = await open_sqlite(tmp_path_factory.mktemp("writers") / "bot.db", NOW)
    yield database
    await database.close()


@pytest.mark.asyncio
@given(steps=steps)
@settings(max_examples=40, deadline=None)
async def test_fifty_at_once_equal_fifty_in_turn(lasting: SqliteDatabase, steps: list[Step]) -> None:
    await lasting.write(lambda tx: tx.execute("DELETE FROM meta"))
    answers = await asyncio.gather(*map(lasting.write, steps), return_exceptions=True)

    totals: Counter[str] = Counter()
    for step, answer in zip(steps, answers, strict=True):
        if step.fails:
            assert repr(answer) == repr(LookupError(totals[step.key] + step.add))
        else:
            totals[step.key] += step.add
            assert answer == totals[step.key]
    rows = await lasting.read(lambda tx: tx.all("SELECT key, value FROM meta"))
    assert {row["key"]: int(row["value"]) for row in rows} == totals
