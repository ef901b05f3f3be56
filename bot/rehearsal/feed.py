"""What has happened, line by line, and a bell for whoever watches the world."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.rehearsal.clock import Clock

Kind = Literal["call", "event", "answer", "gateway", "bot"]
KEPT = 2000


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened. `took` is in seconds; `breach` says which of Discord's rules was broken."""

    number: int
    at: datetime
    kind: Kind
    text: str
    status: int | None = None
    took: float | None = None
    breach: str | None = None


class Feed:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._count = 0
        self._watchers: set[asyncio.Event] = set()
        self.lines: deque[Line] = deque(maxlen=KEPT)

    def note(
        self,
        kind: Kind,
        text: str,
        *,
        status: int | None = None,
        took: float | None = None,
        breach: str | None = None,
    ) -> None:
        self._count += 1
        self.lines.append(Line(self._count, self._clock.now(), kind, text, status, took, breach))
        self.stir()

    def stir(self) -> None:
        """Wake whoever watches: something may look different now."""
        for watcher in self._watchers:
            watcher.set()

    @contextmanager
    def watch(self) -> Iterator[asyncio.Event]:
        """An event that is set whenever something happens; clear it before looking."""
        happened = asyncio.Event()
        self._watchers.add(happened)
        try:
            yield happened
        finally:
            self._watchers.discard(happened)
