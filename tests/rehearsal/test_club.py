"""discord.py, judged by the official document, plans, talks, hides and polls; what it reads back is right."""

import asyncio
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from bot.rehearsal import BotProcess, Channel, Deadlines, Guild, Member, Permission, Rehearsal
from bot.rehearsal.permissions import BOT, EVERYONE

pytestmark = pytest.mark.asyncio
CLUB = Path(__file__).parent / "club_bot.py"
DOCUMENT = Path(__file__).parents[3] / "shared" / "reference" / "discord-openapi.json"
NEEDED = EVERYONE | BOT | Permission.MANAGE_WEBHOOKS | Permission.MANAGE_CHANNELS


@dataclass
class Hall:
    discord: Rehearsal
    bot: BotProcess
    guild: Guild
    cinema: Channel
    alice: Member
    bob: Member

    async def do(self, deed: str) -> str:
        answer = await self.alice.slash(self.cinema, "do", deed=deed, friend=self.bob)
        assert self.discord.violations == [], [str(v) for v in self.discord.violations]
        assert "Traceback" not in self.bot.stderr, self.bot.stderr
        return answer.text


@pytest_asyncio.fixture
async def hall() -> AsyncIterator[Hall]:
    document = DOCUMENT if DOCUMENT.exists() else None
    async with Rehearsal.start(openapi=document, deadlines=Deadlines(answer=3.0)) as discord_:
        guild = discord_.guild("Sunday Cell Film Club", bot_permissions=NEEDED)
        cinema = guild.text_channel("cinema")
        guild.forum_channel("talk")
        alice, bob = guild.member("Alice"), guild.member("Bob")
        async with BotProcess(discord_, [sys.executable, str(CLUB)]) as bot:
            await bot.ready()
            yield Hall(discord_, bot, guild, cinema, alice, bob)


async def test_an_evening_is_planned_moved_started_and_ended(hall: Hall) -> None:
    assert await hall.do("evening") == "['Moved'] completed #cinema"


async def test_threads_are_opened_filled_closed_and_found(hall: Hall) -> None:
    said = await hall.do("threads")
    assert (
        said == "private_thread False ['closing note'] ['kr2013'] ['The ending', '🔒 kr2013'] ['🔒 kr2013']"
    )


async def test_a_webhook_writes_into_a_thread_and_only_it_reads_that(hall: Hall) -> None:
    said = await hall.do("hooks")
    assert said == "Bob '' '||he lives||' '||he dies||' True ['Tissue Box']"


async def test_a_poll_is_voted_in_and_read_when_it_is_over(hall: Hall) -> None:
    asked = asyncio.create_task(hall.do("vote"))
    await hall.discord.until(lambda: any(m.poll for m in hall.cinema.history()))
    poll = next(m for m in hall.cinema.history() if m.poll)
    hall.bob.vote(poll, "Turkey")
    assert await asked == "Which next? {'Korea': 0, 'Turkey': 1} ['bob'] True"
