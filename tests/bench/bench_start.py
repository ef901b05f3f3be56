"""Start to ready and memory at rest, against a bare discord.py bot, in turns."""

import asyncio
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bot.rehearsal import BotProcess, Rehearsal
from tests.bench.report import Figure

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 5
BARE = [sys.executable, "-m", "tests.bench.bare_bot"]
OURS = [sys.executable, "-m", "bot", "run"]


async def figures() -> list[Figure]:
    """Medians over ROUNDS starts of each bot."""
    bare: list[tuple[float, float]] = []
    ours: list[tuple[float, float]] = []
    with TemporaryDirectory() as home:
        env = {"DATABASE_URL": f"sqlite:///{home}/bench.db", "LOG_LEVEL": "WARNING"}
        for _ in range(ROUNDS):
            bare.append(await _start(BARE, {}))
            ours.append(await _start(OURS, env))
    seconds = median(s for s, _ in ours) - median(s for s, _ in bare)
    memory = median(mb for _, mb in ours) - median(mb for _, mb in bare)
    return [
        Figure("start to ready, beyond bare", seconds, "s", "<= 0.5", ok=seconds <= 0.5),
        Figure("memory at rest, beyond bare", memory, "MB", "<= 15", ok=memory <= 15),
        Figure("memory at rest, bare", median(mb for _, mb in bare), "MB"),
    ]


async def _start(argv: list[str], env: dict[str, str]) -> tuple[float, float]:
    async with Rehearsal.start() as discord_:
        discord_.guild("Bench")
        async with BotProcess(discord_, argv, env=env, cwd=ROOT) as bot:
            began = time.perf_counter()
            await bot.restart()
            await bot.ready()
            return time.perf_counter() - began, _resident(bot.pid)


def _resident(pid: int) -> float:
    """Megabytes of memory a process holds, as Linux counts them."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
    return int(kilobytes) / 1024


if __name__ == "__main__":
    from tests.bench.report import show

    show(asyncio.run(figures()))
