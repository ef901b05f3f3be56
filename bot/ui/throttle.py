"""Redraws messages as often as Discord likes it and no more, each from the state at that very moment."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

log = logging.getLogger(__name__)

Draw = Callable[[int], Awaitable[float]]


@dataclass(slots=True)
class _Canvas:
    """One subject's messages: drawn by one hand at a time, kept while anybody is at it."""

    drawing: asyncio.Lock = field(default_factory=asyncio.Lock)
    users: int = 0
    asked: bool = False
    task: asyncio.Task[None] | None = None


class Throttle:
    """Calls `draw` for what is asked for: at once after a quiet time, then only after the pause (seconds) that
    `draw` itself returned. However often a subject is asked for meanwhile, it is drawn once more."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self._canvases: dict[int, _Canvas] = {}

    def ask(self, subject: int) -> None:
        """Has the subject drawn soon."""
        canvas = self._canvases.setdefault(subject, _Canvas())
        canvas.asked = True
        if canvas.task is None:
            canvas.task = asyncio.create_task(self._keep_drawing(subject), name=f"redraw {subject}")

    async def at_once(self, subject: int) -> None:
        """Draws the subject now, after whoever is drawing it; raises what `draw` raises."""
        with self._at(subject) as canvas:
            async with canvas.drawing:
                canvas.asked = False
                await self._draw(subject)

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
            canvas.asked = False
            try:
                return await self._draw(subject)
            except Exception:  # the next press asks again
                log.exception("could not redraw %s", subject)
                return 0.0

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
