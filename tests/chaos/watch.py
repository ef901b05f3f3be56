"""A watch-along under fire: 60 members tap while the bot is killed, from the plan to the tape."""

import asyncio
import re
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bot.rehearsal import (
    Answer,
    BotProcess,
    ClientRefuses,
    InteractionFailed,
    Member,
    Message,
    Permission,
    Rehearsal,
)
from tests.chaos.fire import FORGIVEN, UnderFire
from tests.chaos.report import show
from tests.stories.conftest import bot_process

MEMBERS = 60
PAUSE = 5.5  # seconds between two taps of a member; more often than in 5 they are asked to breathe
COUNTDOWN = timedelta(seconds=15)
IN_HAND = 250  # milliseconds from a press's arrival to its commit, with half of the members pressing at once
BURST = 0.1  # seconds in which half of the members press and the bot dies
STEPS = 7  # kills that belong to a step of the evening; the others fall among the taps
RECORDED = re.compile(r"Recorded at (?P<at>[\d:]+)\.")


@dataclass(frozen=True, slots=True)
class Press:
    """One tap: between which moments it was made and answered, and at what film second it was said to be."""

    member: int
    sent: datetime
    answered: datetime
    second: int


@dataclass(eq=False, slots=True)
class Watcher:
    member: Member
    rng: Random
    recorded: list[Press] = field(default_factory=list)
    unanswered: int = 0


