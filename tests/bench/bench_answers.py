"""How fast each `/miracle` subcommand answers at rest, over the rehearsal's wire."""

import asyncio
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bot.rehearsal import BotProcess, Rehearsal
from tests.bench.report import Figure

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 10
ASKED: tuple[tuple[str, dict[str, str]], ...] = (
    ("versions", {}),
    ("version", {"version": "tr2019"}),
    ("compare", {"one": "kr2013", "other": "tr2019"}),
    ("cast", {"version": "kr2013"}),
    ("fact", {}),
    ("search", {"query": "typhon"}),
    ("truestory", {}),
    ("claims", {}),
    ("where", {}),
    ("warnings", {}),
    ("support", {}),
    ("quiz", {}),
    ("sources", {}),
)


async def figures() -> list[Figure]:
    """The slowest of all subcommands' medians, and the slowest answer of all."""
    with TemporaryDirectory() as home:
        env = {"DATABASE_URL": f"sqlite:///{home}/bench.db", "LOG_LEVEL": "WARNING"}
        argv = [sys.executable, "-m", "bot", "run"]
        async with Rehearsal.start() as discord_, BotProcess(discord_, argv, env=env, cwd=ROOT) as bot:
            await bot.ready()
            guild = discord_.guild("Bench")
            alice = guild.member("Alice")
            times: dict[str, list[float]] = {name: [] for name, _ in ASKED}
            for number in range(ROUNDS):
                channel = guild.text_channel(f"room-{number}")
                for name, options in ASKED:
                    answer = await alice.slash(channel, f"miracle {name}", **options)
                    times[name].append(answer.elapsed * 1000)
    slowest = max(times, key=lambda name: median(times[name]))
    typical = median(times[slowest])
    return [
        Figure(
            f"slowest of 13 answers at rest (/miracle {slowest}), median",
            typical,
            "ms",
            "< 100",
            ok=typical < 100,
        ),
        Figure("slowest single answer", max(max(each) for each in times.values()), "ms"),
    ]


if __name__ == "__main__":
    from tests.bench.report import show

    show(asyncio.run(figures()))
