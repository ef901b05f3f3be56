"""10,000 slots in 5,000 clubs due in the same minute, within Discord's rate, while members press buttons."""

import asyncio
import os
import sqlite3
import sys
import time
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from bot.rehearsal import BotProcess, Member, Message, Permission, Rehearsal
from bot.rehearsal.entities import Channel
from bot.rehearsal.guilds import Guild
from bot.storage.engine import to_ms
from tests.bench.report import Figure

ROOT = Path(__file__).resolve().parents[2]
BOT = [sys.executable, "-m", "tests.bench.lagging_bot"]
CLUBS = int(os.environ.get("BENCH_CLUBS", "5000"))
SLOTS_A_CLUB = 2
SHARDS = 2  # a shard takes 2,500 servers
PRESS_EVERY = 0.25
LONGEST = 1200.0
DISCORDS_RATE = 50


async def figures() -> list[Figure]:
    """How long the drain takes, what Discord had to refuse, how long the loop was held and members waited."""
    slots = CLUBS * SLOTS_A_CLUB
    with TemporaryDirectory() as home:
        env = {"DATABASE_URL": f"sqlite:///{home}/bench.db", "LOG_LEVEL": "WARNING"}
        async with Rehearsal.start(shards=SHARDS) as discord_:
            clubs = [discord_.guild(f"Club {number}") for number in range(CLUBS)]
            rooms = [club.text_channel("cinema") for club in clubs]
            async with BotProcess(discord_, BOT, env=env, cwd=ROOT) as bot:
                await _ready(bot, discord_, clubs)
                members = _members(clubs[0])
                poll = await _poll(discord_, clubs[0])
                await bot.terminate()  # the slots are put in while nobody holds the database
                due = discord_.clock.now() + timedelta(hours=1)
                _put_slots(
                    Path(home) / "bench.db",
                    [(club.id, room.id) for club, room in zip(clubs, rooms, strict=True)],
                    due,
                )
                await bot.start()
                await _ready(bot, discord_, clubs)
                await bot.says("due ", within=60)
                refused = len([each for each in discord_.violations if each.code == 429])
                pressing = asyncio.create_task(_press(poll, members))
                discord_.clock.jump(timedelta(hours=1, seconds=1))
                began = time.perf_counter()
                await discord_.until(lambda: _drained(rooms, Path(home) / "bench.db"), within=LONGEST)
                took = time.perf_counter() - began
                pressing.cancel()
                waits = await pressing
                held = _held(bot.stdout)
            posted = sum(len(room.history()) for room in rooms) - 1  # the poll that is pressed
            refused = len([each for each in discord_.violations if each.code == 429]) - refused
    p99 = quantiles(waits, n=100)[-1]
    return [
        Figure(f"messages of {slots:,} slots due at once", posted, "", f"= {slots}", ok=posted == slots),
        Figure("the last one stands after", took, "s"),
        Figure(
            "messages a second", slots / took, "/s", f"<= {DISCORDS_RATE}", ok=slots / took <= DISCORDS_RATE
        ),
        Figure("refused for coming too fast (429)", refused, "", "= 0", ok=refused == 0),
        Figure("event loop held at worst", held, "ms", "<= 50", ok=held <= 50),
        Figure("wait for a press meanwhile, p99", p99, "s", "< 1.5", ok=p99 < 1.5),
    ]


async def _ready(bot: BotProcess, discord_: Rehearsal, clubs: list[Guild]) -> None:
    """All shards have come, which takes them seconds each."""
    await bot.ready(within=120)
    some = clubs[:: max(1, len(clubs) // 50)]
    await discord_.gateway.until(lambda: all(discord_.world.listening(club.id) for club in some))


def _put_slots(file: Path, places: list[tuple[int, int]], due: datetime) -> None:
    """Slots as `/weekly add` leaves them, all due at the same moment: a question in each club, and in turns a vote and
    a tissue poll about an evening that is over."""
    at = due.replace(second=0, microsecond=0)
    with closing(sqlite3.connect(file)) as db, db:
        for number, (club, room) in enumerate(places):
            other = "tissue-poll" if number % 2 else "next-film"
            for kind in ("question", other):
                _put_slot(db, club, room, kind, at)
            if other == "tissue-poll":
                _put_evening(db, club, room, at - timedelta(hours=20))


def _put_evening(db: sqlite3.Connection, club: int, room: int, ended: datetime) -> None:
    db.execute(
        "INSERT INTO watches (club_id, channel_id, film, version, title, length, planned_for, state, since) "
        "VALUES (?, ?, 'miracle', 'tr2019', '7. Koğuştaki Mucize', 7920000, ?, 'finished', ?)",
        (club, room, to_ms(ended - timedelta(hours=4)), to_ms(ended)),
    )


def _put_slot(db: sqlite3.Connection, club: int, room: int, kind: str, at: datetime) -> None:
    minute, day = at.hour * 60 + at.minute, at.date()
    cursor = db.execute(
        "INSERT INTO weekly_slots (club_id, channel_id, kind, weekday, minute, zone, grace, open_for, native, plans, "
        "next_day, turn) VALUES (?, ?, ?, ?, ?, 'UTC', 360, 2880, 0, 0, ?, 1)",
        (club, room, kind, day.weekday(), minute, day.isoformat()),
    )
    db.execute(
        "INSERT INTO jobs (kind, subject, generation, club_id, due_at) VALUES ('weekly', ?, 1, ?, ?)",
        (cursor.lastrowid, club, to_ms(at)),
    )


def _drained(rooms: list[Channel], file: Path) -> bool:
    """Every slot's message stands there; members press in the first room, whose answers would count, too."""
    others = rooms[1:]
    there = sum(len(room.messages) for room in others) >= len(others) * SLOTS_A_CLUB
    return there and _posted(file) >= len(rooms) * SLOTS_A_CLUB


def _posted(file: Path) -> int:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as db:
        (posted,) = db.execute("SELECT count(*) FROM weekly_dates WHERE state = 'posted'").fetchone()
        return int(posted)


def _members(club: Guild) -> list[Member]:
    return [club.member(f"Member {number}") for number in range(20)]


async def _poll(discord_: Rehearsal, club: Guild) -> Message:
    cinema = next(iter(club.channels.values()))
    host = club.member("Host", roles=[club.role("Host", permissions=Permission.MANAGE_EVENTS)])
    await host.slash(cinema, "tissues open", version="miracle:tr2019")
    await discord_.until(lambda: bool(cinema.history()))
    return cinema.history()[-1]


async def _press(poll: Message, members: list[Member]) -> list[float]:
    """Presses on end, until told to stop; how long each was waited for."""
    waits: list[float] = []
    try:
        while True:
            for number, member in enumerate(members):
                answer = await member.press(poll, str((number + len(waits)) % 5))
                waits.append(answer.elapsed)
                await asyncio.sleep(PRESS_EVERY)
    except asyncio.CancelledError:
        return waits


def _held(written: str) -> float:
    said = [line for line in written.splitlines() if line.startswith("held ")]
    return float(said[-1].split()[1]) if said else 0.0


if __name__ == "__main__":
    from tests.bench.report import show

    show(asyncio.run(figures()))
