"""One small Discord and one bot process for all stories; each story gets a club of its own."""

import re
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from bot.rehearsal import BotProcess, Member, Permission, Rehearsal
from bot.rehearsal.entities import Channel
from bot.rehearsal.guilds import Guild
from tests.stories.contract import beyond

ROOT = Path(__file__).resolve().parents[2]
RATE_LIMITED, UNKNOWN_CHANNEL, UNKNOWN_EVENT, CLOSED_MESSAGES = 429, 10003, 10070, 50007
EXPECTED = {RATE_LIMITED, UNKNOWN_CHANNEL, UNKNOWN_EVENT, CLOSED_MESSAGES}
OPENAPI = ROOT.parent / "shared" / "reference" / "discord-openapi.json"


def bot_process(discord_: Rehearsal, home: Path, **env: str) -> BotProcess:
    """The real bot, keeping its data in `home`."""
    settings = {"DATABASE_URL": f"sqlite:///{home}/bot.db", **env}
    return BotProcess(
        discord_, [sys.executable, "-m", "bot", "run", "--follow-clock"], env=settings, cwd=ROOT
    )


@dataclass
class Club:
    """A server with a cinema, an admin, a host and three members of different tongues."""

    discord_: Rehearsal
    bot: BotProcess
    guild: Guild
    cinema: Channel
    lounge: Channel
    admin: Member
    host: Member
    alice: Member
    bob: Member
    dilan: Member


def found_club(discord_: Rehearsal, bot: BotProcess, name: str = "Sunday Cell Film Club") -> Club:
    """A new club with nothing set."""
    guild = discord_.guild(name, locale="en-US")
    admins = guild.role("Admin", permissions=Permission.MANAGE_GUILD)
    hosts = guild.role("Host", permissions=Permission.MANAGE_EVENTS)
    return Club(
        discord_,
        bot,
        guild,
        cinema=guild.text_channel("cinema"),
        lounge=guild.text_channel("lounge"),
        admin=guild.member("Ada", locale="en-US", roles=[admins]),
        host=guild.member("Hana", locale="en-GB", roles=[hosts]),
        alice=guild.member("Alice", locale="en-US"),
        bob=guild.member("Bob", locale="de"),
        dilan=guild.member("Dilan", locale="tr"),
    )


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def discord_() -> AsyncIterator[Rehearsal]:
    async with Rehearsal.start(openapi=OPENAPI if OPENAPI.exists() else None) as rehearsal:
        yield rehearsal
        assert beyond(rehearsal.coverage) == [], "list it in tests/stories/contract.py once it is looked up"


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def bot(discord_: Rehearsal, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[BotProcess]:
    async with bot_process(discord_, tmp_path_factory.mktemp("bot")) as process:
        await process.ready()
        yield process
        assert await process.terminate() == 0


@pytest_asyncio.fixture(loop_scope="session")
async def club(discord_: Rehearsal, bot: BotProcess) -> AsyncIterator[Club]:
    """A club of the story's own; at its end the bot must have broken none of Discord's rules."""
    before = len(discord_.violations)
    yield found_club(discord_, bot)
    assert [str(violation) for violation in discord_.violations[before:]] == []


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def theatre(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Club]:
    """A Discord and a bot of their own for stories that turn the clock."""
    async with (
        Rehearsal.start(openapi=OPENAPI if OPENAPI.exists() else None) as discord_,
        bot_process(discord_, tmp_path_factory.mktemp("theatre")) as bot,
    ):
        await bot.ready()
        yield found_club(discord_, bot, "The house next door")
        assert beyond(discord_.coverage) == []


@pytest.fixture
def evening(theatre: Club) -> Iterator[Club]:
    """A club of the story's own there. A jump of the clock lets much fall due at once, in other stories' clubs, too:
    so only this club's places are looked at, and being told to wait breaks no rule, nor does finding a channel or
    event gone or a member's messages closed."""
    before = len(theatre.discord_.violations)
    club = found_club(theatre.discord_, theatre.bot)
    yield club
    places = {club.guild.id, *club.guild.channels, club.cinema.id, club.lounge.id}
    broken = [v for v in theatre.discord_.violations[before:] if v.code not in EXPECTED]
    assert [str(v) for v in broken if not _named(v.request) - places] == []


def _named(request: str) -> set[int]:
    """The channel or server that a request names."""
    return {int(named) for named in re.findall(r"/(?:channels|guilds)/(\d+)", request)}
