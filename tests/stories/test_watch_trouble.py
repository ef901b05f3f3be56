"""Watch-alongs with things in their way: shut and busy channels, threads, deleted messages, titles nobody knows."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.rehearsal import InteractionFailed, Message, Overwrite, Permission, Rehearsal
from bot.rehearsal.entities import Channel
from tests.stories.conftest import Club, bot_process, found_club
from tests.stories.evenings import MINUTE, finished, planned, playing, posted, public, shows, tapped
from tests.stories.weeks import idle

pytestmark = pytest.mark.asyncio(loop_scope="session")

POST = ("POST", "/channels/{channel_id}/messages")
CALL = ("POST", "/interactions/{interaction_id}/{interaction_token}/callback")
ANNOUNCED, POLL = "Before you come", "How many tissues did you need?"


@pytest_asyncio.fixture(loop_scope="session")
async def club(tmp_path: Path) -> AsyncIterator[Club]:
    """A club with a bot of its own."""
    async with Rehearsal.start() as discord_, bot_process(discord_, tmp_path) as bot:
        await bot.ready()
        yield found_club(discord_, bot)


def overwrite(club: Club, right: Permission | None, channel: Channel | None = None) -> None:
    """Takes a right away from the bot; without one, gives all back."""
    there = Overwrite(deny=right) if right else Overwrite()
    for role in (club.guild.everyone, club.guild.bot_role):
        club.guild.overwrite(channel or club.cinema, role, there)


def saying(club: Club, words: str, channel: Channel | None = None) -> list[Message]:
    return [message for message in public(channel or club.cinema) if words in message.text]


async def back_in_a_busy_channel(club: Club) -> None:
    """The bot is killed, people talk, and it comes back once Discord has forgotten its nonces."""
    await club.bot.kill()
    for number in range(120):
        club.alice.say(club.cinema, f"so sad {number}")
    club.discord_.clock.jump(timedelta(minutes=6))
    await club.bot.start()
    await club.bot.ready()


async def test_two_evenings_with_titles_nobody_knows_have_a_poll_each(club: Club) -> None:
    await playing(club, await planned(club, "Dancer in the Dark", minutes=140))
    await tapped(club.alice, club.cinema)
    await finished(club)
    first = await posted(club, POLL)
    assert "Dancer in the Dark" in first.text
    await club.alice.press(first, "4")
    await playing(club, await planned(club, "Grave of the Fireflies", minutes=89, channel=club.lounge))
    await tapped(club.alice, club.lounge)
    end = await finished(club, club.lounge)
    second = await posted(club, POLL, club.lounge)
    assert "Grave of the Fireflies" in second.text
    used = await club.alice.press(await club.alice.press(end, "Use my taps"), "Use my 1 tap")
    assert "instead of" not in used.text


async def test_an_announcement_in_a_thread_keeps_to_the_ceiling_of_its_channel(club: Club) -> None:
    await club.admin.slash(club.cinema, "club settings", channel=club.cinema, **{"channel-ceiling": "none"})
    thread = club.guild.thread(club.cinema, "Tonight")
    answer = await club.host.slash(thread, "watch plan", version="miracle:kr2013", when="in 4 hours")
    await club.host.press(answer, "Announce it")
    assert "A child dies" not in (await posted(club, ANNOUNCED, thread)).text


async def test_a_bot_that_may_not_read_what_was_said_posts_all_the_same(club: Club) -> None:
    overwrite(club, Permission.READ_MESSAGE_HISTORY)
    await planned(club)
    await club.host.slash(club.cinema, "watch start")
    await posted(club, "lobby")


async def test_in_a_busy_channel_nothing_stands_twice(club: Club) -> None:
    club.discord_.switches.answer_502_after_acting(*POST)
    answer = await club.host.slash(club.cinema, "watch plan", version="miracle:tr2019", when="in 3 hours")
    await club.host.press(answer, "Announce it")
    await posted(club, ANNOUNCED)
    await club.host.slash(club.cinema, "watch edit", version="miracle:kr2013")
    await back_in_a_busy_channel(club)
    (announcement,) = saying(club, ANNOUNCED)
    await shows(club, announcement, "7번방의 선물")  # as it was changed since
    assert saying(club, ANNOUNCED) == [announcement]


async def test_what_a_shut_channel_did_not_take_comes_later(club: Club) -> None:
    answer = await club.host.slash(club.cinema, "watch plan", version="miracle:tr2019", when="in 3 hours")
    overwrite(club, Permission.SEND_MESSAGES)
    await club.host.press(answer, "Announce it")
    await club.bot.says("is not done yet")
    assert saying(club, ANNOUNCED) == []
    overwrite(club, None)
    club.discord_.clock.jump(6 * MINUTE)
    await posted(club, ANNOUNCED)


async def test_what_a_moderator_deletes_comes_back_once(club: Club) -> None:
    announcement = await planned(club)
    club.guild.owner_member.delete(announcement)
    await club.host.slash(club.cinema, "watch edit", version="miracle:kr2013")
    again = await posted(club, ANNOUNCED)
    assert "7번방의 선물" in again.text
    panel = await playing(club, again)
    await shows(club, panel, "was at <t:")
    club.guild.owner_member.delete(panel)
    await club.host.slash(club.cinema, "watch pause")
    await posted(club, "Paused at")


@pytest.mark.parametrize(
    "when", ["0001-01-01 00:00", "9999-12-31 23:59", "in 99999999 hours", "28 november 99999999999 20:00"]
)
async def test_no_time_is_too_odd_to_be_refused_in_words(club: Club, when: str) -> None:
    for zone in ("Asia/Seoul", "America/New_York"):
        await club.admin.slash(club.cinema, "club settings", zone=zone)
        said = await club.host.slash(club.cinema, "watch plan", version="miracle:tr2019", when=when)
        assert "went wrong" not in said.text
        await club.host.complete(club.cinema, "watch plan", when=when)
    assert "Traceback" not in club.bot.stderr


async def test_an_evening_that_was_announced_is_not_dropped_as_if_nobody_knew(club: Club) -> None:
    draft = await club.host.slash(club.cinema, "watch plan", version="miracle:tr2019", when="in 3 hours")
    club.discord_.switches.delay(*CALL, 3.5)  # the answer comes too late: the card keeps both buttons
    with pytest.raises(InteractionFailed):
        await club.host.press(draft, "Announce it")
    club.discord_.switches.delay(*CALL, 0)
    await posted(club, ANNOUNCED)
    refused = await club.host.press(draft, "Not like this")
    assert "Dropped" not in refused.text
    listed = (await club.host.slash(club.lounge, "watch list")).text
    assert "Koğuştaki" in listed.partition("The last ones")[0], listed


async def test_a_long_list_and_odd_titles_are_shown_as_they_can_be(club: Club) -> None:
    title = "*" * 90
    for number in range(25):
        draft = await club.host.slash(
            club.cinema,
            "watch plan",
            version=f"{title} {number:02}",
            when=f"in {number + 2} hours",
            minutes=100,
        )
        await club.host.press(draft, "Announce it")
    assert "went wrong" not in (await club.host.slash(club.lounge, "watch list")).text
    nothing = await club.host.slash(club.lounge, "watch plan", version="\u200b", when="in 2 hours", minutes=9)
    assert "nothing at all" in nothing.text
    turned = await club.host.slash(
        club.lounge, "watch plan", version="abc \u202egnp.exe", when="in 2 days", minutes=100
    )
    assert "\u202e" not in turned.text


async def test_whoever_is_timed_out_neither_taps_nor_stops_the_film(club: Club) -> None:
    panel = await playing(club)
    await shows(club, panel, "was at <t:")
    club.alice.time_out(timedelta(hours=2))
    for name in ("Tissue", "Need a break"):
        assert "timed out" in (await club.alice.press(panel, name)).text


async def test_a_hidden_channel_is_not_named_in_the_servers_event(club: Club) -> None:
    secret = club.guild.text_channel("mods-only")
    club.guild.overwrite(secret, club.guild.everyone, Overwrite(deny=Permission.VIEW_CHANNEL))
    for who in (club.guild.bot_role, club.host):
        club.guild.overwrite(secret, who, Overwrite(allow=Permission.VIEW_CHANNEL))
    await planned(club, channel=secret)
    await club.discord_.until(lambda: bool(club.guild.scheduled))
    (event,) = club.guild.scheduled.values()
    assert "mods-only" not in str(event.location)


async def test_a_poll_that_closed_while_the_bot_was_away_shows_its_result_when_it_is_back(club: Club) -> None:
    await club.host.slash(club.cinema, "tissues open", version="miracle:tr2019", closes="2h")
    poll = await posted(club, POLL)
    for member in (club.alice, club.bob, club.dilan):
        await member.press(poll, "3")
    club.guild.kick(club.guild.me)
    club.discord_.clock.jump(timedelta(hours=3))
    await club.bot.says("is not done yet")
    club.guild.invite_bot()
    await posted(club, "9 tissues")
    await shows(club, poll, "What it came to")


async def test_a_title_of_several_versions_is_asked_about(club: Club) -> None:
    said = await club.host.slash(
        club.cinema, "watch plan", version="Miracle in Cell No. 7", when="in 3 hours", minutes=120
    )
    assert "Several versions fit" in said.text
    assert "ph2019" in said.text
    assert "id2022" in said.text


async def test_a_server_with_its_hundred_events_gets_the_evening_all_the_same(club: Club) -> None:
    tomorrow = club.discord_.clock.now() + timedelta(days=1)
    for number in range(100):
        club.host.schedule(f"event {number}", tomorrow, tomorrow + timedelta(hours=1))
    await planned(club)
    await club.bot.says("has its hundred")
    assert "Traceback" not in club.bot.stderr


async def test_a_deleted_thread_or_channel_ends_the_evening_there(club: Club) -> None:
    thread = club.guild.thread(club.cinema, "Tonight")
    draft = await club.host.slash(thread, "watch plan", version="miracle:tr2019", when="in 1 hour")
    await club.host.press(draft, "Announce it")
    await posted(club, ANNOUNCED, thread)
    panel = await playing(club)
    await shows(club, panel, "was at <t:")
    for place in (thread, club.cinema):
        club.guild.delete_channel(place)
    await club.discord_.until(lambda: _over(club), within=20)
    await idle(club)
    opened = await club.host.slash(club.lounge, "tissues open", version="miracle:tr2019")
    assert "goes up" in opened.text
    await posted(club, POLL, club.lounge)  # none was opened where nobody can answer it


def _over(club: Club) -> bool:
    """The server's events of both evenings have ended."""
    return all(event.status.name in {"COMPLETED", "CANCELLED"} for event in club.guild.scheduled.values())
