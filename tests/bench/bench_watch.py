"""300 members tap for a minute of film: taps recorded, how fast, and how often the panel is edited meanwhile."""

import asyncio
import sqlite3
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from bot.domain.watch.watch import Feature
from bot.rehearsal import BotProcess, Member, Message, Permission, Rehearsal
from bot.rehearsal.guilds import Guild
from bot.services.watch_presence import Presence
from bot.services.watches import NewWatch, Watches
from bot.storage.opening import open_database
from tests.bench.report import Figure

ROOT = Path(__file__).resolve().parents[2]
MEMBERS = 300
EVERY = timedelta(seconds=5)  # as often as a member may tap
ROUNDS = 12  # a minute of them
COUNTDOWN = timedelta(seconds=15)
OURS = [sys.executable, "-m", "bot", "run", "--follow-clock"]


async def figures() -> list[Figure]:
    """Every five seconds of the film all press at once; the clock is turned between."""
    with TemporaryDirectory() as home:
        env = {"DATABASE_URL": f"sqlite:///{home}/bench.db", "LOG_LEVEL": "WARNING"}
        async with Rehearsal.start() as discord_, BotProcess(discord_, OURS, env=env, cwd=ROOT) as bot:
            await bot.ready()
            guild = discord_.guild("Sunday Cell Film Club")
            panel = await _playing(discord_, guild)
            members = [guild.member(f"Member {number}") for number in range(MEMBERS)]
            edits, began = panel.edits, time.perf_counter()
            waits: list[float] = []
            pressing = 0.0
            for _ in range(ROUNDS):
                spent, answered = await _all_tap(members, panel)
                pressing += spent
                waits.extend(answered)
                discord_.clock.jump(EVERY)
            seconds, edits = time.perf_counter() - began, panel.edits - edits
        with closing(sqlite3.connect(f"{home}/bench.db")) as database:
            (kept,) = database.execute("SELECT count(*) FROM watch_taps").fetchone()
    p99, most = quantiles(waits, n=100)[-1], seconds / EVERY.total_seconds() + 1
    return [
        Figure("taps kept of 300 members over a minute", kept, "", "= 3,600", ok=kept == MEMBERS * ROUNDS),
        Figure("taps recorded, answered over the wire", kept / pressing, "/s"),
        Figure("taps committed, 300 in flight, no wire", await _committed(), "/s"),
        Figure("wait for a tap's answer, 300 at once, p99", p99, "s", "< 1.5", ok=p99 < 1.5),
        Figure("edits of the panel meanwhile", edits, "", f"<= {most:.1f}, one in 5 s", ok=edits <= most),
    ]


async def _committed() -> float:
    """Taps a second that the use case alone commits."""
    with TemporaryDirectory() as home:
        now = datetime.now(UTC)
        db = await open_database(f"sqlite:///{home}/bench.db", now)
        watches, presence = Watches(db, lambda: None), Presence(db, lambda: None)
        feature = Feature("miracle", "tr2019", "7. Koğuştaki Mucize", timedelta(minutes=132))
        draft = await watches.draft(NewWatch(1, 2, 3, feature, now + EVERY), now)
        for step in (watches.confirm, watches.open_lobby, watches.start):
            await step(draft.watch_id, 1, now)
        began = time.perf_counter()
        for number in range(ROUNDS):
            at = now + COUNTDOWN + EVERY * number
            await asyncio.gather(*(presence.tap(draft.watch_id, 1, member, at) for member in range(MEMBERS)))
        rate = MEMBERS * ROUNDS / (time.perf_counter() - began)
        await db.close()
        return rate


async def _playing(discord_: Rehearsal, guild: Guild) -> Message:
    """The panel of a film that plays."""
    cinema = guild.text_channel("cinema")
    host = guild.member("Hana", roles=[guild.role("Host", permissions=Permission.MANAGE_EVENTS)])
    asked = await host.slash(cinema, "watch plan", version="miracle:tr2019", when="in 10 minutes")
    await host.press(asked, "Announce it")
    await discord_.until(lambda: bool(cinema.history()))
    await host.slash(cinema, "watch start")
    await discord_.until(lambda: any("Open your film" in message.text for message in cinema.history()))
    panel = next(message for message in cinema.history() if "Open your film" in message.text)
    await host.slash(cinema, "watch start")
    discord_.clock.jump(COUNTDOWN)
    await discord_.until(lambda: "0:00** was at" in panel.text, within=30)
    return panel


async def _all_tap(members: list[Member], panel: Message) -> tuple[float, list[float]]:
    """Seconds until the last of them had an answer, and how long each waited."""
    began = time.perf_counter()
    answers = await asyncio.gather(*(member.press(panel, "Tissue") for member in members))
    assert all("Recorded at" in answer.text for answer in answers)
    return time.perf_counter() - began, [answer.elapsed for answer in answers]


if __name__ == "__main__":
    from tests.bench.report import show

    show(asyncio.run(figures()))
