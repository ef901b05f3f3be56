"""What members do and see over the wire, with a real discord.py process at the other end."""

import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.rehearsal import (
    BotProcess,
    Channel,
    ClientRefuses,
    Deadlines,
    Guild,
    InteractionFailed,
    Member,
    Overwrite,
    Permission,
    Rehearsal,
)

PROBE = Path(__file__).parent / "probe_bot.py"
DOCUMENT = Path(__file__).parents[3] / "shared" / "reference" / "discord-openapi.json"
pytestmark = pytest.mark.asyncio


@dataclass
class Stage:
    discord: Rehearsal
    bot: BotProcess
    guild: Guild
    cinema: Channel
    alice: Member
    bob: Member


@pytest_asyncio.fixture(scope="module")
async def stage() -> AsyncIterator[Stage]:
    document = DOCUMENT if DOCUMENT.exists() else None
    async with Rehearsal.start(openapi=document, deadlines=Deadlines(answer=2.0)) as discord_:
        guild = discord_.guild("Sunday Cell Film Club", locale="ko")
        host = guild.role("Host", permissions=Permission.MANAGE_EVENTS)
        cinema = guild.text_channel("cinema")
        alice, bob = guild.member("Alice", locale="tr", roles=[host]), guild.member("Bob")
        async with BotProcess(discord_, [sys.executable, str(PROBE)]) as bot:
            await bot.ready()
            yield Stage(discord_, bot, guild, cinema, alice, bob)


@pytest.fixture(autouse=True)
def _no_violations(stage: Stage) -> None:
    stage.discord.violations.clear()


async def test_a_layout_comes_with_its_picture_and_is_updated_in_place(stage: Stage) -> None:
    card = await stage.alice.slash(stage.cinema, "card")
    assert card.text.splitlines() == ["**0** tissues", "A chart of tissues", "More…", "Add", "Quiet"]
    picture = card.message.attachments[0]
    assert (picture.filename, picture.size_px) == ("chart.png", (32, 16))
    added = await stage.bob.press(card, "Add")
    assert added.message is card.message
    assert "**1** tissues" in card.text
    assert added.message.attachments == [picture]
    assert stage.discord.violations == []


async def test_a_form_is_filled_by_label_or_id(stage: Stage) -> None:
    card = await stage.alice.slash(stage.cinema, "card")
    form = (await stage.alice.press(card, "More…")).modal
    assert [label for label, _ in form.fields()] == ["Tissues", "Mood", "Again?"]
    answer = await stage.alice.submit(form, {"Mood": "Wet"}, tissues="12", again=True)
    assert answer.text == "12 tissues, wet, again: True"
    with pytest.raises(ClientRefuses, match="takes 1 to 3 characters"):
        await stage.alice.submit(form, {"Mood": "Wet"}, tissues="1234")
    with pytest.raises(ClientRefuses, match="Alice's screen"):
        await stage.bob.submit(form, {"Mood": "Wet"}, tissues="1")
    assert stage.discord.violations == []


async def test_a_quiet_acknowledgement_returns_at_once_and_settles_later(stage: Stage) -> None:
    card = await stage.alice.slash(stage.cinema, "card")
    answer = await stage.alice.press(card, "Quiet")
    assert answer.deferred
    assert answer.message is card.message
    await answer.settled()
    assert [m.text for m in answer.followups] == ["heard"]
    assert stage.discord.violations == []


async def test_selects_take_labels_values_and_members(stage: Stage) -> None:
    asked = await stage.alice.slash(stage.cinema, "pick")
    assert (await stage.alice.choose(asked, "Open a version", "tr2019")).text == "opened tr2019"
    title = "Miracle in Cell No. 7"
    assert (await stage.alice.choose(asked, "Open a version", title)).text == "opened kr2013"
    assert (await stage.alice.choose(asked, "Hand over to", stage.bob)).text == "over to Bob"
    with pytest.raises(ClientRefuses, match="no option 'jp'"):
        await stage.alice.choose(asked, "Open a version", "jp")
    assert stage.discord.violations == []


@pytest.mark.parametrize("hidden", [False, True])
async def test_a_deferral_is_awaited_and_keeps_who_sees_it(stage: Stage, hidden: bool) -> None:
    answer = await stage.alice.slash(stage.cinema, "slow", hidden=hidden)
    assert (answer.text, answer.deferred, answer.ephemeral) == ("thought about it", True, hidden)
    assert not answer.message.edited
    assert (answer.message in stage.bob.sees(stage.cinema)) is not hidden
    assert answer.message in stage.alice.sees(stage.cinema)
    assert (answer.message in stage.cinema.history()) is not hidden
    assert stage.discord.violations == []


async def test_silence_fails_after_the_deadline(stage: Stage) -> None:
    with pytest.raises(InteractionFailed, match="no answer within 2 s"):
        await stage.alice.slash(stage.cinema, "silent")


