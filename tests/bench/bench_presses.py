"""500 presses at once in one server: durably recorded, how fast, and at what CPU beside a bare acknowledgement."""

import asyncio
import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from bot.rehearsal import BotProcess, Member, Message, Permission, Rehearsal
from bot.rehearsal.guilds import Guild
from tests.bench.report import Figure

ROOT = Path(__file__).resolve().parents[2]
PRESSES, ROUNDS = 500, 7
BARE = [sys.executable, "-m", "tests.bench.bare_bot"]
OURS = [sys.executable, "-m", "bot", "run"]
TICKS = os.sysconf("SC_CLK_TCK")


async def figures() -> list[Figure]:
    """Both bots live side by side and are pressed in turns; the first round of each is not counted."""
    with TemporaryDirectory() as home:
        env = {"DATABASE_URL": f"sqlite:///{home}/bench.db", "LOG_LEVEL": "WARNING"}
        async with (
            Rehearsal.start() as one,
            Rehearsal.start() as other,
            BotProcess(one, BARE, cwd=ROOT) as bare,
            BotProcess(other, OURS, env=env, cwd=ROOT) as ours,
        ):
            await bare.ready()
            await ours.ready()
            bare_poll, bare_members = await _bare_poll(one)
            poll, members = await _poll(other)
            bare_cpu: list[float] = []
            cpu: list[float] = []
            waits: list[float] = []
            for number in range(ROUNDS + 1):
                spent, _ = await _all_press(bare, bare_poll, bare_members, "4")
                bare_cpu.append(spent)
                spent, answered = await _all_press(ours, poll, members, str(number % 5))
                cpu.append(spent)
                waits.extend(answered)
        with closing(sqlite3.connect(f"{home}/bench.db")) as database:
            kept = database.execute(
                "SELECT tissues, count(*) FROM tissue_ballots GROUP BY tissues"
            ).fetchall()
    ratio = median(mine / theirs for mine, theirs in zip(cpu[1:], bare_cpu[1:], strict=True))
    p99 = quantiles(waits, n=100)[-1]
    return [
        Figure(
            "ballots kept of 500 pressed at once",
            sum(n for _, n in kept),
            "",
            "= 500",
            ok=kept == [(ROUNDS % 5, PRESSES)],
        ),
        Figure("wait for an answer, 500 at once, p99", p99, "s", "< 1.5", ok=p99 < 1.5),
        Figure("CPU of a press, bare acknowledgement", median(bare_cpu[1:]) * 1000, "ms"),
        Figure("CPU of a press, recorded durably", median(cpu[1:]) * 1000, "ms"),
        Figure("CPU of a press beside bare", ratio, "x", "<= 1.5", ok=ratio <= 1.5),
    ]


async def _bare_poll(discord_: Rehearsal) -> tuple[Message, list[Member]]:
    guild = discord_.guild("Bare")
    members = _members(guild)
    asked = await members[0].slash(guild.text_channel("cinema"), "ask")
    assert asked.message is not None
    return asked.message, members


async def _poll(discord_: Rehearsal) -> tuple[Message, list[Member]]:
    guild = discord_.guild("Ours")
    cinema = guild.text_channel("cinema")
    host = guild.member("Host", roles=[guild.role("Host", permissions=Permission.MANAGE_EVENTS)])
    await host.slash(cinema, "tissues open", version="miracle:tr2019")
    await discord_.until(lambda: bool(cinema.history()))
    return cinema.history()[-1], _members(guild)


def _members(guild: Guild) -> list[Member]:
    return [guild.member(f"Member {number}") for number in range(PRESSES)]


async def _all_press(
    bot: BotProcess, message: Message, members: list[Member], label: str
) -> tuple[float, list[float]]:
    """CPU seconds of the bot for each press, and how long each member waited."""
    before = _cpu(bot.pid)
    answers = await asyncio.gather(*(member.press(message, label) for member in members))
    assert all("Recorded" in answer.text for answer in answers)
    return (_cpu(bot.pid) - before) / len(members), [answer.elapsed for answer in answers]


def _cpu(pid: int) -> float:
    """Seconds of CPU a process has used, all its threads together."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS
