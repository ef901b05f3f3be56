"""Nothing leaks, over the whole bot: everything is played in every kind of channel, and whoever has seen nothing looks
at all that they can see."""

import asyncio
import re
import sqlite3
import tomllib
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import chain
from pathlib import Path

import pytest
import pytest_asyncio

from bot.domain.spoilers import Level
from bot.packs.words import fold
from bot.rehearsal import Member, Message, Permission, Rehearsal
from bot.rehearsal.entities import Channel, ChannelType
from tests.packs.builder import MARKS, write_pack
from tests.stories.conftest import ROOT, bot_process
from tests.stories.playing import Player

pytestmark = pytest.mark.asyncio

SHIPPED = ROOT / "data" / "films"
LOUD = (MARKS["plot"], MARKS["ending"])
VEIL = re.compile(r"\|\|.*?\|\|", re.DOTALL)
# what would change what may be shown, shut the door behind the player, or wait for somebody else's evening
LEFT_OUT = {"club settings", "spoilers close", "spoilers unseen", "mydata forget"}
PASSES = (timedelta(minutes=5), timedelta(hours=3), timedelta(days=3), timedelta(days=8))
CLAIM = "tb:spoilers-enter"  # "Yes, I have seen it": Eve doesn't lie
OWN_WORDS = {"reopen"}  # /tissues reopen
Finds = Callable[[str], list[str]]


def marks(text: str) -> list[str]:
    return [mark for mark in LOUD if mark.lower() in text.lower()]


def spoiler_words() -> Finds:
    """Finds the shipped pack's words that give away more than the premise; not those the bot itself goes by."""
    pack = tomllib.loads((SHIPPED / "miracle.toml").read_text(encoding="utf-8"))
    listed, cleared = pack["spoiler_word"], list(_cleared(pack))
    words = [
        fold(each["word"])
        for each in listed
        if min(Level.of(level) for level in each["gives"].values()) > Level.PREMISE
    ]
    words = [word for word in words if word not in OWN_WORDS]

    def finds(text: str) -> list[str]:
        folded = f" {fold(text)}"
        for told in cleared:
            folded = folded.replace(told, "")
        return [word for word in words if f" {word}" in folded]

    return finds


def _cleared(rows: object) -> Iterator[str]:
    """The texts whose author has looked at such a word in them and found that there it gives nothing away."""
    match rows:
        case {"cleared": _, **texts}:
            yield from (fold(text) for text in texts.values() if isinstance(text, str) and " " in text)
        case dict():
            yield from chain.from_iterable(map(_cleared, rows.values()))
        case list():
            yield from chain.from_iterable(map(_cleared, rows))


@dataclass
class House:
    """A club with a channel of every kind; Ada has seen everything and may do anything, Eve has seen nothing."""

    discord_: Rehearsal
    finds: Finds
    file: Path
    ada: Member
    eve: Member
    player: Player
    watcher: Player
    channels: list[Channel]
    seen: dict[int, tuple[int, str]] = field(default_factory=dict)
    leaks: list[str] = field(default_factory=list)

    def look(self) -> None:
        """All that Eve can see that is new since she looked last."""
        for where, text in self._visible():
            self.leaks += [f"{where}: {word} in {text[:300]!r}" for word in self.finds(text)]

    def _visible(self) -> Iterator[tuple[str, str]]:
        guild = self.eve.guild
        for channel in [*guild.channels.values(), self.eve.dm]:
            if not self.eve.can_see(channel):
                continue
            yield "name", f"{channel.name} {channel.topic or ''} {' '.join(tag.name for tag in channel.tags)}"
            yield from ((f"#{channel.name}", text) for m in self.eve.sees(channel) for text in self._new(m))
        for event in guild.scheduled.values():
            yield "event", f"{event.name} {event.description} {event.location}"

    def _new(self, message: Message) -> Iterator[str]:
        """A message's words with everything else that is sent with it; behind a veil only if it is hers alone."""
        if self.seen.get(message.id) == (message.edits, message.text):
            return
        self.seen[message.id] = (message.edits, message.text)
        sent = "\n".join(_strings(message.payload()))
        own = message.ephemeral_to is self.eve.user
        yield VEIL.sub("", sent) if own else sent

    async def let_in(self) -> None:
        """Ada into every thread, whatever her last command did to it."""
        for channel in self.ada.guild.channels.values():
            if channel.thread is not None:
                channel.state.members.setdefault(self.ada.id, self.discord_.clock.now())

    async def time_passes(self, span: timedelta) -> None:
        """Everything that falls due is done."""
        self.discord_.clock.jump(span)
        for _ in range(600):
            if not self._due():
                return
            await asyncio.sleep(0.05)  # a job that is done tells nobody
        pytest.fail(f"still due: {self._due()}")

    def _due(self) -> list[tuple[str, int, int]]:
        now = int(self.discord_.clock.now().timestamp() * 1000)
        query = "SELECT kind, subject, tries FROM jobs WHERE finished_at IS NULL AND due_at <= ?"
        with closing(sqlite3.connect(self.file)) as db:
            return db.execute(query, (now,)).fetchall()


