"""The tissue poll over the wire: asked, answered, closed, reopened, through crashes and lost answers."""

import asyncio
import re
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.rehearsal import Answer, Message, Overwrite, Permission, Rehearsal
from bot.rehearsal.entities import Channel
from tests.stories.conftest import Club, bot_process, found_club

pytestmark = pytest.mark.asyncio

TIME = re.compile(r"<t:[^>]+>")
RECORDED = re.compile(r"Recorded: (?P<after>\d+) tissues?(?: instead of (?P<before>\d+))?\.")


def public(channel: Channel) -> list[Message]:
    return [message for message in channel.history() if not message.ephemeral]


async def opened(club: Club, version: str = "tr2019", **options: str) -> Message:
    """The message of a poll that the host opens."""
    before = len(public(club.cinema))
    answer = await club.host.slash(club.cinema, "tissues open", version=f"miracle:{version}", **options)
    assert "The poll goes up in" in answer.text
    await club.discord_.until(lambda: len(public(club.cinema)) > before)
    return public(club.cinema)[-1]


async def closed(club: Club) -> Message:
    """Has the host close the one open poll; the message of its result."""
    before = len(public(club.cinema))
    sure = await club.host.slash(club.cinema, "tissues close")
    await club.host.press(sure, "Close it now")
    await club.discord_.until(lambda: len(public(club.cinema)) > before)
    return public(club.cinema)[-1]


def choice_of(answer: Answer, label: str) -> str:
    """The value of the option whose label holds `label`."""
    assert answer.message is not None
    offered = [option for select in answer.message.selects() for option in select["options"]]
    return next(str(option["value"]) for option in offered if label in option["label"])


async def test_a_poll_from_its_opening_to_its_result(club: Club) -> None:
    poll = await opened(club)
    assert poll.nonce
    for member, number in ((club.alice, "4"), (club.bob, "0"), (club.dilan, "2")):
        answer = await member.press(poll, number)
        assert answer.ephemeral
        assert f"Recorded: {number} tissues" in answer.text
    assert "instead of 0" in (await club.bob.press(poll, "More…", typed="１２")).text
    await club.discord_.until(lambda: "3 people have answered" in poll.text)
    assert not re.search(r"\b12\b", TIME.sub("", poll.text))

    mine = await club.alice.slash(club.lounge, "tissues vote")
    result = await closed(club)
    assert "18 tissues" in result.text
    assert "3 people · 6.0 each (median 4)" in result.text
    assert [(file.filename, file.data[:4]) for file in result.attachments] == [("tissues.png", b"\x89PNG")]
    assert "18 tissues, 6.0 each, median 4" in (result.attachments[0].description or "")
    await club.discord_.until(lambda: "What it came to" in poll.text)
    assert "is closed. Your ballot stays at 4" in (await club.alice.press(mine, "1")).text


async def test_what_is_no_number_is_refused_and_changes_nothing(club: Club) -> None:
    poll = await opened(club)
    await club.alice.press(poll, "3")
    for typed, said in (
        ("many", "in digits"),
        ("-1", "nobody gives any back"),
        ("2.5", "only whole"),
        ("10,000", "999"),
    ):
        answer = await club.alice.press(poll, "More…", typed=typed)
        assert answer.ephemeral
        assert said in answer.text
    assert "says 3 tissues" in (await club.alice.press(poll, "My ballot")).text


async def test_only_hosts_open_close_reopen_and_recount(club: Club) -> None:
    await opened(club)
    for command in ("open", "close", "reopen", "recount"):
        assert "Manage Events" in (await club.alice.slash(club.cinema, f"tissues {command}")).text
    role = club.guild.role("Criers", permissions=Permission(0))
    await club.admin.slash(club.cinema, "club settings", **{"host-role": role})
    club.alice.set_roles([role])
    assert "Close this poll now?" in (await club.alice.slash(club.cinema, "tissues close")).text
    assert f"<@&{role.id}>" in (await club.bob.slash(club.cinema, "tissues close")).text


async def test_who_is_timed_out_can_not_answer(club: Club) -> None:
    poll = await opened(club)
    club.alice.time_out(timedelta(hours=1))
    answer = await club.alice.press(poll, "4")
    assert "timed out" in answer.text
    assert "Recorded" in (await club.bob.press(poll, "4")).text


async def test_ten_presses_at_once_leave_the_one_ballot_that_was_recorded_last(club: Club) -> None:
    poll = await opened(club)
    answers = await asyncio.gather(*(club.alice.press(poll, str(n % 5)) for n in range(10)))
    recorded = [RECORDED.match(answer.text) for answer in answers]
    after = Counter(said["after"] for said in recorded if said)
    before = Counter(said["before"] for said in recorded if said and said["before"])
    (last,) = after - before  # every value but the last was replaced by another
    receipt = await club.alice.press(poll, "My ballot")
    assert f"Your ballot says {last} tissue" in receipt.text
    await club.discord_.until(lambda: "1 person has answered" in poll.text)


async def test_closing_one_poll_leaves_the_other_and_vote_finds_it(club: Club) -> None:
    a, b = await opened(club), await opened(club, "kr2013")
    pick = await club.host.slash(club.cinema, "tissues close")
    sure = await club.host.choose(pick, "Pick a poll", choice_of(pick, "Koğuştaki"))
    await club.host.press(sure, "Close it now")
    await club.discord_.until(lambda: "closed" in a.text)
    assert "Recorded: 3" in (await club.alice.press(b, "3")).text
    assert "Recorded: 5" in (await club.dilan.slash(club.lounge, "tissues vote", tissues="5")).text
    await club.discord_.until(lambda: "2 people have answered" in b.text)


