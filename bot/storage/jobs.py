"""Jobs: asked for, claimed with a lease, finished or put off."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.domain.jobs import LEASE, Job
from bot.storage.engine import Row, Transaction, from_ms, to_ms


async def schedule(
    tx: Transaction, kind: str, subject: int, *, generation: int = 0, club_id: int, due_at: datetime
) -> None:
    """Asks for a job; asking again for the same kind, subject and generation only moves an unfinished one."""
    await tx.execute(
        "INSERT INTO jobs (kind, subject, generation, club_id, due_at) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (kind, subject, generation) DO UPDATE SET due_at = excluded.due_at, leased_until = 0 "
        "WHERE jobs.finished_at IS NULL",
        kind,
        subject,
        generation,
        club_id,
        to_ms(due_at),
    )


async def ask_once(
    tx: Transaction, kind: str, subject: int, *, generation: int, club_id: int, due_at: datetime
) -> None:
    """Asks for a job; one that was asked for before, done or not, stays as it is."""
    await tx.execute(
        "INSERT INTO jobs (kind, subject, generation, club_id, due_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        kind,
        subject,
        generation,
        club_id,
        to_ms(due_at),
    )


async def revive(tx: Transaction, kind: str, subject: int, generation: int, due_at: datetime) -> None:
    """Has a job tried at `due_at` that was given up or waits for longer; one that was never asked for isn't."""
    await tx.execute(
        "UPDATE jobs SET finished_at = NULL, leased_until = 0, tries = 1, due_at = ? "
        "WHERE kind = ? AND subject = ? AND generation = ? "
        "AND (finished_at IS NOT NULL OR (leased_until = 0 AND due_at > ?))",
        to_ms(due_at),
        kind,
        subject,
        generation,
        to_ms(due_at),
    )


async def next_generation(tx: Transaction, kind: str, subject: int) -> int:
    """The generation after the last that was asked for."""
    row = await tx.one(
        "SELECT coalesce(max(generation), -1) + 1 AS next FROM jobs WHERE kind = ? AND subject = ?",
        kind,
        subject,
    )
    return int(row["next"]) if row else 0


async def pending(tx: Transaction, kind: str, subject: int) -> bool:
    """Whether a job of this kind for `subject` is still to be done."""
    return bool(
        await tx.one(
            "SELECT 1 FROM jobs WHERE kind = ? AND subject = ? AND finished_at IS NULL", kind, subject
        )
    )


async def cancel(tx: Transaction, kind: str, subject: int, now: datetime) -> None:
    """Finishes every job of this kind for `subject` without doing it."""
    await tx.execute(
        "UPDATE jobs SET finished_at = ? WHERE kind = ? AND subject = ? AND finished_at IS NULL",
        to_ms(now),
        kind,
        subject,
    )


async def claim(tx: Transaction, now: datetime, most: int) -> list[Job]:
    """Takes up to `most` jobs that are due and nobody holds, earliest first, under a lease."""
    rows = await tx.all(
        "UPDATE jobs SET leased_until = ?, tries = tries + 1, first_tried_at = coalesce(first_tried_at, ?) "
        "WHERE job_id IN (SELECT job_id FROM jobs "
        "WHERE finished_at IS NULL AND due_at <= ? AND leased_until <= ? ORDER BY due_at, job_id LIMIT ?) "
        "RETURNING *",
        to_ms(now + LEASE),
        to_ms(now),
        to_ms(now),
        to_ms(now),
        most,
    )
    return sorted(map(_job, rows), key=lambda job: (job.due_at, job.job_id))


async def next_due(tx: Transaction, now: datetime) -> datetime | None:
    """When the next unfinished job falls due or its lease runs out; None where there is none."""
    row = await tx.one(
        "SELECT min(at) AS at FROM ("
        "SELECT * FROM (SELECT due_at AS at FROM jobs WHERE finished_at IS NULL AND leased_until <= ? "
        "ORDER BY due_at LIMIT 1) UNION ALL "
        "SELECT min(max(due_at, leased_until)) FROM jobs "
        "WHERE finished_at IS NULL AND leased_until > 0 AND leased_until > ?)",  # as the index on leases says it
        to_ms(now),
        to_ms(now),
    )
    return None if row is None or row["at"] is None else from_ms(row["at"])


async def renew(tx: Transaction, job_ids: Iterable[int], now: datetime) -> None:
    """Holds jobs that are still in hand for another while; one that was asked for anew meanwhile is held no more."""
    await tx.many(
        "UPDATE jobs SET leased_until = ? WHERE job_id = ? AND leased_until > 0",
        [(to_ms(now + LEASE), job_id) for job_id in job_ids],
    )


async def finish(tx: Transaction, job: Job, now: datetime) -> None:
    """Notes the job as done, unless it was moved while it was in hand: then it comes again, as soon as it is due."""
    done = await tx.execute(
        "UPDATE jobs SET finished_at = ? WHERE job_id = ? AND due_at = ?",
        to_ms(now),
        job.job_id,
        to_ms(job.due_at),
    )
    if not done:  # whoever claimed it meanwhile has left it to us
        await tx.execute("UPDATE jobs SET leased_until = 0 WHERE job_id = ?", job.job_id)


async def put_off(tx: Transaction, job: Job, until: datetime) -> None:
    """Gives the job back, to be tried at `until`, unless it was moved while it was in hand."""
    await tx.execute(
        "UPDATE jobs SET leased_until = 0, due_at = ? WHERE job_id = ? AND due_at = ?",
        to_ms(until),
        job.job_id,
        to_ms(job.due_at),
    )


async def hold_back(tx: Transaction, job: Job, until: datetime) -> None:
    """Gives the job back untried: it may not be done before `until`."""
    await tx.execute(
        "UPDATE jobs SET leased_until = 0, tries = tries - 1, due_at = ? WHERE job_id = ? AND finished_at IS NULL",
        to_ms(until),
        job.job_id,
    )


async def bring_forward(tx: Transaction, kinds: Sequence[str], club_id: int, at: datetime) -> None:
    """Has a club's unfinished jobs of these kinds fall due at `at`, unless they do before."""
    await tx.many(
        "UPDATE jobs SET due_at = ? WHERE kind = ? AND club_id = ? AND finished_at IS NULL AND due_at > ? "
        "AND leased_until = 0",
        [(to_ms(at), kind, club_id, to_ms(at)) for kind in kinds],
    )


async def sweep(tx: Transaction, before: datetime, most: int) -> int:
    """Forgets up to `most` jobs that were finished before a moment; how many."""
    return await tx.execute(
        "DELETE FROM jobs WHERE job_id IN (SELECT job_id FROM jobs WHERE finished_at < ? LIMIT ?)",
        to_ms(before),
        most,
    )


async def release_all(tx: Transaction) -> None:
    """Takes back every lease: for a start on a database that no other process works on."""
    await tx.execute("UPDATE jobs SET leased_until = 0 WHERE finished_at IS NULL")


def _job(row: Row) -> Job:
    return Job(
        job_id=row["job_id"],
        kind=row["kind"],
        subject=row["subject"],
        generation=row["generation"],
        club_id=row["club_id"],
        due_at=from_ms(row["due_at"]),
        tries=row["tries"],
        first_tried_at=from_ms(row["first_tried_at"]) if row["first_tried_at"] is not None else None,
    )