def _strings(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for each in value.values():
                yield from _strings(each)
        case list():
            for each in value:
                yield from _strings(each)


@pytest_asyncio.fixture(scope="module", loop_scope="session", params=["marked pack", "shipped pack"])
async def house(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[House]:
    home = tmp_path_factory.mktemp("house")
    packs, finds = SHIPPED, spoiler_words()
    if request.param == "marked pack":
        packs, finds = tmp_path_factory.mktemp("packs"), marks
        write_pack(packs)
    async with Rehearsal.start() as discord_, bot_process(discord_, home, PACKS_DIR=str(packs)) as bot:
        await bot.ready()
        discord_.server.rates.enforced = False
        yield _furnished(discord_, finds, home / "bot.db")


def _furnished(discord_: Rehearsal, finds: Finds, file: Path) -> House:
    guild = discord_.guild("Sunday Cell Film Club", locale="en-US")
    more = Permission.MANAGE_WEBHOOKS | Permission.MANAGE_CHANNELS
    guild.set_permissions(guild.bot_role, guild.bot_role.permissions | more)
    rights = Permission.MANAGE_GUILD | Permission.MANAGE_EVENTS | Permission.MANAGE_THREADS
    ada = guild.member("Ada", roles=[guild.role("Admin", permissions=rights)])
    eve, role = guild.member("Eve"), guild.role("Regulars")
    cinema, forum = guild.text_channel("cinema"), guild.forum_channel("talk")
    news, voice = guild.channel("news", ChannelType.ANNOUNCEMENT), guild.voice_channel("foyer")
    thread, post = ada.start_thread(cinema, "chat"), ada.post(forum, "hello", "words")
    player, watcher = Player(ada, role, eve, cinema), Player(eve, role, ada, cinema, never=CLAIM)
    return House(discord_, finds, file, ada, eve, player, watcher, [cinema, news, voice, thread, post])


async def test_whoever_has_seen_nothing_finds_no_spoiler_anywhere(house: House) -> None:
    ada, discord_ = house.ada, house.discord_
    await ada.slash(house.channels[0], "spoilers seen", versions="any")
    for privacy in ("gated", "public"):
        answer = await ada.slash(
            house.channels[0], "spoilers open", versions="kr2013", level="ending", privacy=privacy
        )
        if privacy == "public":
            await (await ada.press(answer, "Open it for everybody")).settled()
    made = [c for c in ada.guild.channels.values() if c.thread is not None and "kr2013" in c.name]
    assert {c.type for c in made} == {ChannelType.PRIVATE_THREAD, ChannelType.PUBLIC_THREAD}

    for channel in [*house.channels, *made]:
        await house.let_in()
        await house.player.everything(channel, LEFT_OUT)
        house.look()
    for message in [m for channel in house.channels for m in list(channel.history())]:
        await house.player.look_through([message])
    await house.player.menus(ada.say(house.channels[0], "nothing much"))
    house.look()
    for channel in house.channels[:4]:
        await house.watcher.everything(channel, {*LEFT_OUT, "spoilers seen"})
        house.look()
    for span in PASSES:
        await house.time_passes(span)
        house.look()
    await ada.slash(house.channels[0], "club settings")
    house.look()

    for text in (*house.watcher.offered, *house.watcher.forms):
        house.leaks += [f"offered: {word} in {text!r}" for word in house.finds(text)]
    assert house.leaks == []
    registered = {path for path, _ in house.player._commands()}
    assert registered - house.player.played <= LEFT_OUT
    assert [str(v) for v in discord_.violations if v.code == 501] == []


async def test_the_look_would_find_one(house: House) -> None:
    """What is shown inside the gated thread is too much for Eve: she would have seen it anywhere else."""
    gated = next(c for c in house.ada.guild.channels.values() if c.type is ChannelType.PRIVATE_THREAD)
    inside = "\n".join(text for m in gated.messages.values() for text in _strings(m.payload()))
    assert house.finds(inside)
    assert not house.eve.can_see(gated)
    own = "\n".join(m.text for m in house.watcher.answers)
    assert house.finds(own)
