"""The week with things in its way: a shut channel, a busy one, a sleeping thread, a deleted vote, a host who left."""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.spoilers import Level, Room
from bot.rehearsal import Member, Message, Overwrite, Permission
from tests.domain.films import shipped
from tests.stories.conftest import Club, found_club
from tests.stories.weeks import (
    HOUR,
    QUESTION,
    VOTE,
    club_at,
    comes,
    dates_in,
    idle,
    public,
    reborn,
    set_up,
    turn_to,
)

pytestmark = pytest.mark.asyncio

POST = ("POST", "/channels/{channel_id}/messages")
SHUT, HIDDEN, GONE_MESSAGE, GONE_CHANNEL, CLOSED, GONE_MEMBER = 50013, 50001, 10008, 10003, 50007, 10007
CLOSES = timedelta(hours=48, minutes=1)


def shut(club: Club, right: Permission | None = None) -> None:
    """Takes a right away from the bot in the cinema; without one, gives all back."""
    there = Overwrite(deny=right) if right else Overwrite()
    club.guild.overwrite(club.cinema, club.guild.bot_role, there)


async def voted(club: Club, members: Iterable[Member]) -> Message:
    """A vote that members want the original in."""
    await set_up(club, "next-film", 6, "20:00")
    await club.host.slash(club.cinema, "weekly now")
    vote = await comes(club, club.cinema, VOTE)
    for member in members:
        await member.press(vote, next(str(b["label"]) for b in vote.buttons() if "2013" in str(b["label"])))
    return vote


async def asks_until(club: Club, times: int) -> None:
    """The bot has tried in vain, and the time of its next try has come."""
    for _ in range(times):
        club.discord_.clock.jump(timedelta(minutes=6))
        await club.host.slash(club.lounge, "weekly list")


async def test_a_result_waits_for_its_channel(tmp_path: Path) -> None:
    async with club_at(tmp_path, forgiven={SHUT, HIDDEN}) as club:
        await voted(club, (club.alice, club.bob, club.dilan))
        shut(club, Permission.SEND_MESSAGES)
        club.discord_.clock.jump(CLOSES)
        await club.bot.says("is not done yet")
        assert public(club.cinema, "Next: ") == []
        shut(club)
        await asks_until(club, 1)
        assert "**3**" in (await comes(club, club.cinema, "Next: ")).text
        await reborn(club, HOUR)
        await idle(club)
        assert len(public(club.cinema, "Next: ")) == 1


async def test_discords_own_poll_is_read_once_the_bot_may_look_again(tmp_path: Path) -> None:
    async with club_at(tmp_path, forgiven={SHUT, HIDDEN}) as club:
        await set_up(club, "next-film", 6, "20:00", poll="discord")
        await club.host.slash(club.cinema, "weekly now")
        poll = await comes(club, club.cinema, "everybody sees its counts")
        assert poll.poll
        for member in (club.alice, club.bob, club.dilan):
            member.vote(poll, poll.poll.answers[0].text)
        shut(club, Permission.VIEW_CHANNEL)
        club.discord_.clock.jump(CLOSES)
        await idle(club)
        shut(club)
        club.discord_.clock.jump(HOUR)
        assert "**3**" in (await comes(club, club.cinema, "Next: ")).text


async def test_a_deleted_vote_comes_back_with_all_that_was_voted(tmp_path: Path) -> None:
    async with club_at(tmp_path, forgiven={GONE_MESSAGE}) as club:
        vote = await voted(club, [club.alice])
        moderator = club.guild.member(
            "Mo", roles=[club.guild.role("Mod", permissions=Permission.MANAGE_MESSAGES)]
        )
        await club.bob.press(vote, next(str(b["label"]) for b in vote.buttons() if "2013" in str(b["label"])))
        moderator.delete(vote)  # while what it shows is about to change
        again = await comes(club, club.cinema, VOTE)
        assert "2 people have voted" in again.text
        assert "Your vote" in (await club.alice.press(again, "My vote")).text
        moderator.delete(again)
        answer = await club.host.slash(club.cinema, "weekly now")
        assert "goes up in" in answer.text
        assert "2 people have voted" in (await comes(club, club.cinema, VOTE)).text


