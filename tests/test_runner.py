"""The runner on a real job table: once, in time, again when it failed, and never torn off at the end."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
import pytest_asyncio

from bot import runner as running
from bot.clock import Clock
from bot.domain.jobs import KEPT, LEASE, MOST_TRIES, Job, next_try
from bot.errors import LaterError
from bot.runner import AT_ONCE, BETWEEN_SWEEPS, Runner
from bot.services.jobs import Jobs
from bot.storage import jobs as table
from bot.storage.engine import Database, NotCommittedError, Operation, Transaction
from bot.storage.opening import open_database

pytestmark = pytest.mark.asyncio

T = TypeVar("T")

SOON = 5  # seconds in which anything here happens, a slow machine included
HOUR = timedelta(hours=1)


class WatchedClock(Clock):
    """Tells when the runner has looked for work and sleeps, and until when."""

    def __init__(self) -> None:
        super().__init__()
        self.until: datetime | None = None
        self._asleep = asyncio.Condition()
        self._naps = 0

    async def wait(self, until: datetime | None, woken: asyncio.Event) -> None:
        self.until = until
        async with self._asleep:
            self._naps += 1
            self._asleep.notify_all()
        await super().wait(until, woken)

    async def slept(self, until: Callable[[datetime | None], bool]) -> None:
        """Waits until the runner sleeps with an `until` of this kind."""
        async with asyncio.timeout(SOON), self._asleep:
            await self._asleep.wait_for(lambda: self._naps > 0 and until(self.until))


class Desk:
    """Does jobs: notes each, and holds or fails them as a test says."""

    def __init__(self) -> None:
        self.done: list[int] = []
        self.began: asyncio.Queue[Job] = asyncio.Queue()
        self.open = asyncio.Event()
        self.open.set()
        self.faults = 0

    async def __call__(self, job: Job) -> None:
        self.began.put_nowait(job)
        await self.open.wait()
        if self.faults:
            self.faults -= 1
            raise RuntimeError("not today")
        self.done.append(job.subject)

    async def began_next(self) -> Job:
        async with asyncio.timeout(SOON):
            return await self.began.get()


class House:
    """A runner, its clock and its job table."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.clock = WatchedClock()
        self.runner = Runner(Jobs(db), self.clock)
        self.desk = Desk()
        self.runner.handle("any", self.desk)

    async def ask(self, subject: int, wait: timedelta = timedelta()) -> None:
        due = self.clock.now() + wait

        async def schedule(tx: Transaction) -> None:
            await table.schedule(tx, "any", subject, club_id=1, due_at=due)

        await self.db.write(schedule)
        self.runner.wake()

    async def idle(self) -> None:
        """Waits until nothing is due and nothing in hand."""
        await self.clock.slept(lambda until: until is None)


@pytest_asyncio.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    database = await open_database(f"sqlite:///{tmp_path}/bot.db", Clock().now())
    yield database
    await database.close()


@pytest_asyncio.fixture
async def house(db: Database) -> AsyncIterator[House]:
    house = House(db)
    yield house
    house.desk.open.set()
    await house.runner.stop()


async def test_a_due_job_is_done_once_and_finished(house: House) -> None:
    await house.ask(1)
    house.runner.start()
    await house.desk.began_next()
    await house.idle()
    assert house.desk.done == [1]
    assert await Jobs(house.db).next_due(house.clock.now()) is None


async def test_what_was_finished_long_ago_is_forgotten_day_by_day(house: House) -> None:
    async def finished() -> list[int]:
        async def look(tx: Transaction) -> list[int]:
            rows = await tx.all("SELECT subject FROM jobs WHERE finished_at IS NOT NULL ORDER BY subject")
            return [row["subject"] for row in rows]

        return await house.db.read(look)

    house.runner.start()
    for subject, later in ((1, timedelta()), (2, KEPT), (3, KEPT + 2 * BETWEEN_SWEEPS)):
        house.clock.set_offset(later)
        await house.ask(subject)
        await house.desk.began_next()
        await house.idle()
    async with asyncio.timeout(SOON):
        while await finished() != [2, 3]:
            await house.clock.slept(lambda _: True)
    assert house.desk.done == [1, 2, 3]


