"""The job table as the runner uses it."""

from collections.abc import Collection
from datetime import datetime

from bot.domain.jobs import KEPT, Job, next_try
from bot.storage import jobs
from bot.storage.engine import Database, Transaction

SWEPT = 1_000  # a pass, so that no press has to wait for long


class Jobs:
    """Claims, finishes and puts off jobs, one transaction each."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def claim(self, now: datetime, most: int) -> list[Job]:
        async def take(tx: Transaction) -> list[Job]:
            return await jobs.claim(tx, now, most)

        return await self._db.write(take)

    async def renew(self, in_hand: Collection[int], now: datetime) -> None:
        """Keeps the jobs with these ids from being claimed again while they are worked on."""

        async def hold(tx: Transaction) -> None:
            await jobs.renew(tx, in_hand, now)

        if in_hand:
            await self._db.write(hold)

    async def next_due(self, now: datetime) -> datetime | None:
        async def look(tx: Transaction) -> datetime | None:
            return await jobs.next_due(tx, now)

        return await self._db.read(look)

    async def finished(self, job: Job, now: datetime) -> None:
        async def close(tx: Transaction) -> None:
            await jobs.finish(tx, job, now)

        await self._db.write(close)

    async def failed(self, job: Job, now: datetime, *, patient: bool = False) -> datetime | None:
        """Puts the job off, or gives it up after too many tries; when it is tried again."""
        again = next_try(job.tries, now, patient=patient)

        async def note(tx: Transaction) -> None:
            if again is None:
                await jobs.finish(tx, job, now)
            else:
                await jobs.put_off(tx, job, again)

        await self._db.write(note)
        return again

    async def sweep(self, now: datetime) -> bool:
        """Forgets jobs that were finished long ago, some at a time; whether those were all."""
        return await self._db.write(lambda tx: jobs.sweep(tx, now - KEPT, SWEPT)) < SWEPT

    async def release_all(self) -> None:
        await self._db.write(jobs.release_all)
