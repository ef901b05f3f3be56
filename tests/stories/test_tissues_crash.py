"""Tissue polls through crashes: no confirmed press is lost, nothing stands there twice, who was kicked keeps a say."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.rehearsal import ClientRefuses, Message, Rehearsal
from bot.services.tissues import Tissues
from bot.storage.opening import open_database
from tests.chaos.tissues import play
from tests.stories.conftest import Club, bot_process, found_club

pytestmark = pytest.mark.asyncio

POST = ("POST", "/channels/{channel_id}/messages")
NONCE_FORGOTTEN = timedelta(minutes=6)


async def test_what_was_recorded_survives_kills_at_any_moment_and_stands_there_once() -> None:
    await play(kills=6, seed=3)


@pytest_asyncio.fixture(loop_scope="session")
async def club(tmp_path: Path) -> AsyncIterator[Club]:
    """A club whose bot may be killed: nobody else uses it."""
    async with Rehearsal.start() as discord_, bot_process(discord_, tmp_path) as bot:
        await bot.ready()
        yield found_club(discord_, bot)
        assert [str(violation) for violation in discord_.violations] == []


async def reborn(club: Club) -> None:
    """The bot is killed, and comes back when Discord has forgotten its nonces."""
    await club.bot.kill()
    club.discord_.clock.jump(NONCE_FORGOTTEN)
    await club.bot.start()
    await club.bot.ready()


async def opened(club: Club, version: str = "tr2019") -> Message:
    before = len(club.cinema.history())
    await club.host.slash(club.cinema, "tissues open", version=f"miracle:{version}")
    await club.discord_.until(lambda: len(club.cinema.history()) > before)
    return club.cinema.history()[-1]


async def closed(club: Club, poll: Message) -> None:
    sure = await club.host.slash(club.cinema, "tissues close")
    await club.host.press(sure, "Close it now")
    await club.discord_.until(lambda: "What it came to" in poll.text)


async def test_killed_between_posting_and_noting_it_posts_nothing_twice(club: Club) -> None:
    club.discord_.switches.answer_502_after_acting(*POST)
    poll = await opened(club)
    await reborn(club)
    for member in (club.alice, club.bob, club.dilan):
        await member.press(poll, "3")

    sure = await club.host.slash(club.cinema, "tissues close")
    club.discord_.switches.answer_502_after_acting(*POST)
    await club.host.press(sure, "Close it now")
    await club.discord_.until(lambda: len(club.cinema.history()) > 1)
    await reborn(club)
    await club.discord_.until(lambda: "What it came to" in poll.text)
    _, result = club.cinema.history()
    assert "9 tissues" in result.text


async def test_the_ballot_of_who_was_kicked_stays_until_its_owner_erases_it(
    club: Club, tmp_path: Path
) -> None:
    past = await opened(club, "kr2013")
    for member in (club.alice, club.bob, club.dilan):
        await member.press(past, "2")
    await closed(club, past)
    now_open = await opened(club)
    for member in (club.alice, club.bob):
        await member.press(now_open, "4")
    club.guild.kick(club.alice)
    with pytest.raises(ClientRefuses):
        await club.alice.press(now_open, "1")

    await club.bot.kill()
    assert await erase_all(tmp_path / "bot.db", club.alice.id) == [int(poll_number(now_open))]
    await club.bot.start()
    await club.bot.ready()
    await club.discord_.until(lambda: "1 person has answered" in now_open.text)
    again = club.guild.member("Alice", user=club.alice)
    assert "not answered yet" in (await again.press(now_open, "My ballot")).text
    assert "no ballot in this poll" in (await again.press(past, "My ballot")).text
    recount = await club.host.slash(club.cinema, "tissues recount", poll=poll_number(past))
    assert "It matches." in recount.text
    assert "3 people, 6 tissues" in recount.text


async def test_who_was_kicked_and_came_back_may_erase_their_ballot(club: Club) -> None:
    poll = await opened(club)
    await club.alice.press(poll, "4")
    club.guild.kick(club.alice)
    again = club.guild.member("Alice", user=club.alice)
    mine = await again.press(poll, "My ballot")
    assert "says 4 tissues" in mine.text
    assert "Erased" in (await again.press(mine, "Erase my ballot")).text
    await club.discord_.until(lambda: "0 people have answered" in poll.text)


def poll_number(message: Message) -> str:
    """The poll's own, out of its button's address."""
    return str(message.buttons()[-1]["custom_id"]).split(":")[2]


async def erase_all(file: Path, member_id: int) -> list[int]:
    """As the member's own request does it, on the database of a bot that is down; the open polls that lost one."""
    db = await open_database(f"sqlite:///{file}", datetime.now(UTC))
    try:
        return await Tissues(db, lambda: None).erase_all(member_id, None)
    finally:
        await db.close()
