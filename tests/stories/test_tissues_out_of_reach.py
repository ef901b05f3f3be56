"""Tissue polls whose channel or messages are out of reach: nothing is lost, nothing said that isn't so."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio

from bot.rehearsal import Message, Overwrite, Permission, Rehearsal
from bot.rehearsal.entities import Channel
from tests.stories.conftest import Club, bot_process, found_club

pytestmark = pytest.mark.asyncio

RETRY = timedelta(minutes=5, seconds=1)
MUTE = Overwrite(deny=Permission.SEND_MESSAGES)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def lonely(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Club]:
    """A bot and a Discord whose clock may be turned."""
    home = tmp_path_factory.mktemp("reach")
    async with Rehearsal.start() as discord_, bot_process(discord_, home) as bot:
        await bot.ready()
        yield found_club(discord_, bot)


@pytest.fixture
def club(lonely: Club) -> Club:
    """A club of the story's own there."""
    return found_club(lonely.discord_, lonely.bot)


def polls(channel: Channel) -> list[Message]:
    return [message for message in channel.history() if not message.ephemeral]


async def opened(club: Club, channel: Channel) -> Message:
    before = len(polls(channel))
    await club.host.slash(channel, "tissues open", version="miracle:tr2019", closes="2h")
    await club.discord_.until(lambda: len(polls(channel)) > before)
    return polls(channel)[-1]


async def close(club: Club) -> str:
    sure = await club.host.slash(club.lounge, "tissues close")
    return (await club.host.press(sure, "Close it now")).text


def mute(club: Club, overwrite: Overwrite = MUTE) -> None:
    for role in (club.guild.everyone, club.guild.bot_role):
        club.guild.overwrite(club.cinema, role, overwrite)


async def test_no_poll_is_closed_where_its_result_could_not_be_shown(club: Club) -> None:
    poll = await opened(club, club.cinema)
    sure = await club.host.slash(club.lounge, "tissues close")
    mute(club)
    refused = await club.host.press(sure, "Close it now")
    assert "I lack Send Messages" in refused.text
    assert "I lack Send Messages" in (await club.host.slash(club.lounge, "tissues close")).text
    mute(club, Overwrite())
    assert "Closed. The result follows" in await close(club)
    await club.discord_.until(lambda: "What it came to" in poll.text)


async def test_a_result_that_can_not_be_posted_comes_once_the_right_is_back(club: Club) -> None:
    poll = await opened(club, club.cinema)
    mute(club)
    club.discord_.clock.jump(timedelta(hours=3))
    await club.discord_.until(lambda: "closed <t:" in poll.text)
    assert polls(club.cinema) == [poll]
    mute(club, Overwrite())
    club.discord_.clock.jump(RETRY)
    await club.discord_.until(lambda: len(polls(club.cinema)) == 2)
    await club.discord_.until(lambda: "What it came to" in poll.text)


async def test_no_poll_opens_in_a_channel_that_is_gone(club: Club) -> None:
    news = club.guild.text_channel("news")
    await club.admin.slash(club.cinema, "club settings", announcements=news)
    club.guild.delete_channel(news)
    refused = await club.host.slash(club.cinema, "tissues open")
    assert "announcements channel is gone" in refused.text
    assert "No poll is open" in (await club.alice.slash(club.lounge, "tissues vote")).text


async def test_a_poll_whose_channel_is_gone_closes_all_the_same(club: Club) -> None:
    await opened(club, club.cinema)
    club.guild.delete_channel(club.cinema)
    said = await close(club)
    assert "/tissues results shows what it came to" in said
    assert "No poll is open" in (await club.alice.slash(club.lounge, "tissues vote")).text


async def test_a_deleted_result_is_sent_anew_by_the_next_close(club: Club) -> None:
    poll = await opened(club, club.cinema)
    await close(club)
    await club.discord_.until(lambda: "What it came to" in poll.text)
    first = polls(club.cinema)[-1]
    await club.host.slash(club.cinema, "tissues reopen")
    await club.discord_.until(lambda: "Open again" in first.text)
    club.guild.owner_member.delete(first)
    await close(club)
    await club.discord_.until(lambda: len(polls(club.cinema)) == 2)
    second = polls(club.cinema)[-1]
    await club.discord_.until(lambda: f"/{second.id}" in poll.text)


async def test_a_deleted_poll_comes_back_by_itself_once_and_then_when_asked(club: Club) -> None:
    club.guild.owner_member.delete(await opened(club, club.cinema))
    await club.alice.slash(club.lounge, "tissues vote", tissues="3")
    await club.discord_.until(lambda: [("1 person" in poll.text) for poll in polls(club.cinema)] == [True])

    club.guild.owner_member.delete(polls(club.cinema)[0])
    asked = await club.host.slash(club.cinema, "tissues open", version="miracle:tr2019")
    assert "goes up again" in asked.text
    await club.discord_.until(lambda: [("1 person" in poll.text) for poll in polls(club.cinema)] == [True])
    twice = await club.host.slash(club.cinema, "tissues open", version="miracle:tr2019")
    assert "That poll is open already in" in twice.text
    assert len(polls(club.cinema)) == 1


async def test_an_archived_thread_is_opened_for_what_changes_in_it(club: Club) -> None:
    thread = club.guild.thread(club.cinema, "Tonight")
    poll = await opened(club, thread)
    club.guild.owner_member.archive(thread)
    await club.alice.slash(club.lounge, "tissues vote", tissues="3")
    await club.discord_.until(lambda: "1 person has answered" in poll.text)


async def test_a_locked_thread_is_no_surprise(club: Club) -> None:
    mute(club, Overwrite(deny=Permission.MANAGE_THREADS))
    thread = club.guild.thread(club.cinema, "Tonight")
    poll = await opened(club, thread)
    club.guild.owner_member.archive(thread, locked=True)
    club.discord_.clock.jump(timedelta(hours=3))
    await club.bot.says(f"channel {thread.id} takes no messages")
    assert "Traceback" not in club.bot.stderr + club.bot.stdout
    thread.state.locked = False
    club.guild.owner_member.unarchive(thread)
    club.discord_.clock.jump(RETRY)
    await club.discord_.until(lambda: "What it came to" in poll.text)