class Evening(UnderFire):
    """A club, its evening, and a bot that dies."""

    def __init__(self, discord_: Rehearsal, bot: BotProcess, rng: Random, seed: int) -> None:
        super().__init__(discord_, bot, rng)
        self.guild = discord_.guild("Sunday Cell Film Club", locale="en-US")
        hosts = self.guild.role("Host", permissions=Permission.MANAGE_EVENTS)
        self.cinema = self.guild.text_channel("cinema")
        self.host = self.guild.member("Hana", locale="en-US", roles=[hosts])
        self.watchers = [
            Watcher(self.guild.member(f"Member {n}", locale="en-US"), Random(f"{seed} {n}"))
            for n in range(MEMBERS)
        ]
        self._over = asyncio.Event()

    async def command(self, name: str, **options: str) -> Answer:
        return await self.insist(lambda: self.host.slash(self.cinema, f"watch {name}", **options))

    def showing(self, words: str) -> list[Message]:
        return [message for message in self.cinema.history() if words in message.text]

    async def shown(self, words: str) -> Message:
        await self.discord_.until(lambda: bool(self.showing(words)), within=40)
        return self.showing(words)[-1]

    async def begin(self) -> Message:
        """Planned, announced, opened and started, with a death after each; the panel."""
        await self.bot.says("due ")  # ready
        asked = await self.command("plan", version="miracle:tr2019", when="in 10 minutes")
        await self.insist(lambda: self.host.press(asked, "Announce it"))
        await self.die(within=0.2)
        await self.shown("Before you come")
        await self.command("start")
        await self.die(within=0.2)
        panel = await self.shown("Open your film")
        await self.insist(lambda: self._ready(panel))
        await self.command("start")
        await self.die(within=0.2, after=COUNTDOWN)
        await self.discord_.until(lambda: "0:00** was at" in panel.text, within=40)
        return panel

    async def _ready(self, panel: Message) -> Answer:
        answers = await asyncio.gather(*(each.member.press(panel, "I'm ready") for each in self.watchers))
        return answers[0]

    async def storm(self, panel: Message, kills: int) -> None:
        """Everybody taps on while the bot is killed at any moment; a pause and a jump in between."""
        async with asyncio.TaskGroup() as tasks:
            for watcher in self.watchers:
                tasks.create_task(self._keep_tapping(watcher, panel))
            for number in range(kills):
                await asyncio.sleep(self.rng.uniform(0, 4.0))
                burst = [tasks.create_task(self._tap(each, panel)) for each in self._some()]
                await self.die(within=BURST, after=timedelta(minutes=self.rng.randrange(3)))
                await asyncio.gather(*burst)
                if number == kills // 3:
                    await self.command("pause")
                    await self.die(within=0.2, after=timedelta(minutes=3))
                    await self.command("resume")
                if number == 2 * kills // 3:
                    await self.command("seek", to="1:30:00")
            await self.discord_.connected()
            await asyncio.sleep(PAUSE)
            self._over.set()

    async def end(self) -> None:
        """Finished with a death upon it; the poll closes while the bot is away."""
        sure = await self.command("finish")
        await self.insist(lambda: self._finish(sure))
        await self.die(within=0.3)
        await self.shown("Thank you for watching together")
        await self.shown("How many tissues did you need?")
        await self.die(after=timedelta(hours=49))
        await self.shown("minute by minute")
        await self.die()
        await self.bot.says("due ")
        await self.shown("Over since")

    async def _finish(self, sure: Answer) -> Answer:
        try:
            return await self.host.press(sure, "Finish")
        except ClientRefuses:  # it was pressed, and the answer that says so is there
            return sure

    async def _keep_tapping(self, watcher: Watcher, panel: Message) -> None:
        while not self._over.is_set():
            await asyncio.sleep(watcher.rng.uniform(PAUSE, 2 * PAUSE))
            await self.discord_.connected()
            await self._tap(watcher, panel)

    async def _tap(self, watcher: Watcher, panel: Message) -> None:
        sent = self.discord_.clock.now()
        try:
            answer = await watcher.member.press(panel, "Tissue")
        except (InteractionFailed, ClientRefuses):
            watcher.unanswered += 1
            return
        if found := RECORDED.search(answer.text):
            now = self.discord_.clock.now()
            watcher.recorded.append(Press(watcher.member.id, sent, now, _seconds(found["at"])))

    def _some(self) -> list[Watcher]:
        """Those who press at the very moment of a death."""
        return self.rng.sample(self.watchers, MEMBERS // 2)


async def play(kills: int, seed: int) -> None:
    """One evening with at least so many deaths; then every confirmed tap is there, and one of everything."""
    with TemporaryDirectory(prefix="chaos-") as folder:
        home = Path(folder)
        async with Rehearsal.start() as discord_, bot_process(discord_, home, LOG_LEVEL="WARNING") as bot:
            evening = Evening(discord_, bot, Random(seed), seed)
            panel = await evening.begin()
            await evening.storm(panel, max(1, kills - STEPS))
            await evening.end()
            assert await bot.terminate() == 0
        figures = _check_taps(evening, home / "bot.db")
    _check_one_of_each(evening)
    assert [str(each) for each in discord_.violations if each.code not in FORGIVEN] == []
    show("watch", seed, kills=evening.kills, **figures)


def _check_taps(evening: Evening, file: Path) -> dict[str, int]:
    """Each tap that was answered is kept once, at the second the film was at, and none was made up."""
    with closing(sqlite3.connect(file)) as db:
        taps = db.execute("SELECT member_id, tapped_at, position FROM watch_taps").fetchall()
        spells = db.execute("SELECT began_at, ended_at, position FROM watch_spells").fetchall()
    kept: dict[int, list[tuple[int, int]]] = {}
    for member, at, position in taps:
        kept.setdefault(member, []).append((at, position))
        shown = _films(spells, at)
        assert not shown or any(abs(film - position) <= 1000 for film in shown), (at, position, spells)
    for watcher in evening.watchers:
        mine = kept.get(watcher.member.id, [])
        for press in watcher.recorded:
            window = (press.sent.timestamp() * 1000 - 1000, press.answered.timestamp() * 1000 + 1000)
            found = [
                (at, position)
                for at, position in mine
                if window[0] <= at <= window[1] and abs(position / 1000 - press.second) <= 1
            ]
            assert len(found) == 1, f"{watcher.member}: {press} is {found} of {mine}"
            mine.remove(found[0])
        assert len(mine) <= watcher.unanswered, f"{watcher.member}: nobody tapped {mine}"
    recorded = sum(len(watcher.recorded) for watcher in evening.watchers)
    assert recorded > MEMBERS
    unanswered = sum(watcher.unanswered for watcher in evening.watchers)
    return {"taps_recorded": recorded, "unanswered": unanswered, "kept": len(taps)}


def _films(spells: list[tuple[int, int, int]], at: int) -> list[int]:
    """Where the film was at a moment, from the stretches that were played: nowhere in a pause, at two places around a
    jump. A press counts as of its arrival, and comes before or after a jump as their commits do."""
    return [
        position + at - began for began, ended, position in spells if began - IN_HAND <= at <= ended + IN_HAND
    ]


def _check_one_of_each(evening: Evening) -> None:
    counted = Counter(
        {
            words: len(evening.showing(words))
            for words in (
                "It is over. /watch report", "Over since", "Thank you for watching together",
                "How many tissues did you need?", "minute by minute",
            )
        }
    )  # fmt: skip
    assert set(counted.values()) == {1}, counted
    assert len(evening.guild.scheduled) == 1, evening.guild.scheduled
    (event,) = evening.guild.scheduled.values()
    assert event.status.name == "COMPLETED"


def _seconds(place: str) -> int:
    total = 0
    for part in place.split(":"):
        total = total * 60 + int(part)
    return total