async def test_what_a_dead_process_held_is_done(house: House) -> None:
    await house.ask(1)
    await Jobs(house.db).claim(house.clock.now(), 1)
    house.runner.start()
    assert (await house.desk.began_next()).subject == 1


async def test_it_sleeps_to_the_next_job_and_a_sooner_one_wakes_it(house: House) -> None:
    await house.ask(1, HOUR)
    house.runner.start()
    await house.clock.slept(lambda until: until is not None)
    await house.ask(2)
    assert (await house.desk.began_next()).subject == 2
    await house.clock.slept(lambda until: until is not None and until > house.clock.now())
    assert house.desk.done == [2]


async def test_a_jump_of_the_clock_wakes_it(house: House) -> None:
    await house.ask(1, HOUR)
    house.runner.start()
    await house.clock.slept(lambda until: until is not None)
    house.clock.set_offset(HOUR)
    assert (await house.desk.began_next()).subject == 1


async def test_a_job_that_takes_longer_than_its_lease_is_not_started_beside_itself(house: House) -> None:
    house.desk.open.clear()
    await house.ask(1)
    house.runner.start()
    await house.desk.began_next()
    house.clock.set_offset(2 * LEASE)
    await house.clock.slept(lambda until: until is not None and until > house.clock.now() + LEASE / 2)
    house.desk.open.set()
    await house.idle()
    assert house.desk.done == [1]


async def test_a_job_moved_while_in_hand_is_done_again_at_its_new_time(house: House) -> None:
    house.desk.open.clear()
    await house.ask(1)
    house.runner.start()
    await house.desk.began_next()
    await house.ask(1, HOUR)
    house.desk.open.set()
    await house.clock.slept(lambda until: until is not None and until > house.clock.now() + HOUR / 2)
    house.clock.set_offset(HOUR)
    await house.desk.began_next()
    await house.idle()
    assert house.desk.done == [1, 1]


async def test_a_job_asked_for_anew_while_in_hand_follows_at_once(house: House) -> None:
    house.desk.open.clear()
    await house.ask(1)
    house.runner.start()
    await house.desk.began_next()
    await house.ask(1, timedelta(milliseconds=5))
    due, jobs = house.clock.now() + timedelta(milliseconds=5), Jobs(house.db)
    async with asyncio.timeout(SOON):  # until it is claimed once more, and left to whoever has it in hand
        while (at := await jobs.next_due(house.clock.now())) is None or at < due + LEASE / 2:
            pass
    house.desk.open.set()
    assert (await house.desk.began_next()).tries == 3


async def test_a_failed_job_is_tried_again_after_a_while(house: House) -> None:
    house.desk.faults = 1
    await house.ask(1)
    house.runner.start()
    first = await house.desk.began_next()
    await house.clock.slept(lambda until: until is not None and until > first.due_at)
    again = next_try(1, house.clock.now())
    assert again is not None
    house.clock.set_offset(again - first.due_at)
    assert (await house.desk.began_next()).tries == 2
    await house.idle()
    assert house.desk.done == [1]


async def test_a_job_that_always_fails_is_given_up(house: House) -> None:
    house.desk.faults = MOST_TRIES
    await house.ask(1)
    house.runner.start()
    for tries in range(1, MOST_TRIES + 1):
        job = await house.desk.began_next()
        assert job.tries == tries
        house.clock.set_offset(tries * HOUR)
    await house.idle()
    assert house.desk.done == []


async def test_a_bad_job_does_not_stop_the_others(house: House) -> None:
    house.desk.faults = 1
    await house.ask(1)
    house.runner.start()
    await house.desk.began_next()
    await house.ask(2)
    assert (await house.desk.began_next()).subject == 2