async def test_in_a_busy_channel_the_bot_finds_what_it_sent(tmp_path: Path) -> None:
    async with club_at(tmp_path) as club:
        first = (await set_up(club, "question", 6, "20:00"))[0]
        club.discord_.switches.answer_502_after_acting(*POST, times=3)
        turn_to(club, first)
        await comes(club, club.cinema, QUESTION)
        await club.bot.kill()
        for number in range(150):
            club.alice.say(club.cinema, f"hello {number}")
        club.discord_.clock.jump(timedelta(minutes=30))
        await club.bot.start()
        await club.bot.ready()
        await idle(club)
        assert len(public(club.cinema, QUESTION)) == 1


async def test_a_thread_that_sleeps_is_woken_by_its_question(tmp_path: Path) -> None:
    async with club_at(tmp_path) as club:
        thread = club.host.start_thread(club.cinema, "talk")
        added = await club.host.slash(
            thread, "weekly add", kind="question", day=6, time="20:00", zone="Europe/Berlin"
        )
        first = dates_in(added.text)[0]
        club.host.archive(thread)
        turn_to(club, first)
        await comes(club, thread, QUESTION)
        await idle(club)
        assert club.host.dm.history() == []


async def test_a_thread_that_sleeps_keeps_to_the_ceiling_of_its_channel(tmp_path: Path) -> None:
    async with club_at(tmp_path) as club:
        thread = club.host.start_thread(club.cinema, "talk")
        await club.admin.slash(
            club.cinema, "club settings", channel=club.cinema, **{"channel-ceiling": "none"}
        )
        added = await club.host.slash(
            thread, "weekly add", kind="question", day=6, time="20:00", zone="Europe/Berlin"
        )
        club.host.archive(thread)
        for date in dates_in(added.text)[:3]:
            turn_to(club, date)
            await idle(club)
            club.host.archive(thread)
        harmless = [
            each.text.text for each in shipped().questions if Room(Level.NONE).admits(each.text.spoils)
        ]
        for message in public(thread, QUESTION):
            assert any(each in message.text for each in harmless), message.text


async def rests(club: Club) -> None:
    """The slot of the cinema can't post, and rests."""
    first = (await set_up(club, "question", 6, "20:00"))[0]
    shut(club, Permission.SEND_MESSAGES)
    turn_to(club, first)
    await idle(club)


async def test_where_no_host_can_be_told_the_owner_of_the_server_is(tmp_path: Path) -> None:
    async with club_at(tmp_path, forgiven={CLOSED}) as club:
        club.host.user.accepts_dms = False
        await rests(club)
        (said,) = [message.text for message in club.guild.owner_member.dm.history()]
        assert "Send Messages" in said


async def test_a_host_who_left_is_told_nothing_and_the_club_is(tmp_path: Path) -> None:
    async with club_at(tmp_path, forgiven={GONE_MEMBER}) as club:
        await club.admin.slash(club.cinema, "club settings", announcements=club.lounge)
        other = found_club(club.discord_, club.bot, "Where they still are")
        other.guild.member("Hana", user=club.host)
        await set_up(club, "tissue-poll", 6, "19:00", channel=club.lounge)
        shut(club)
        first = (await set_up(club, "question", 6, "20:00", channel=club.cinema))[0]
        club.guild.kick(club.host)
        shut(club, Permission.SEND_MESSAGES)
        turn_to(club, first)
        await comes(club, club.lounge, "Send Messages")
        await comes(club, club.lounge, "nothing was posted")
        await idle(club)
        assert club.host.dm.history() == []
        assert len(public(club.lounge)) == 2
