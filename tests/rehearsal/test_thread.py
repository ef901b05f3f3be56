"""The thinnest thread: a real discord.py process is called, answers, and has its button pressed."""

import sys
from pathlib import Path

import pytest

from bot.rehearsal import BotProcess, Rehearsal

BARE = Path(__file__).parent / "bare_bot.py"


@pytest.mark.asyncio
async def test_a_bot_is_called_and_its_button_pressed() -> None:
    async with Rehearsal.start() as discord_:
        guild = discord_.guild("Sunday Cell Film Club")
        cinema, alice = guild.text_channel("cinema"), guild.member("Alice")
        async with BotProcess(discord_, [sys.executable, str(BARE)]) as bot:
            await bot.ready()
            asked = await alice.slash(cinema, "cry", film="tr2019")
            assert asked.text == "How many for tr2019?\n3"
            answer = await alice.press(asked, "3")
            assert (answer.text, answer.ephemeral) == ("3 tissues", True)
            assert not discord_.violations
