"""The quiz over the wire: first right press wins, and neither time nor a crash stops it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot import packs
from bot.rehearsal import Answer, Overwrite, Permission, Rehearsal
from tests.stories.conftest import ROOT, Club, bot_process, found_club

ANSWERS = {
    fact.quiz.ask: fact.quiz.answer
    for fact in packs.load(ROOT / "data" / "films" / "miracle.toml").facts
    if fact.quiz
}


def right(quiz: Answer) -> str:
    """The label of the right choice of the open question."""
    assert quiz.message is not None
    return next(answer for ask, answer in ANSWERS.items() if ask in quiz.message.text)


def wrong(quiz: Answer) -> str:
    assert quiz.message is not None
    labels = [str(item["label"]) for item in quiz.message.buttons()]
    return next(label for label in labels if label != right(quiz))


@pytest.mark.asyncio
async def test_five_questions_one_point_each_and_a_score(club: Club) -> None:
    quiz = await club.alice.slash(club.cinema, "miracle quiz")
    for winner in (club.alice, club.bob, club.bob, club.alice, club.bob):
        await winner.press(quiz, right(quiz))
    assert "The quiz is over" in quiz.text
    assert f"🥇 <@{club.bob.id}>: 3 points" in quiz.text
    assert f"🥈 <@{club.alice.id}>: 2 points" in quiz.text


@pytest.mark.asyncio
async def test_a_wrong_press_is_told_to_its_member_alone_and_ends_their_try(club: Club) -> None:
    quiz = await club.alice.slash(club.cinema, "miracle quiz")
    before = quiz.text
    miss = await club.bob.press(quiz, wrong(quiz))
    again = await club.bob.press(quiz, right(quiz))
    assert miss.ephemeral
    assert again.ephemeral
    assert "one try" in miss.text
    assert "had your try" in again.text
    assert quiz.text == before


@pytest.mark.asyncio
async def test_one_quiz_a_channel(club: Club) -> None:
    await club.alice.slash(club.cinema, "miracle quiz")
    second = await club.bob.slash(club.cinema, "miracle quiz")
    elsewhere = await club.bob.slash(club.lounge, "miracle quiz")
    assert "running" in second.text
    assert "Question 1" in elsewhere.text


@pytest.mark.asyncio
async def test_where_the_bot_can_not_read_on_no_quiz_starts_and_the_right_is_named(club: Club) -> None:
    role = club.guild.bot_role
    club.guild.set_permissions(role, role.permissions & ~Permission.READ_MESSAGE_HISTORY)
    everyone = club.guild.everyone
    club.guild.set_permissions(everyone, everyone.permissions & ~Permission.READ_MESSAGE_HISTORY)
    refused = await club.alice.slash(club.cinema, "miracle quiz")
    assert refused.ephemeral
    assert "I lack Read Message History there" in refused.text
    hidden = club.guild.text_channel("staff", overwrites={role: Overwrite(deny=Permission.VIEW_CHANNEL)})
    refused = await club.alice.slash(hidden, "miracle quiz")
    assert refused.ephemeral
    assert "View Channel" in refused.text


@pytest_asyncio.fixture(loop_scope="session")
async def lonely(tmp_path: Path) -> AsyncIterator[Club]:
    """A club whose bot and whose Discord nobody else uses: to be killed, to have its clock turned."""
    async with Rehearsal.start() as discord_, bot_process(discord_, tmp_path) as bot:
        await bot.ready()
        yield found_club(discord_, bot)


@pytest.mark.asyncio
async def test_a_killed_bot_goes_on_with_the_quiz(lonely: Club) -> None:
    quiz = await lonely.alice.slash(lonely.cinema, "miracle quiz")
    await lonely.alice.press(quiz, right(quiz))
    await lonely.bot.kill()
    await lonely.bot.start()
    await lonely.bot.ready()
    for _ in range(4):
        await lonely.bob.press(quiz, right(quiz))
    assert f"<@{lonely.bob.id}>: 4 points" in quiz.text
    assert f"<@{lonely.alice.id}>: 1 point" in quiz.text
    assert len(lonely.cinema.history()) == 1


@pytest.mark.asyncio
async def test_time_runs_out_while_the_bot_is_down_and_the_quiz_still_ends(lonely: Club) -> None:
    quiz = await lonely.alice.slash(lonely.cinema, "miracle quiz")
    await lonely.bot.kill()
    lonely.discord_.clock.jump(timedelta(minutes=2))
    await lonely.bot.start()
    await lonely.bot.ready()
    await lonely.discord_.until(lambda: "Question 2 of 5" in quiz.text)
    assert "Nobody knew in time" in quiz.text