async def test_a_nonce_posts_once_and_history_reads_back(stage: Stage) -> None:
    board = stage.guild.text_channel("board")
    answer = await stage.alice.slash(board, "post")
    assert answer.text == "True ['posted and edited']"
    (posted,) = board.history()
    assert posted.edited
    assert posted.nonce == "job-1"
    assert stage.discord.violations == []


async def test_without_read_history_the_list_is_empty(stage: Stage) -> None:
    everyone = {stage.guild.everyone: Overwrite(deny=Permission.READ_MESSAGE_HISTORY)}
    board = stage.guild.text_channel("no-history", overwrites=everyone)
    assert (await stage.alice.slash(board, "post")).text == "True []"


async def test_letters_reach_those_who_take_them(stage: Stage) -> None:
    assert (await stage.alice.slash(stage.alice.dm, "mail")).text == "sent"
    assert [m.text for m in stage.alice.sees(stage.alice.dm)] == ["a letter", "sent"]
    stage.bob.user.accepts_dms = False
    assert (await stage.bob.slash(stage.cinema, "mail")).text == "refused 50007"
    with pytest.raises(ClientRefuses, match="not in this context"):
        await stage.alice.slash(stage.alice.dm, "rights")


async def test_the_interaction_says_who_may_do_what_in_which_tongue(stage: Stage) -> None:
    assert (await stage.alice.slash(stage.cinema, "rights")).text == "True True tr ko"
    muted = stage.guild.text_channel("muted")
    stage.guild.overwrite(muted, stage.guild.me, Overwrite(deny=Permission.SEND_MESSAGES))
    assert (await stage.alice.slash(muted, "rights")).text == "False True tr ko"
    with pytest.raises(ClientRefuses, match="lacks permissions"):
        await stage.bob.slash(stage.cinema, "rights")
    assert stage.discord.violations == []


async def test_a_message_menu_carries_the_message(stage: Stage) -> None:
    said = stage.bob.say(stage.cinema, "he dies")
    answer = await stage.alice.menu(said, "Hide as spoiler")
    assert answer.text == "||he dies|| by Bob"
    assert answer.message in stage.bob.sees(stage.cinema)


async def test_autocomplete_and_options_as_the_client_lets_them(stage: Stage) -> None:
    alice, cinema = stage.alice, stage.cinema
    choices = await alice.complete(cinema, "search", query="koğ")
    assert [(c.name, c.value) for c in choices] == [("7. Koğuştaki Mucize", "tr2019")]
    found = await alice.slash(cinema, "search", query="x", where=cinema, limit=2)
    assert found.text == "x in cinema, 2"
    for options, reason in (
        ({"query": "x"}, "required and missing: where"),
        ({"query": 3, "where": cinema}, "takes no int"),
        ({"query": "x", "where": cinema, "limit": 9}, "between 1 and 5"),
        ({"query": "x", "where": stage.bob}, "takes no Member"),
        ({"query": "x", "where": cinema, "year": 1}, "no option 'year'"),
    ):
        with pytest.raises(ClientRefuses, match=reason):
            await alice.slash(cinema, "search", **options)
    with pytest.raises(ClientRefuses, match="no 'find'"):
        await alice.slash(cinema, "find")


async def test_buttons_that_are_not_there_or_not_seen_are_refused(stage: Stage) -> None:
    card = await stage.alice.slash(stage.cinema, "card")
    with pytest.raises(ClientRefuses, match=r"no button '7'.*'More…', 'Add', 'Quiet'"):
        await stage.alice.press(card, "7")
    stage.guild.overwrite(stage.cinema, stage.bob, Overwrite(deny=Permission.VIEW_CHANNEL))
    with pytest.raises(ClientRefuses, match="doesn't see"):
        await stage.bob.press(card, "Add")
    stage.guild.overwrite(stage.cinema, stage.bob, Overwrite())
    stage.bob.time_out(timedelta(minutes=5))
    with pytest.raises(ClientRefuses, match="no permission to use application commands"):
        await stage.bob.slash(stage.cinema, "card")
    stage.bob.time_out(timedelta())


async def test_a_dropped_connection_is_resumed_and_a_crash_survived(stage: Stage) -> None:
    card = await stage.alice.slash(stage.cinema, "card")
    await stage.discord.drop_connection()
    await stage.discord.connected()
    assert stage.discord.gateway.resumed == 1
    assert "**1**" in (await stage.alice.press(card, "Add")).text
    await stage.bot.restart()
    assert "**0**" in (await stage.alice.slash(stage.cinema, "card")).text
    assert await stage.bot.terminate() == 0
    with pytest.raises(InteractionFailed, match="isn't connected"):
        await stage.alice.press(card, "Add")
    await stage.bot.start()
    await stage.bot.ready()
