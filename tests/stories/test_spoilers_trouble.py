"""Spoiler threads and hidden messages with things in their way: doors that are deleted, webhooks that are moved, names
that tell too much."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.rehearsal import Choice, Rehearsal
from bot.rehearsal.entities import ChannelType
from tests.stories.conftest import Club, bot_process, found_club
from tests.stories.spoilers import (  # noqa: F401 - a fixture among them
    SEEN,
    YES,
    door,
    enter,
    grant,
    opened,
    threads,
    unhurried,
    written,
)

pytestmark = pytest.mark.asyncio(loop_scope="session")

MENU = "Hide as spoiler"
MAKE = ("POST", "/channels/{channel_id}/threads")
ADD = ("PUT", "/channels/{channel_id}/thread-members/{user_id}")
UNKNOWN_MESSAGE, UNKNOWN_WEBHOOK, FULL = 10008, 10015, 30007


def forgive(club: Club, *codes: int) -> None:
    """What members did, or Discord, is no fault of the bot's."""
    club.discord_.violations[:] = [v for v in club.discord_.violations if v.code not in codes]


async def test_a_deleted_door_is_put_up_again(club: Club) -> None:
    thread = await opened(club)
    club.guild.owner_member.delete(door(club, thread))
    listed = await club.alice.slash(club.lounge, "spoilers list")
    question = await club.alice.choose(listed, "Enter a gated thread…", thread.name)
    await club.alice.press(question, YES)  # the number at the door changes
    await club.discord_.until(lambda: any(thread.name in m.text for m in written(club.cinema)))
    assert SEEN in {button["label"] for button in door(club, thread).buttons()}
    forgive(club, UNKNOWN_MESSAGE)


async def test_a_closed_thread_lets_nobody_in_and_sleeps_on(tmp_path: Path) -> None:
    """With a bot of its own: it may find the thread closed between waking it and letting somebody in."""
    async with Rehearsal.start() as discord_, bot_process(discord_, tmp_path) as bot:
        await bot.ready()
        discord_.server.rates.enforced = False
        club = found_club(discord_, bot)
        thread = await opened(club, prompts=False)
        people = [club.guild.member(f"P{number}") for number in range(12)]
        for member in people:
            await member.slash(club.lounge, "spoilers seen", versions="kr2013")
        discord_.switches.delay(*ADD, 0.5)
        for member in people:
            await member.press(door(club, thread), SEEN)
        offered = await club.host.complete(club.cinema, "spoilers close", thread="kr")
        await club.host.slash(club.cinema, "spoilers close", thread=offered[0].value)
        discord_.switches.delay(*ADD, 0)
        await bot.terminate()  # whatever is in hand comes to its end
        await bot.start()
        await bot.ready()
        inside = len(thread.state.members)  # those whom Discord was still letting in
        await discord_.until(lambda: waiting(tmp_path) == 0 and thread.state.archived, within=20)
        assert len(thread.state.members) == inside < len(people)


def waiting(home: Path) -> int:
    """How many stand in line."""
    with closing(sqlite3.connect(f"file:{home}/bot.db?mode=ro", uri=True)) as db:
        (number,) = db.execute("SELECT count(*) FROM spoiler_members WHERE state = 'waiting'").fetchone()
    return int(number)


async def test_a_thread_closed_while_it_is_made_ends_closed(club: Club) -> None:
    club.discord_.switches.delay(*MAKE, 1.0)
    opening = asyncio.create_task(
        club.host.slash(club.cinema, "spoilers open", versions="kr2013", level="ending")
    )
    offered: list[Choice] = []
    while not offered:
        offered = await club.host.complete(club.cinema, "spoilers close", thread="kr")
    closed = await club.host.slash(club.cinema, "spoilers close", thread=offered[0].value)
    assert "kr2013" in closed.text
    assert "closed" in (await opening).text
    club.discord_.switches.delay(*MAKE, 0)
    await club.discord_.until(lambda: [t.state.archived for t in threads(club)] == [True], within=20)


