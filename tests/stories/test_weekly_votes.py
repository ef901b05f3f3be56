"""The vote for the next film over the wire, and the loop it closes: vote, plan, watch, tissues, talk, next vote."""

import re
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from bot.rehearsal import Member, Message
from tests.stories import evenings
from tests.stories.conftest import Club
from tests.stories.weeks import (
    HOUR,
    OLD_EDITS,
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

RESULT = "Next: "


async def vote_in(club: Club, **options: object) -> Message:
    """A vote that stands in the cinema."""
    await set_up(club, "next-film", 6, "20:00", **options)
    return await asked(club)


async def asked(club: Club) -> Message:
    before = len(public(club.cinema, VOTE))
    await club.host.slash(club.cinema, "weekly now")
    return await comes(club, club.cinema, VOTE, before + 1)


def label_of(vote: Message, words: str) -> str:
    return next(str(each["label"]) for each in vote.buttons() if words in str(each.get("label")))


async def cast(member: Member, vote: Message, words: str) -> str:
    return (await member.press(vote, label_of(vote, words))).text


async def closed(club: Club) -> Message:
    """The result, once the vote's two days have passed."""
    before = len(public(club.cinema, RESULT))
    club.discord_.clock.jump(timedelta(hours=48, minutes=1))
    return await comes(club, club.cinema, RESULT, before + 1)


async def test_counts_stay_hidden_until_the_close_and_nobody_sees_who_voted_for_what(tmp_path: Path) -> None:
    async with club_at(tmp_path) as club:
        vote = await vote_in(club)
        assert len([each for each in vote.buttons() if "weekly-vote" in str(each["custom_id"])]) == 7
        assert "Recorded: 🇹🇷" in await cast(club.alice, vote, "2019")
        assert "instead of" in await cast(club.alice, vote, "2013")
        for member in (club.bob, club.dilan):
            await cast(member, vote, "2013")
        await club.discord_.until(lambda: "3 people have voted" in vote.text)
        assert "**" not in vote.text
        assert "7번방의 선물" in (await club.alice.press(vote, "My vote")).text
        await reborn(club)
        result = await closed(club)
        assert "Next: 🇰🇷 7번방의 선물" in result.text
        assert "7번방의 선물 (2013): **3**" in result.text
        await club.discord_.until(lambda: "What it came to" in vote.text)
        assert "7번방의 선물" in (await club.alice.press(vote, "My vote")).text
        for member in (club.alice, club.bob, club.dilan):
            assert str(member.id) not in result.text
        await idle(club)
        assert len(public(club.cinema)) == 2


async def test_under_three_votes_the_winner_is_named_and_no_figure(tmp_path: Path) -> None:
    async with club_at(tmp_path) as club:
        vote = await vote_in(club)
        await cast(club.alice, vote, "2013")
        result = await closed(club)
        assert "7번방의 선물" in result.text
        assert "With fewer than 3 votes no figures are shown" in result.text
        assert "**1**" not in result.text


async def test_a_tie_is_drawn_by_a_lot_that_anybody_can_draw_again(tmp_path: Path) -> None:
    async with club_at(tmp_path) as club:
        vote = await vote_in(club)
        labels = {str(each["label"]).partition(".")[0]: str(each["label"]) for each in vote.buttons()}
        for member, words in ((club.alice, "2013"), (club.bob, "2022"), (club.dilan, "milagros")):
            await cast(member, vote, words)
        result = await closed(club)
        told = re.search(r"had as many votes \(([\d, ]+)\).*the seed (\d+):", result.text)
        assert told, result.text
        tied, seed = told.groups()
        assert len(tied.split(", ")) == 3
        drawn = min(tied.split(", "), key=lambda number: sha256(f"{seed}:{number}".encode()).hexdigest())
        assert labels[drawn].removeprefix(f"{drawn}. ").rstrip("…") in result.text.splitlines()[0]


async def test_members_suggest_see_the_list_and_take_back_what_is_theirs(tmp_path: Path) -> None:
    async with club_at(tmp_path) as club:
        suggest = "weekly suggest"
        assert (
            "how many minutes" in (await club.alice.slash(club.cinema, suggest, film="A *quiet* film")).text
        )
        added = await club.alice.slash(club.cinema, suggest, film="A *quiet* film", minutes=95)
        assert r"A \*quiet\* film" in added.text
        assert (
            "on the list already"
            in (await club.bob.slash(club.cinema, suggest, film="a *QUIET* film", minutes=90)).text
        )
        offered = await club.bob.complete(club.cinema, suggest, film="koğuş")
        await club.bob.slash(club.cinema, suggest, film=str(offered[0].value))
        vote = await vote_in(club)
        assert [str(each["label"])[:4] for each in vote.buttons()][:2] == ["1. A", "2. 🇹"]
        assert f"suggested by <@{club.alice.id}>" in vote.text
        listed = await club.alice.slash(club.cinema, suggest)
        taken = await club.alice.choose(listed, "Take one of yours back", "A *quiet* film")
        assert "quiet" not in taken.text
        assert "Koğuş" in taken.text


async def test_discords_own_poll_says_what_is_public_and_is_read_once_it_is_final(tmp_path: Path) -> None:
    async with club_at(tmp_path) as club:
        club.discord_.habits.poll_final_after = timedelta(hours=3)
        club.discord_.habits.poll_votes_missed = 1
        await set_up(club, "next-film", 6, "20:00", poll="discord")
        await club.host.slash(club.cinema, "weekly now")
        message = await comes(club, club.cinema, "everybody sees its counts and who voted")
        assert message.poll
        assert message.poll.question == VOTE
        answers = [answer.text for answer in message.poll.answers]
        for member, answer in ((club.alice, answers[0]), (club.bob, answers[3]), (club.dilan, answers[3])):
            member.vote(message, answer)
        await reborn(club, timedelta(hours=48, minutes=2))
        await idle(club)
        assert public(club.cinema, RESULT) == []
        for _ in range(6):
            club.discord_.clock.jump(HOUR)
            await idle(club)
        result = await comes(club, club.cinema, RESULT)
        assert answers[3] in result.text.splitlines()[0]
        assert "**2**" in result.text


async def test_a_native_poll_whose_answer_was_lost_stands_once(tmp_path: Path) -> None:
    async with club_at(tmp_path) as club:
        dates = await set_up(club, "next-film", 6, "20:00", poll="discord")
        club.discord_.switches.answer_502_after_acting("POST", "/channels/{channel_id}/messages", times=1)
        turn_to(club, dates[0])
        await club.discord_.until(lambda: any(message.poll for message in club.cinema.history()))
        await reborn(club, timedelta(minutes=10))  # the nonce is forgotten by then
        await idle(club)
        assert len([message for message in club.cinema.history() if message.poll]) == 1


async def test_what_discord_never_says_is_not_guessed(tmp_path: Path) -> None:
    async with club_at(tmp_path) as club:
        club.discord_.habits.poll_final_after = timedelta(days=30)
        await set_up(club, "next-film", 6, "20:00", poll="discord")
        await club.host.slash(club.cinema, "weekly now")
        message = await comes(club, club.cinema, "everybody sees its counts")
        assert message.poll
        club.alice.vote(message, message.poll.answers[0].text)
        club.discord_.clock.jump(timedelta(hours=48))
        for _ in range(27):
            club.discord_.clock.jump(HOUR)
            await idle(club)
        await comes(club, club.cinema, "Discord never said what its poll came to")


async def test_one_press_of_a_host_plans_the_winner_once(tmp_path: Path) -> None:
    async with club_at(tmp_path) as club:
        vote = await vote_in(club)
        for member in (club.alice, club.bob, club.dilan):
            await cast(member, vote, "2013")
        result = await closed(club)
        assert "Manage Events" in (await club.alice.press(result, "Plan it")).text
        (offered,) = dates_in(result.text)
        planned = await club.host.press(result, "Plan it")
        assert f"Planned for <t:{int(offered.timestamp())}:F>" in planned.text
        announcement = await evenings.posted(club, "coming")
        assert f"<t:{int(offered.timestamp())}" in announcement.text
        await club.discord_.until(lambda: "Planned for" in result.text)


async def test_the_loop_closes(tmp_path: Path) -> None:
    """Vote → plan → watch → tissues → talk → next vote, with a crash between each step."""
    async with club_at(tmp_path, forgiven={OLD_EDITS}) as club:
        votes = await set_up(club, "next-film", 1, "20:00", winner="planned")
        await set_up(club, "watch-along", 6, "20:00")
        turn_to(club, votes[0])
        vote = await comes(club, club.cinema, VOTE)
        await reborn(club)
        for member in (club.alice, club.bob, club.dilan):
            await cast(member, vote, "Koğuş")
        await reborn(club)
        result = await closed(club)
        assert "Planned for" in result.text
        announcement = await evenings.posted(club, "coming")
        await reborn(club)
        assert "Koğuş" in announcement.text
        (evening,) = dates_in(result.text)
        turn_to(club, evening - HOUR / 12)
        await evenings.playing(club, announcement)
        for member in (club.alice, club.bob, club.dilan):
            await evenings.tapped(member, club.cinema)
        await reborn(club)
        await evenings.sought(club, "2:05:00")
        await evenings.finished(club)
        poll = await evenings.posted(club, "How many tissues")
        await reborn(club)
        for member, number in ((club.alice, "4"), (club.bob, "2"), (club.dilan, "3")):
            assert "Recorded" in (await member.press(poll, number)).text
        await set_up(club, "question", 0, "20:00")
        await reborn(club)
        turn_to(club, evening + timedelta(days=1))
        await comes(club, club.cinema, QUESTION)
        await reborn(club)
        turn_to(club, evening + timedelta(hours=49))
        await evenings.posted(club, "9 tissues")
        await reborn(club)
        following = await comes(club, club.cinema, VOTE, 2)
        assert "Koğuş" in following.text
        labels = [str(each["label"]) for each in following.buttons()]
        assert "Koğuş" in labels[6]  # watched once: behind all that never was
        assert len(public(club.cinema, VOTE)) == 2
