"""Sleeps to the next due job, claims it, and calls the handler registered for its kind."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial

from bot.clock import Clock
from bot.domain.jobs import Job
from bot.errors import LaterError
from bot.services.jobs import Jobs

log = logging.getLogger(__name__)

AT_ONCE = 16
PATIENCE = timedelta(seconds=5)  # what is in hand at the end gets; the process has 10 s in all
AFTER_FAULT = timedelta(seconds=5)
BETWEEN_SWEEPS = timedelta(days=1)

Handler = Callable[[Job], Awaitable[None]]


class Runner:
    """Runs due jobs, at most AT_ONCE at a time; a handler must be safe to repeat."""

    def __init__(self, jobs: Jobs, clock: Clock) -> None:
        self._jobs = jobs
        self._clock = clock
        self._handlers: dict[str, Handler] = {}
        self._followers: dict[str, list[Handler]] = {}
        self._woken = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._running: dict[int, asyncio.Task[None]] = {}
        self._taken_back = False
        self._sweep_at = clock.now()

    def handle(self, kind: str, handler: Handler) -> None:
        """Sends jobs of `kind` to `handler`; a kind belongs to one handler."""
        if kind in self._handlers:
            raise ValueError(f"two handlers for jobs of kind {kind}")
        self._handlers[kind] = handler

    def also(self, kind: str, handler: Handler) -> None:
        """Calls `handler`, too, after the one that jobs of `kind` belong to; it must not send for the job, whose nonce
        is used up."""
        self._followers.setdefault(kind, []).append(handler)

    def wake(self) -> None:
        """Looks again at what is due next: called after a job was asked for."""
        self._woken.set()

    def start(self) -> None:
        """Starts working, once. What a process that died had claimed is taken back first."""
        if self._task is None:
            self._task = asyncio.create_task(self._work(), name="runner")

    async def stop(self) -> None:
        """Takes no further job and waits for those in hand. What takes longer than PATIENCE is dropped unfinished:
        the next start takes it back."""
        if self._task is None:
            return
        self._task.cancel()
        await asyncio.wait({self._task})
        if self._running:
            _, left = await asyncio.wait(self._running.values(), timeout=PATIENCE.total_seconds())
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)

    async def _work(self) -> None:
        while True:
            self._woken.clear()
            await self._clock.wait(await self._look(), self._woken)

    async def _look(self) -> datetime | None:
        """Starts what is due; when to look again, None for when something wakes the runner."""
        try:
            await self._take_back()
            await self._jobs.renew(
                self._running, self._clock.now()
            )  # a lease runs out for dead processes only
            await self._start_due()
            await self._sweep()
            full = len(self._running) >= AT_ONCE
            return None if full else await self._jobs.next_due(self._clock.now())
        except Exception:  # a database that is full or locked for a while must not end all work
            log.exception("could not look for due jobs, next try in %s", AFTER_FAULT)
            return self._clock.now() + AFTER_FAULT

    async def _take_back(self) -> None:
        if not self._taken_back:
            await self._jobs.release_all()
            self._taken_back = True

    async def _sweep(self) -> None:
        now = self._clock.now()
        if now >= self._sweep_at and await self._jobs.sweep(now):
            self._sweep_at = now + BETWEEN_SWEEPS

    async def _start_due(self) -> None:
        room = AT_ONCE - len(self._running)
        for job in await self._jobs.claim(self._clock.now(), room) if room else ():
            if (
                job.job_id not in self._running
            ):  # else it was asked for anew while in hand: it comes again later
                self._running[job.job_id] = asyncio.create_task(
                    self._run(job), name=f"job {job.job_id} {job.kind}"
                )
                self._running[job.job_id].add_done_callback(partial(self._ran, job.job_id))

    def _ran(self, job_id: int, task: asyncio.Task[None]) -> None:
        del self._running[job_id]
        if not task.cancelled() and (fault := task.exception()):
            log.error("%s could not be noted as done, it comes again", task.get_name(), exc_info=fault)
        self.wake()

    async def _run(self, job: Job) -> None:
        try:
            for handler in (self._handlers[job.kind], *self._followers.get(job.kind, ())):
                await handler(job)
        except LaterError as reason:
            again = await self._jobs.failed(job, self._clock.now(), patient=True)
            log.warning(
                "job %s (%s) is not done yet: %s, next try: %s", job.job_id, job.kind, reason, again or "none"
            )
        except Exception:  # one bad job must not stop the others
            again = await self._jobs.failed(job, self._clock.now())
            log.exception("job %s (%s) failed, next try: %s", job.job_id, job.kind, again or "none")
        else:
            await self._jobs.finished(job, self._clock.now())
