"""Sleeps to the next due job, claims it, and calls the handler registered for its kind."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.clock import Clock
from bot.domain.jobs import Job
from bot.services.jobs import Jobs

log = logging.getLogger(__name__)

AT_ONCE = 16

Handler = Callable[[Job], Awaitable[None]]


class Runner:
    """Runs due jobs, at most AT_ONCE at a time; a handler must be safe to repeat."""

    def __init__(self, jobs: Jobs, clock: Clock) -> None:
        self._jobs = jobs
        self._clock = clock
        self._handlers: dict[str, Handler] = {}
        self._woken = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._running: set[asyncio.Task[None]] = set()

    def handle(self, kind: str, handler: Handler) -> None:
        """Sends jobs of `kind` to `handler`; a kind belongs to one handler."""
        if kind in self._handlers:
            raise ValueError(f"two handlers for jobs of kind {kind}")
        self._handlers[kind] = handler

    def wake(self) -> None:
        """Looks again at what is due next: called after a job was asked for."""
        self._woken.set()

    def start(self) -> None:
        """Starts working. What a process that died had claimed is taken back first."""
        self._task = asyncio.create_task(self._work(), name="runner")

    async def stop(self) -> None:
        """Takes no further job and waits for those in hand."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, *self._running, return_exceptions=True)

    async def _work(self) -> None:
        await self._jobs.release_all()
        while True:
            self._woken.clear()
            await self._start_due()
            full = len(self._running) >= AT_ONCE
            due = None if full else await self._jobs.next_due(self._clock.now())
            await self._clock.wait(due, self._woken)

    async def _start_due(self) -> None:
        room = AT_ONCE - len(self._running)
        for job in await self._jobs.claim(self._clock.now(), room) if room else ():
            task = asyncio.create_task(self._run(job), name=f"job {job.job_id} {job.kind}")
            self._running.add(task)
            task.add_done_callback(self._ran)

    def _ran(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self.wake()

    async def _run(self, job: Job) -> None:
        try:
            await self._handlers[job.kind](job)
        except Exception:  # one bad job must not stop the others
            again = await self._jobs.failed(job, self._clock.now())
            log.exception("job %s (%s) failed, next try: %s", job.job_id, job.kind, again or "none")
        else:
            await self._jobs.finished(job, self._clock.now())