async def test_vote_asks_which_of_several_polls_is_meant(club: Club) -> None:
    await opened(club)
    other = await opened(club, "kr2013")
    asked = await club.bob.slash(club.lounge, "tissues vote")
    card = await club.bob.choose(asked, "Pick a poll", choice_of(asked, "2013"))
    said = await club.bob.press(card, "2")
    assert "Recorded: 2 tissues" in said.text
    assert said.ephemeral
    assert "says 2 tissues" in (await club.bob.press(other, "My ballot")).text


async def test_an_answer_of_discords_that_is_lost_doubles_nothing(club: Club) -> None:
    club.discord_.switches.answer_502_after_acting("POST", "/channels/{channel_id}/messages", times=1)
    poll = await opened(club)
    for member in (club.alice, club.bob, club.dilan):
        await member.press(poll, "2")
    club.discord_.switches.answer_502_after_acting("POST", "/channels/{channel_id}/messages", times=1)
    await closed(club)
    await club.discord_.until(lambda: "What it came to" in poll.text)
    assert len(public(club.cinema)) == 2


async def test_a_missing_right_is_named_before_anything_is_opened(club: Club) -> None:
    club.guild.overwrite(club.cinema, club.guild.everyone, Overwrite(deny=Permission.SEND_MESSAGES))
    club.guild.overwrite(club.cinema, club.guild.bot_role, Overwrite(deny=Permission.SEND_MESSAGES))
    answer = await club.host.slash(club.cinema, "tissues open")
    assert "Send Messages" in answer.text
    assert "No poll is open" in (await club.alice.slash(club.lounge, "tissues vote")).text


@pytest_asyncio.fixture(loop_scope="session")
async def lonely(tmp_path: Path) -> AsyncIterator[Club]:
    """A club whose bot and whose Discord nobody else uses: to be killed, to have its clock turned."""
    async with Rehearsal.start() as discord_, bot_process(discord_, tmp_path) as bot:
        await bot.ready()
        yield found_club(discord_, bot)


async def reborn(club: Club, after: timedelta = timedelta()) -> None:
    """The bot is killed, time passes, it comes back."""
    await club.bot.kill()
    club.discord_.clock.jump(after)
    await club.bot.start()
    await club.bot.ready()


async def test_a_close_during_an_outage_happens_at_the_return_once(lonely: Club, tmp_path: Path) -> None:
    poll = await opened(lonely, closes="2h")
    for member in (lonely.alice, lonely.bob, lonely.dilan):
        await member.press(poll, "3")
    await reborn(lonely, timedelta(hours=5))
    await lonely.discord_.until(lambda: "What it came to" in poll.text)
    await reborn(lonely)
    assert [("9 tissues" in message.text) for message in public(lonely.cinema)] == [False, True]
    with closing(sqlite3.connect(tmp_path / "bot.db")) as db:
        assert db.execute("SELECT count(*), sum(tissues) FROM tissue_ballots").fetchone() == (3, 9)


async def test_reopened_and_closed_again_it_is_the_same_result_message(lonely: Club) -> None:
    poll = await opened(lonely, closes="2h")
    for member in (lonely.alice, lonely.bob, lonely.dilan):
        await member.press(poll, "3")
    result = await closed(lonely)
    await lonely.host.slash(lonely.cinema, "tissues reopen")
    await lonely.discord_.until(lambda: "Open again" in result.text)
    assert "have been seen" in result.text
    assert not result.attachments
    await lonely.discord_.until(lambda: "have been seen" in poll.text)
    await lonely.alice.press(poll, "4")

    lonely.discord_.clock.jump(timedelta(hours=3))
    await lonely.discord_.until(lambda: "10 tissues" in result.text)
    asked = await lonely.host.slash(lonely.cinema, "tissues reopen")
    assert "For how long" in asked.text
    await lonely.host.press(asked, "1 hour")
    await lonely.discord_.until(lambda: "Open again" in result.text)
    await reborn(lonely, timedelta(minutes=61))
    await lonely.discord_.until(lambda: "10 tissues" in result.text)
    assert public(lonely.cinema) == [poll, result]


async def test_buttons_and_an_open_form_work_after_a_crash(lonely: Club) -> None:
    poll = await opened(lonely)
    form = await lonely.alice.press(poll, "More…")
    assert form.is_modal
    await reborn(lonely)
    assert "Recorded: 7 tissues" in (await lonely.alice.submit(form.modal, typed="7")).text
    assert "Recorded: 1 tissue" in (await lonely.bob.press(poll, "1")).text
    await lonely.discord_.until(lambda: "2 people have answered" in poll.text)


async def test_results_of_one_club_are_nothing_to_another(lonely: Club) -> None:
    other = found_club(lonely.discord_, lonely.bot, "Monday Club")
    here, there = await opened(lonely), await opened(other)
    await lonely.alice.press(here, "3")
    await other.bob.press(there, "4")
    await closed(lonely)
    assert "Recorded" in (await other.alice.press(there, "2")).text
    assert "No poll has been closed here" in (await other.host.slash(other.cinema, "tissues reopen")).text
    await lonely.discord_.until(lambda: "2 people have answered" in there.text)
