"""A tissue poll under fire: 200 members press while the bot is killed, at any moment and at the worst ones."""

import asyncio
import re
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from random import Random
from statistics import mean, median
from tempfile import TemporaryDirectory

from bot.rehearsal import Answer, BotProcess, Message, Permission, Rehearsal
from tests.chaos.crowd import Ballot, Crowd
from tests.chaos.fire import FORGIVEN, UnderFire
from tests.chaos.report import show
from tests.stories.conftest import bot_process

MEMBERS = 200
KILLS_A_ROUND = 25
AROUND_A_CLOSE = 2
SLOW = 5.0  # seconds: more than the bot takes to come back
NONCE_FORGOTTEN = timedelta(minutes=6)
POST = ("POST", "/channels/{channel_id}/messages")


class Evening(UnderFire):
    """A club, its poll, and a bot that dies. A round is a storm of presses with a close at its end."""

    def __init__(self, discord_: Rehearsal, bot: BotProcess, rng: Random) -> None:
        super().__init__(discord_, bot, rng)
        guild = discord_.guild("Sunday Cell Film Club", locale="en-US")
        hosts = guild.role("Host", permissions=Permission.MANAGE_EVENTS)
        self.cinema = guild.text_channel("cinema")
        self.host = guild.member("Hana", locale="en-US", roles=[hosts])
        self.members = [guild.member(f"Member {n}", locale="en-US") for n in range(MEMBERS)]

    @property
    def poll(self) -> Message:
        return self.cinema.history()[0]

    @property
    def result(self) -> Message:
        return self.cinema.history()[1]

    @property
    def settled(self) -> bool:
        """The result stands, and the poll's message says so."""
        shown = len(self.cinema.history()) > 1 and "Open again" not in self.result.text
        return shown and "What it came to" in self.poll.text

    def life(self) -> int:
        """Which process is there: each lives from its start to the next kill."""
        return self.kills

    async def open(self) -> None:
        """Killed while Discord has the request and has not acted: it acts after the bot has asked again."""
        await self.bot.says("due ")  # ready
        self.discord_.switches.delay(*POST, SLOW)
        await self.insist(lambda: self.host.slash(self.cinema, "tissues open", closes="2h"))
        await self.die(within=0.2)
        self.discord_.switches.delay(*POST, 0)
        await self.discord_.until(lambda: bool(self.cinema.history()))

    async def storm(self, kills: int) -> None:
        """Killed at any moment: starting, connecting, ready, with presses and redraws in hand."""
        for _ in range(kills):
            await self.die(within=3.0)

    async def close_in_an_outage(self) -> None:
        """The close falls due while the bot is away. It is killed between the result's posting and its noting, and
        comes back when Discord has forgotten the nonce."""
        self.discord_.switches.answer_502_after_acting(*POST)
        await self.die(after=timedelta(hours=3))
        await self.discord_.until(lambda: len(self.cinema.history()) > 1, within=30)
        await self.die(after=NONCE_FORGOTTEN)

    async def close_by_hand(self) -> None:
        """Killed within a moment of the host's press, and again while the result is redrawn."""
        while "No poll is open" not in (sure := await self._ask_to_close()).text:
            pressed = asyncio.gather(self.host.press(sure, "Close it now"), return_exceptions=True)
            await self.die(within=0.2)
            await pressed
        await self.discord_.until(lambda: "Open again" not in self.result.text, within=30)
        await self.die()

    async def reopen(self) -> None:
        """Killed at once after the answer."""
        answer = await self.insist(lambda: self.host.slash(self.cinema, "tissues reopen", closes="2h"))
        assert "Open again in" in answer.text
        await self.die(within=0.1)
        await self.discord_.until(lambda: "Open again" in self.result.text, within=30)
        await self.discord_.until(lambda: "have been seen" in self.poll.text, within=30)

    async def _ask_to_close(self) -> Answer:
        return await self.insist(lambda: self.host.slash(self.cinema, "tissues close"))


async def play(kills: int, seed: int) -> None:
    """Storms, closes and reopens until the bot was killed at least so often; then nothing confirmed may be gone."""
    with TemporaryDirectory(prefix="chaos-") as folder:
        home = Path(folder)
        async with Rehearsal.start() as discord_, bot_process(discord_, home, LOG_LEVEL="WARNING") as bot:
            evening = Evening(discord_, bot, Random(seed))
            await evening.open()
            crowd = Crowd(evening.members, evening.poll, seed, evening.life)
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(crowd.press(discord_.connected))
                await _play_rounds(evening, home / "bot.db", kills)
                crowd.stop()
            await crowd.look()
            await _check_recount(evening)
            assert await bot.terminate() == 0
        _check_ballots(crowd, home / "bot.db")
        _check_result(evening, home / "bot.db")
    _check_manners(discord_)
    show("tissues", seed, kills=evening.kills, **crowd.figures)


async def _play_rounds(evening: Evening, file: Path, kills: int) -> None:
    """Each round has its storm, its close and its look at the result."""
    rounds = max(1, kills // KILLS_A_ROUND)
    for number in range(rounds):
        left = (kills - evening.kills) // (rounds - number)
        await evening.storm(max(1, left - AROUND_A_CLOSE))
        await (evening.close_by_hand() if number % 2 else evening.close_in_an_outage())
        await evening.discord_.until(lambda: evening.settled, within=30)
        _check_result(evening, file)
        if number < rounds - 1:
            await evening.reopen()


async def _check_recount(evening: Evening) -> None:
    recount = await evening.host.slash(evening.cinema, "tissues recount")
    assert "It matches." in recount.text, recount.text


def _check_ballots(crowd: Crowd, file: Path) -> None:
    """What each member was told last is what their one row says."""
    rows = _rows(file)
    assert len(rows) == len(dict(rows)), "somebody has two ballots"
    kept = dict(rows)
    for voter in crowd.voters:
        found: Ballot = kept.pop(voter.member.id, None)
        assert found in voter.belief.may, f"{voter.member}: {found}, but was told {voter.belief.may}"
    assert kept == {}


def _check_result(evening: Evening, file: Path) -> None:
    """The one result says what the rows come to, counted here anew."""
    assert len(evening.cinema.history()) == 2
    numbers = [number for _, number in _rows(file)]
    heaps = Counter("10+" if n >= 10 else "5-9" if n >= 5 else str(n) for n in numbers)
    bins = " · ".join(f"{label}: {heaps[label]}" for label in ("0", "1", "2", "3", "4", "5-9", "10+"))
    said = evening.result.text.replace(",", "")
    assert f"{sum(numbers)} tissues" in said
    figures = re.search(r"(\d+) people · ([\d.]+) each \(median ([\d.]+)\)", said)
    assert figures, said
    assert (int(figures[1]), float(figures[3])) == (len(numbers), median(numbers))
    assert abs(float(figures[2]) - mean(numbers)) < 0.051  # a digit, rounded either way
    assert bins in evening.result.text
    assert [file.filename for file in evening.result.attachments] == ["tissues.png"]
    assert f"{len(numbers)} people answered" in evening.poll.text


def _rows(file: Path) -> list[tuple[int, int]]:
    with closing(sqlite3.connect(file)) as db:
        return db.execute("SELECT member_id, tissues FROM tissue_ballots").fetchall()


def _check_manners(discord_: Rehearsal) -> None:
    """Its deaths excuse nothing but what they made it forget."""
    assert [str(each) for each in discord_.violations if each.code not in FORGIVEN] == []