async def test_at_most_so_many_jobs_are_in_hand_and_the_rest_follow(house: House) -> None:
    house.desk.open.clear()
    for subject in range(AT_ONCE + 2):
        await house.ask(subject)
    house.runner.start()
    for _ in range(AT_ONCE):
        await house.desk.began_next()
    await house.idle()
    assert house.desk.began.empty()
    house.desk.open.set()
    await house.desk.began_next()
    await house.desk.began_next()
    await house.idle()
    assert sorted(house.desk.done) == list(range(AT_ONCE + 2))


async def test_what_waits_for_others_is_not_given_up_with_the_rest(house: House) -> None:
    async def later(_: Job) -> None:
        raise LaterError("its channel is shut")

    async def tried_enough(tx: Transaction) -> None:
        await tx.execute("UPDATE jobs SET tries = ?", MOST_TRIES)

    house.runner.handle("shut", later)
    await house.db.write(lambda tx: table.schedule(tx, "shut", 1, club_id=1, due_at=house.clock.now()))
    await house.db.write(tried_enough)
    house.runner.start()
    await house.clock.slept(lambda until: until is not None and until > house.clock.now() + HOUR / 2)


async def test_stop_waits_for_what_is_in_hand_and_takes_no_more(house: House) -> None:
    house.desk.open.clear()
    await house.ask(1)
    house.runner.start()
    await house.desk.began_next()
    stopping = asyncio.create_task(house.runner.stop())
    await house.ask(2)
    assert not stopping.done()
    house.desk.open.set()
    async with asyncio.timeout(SOON):
        await stopping
    assert house.desk.done == [1]
    (left,) = await Jobs(house.db).claim(house.clock.now(), 10)
    assert left.subject == 2


async def test_stop_drops_what_hangs_and_the_next_start_takes_it_back(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "PATIENCE", timedelta(milliseconds=10))
    house.desk.open.clear()
    await house.ask(1)
    house.runner.start()
    await house.desk.began_next()
    async with asyncio.timeout(SOON):
        await house.runner.stop()
    assert house.desk.done == []
    after = House(house.db)
    after.runner.start()
    assert (await after.desk.began_next()).subject == 1
    await after.idle()
    await after.runner.stop()


class FullDisk:
    """A database that refuses the first so many writes."""

    def __init__(self, db: Database, refusals: int) -> None:
        self._db = db
        self._refusals = refusals

    async def write(self, operation: Operation[T]) -> T:
        if self._refusals:
            self._refusals -= 1
            raise NotCommittedError("disk full")
        return await self._db.write(operation)

    def read(self, operation: Operation[T]) -> Coroutine[Any, Any, T]:
        return self._db.read(operation)

    async def close(self) -> None:
        await self._db.close()


async def test_a_full_disk_is_logged_and_outlived(
    db: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(running, "AFTER_FAULT", timedelta(milliseconds=10))
    house = House(FullDisk(db, 0))
    await house.ask(1)
    house.db = FullDisk(db, 3)
    house.runner = Runner(Jobs(house.db), house.clock)
    house.runner.handle("any", house.desk)
    with caplog.at_level(logging.ERROR):
        house.runner.start()
        assert (await house.desk.began_next()).subject == 1
    await house.idle()
    await house.runner.stop()
    assert "could not look for due jobs" in caplog.text


async def test_whoever_follows_a_kind_comes_after_its_handler_in_the_same_job(house: House) -> None:
    order: list[str] = []

    async def follow(job: Job) -> None:
        order.append(f"followed {job.subject}")
        if len(order) == 1:
            raise ValueError("the first try fails, so the whole job comes again")

    house.runner.also("any", follow)
    await house.ask(1)
    house.runner.start()
    await house.desk.began_next()
    house.clock.set_offset(timedelta(minutes=1))
    await house.desk.began_next()
    await house.idle()
    assert order == ["followed 1", "followed 1"]


async def test_a_kind_has_one_handler(house: House) -> None:
    with pytest.raises(ValueError, match="any"):
        house.runner.handle("any", house.desk)


async def test_a_runner_that_never_started_stops_at_once(db: Database) -> None:
    await Runner(Jobs(db), Clock()).stop()
