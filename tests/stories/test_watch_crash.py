"""Watch-alongs through crashes: no confirmed tap is lost, nothing stands twice, what fell due meanwhile still comes."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.rehearsal import Rehearsal
from bot.rehearsal.messages import is_system
from tests.chaos.watch import play
from tests.stories.conftest import Club, bot_process, found_club
from tests.stories.evenings import MINUTE, clock, planned, playing, posted, public, seconds, shows, where

pytestmark = pytest.mark.asyncio

POST = ("POST", "/channels/{channel_id}/messages")
NONCE_FORGOTTEN = timedelta(minutes=6)


@pytest_asyncio.fixture(loop_scope="session")
async def club(tmp_path: Path) -> AsyncIterator[Club]:
    """A club whose bot may be killed: nobody else uses it."""
    async with Rehearsal.start() as discord_, bot_process(discord_, tmp_path) as bot:
        await bot.ready()
        yield found_club(discord_, bot)


async def reborn(club: Club, after: timedelta = NONCE_FORGOTTEN) -> None:
    """The bot is killed, time passes, it comes back."""
    await club.bot.kill()
    club.discord_.clock.jump(after)
    await club.bot.start()
    await club.bot.ready()


async def test_an_evening_under_fire() -> None:
    await play(kills=9, seed=5)


async def test_a_reminder_that_was_sent_before_the_crash_is_not_sent_again(club: Club) -> None:
    announcement = await planned(club, when="in 30 hours")
    await club.alice.press(announcement, "Remind me")
    club.discord_.switches.answer_502_after_acting(*POST)
    club.discord_.clock.jump(timedelta(hours=7))
    await posted(club, "⏰")
    await reborn(club)
    await club.discord_.until(lambda: len(club.alice.dm.history()) == 2)
    await reborn(club)
    await club.alice.press(announcement, "I'm coming")
    assert len([message for message in public(club.cinema) if "⏰" in message.text]) == 1
    assert len(club.alice.dm.history()) == 2


async def test_a_reminder_that_fell_due_during_an_outage_comes_while_it_helps(club: Club) -> None:
    announcement = await planned(club, when="in 30 hours")
    await reborn(club, timedelta(hours=29))
    reminder = await posted(club, "⏰")
    await reborn(club, timedelta(hours=2))
    await shows(club, announcement, "2:12:00")
    assert [message for message in public(club.cinema) if "⏰" in message.text] == [reminder]


async def test_the_film_clock_and_the_buttons_outlive_the_process(club: Club) -> None:
    panel = await playing(club)
    await reborn(club, 30 * MINUTE)
    assert seconds(await where(club.alice, club.cinema)) == pytest.approx(30 * 60, abs=10)
    await shows(club, panel, "0:00** was at")
    mine = await clock(club.bob, club.cinema)
    await reborn(club, MINUTE)
    assert "Recorded at 31:" in (await club.bob.press(mine, "Tissue")).text
    assert "Recorded at 31:" in (await club.dilan.press(panel, "Tissue")).text


async def test_an_evening_that_ended_during_an_outage_is_closed_as_of_its_end(club: Club) -> None:
    panel = await playing(club)
    await reborn(club, timedelta(hours=12))
    end = await posted(club, "Thank you for watching together")
    assert "Did you see it to the end?" in end.text
    await shows(club, panel, "at 2:32:00")
    await posted(club, "How many tissues did you need?")
    assert len([message for message in public(club.cinema) if not is_system(message)]) == 4
