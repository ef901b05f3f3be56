"""The job table: claimed once, held by a lease, put off when it failed, given up in the end."""

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.domain.jobs import KEPT, LEASE, MOST_TRIES, Job
from bot.services.jobs import SWEPT, Jobs
from bot.storage import jobs as table
from bot.storage.engine import Database, Transaction, to_ms
from tests.services.times import NOW, SECOND

pytestmark = pytest.mark.asyncio

CLUB = 7


@pytest.fixture
def jobs(db: Database) -> Jobs:
    return Jobs(db)


async def ask(db: Database, subject: int, due_at: datetime = NOW, generation: int = 0) -> None:
    async def schedule(tx: Transaction) -> None:
        await table.schedule(tx, "any", subject, generation=generation, club_id=CLUB, due_at=due_at)

    await db.write(schedule)


async def claimed(jobs: Jobs, now: datetime = NOW) -> list[int]:
    return [job.subject for job in await jobs.claim(now, 100)]


async def the_one(jobs: Jobs, now: datetime = NOW) -> Job:
    (job,) = await jobs.claim(now, 100)
    return job


async def test_what_is_due_is_claimed_earliest_first(jobs: Jobs, db: Database) -> None:
    await ask(db, 1, NOW - SECOND)
    await ask(db, 2, NOW - 2 * SECOND)
    await ask(db, 3, NOW + SECOND)
    assert await claimed(jobs) == [2, 1]


async def test_many_claims_at_once_take_each_job_once(jobs: Jobs, db: Database) -> None:
    await asyncio.gather(*(ask(db, subject) for subject in range(20)))
    taken = await asyncio.gather(*(jobs.claim(NOW, 3) for _ in range(10)))
    assert all(len(batch) <= 3 for batch in taken)
    assert sorted(job.subject for batch in taken for job in batch) == list(range(20))


async def test_a_lease_runs_out(jobs: Jobs, db: Database) -> None:
    await ask(db, 1)
    assert await claimed(jobs) == [1]
    assert await jobs.next_due(NOW) == NOW + LEASE
    assert await claimed(jobs, NOW + LEASE - SECOND) == []
    again = await the_one(jobs, NOW + LEASE)
    assert (again.subject, again.tries) == (1, 2)


async def test_next_is_what_waits_or_whose_lease_runs_out_whichever_comes_first(
    jobs: Jobs, db: Database
) -> None:
    assert await jobs.next_due(NOW) is None
    await ask(db, 1)
    await claimed(jobs)
    await ask(db, 2, NOW + LEASE + SECOND)
    assert await jobs.next_due(NOW) == NOW + LEASE
    await ask(db, 3, NOW + SECOND)
    assert await jobs.next_due(NOW) == NOW + SECOND
    assert await jobs.next_due(NOW + 2 * LEASE) == NOW  # the lease has run out: due since


async def test_a_new_process_takes_back_what_a_dead_one_held(jobs: Jobs, db: Database) -> None:
    await ask(db, 1)
    await claimed(jobs)
    await jobs.release_all()
    assert await claimed(jobs) == [1]


async def test_finished_jobs_are_forgotten_after_ninety_days_and_no_others(jobs: Jobs, db: Database) -> None:
    for subject in range(3):
        await ask(db, subject)
    done, failed, _waiting = await jobs.claim(NOW, 2), await jobs.claim(NOW, 1), None
    await jobs.finished(done[0], NOW)
    await jobs.finished(done[1], NOW + SECOND)
    assert await jobs.sweep(NOW + KEPT)
    assert await count(db) == 3
    assert await jobs.sweep(NOW + KEPT + SECOND)
    assert await count(db) == 2
    assert await jobs.sweep(NOW + 10 * KEPT)
    assert await count(db) == 1
    assert [job.subject for job in failed] == await claimed(jobs, NOW + 10 * KEPT)


async def count(db: Database) -> int:
    async def look(tx: Transaction) -> int:
        row = await tx.one("SELECT count(*) AS n FROM jobs")
        return int(row["n"]) if row else 0

    return await db.read(look)


async def test_many_old_jobs_are_forgotten_some_at_a_time(jobs: Jobs, db: Database) -> None:
    async def fill(tx: Transaction) -> None:
        rows = [(number, to_ms(NOW)) for number in range(SWEPT + 1)]
        await tx.many(
            "INSERT INTO jobs (kind, subject, generation, club_id, due_at, finished_at) "
            f"VALUES ('any', ?, 0, {CLUB}, 0, ?)",
            rows,
        )

    await db.write(fill)
    assert not await jobs.sweep(NOW + 2 * KEPT)
    assert await count(db) == 1
    assert await jobs.sweep(NOW + 2 * KEPT)


async def test_a_finished_job_never_comes_again(jobs: Jobs, db: Database) -> None:
    await ask(db, 1)
    await jobs.finished(await the_one(jobs), NOW)
    await ask(db, 1)
    await jobs.release_all()
    assert await claimed(jobs, NOW + timedelta(days=1)) == []
    assert await jobs.next_due(NOW) is None


async def test_asking_twice_asks_once_and_moves_it(jobs: Jobs, db: Database) -> None:
    await ask(db, 1, NOW + 10 * SECOND)
    await ask(db, 1, NOW + 5 * SECOND)
    assert await jobs.next_due(NOW) == NOW + 5 * SECOND
    assert await claimed(jobs, NOW + 10 * SECOND) == [1]


async def test_another_generation_is_another_job(jobs: Jobs, db: Database) -> None:
    await ask(db, 1)
    await ask(db, 1, generation=1)
    assert await claimed(jobs) == [1, 1]


async def test_a_failing_job_waits_longer_each_time_and_is_given_up(jobs: Jobs, db: Database) -> None:
    await ask(db, 1)
    now, waits = NOW, []
    for _ in range(MOST_TRIES - 1):
        again = await jobs.failed(await the_one(jobs, now), now)
        assert again is not None
        assert await jobs.next_due(now) == again
        waits.append(again - now)
        now = again
    assert waits == sorted(waits)
    assert await jobs.failed(await the_one(jobs, now), now) is None
    assert await jobs.next_due(now) is None


async def test_the_next_due_is_the_earliest_that_nobody_holds(jobs: Jobs, db: Database) -> None:
    assert await jobs.next_due(NOW) is None
    await ask(db, 1, NOW + 30 * SECOND)
    await ask(db, 2, NOW)
    await claimed(jobs)
    assert await jobs.next_due(NOW) == NOW + 30 * SECOND


async def test_a_job_that_was_moved_while_in_hand_comes_again(jobs: Jobs, db: Database) -> None:
    await ask(db, 1)
    in_hand = await the_one(jobs)
    await ask(db, 1, NOW + 30 * SECOND)
    await jobs.finished(in_hand, NOW)
    assert await jobs.next_due(NOW) == NOW + 30 * SECOND


async def test_a_failed_job_keeps_the_time_it_was_moved_to(jobs: Jobs, db: Database) -> None:
    await ask(db, 1)
    in_hand = await the_one(jobs)
    await ask(db, 1, NOW + 30 * SECOND)
    await jobs.failed(in_hand, NOW)
    assert await jobs.next_due(NOW) == NOW + 30 * SECOND


async def test_a_job_in_hand_is_not_claimed_when_its_first_lease_would_be_over(
    jobs: Jobs, db: Database
) -> None:
    await ask(db, 1)
    in_hand = await the_one(jobs)
    await jobs.renew([in_hand.job_id], NOW + LEASE)
    assert await jobs.claim(NOW + LEASE, 10) == []
