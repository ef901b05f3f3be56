"""Autocomplete over a pack of 5,000 facts, keystroke by keystroke."""

import asyncio
import time
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from bot import packs
from bot.domain.spoilers import Room
from bot.services.search import Index
from tests.bench.report import Figure
from tests.packs.builder import write_pack

TYPED = ("camera poster", "rehersal evning", "koğuş", "서울 극장", "balloon tickte critic")
ROUNDS = 5
OFFERED = 25


async def figures() -> list[Figure]:
    """Median and 95th percentile over every prefix of what is typed, and one that has a typo found."""
    with TemporaryDirectory() as directory:
        index = Index(packs.load(write_pack(Path(directory), facts=5000)))
    times = [_keystroke(index, prefix) for _ in range(ROUNDS) for prefix in _prefixes()]
    found = len(index.find("rehersal", Room(), OFFERED))
    middle, tail = median(times), quantiles(times, n=20)[-1]
    return [
        Figure("a keystroke over 5,000 facts, median", middle, "ms", "<= 2", ok=middle <= 2),
        Figure("a keystroke over 5,000 facts, p95", tail, "ms"),
        Figure("entries found for a typo", found, "", ">= 1", ok=found >= 1),
    ]


def _prefixes() -> list[str]:
    return [typed[:end] for typed in TYPED for end in range(1, len(typed) + 1)]


def _keystroke(index: Index, typed: str) -> float:
    began = time.perf_counter()
    index.find(typed, Room(), OFFERED)
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    from tests.bench.report import show

    show(asyncio.run(figures()))