async def test_a_copy_whose_webhook_is_gone_is_deleted_all_the_same(club: Club) -> None:
    grant(club)
    await club.alice.menu(club.alice.say(club.cinema, "he dies"), MENU)
    copy = written(club.cinema)[-1]
    (hook,) = club.discord_.world.webhooks.of(club.cinema)
    club.discord_.world.webhooks.close(hook)
    sure = await club.alice.press(copy, "Delete (author)")
    await club.alice.press(sure, "Delete it")
    assert copy.deleted
    forgive(club, UNKNOWN_WEBHOOK)


async def test_a_webhook_that_was_moved_carries_nothing_elsewhere(club: Club) -> None:
    grant(club)
    await club.alice.menu(club.alice.say(club.lounge, "one"), MENU)
    (hook,) = club.discord_.world.webhooks.of(club.lounge)
    hook.channel = club.cinema  # an admin moves it under Integrations
    await club.alice.menu(club.alice.say(club.lounge, "the lounge's own secret"), MENU)
    assert written(club.cinema) == []
    assert "secret" in written(club.lounge)[-1].content


async def test_a_channel_full_of_webhooks_is_said_in_words(club: Club) -> None:
    grant(club)
    for number in range(15):
        club.guild.webhook(club.cinema, f"hook {number}")
    answer = await club.alice.menu(club.alice.say(club.cinema, "he dies"), MENU)
    assert "went wrong" not in answer.text
    forgive(club, FULL)


async def test_the_end_of_a_files_name_gives_nothing_away(club: Club) -> None:
    grant(club)
    files = {"Cell_No._7_he_is_executed_at_the_end": b"x"}
    await club.alice.menu(club.alice.say(club.cinema, "look", files=files), MENU)
    assert "executed" not in written(club.cinema)[-1].attachments[0].filename


async def test_whoever_is_timed_out_has_no_question_asked(club: Club) -> None:
    thread = await opened(club)
    await enter(club, club.alice, thread)
    await club.discord_.until(lambda: len(written(thread)) == 1)
    club.alice.time_out(timedelta(hours=1))
    answer = await club.alice.press(written(thread)[0], "Another question")
    assert answer.ephemeral
    assert len(written(thread)) == 1


async def test_a_public_search_repeats_nothing_of_what_was_typed(club: Club) -> None:
    answer = await club.alice.slash(
        club.cinema, "miracle search", query=f"<@{club.bob.id}> https://example.org <t:0:R> he is executed"
    )
    assert "executed" not in answer.text
    assert "example.org" not in answer.text


@pytest.mark.parametrize("typed", ["Türkiye", "turkiye", "tr", "TR"])
async def test_somebody_to_talk_to_is_found_however_the_country_is_written(club: Club, typed: str) -> None:
    chosen = await club.alice.slash(club.cinema, "miracle support", country="TR")
    answer = await club.alice.slash(club.cinema, "miracle support", country=typed)
    assert answer.text == chosen.text
    everywhere = await club.alice.slash(club.cinema, "miracle support")
    assert chosen.text != everywhere.text
    assert (await club.alice.slash(club.cinema, "miracle support", country="Narnia")).text == everywhere.text


async def test_nothing_was_shown_at_zero(club: Club) -> None:
    refused = await club.host.slash(
        club.cinema, "spoilers open", versions="kr2013", level="ending", **{"up-to-minute": "0:00"}
    )
    assert "0:00" in refused.text
    assert threads(club) == []


async def test_a_channel_that_takes_no_private_threads_is_no_place_for_them(club: Club) -> None:
    news = club.guild.channel("news", ChannelType.ANNOUNCEMENT)
    await club.admin.slash(club.cinema, "club settings", spoilers=news)
    post = club.host.post(club.guild.forum_channel("talk"), "a post", "hello")
    answer = await club.host.slash(post, "spoilers open", versions="kr2013", level="ending")
    assert f"<#{news.id}>" in answer.text
    assert threads(club) == [post]
