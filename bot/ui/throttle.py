"""Redraws messages as often as Discord likes it and no more, each from the state at that very moment."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import discord

AFTER_FAULT = 5.0

log = logging.getLogger(__name__)

PAUSE = 5.0  # seconds between two edits of a message
OLD_PAUSE = 60.0  # once it is older than an hour, when Discord limits its edits to a few
OLD = timedelta(hours=1)

Draw = Callable[[int], Awaitable[float]]


@dataclass(slots=True)
class _Canvas:
    """One subject's messages: drawn by one hand at a time, kept while anybody is at it."""

    drawing: asyncio.Lock = field(default_factory=asyncio.Lock)
    users: int = 0
    asked: bool = False
    waiting: list[asyncio.Future[None]] = field(default_factory=list)
    task: asyncio.Task[None] | None = None


def pause_after(message_id: int, now: datetime) -> float:
    """How long, in seconds, to leave a message alone that was edited now."""
    return OLD_PAUSE if now - discord.utils.snowflake_time(message_id) > OLD else PAUSE


class Throttle:
    """Calls `draw` for what is asked for: at once after a quiet time, then only after the pause (seconds) that
    `draw` itself returned, `after_fault` where it raised. However often a subject is asked for meanwhile, it is
    drawn once more."""

    def __init__(self, draw: Draw, after_fault: float = AFTER_FAULT) -> None:
        self._draw = draw
        self._after_fault = after_fault
        self._canvases: dict[int, _Canvas] = {}

    def ask(self, subject: int) -> None:
        """Has the subject drawn soon."""
        canvas = self._canvases.setdefault(subject, _Canvas())
        canvas.asked = True
        if canvas.task is None:
            canvas.task = asyncio.create_task(self._keep_drawing(subject), name=f"redraw {subject}")

    async def in_turn(self, subject: int) -> None:
        """Has the subject drawn when its turn comes, and waits for that; raises what `draw` raises."""
        drawn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._canvases.setdefault(subject, _Canvas()).waiting.append(drawn)
        self.ask(subject)
        await drawn

    async def at_once(self, subject: int) -> None:
        """Draws the subject now, after whoever is drawing it; raises what `draw` raises."""
        with self._at(subject) as canvas:
            async with canvas.drawing:
                await self._draw_now(subject, canvas)

    async def stop(self) -> None:
        """Draws nothing more."""
        tasks = [canvas.task for canvas in self._canvases.values() if canvas.task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _keep_drawing(self, subject: int) -> None:
        with self._at(subject) as canvas:
            while canvas.asked:
                pause = await self._draw_asked(subject, canvas)
                await asyncio.sleep(pause)
            canvas.task = None

    async def _draw_asked(self, subject: int, canvas: _Canvas) -> float:
        async with canvas.drawing:
            try:
                return await self._draw_now(subject, canvas)
            except Exception:  # the next press asks again, no sooner than after a drawing
                log.exception("could not redraw %s", subject)
                return self._after_fault

    async def _draw_now(self, subject: int, canvas: _Canvas) -> float:
        canvas.asked = False
        waiting, canvas.waiting = canvas.waiting, []
        try:
            pause = await self._draw(subject)
        except Exception as fault:
            _tell(waiting, fault)
            raise
        _tell(waiting, None)
        return pause

    @contextmanager
    def _at(self, subject: int) -> Iterator[_Canvas]:
        canvas = self._canvases.setdefault(subject, _Canvas())
        canvas.users += 1
        try:
            yield canvas
        finally:
            canvas.users -= 1
            if not canvas.users and not canvas.asked:
                self._canvases.pop(subject, None)


def _tell(waiting: Iterable[asyncio.Future[None]], fault: Exception | None) -> None:
    """Lets those go on who have waited for a drawing and not been cancelled since."""
    for drawn in waiting:
        if drawn.done():
            continue
        if fault is None:
            drawn.set_result(None)
        else:
            drawn.set_exception(fault)
