"""Hide as spoiler, and opening a thread, while the bot is killed at any step and Discord's answers are lost: either
the original is left or exactly one hidden copy, and there is one thread with one door."""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import closing, suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bot.rehearsal import Answer, BotProcess, InteractionFailed, Message, Rehearsal
from bot.rehearsal.entities import Channel
from tests.chaos.report import show
from tests.stories.conftest import Club, bot_process, found_club
from tests.stories.spoilers import grant, threads, written

Route = tuple[str, str]
Act = Callable[[], Awaitable[Answer]]
How = Callable[[Act], Awaitable[None]]

FIND_HOOK = ("GET", "/channels/{channel_id}/webhooks")
MAKE_HOOK = ("POST", "/channels/{channel_id}/webhooks")
SEND_COPY = ("POST", "/webhooks/{webhook_id}/{webhook_token}")
DELETE = ("DELETE", "/channels/{channel_id}/messages/{message_id}")
LIST_THREADS = ("GET", "/guilds/{guild_id}/threads/active")
MAKE_THREAD = ("POST", "/channels/{channel_id}/threads")
SEND = ("POST", "/channels/{channel_id}/messages")
HIDING = (FIND_HOOK, MAKE_HOOK, SEND_COPY, DELETE)
OPENING = (LIST_THREADS, MAKE_THREAD, SEND)
SLOW = 0.05  # seconds before Discord acts, so that a kill may come between any two steps
FORGIVEN = {
    429,
    10062,
    10008,
}  # what a process that begins with no memory can't know; a deletion asked for twice
VERSIONS = ("kr2013", "in2017", "tr2019", "ph2019", "id2022", "id2024", "mx2025")
PATIENCE = 20.0


class Stage:
    """A club and a bot that dies; `file` is its database."""

    def __init__(self, discord_: Rehearsal, bot: BotProcess, file: Path) -> None:
        self.discord_, self.bot, self.file = discord_, bot, file
        self.club: Club = found_club(discord_, bot)
        grant(self.club)
        self.kills = 0

    async def die(self) -> None:
        """Killed, and back after the time that anything unfinished is left for."""
        await self.bot.kill()
        self.kills += 1
        self.discord_.clock.jump(timedelta(minutes=2))
        await self.bot.start()
        await self.bot.ready()

    async def lost(self, route: Route, act: Act, *, die: bool) -> None:
        """Discord does what `route` asks and its answer is lost; then the bot dies, or asks again."""
        before = self._lost_answers()
        self.discord_.switches.answer_502_after_acting(*route)
        deed = asyncio.ensure_future(act())
        await self.discord_.until(lambda: self._lost_answers() > before, within=PATIENCE)
        if die:
            await self.die()
            deed.cancel()
        with suppress(InteractionFailed, asyncio.CancelledError):
            await deed

    async def killed_within(self, seconds: float, act: Act) -> None:
        deed = asyncio.ensure_future(act())
        await asyncio.sleep(seconds)
        await self.die()
        deed.cancel()
        with suppress(InteractionFailed, asyncio.CancelledError):
            await deed

    async def until_idle(self, *kinds: str) -> None:
        """Until no job of these kinds is left to do."""
        await self.discord_.until(lambda: not self._unfinished(kinds), within=PATIENCE)

    def _unfinished(self, kinds: tuple[str, ...]) -> int:
        marks = ",".join("?" * len(kinds))
        query = f"SELECT count(*) FROM jobs WHERE finished_at IS NULL AND kind IN ({marks})"
        with closing(sqlite3.connect(self.file)) as db:
            return int(db.execute(query, kinds).fetchone()[0])

    def _lost_answers(self) -> int:
        return sum(line.status == 502 for line in self.discord_.world.feed.lines)


def copies(channel: Channel, of: Message) -> list[Message]:
    """The hidden copies of a message."""
    return [each for each in written(channel) if each.webhook_id and each.content == f"||{of.content}||"]


def check_hidden(channel: Channel, original: Message) -> None:
    assert (not original.deleted, len(copies(channel, original))) in {(True, 0), (False, 1)}


def check_opened(club: Club, name: str) -> None:
    """One thread of that name with one door and one first question; or none at all."""
    made = [thread for thread in threads(club) if thread.name == name]
    doors = [message for message in written(club.cinema) if name in message.text]
    assert (len(made), len(doors)) in {(1, 1), (0, 0)}
    assert [len(written(thread)) for thread in made] in ([1], [])


async def hide(stage: Stage, number: int, how: How) -> None:
    """One message, hidden in that way."""
    club = stage.club
    original = club.alice.say(club.cinema, f"number {number} dies")
    await how(lambda: club.alice.menu(original, "Hide as spoiler"))
    await stage.until_idle("spoilers-settle")
    check_hidden(club.cinema, original)


async def open_thread(stage: Stage, number: int, how: How) -> None:
    """One thread, opened in that way, and one of its own kind."""
    club, version = stage.club, VERSIONS[number % len(VERSIONS)]
    place, level = f"0:{number // len(VERSIONS) + 1:02}:00", "plot"
    options = {"versions": version, "level": level, "up-to-minute": place}
    await how(lambda: club.host.slash(club.cinema, "spoilers open", **options))
    await stage.until_idle("spoilers-make", "spoilers-gate", "spoilers-question")
    check_opened(club, f"🔒 {version} · to {number // len(VERSIONS) + 1}:00")


async def play(kills: int, seed: int) -> None:
    """At a random step each time, with a random answer lost in every other."""
    rng, tried = Random(seed), Counter[str]()
    with TemporaryDirectory(prefix="chaos-") as folder:
        home = Path(folder)
        async with Rehearsal.start() as discord_, bot_process(discord_, home, LOG_LEVEL="WARNING") as bot:
            await bot.ready()
            stage = Stage(discord_, bot, home / "bot.db")
            for route in (*HIDING, *OPENING):
                discord_.switches.delay(*route, SLOW)
            while stage.kills < kills:
                deed, routes = rng.choice([(hide, HIDING), (open_thread, OPENING)])
                if rng.random() < 0.5:
                    discord_.switches.answer_502_after_acting(*rng.choice(routes))
                within = rng.uniform(0.0, 0.6)
                await deed(stage, stage.kills, partial(stage.killed_within, within))
                tried[deed.__name__] += 1
            assert await bot.terminate() == 0
    assert [str(each) for each in discord_.violations if each.code not in FORGIVEN] == []
    show("spoilers", seed, kills=stage.kills, **tried)
