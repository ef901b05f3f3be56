"""Whatever members and hosts do in whatever order, over restarts too: counts equal the rows, nobody has two
ballots, and nothing is lost but what its owner took away."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.tissues.outcomes import Erased, JustClosed, Reopened
from bot.domain.tissues.polls import REOPEN_WITHIN
from bot.services.tissue_results import TissueResults
from bot.services.tissues import Tissues
from bot.storage.engine import Database
from bot.storage.opening import open_database
from tests.services.times import NOW
from tests.services.tissues import CLUB, HOST, HOUR, ballots, counted, opened

members = st.integers(1, 4)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("cast"), members, st.integers(0, 12)),
        st.tuples(st.just("cast"), members, st.integers(0, 12)),
        st.tuples(st.just("erase"), members, st.just(0)),
        st.tuples(st.sampled_from(["close", "reopen", "restart", "wait"]), st.just(0), st.just(0)),
    ),
    max_size=25,
)


@dataclass
class Model:
    """What the poll should hold."""

    db: Database
    path: Path
    poll_id: int
    now: datetime
    generation: int = 0
    closed_at: datetime | None = None
    closes_at: datetime = NOW + 48 * HOUR
    ballots: dict[int, int] = field(default_factory=dict)
    nameless: list[int] = field(default_factory=list)

    async def do(self, step: str, member: int, number: int) -> None:
        await getattr(self, step)(member, number)

    async def cast(self, member: int, number: int) -> None:
        await self._tissues().cast(self.poll_id, CLUB, member, number, self.now)
        if self.closed_at is None and self.now < self.closes_at:
            self.ballots[member] = number

    async def erase(self, member: int, _: int) -> None:
        outcome = await self._tissues().erase(self.poll_id, CLUB, member)
        assert isinstance(outcome, Erased) is (member in self.ballots)
        number = self.ballots.pop(member, None)
        if number is not None and self.closed_at is not None:
            self.nameless.append(number)

    async def close(self, *_: int) -> None:
        outcome = await self._tissues().close(self.poll_id, self.generation, HOST, self.now)
        assert isinstance(outcome, JustClosed) is (self.closed_at is None)
        self.closed_at = self.closed_at or self.now

    async def reopen(self, *_: int) -> None:
        until = self.now + HOUR
        outcome = await self._tissues().reopen(self.poll_id, CLUB, until, self.now)
        may = self.closed_at is not None and self.now - self.closed_at <= REOPEN_WITHIN
        assert isinstance(outcome, Reopened) is may
        if may:
            self.closed_at, self.closes_at, self.nameless = None, until, []
            self.generation += 1

    async def wait(self, *_: int) -> None:
        self.now += REOPEN_WITHIN

    async def restart(self, *_: int) -> None:
        await self.db.close()
        self.db = await open_database(f"sqlite:///{self.path}", self.now)

    async def check(self) -> None:
        stored = await ballots(self.db, self.poll_id)
        assert {member: n for member, n in stored if member} == self.ballots
        assert Counter(n for member, n in stored if not member) == Counter(self.nameless)
        assert len([member for member, _ in stored if member]) == len(self.ballots)
        assert await counted(self.db, self.poll_id) == Counter(n for _, n in stored)
        recount = await TissueResults(self.db).recount(self.poll_id)
        assert recount
        assert recount.matches

    def _tissues(self) -> Tissues:
        return Tissues(self.db, lambda: None)


@pytest.mark.asyncio
@given(steps=steps)
@settings(max_examples=40, deadline=None)
async def test_counts_equal_the_rows_after_every_step(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int]]
) -> None:
    path = tmp_path_factory.mktemp("any-order") / "bot.db"
    db = await open_database(f"sqlite:///{path}", NOW)
    poll = await opened(Tissues(db, lambda: None))
    model = Model(db, path, poll.poll_id, NOW)
    for step in steps:
        await model.do(*step)
        await model.check()
    await model.db.close()
