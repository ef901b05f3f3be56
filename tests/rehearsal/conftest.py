"""A fresh world per test with a raw bot: one server, one channel, two members."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import pytest_asyncio

from bot.rehearsal import Channel, Deadlines, Guild, Member, Rehearsal
from tests.rehearsal.raw import Raw


@dataclass
class Desk:
    discord: Rehearsal
    raw: Raw
    guild: Guild
    cinema: Channel
    alice: Member
    bob: Member

    @property
    def messages(self) -> str:
        return f"/channels/{self.cinema.id}/messages"


@pytest_asyncio.fixture
async def desk() -> AsyncIterator[Desk]:
    deadlines = Deadlines(answer=1.0, token=1.5, patience=0.5)
    async with (
        Rehearsal.start(deadlines=deadlines) as discord_,
        aiohttp.ClientSession() as session,
    ):
        guild = discord_.guild("Sunday Cell Film Club")
        cinema = guild.text_channel("cinema")
        alice, bob = guild.member("Alice", locale="tr"), guild.member("Bob")
        yield Desk(discord_, Raw(discord_, session), guild, cinema, alice, bob)
