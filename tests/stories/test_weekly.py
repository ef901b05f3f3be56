"""The club's week over the wire: set up, posted at its wall time, skipped, held back, late, let go."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain.weekly.slots import MOST_SLOTS
from bot.rehearsal import ClientRefuses, Overwrite, Permission
from tests.stories.conftest import Club, found_club
from tests.stories.weeks import (
    HOUR,
    MINUTE,
    MONDAY,
    OLD_EDITS,
    QUESTION,
    VOTE,
    WEEK,
    club_at,
    comes,
    dates_in,
    idle,
    public,
    reborn,
    set_up,
    turn_to,
    waits_for,
)

pytestmark = pytest.mark.asyncio

# Sundays at 02:30 in Berlin, where that time is skipped on 28 March, and at 20:00 in New York, where the clocks go
# forward on 14 March
BERLIN = [
    *("03-07 01:30", "03-14 01:30", "03-21 01:30", "03-28 01:30"),
    *("04-04 00:30", "04-11 00:30", "04-18 00:30", "04-25 00:30"),
]
NEW_YORK = [
    *("03-08 01:00", "03-15 00:00", "03-22 00:00", "03-29 00:00"),
    *("04-05 00:00", "04-12 00:00", "04-19 00:00", "04-26 00:00"),
]


def at(written: str) -> datetime:
    return datetime.fromisoformat(f"2027-{written}").replace(tzinfo=UTC)


async def test_eight_weeks_pass_each_with_one_message_a_slot_at_its_wall_time(tmp_path: Path) -> None:
    async with club_at(tmp_path, forgiven={OLD_EDITS}) as club:
        dates = await set_up(club, "question", 6, "2:30")
        assert dates[:5] == [at(each) for each in BERLIN[:5]]
        await set_up(club, "next-film", 6, "8pm", zone="America/New_York", channel=club.lounge)
        for week, (berlin, new_york) in enumerate(zip(BERLIN, NEW_YORK, strict=True)):
            await let_pass(club, at(berlin))
            assert len(public(club.cinema, QUESTION)) == week
            turn_to(club, at(berlin))
            await comes(club, club.cinema, QUESTION, week + 1)
            await let_pass(club, at(new_york))
            assert len(public(club.lounge, VOTE)) == week
            turn_to(club, at(new_york))
            await comes(club, club.lounge, VOTE, week + 1)
        await idle(club)
        assert len(public(club.cinema, QUESTION)) == len(public(club.lounge, VOTE)) == 8
        assert len({message.text for message in public(club.cinema, QUESTION)}) == 8


async def let_pass(club: Club, until: datetime) -> None:
    """Time goes by to a minute before: votes close, their results are shown, and then nothing is left to do."""
    turn_to(club, until - HOUR)
    await waits_for(club, until)
    turn_to(club, until - MINUTE)
    await waits_for(club, until)


async def test_setting_up_says_where_the_clocks_change_and_what_happens_then(tmp_path: Path) -> None:
    async with club_at(tmp_path) as club:
        answer = await club.host.slash(
            club.cinema, "weekly add", kind="question", day=6, time="2:30", zone="Europe/Berlin"
        )
        change = int(at("03-28 01:00").timestamp())
        assert f"<t:{change}:F>: the clocks in Europe/Berlin go forward by 1 hour" in answer.text
        assert "02:30 does not exist there that day" in answer.text
        assert answer.ephemeral
        plain = await club.host.slash(
            club.cinema, "weekly add", kind="question", day=6, time="20:00", zone="Asia/Kolkata"
        )
        assert "clocks" not in plain.text


async def test_after_an_outage_the_newest_date_within_its_grace_is_posted_and_the_rest_is_noted(
    tmp_path: Path,
) -> None:
    async with club_at(tmp_path) as club:
        first = (await set_up(club, "question", 6, "20:00"))[0]
        await reborn(club, first - MONDAY + 2 * WEEK + 5 * HOUR)
        await comes(club, club.cinema, QUESTION)
        await idle(club)
        assert len(public(club.cinema, QUESTION)) == 1
        await reborn(club, WEEK + 2 * HOUR)  # seven hours late: past its grace
        await idle(club)
        shown = await club.alice.slash(club.cinema, "weekly list")
        assert "Last: passed without a post" in shown.text
        assert len(public(club.cinema, QUESTION)) == 1


async def test_a_post_whose_answer_was_lost_stands_once(tmp_path: Path) -> None:
    async with club_at(tmp_path) as club:
        first = (await set_up(club, "question", 6, "20:00"))[0]
        club.discord_.switches.answer_502_after_acting("POST", "/channels/{channel_id}/messages", times=1)
        turn_to(club, first)
        message = await comes(club, club.cinema, QUESTION)
        await idle(club)
        assert public(club.cinema) == [message]
        assert message.nonce


async def test_a_skipped_date_passes_and_can_be_taken_back(tmp_path: Path) -> None:
    async with club_at(tmp_path) as club:
        dates = await set_up(club, "question", 6, "20:00")
        offered = await club.host.complete(club.cinema, "weekly skip", date="")
        assert offered[0].name == "2027-03-07 20:00 Europe/Berlin"
        await club.host.slash(club.cinema, "weekly skip")
        second = await club.host.slash(club.cinema, "weekly skip", date=offered[1].value)
        assert dates_in(second.text)[0] == dates[2]
        undone = await club.host.press(second, "Undo the last skip")
        assert dates_in(undone.text)[0] == dates[1]
        turn_to(club, dates[0] + HOUR)
        await idle(club)
        assert public(club.cinema, QUESTION) == []
        turn_to(club, dates[1])
        await comes(club, club.cinema, QUESTION)


async def test_a_rest_ends_at_its_day(tmp_path: Path) -> None:
    async with club_at(tmp_path) as club:
        dates = await set_up(club, "question", 6, "20:00")
        paused = await club.host.slash(club.cinema, "weekly pause", until="2027-03-10")
        assert dates_in(paused.text)[1] == dates[1]
        turn_to(club, dates[0] + HOUR)
        await idle(club)
        assert public(club.cinema, QUESTION) == []
        turn_to(club, dates[1])
        await comes(club, club.cinema, QUESTION)
        await club.host.slash(club.cinema, "weekly pause")
        assert "It rests" in (await club.host.slash(club.cinema, "weekly now")).text
        resumed = await club.host.slash(club.cinema, "weekly resume")
        assert dates_in(resumed.text)[0] == dates[2]


async def test_quiet_hours_hold_back_what_nobody_asked_for_and_nothing_else(tmp_path: Path) -> None:
    async with club_at(tmp_path) as club:
        await club.admin.slash(club.cinema, "club settings", zone="Europe/Berlin")
        first = (await set_up(club, "question", 6, "23:00"))[0]
        shown = await club.host.slash(club.cinema, "weekly list")
        refused = await club.host.press(shown, "Quiet hours", typed="late")
        assert "22:00-08:00" in refused.text
        quiet = await club.host.press(shown, "Quiet hours", typed="22:00-08:00")
        assert "Quiet hours: 22:00 to 08:00, Europe/Berlin" in quiet.text
        turn_to(club, first + HOUR)
        await idle(club)
        assert public(club.cinema, QUESTION) == []
        waiting = await club.host.slash(club.cinema, "weekly list")
        assert f"hold it back until <t:{int((first + 9 * HOUR).timestamp())}:F>" in waiting.text
        await club.host.slash(club.cinema, "weekly now")
        await comes(club, club.cinema, QUESTION)
        turn_to(club, first + 9 * HOUR)
        await comes(club, club.cinema, QUESTION, 2)
        assert "hold it back" not in (await club.host.slash(club.cinema, "weekly list")).text


async def test_many_dates_of_many_clubs_at_once_never_come_faster_than_discord_allows(tmp_path: Path) -> None:
    async with club_at(tmp_path) as club:
        clubs = [club, *(found_club(club.discord_, club.bot, f"Club {number}") for number in range(6))]
        rooms = [(each, each.guild.text_channel(f"room {n}")) for each in clubs for n in range(MOST_SLOTS)]
        firsts = [(await set_up(each, "question", 6, "20:00", channel=room))[0] for each, room in rooms]
        turn_to(club, firsts[0])
        for each, room in rooms:
            await comes(each, room, QUESTION)


async def test_zones_are_offered_by_city_country_and_offset(tmp_path: Path) -> None:
    async with club_at(tmp_path) as club:
        for typed in ("istan", "Turkey"):
            offered = await club.host.complete(
                club.cinema, "weekly add", zone=typed, also={"kind": "question", "day": 6, "time": "20:00"}
            )
            names = [choice.name for choice in offered]
            assert "Istanbul · Turkey · +03:00 (Europe/Istanbul)" in names


async def test_what_is_not_understood_is_refused_and_nothing_is_set_up(tmp_path: Path) -> None:
    async with club_at(tmp_path) as club:

        async def refused(asked_by: object = club.host, **options: object) -> str:
            wanted = {"kind": "question", "day": 6, "time": "20:00", **options}
            return (await club.host.slash(club.cinema, "weekly add", **wanted)).text

        assert "could not read “soon”" in await refused(time="soon")
        assert "Mars/Olympus" in await refused(zone="Mars/Olympus")
        bot_role = club.guild.bot_role
        club.guild.overwrite(club.lounge, bot_role, Overwrite(deny=Permission.SEND_MESSAGES))
        assert "Send Messages" in await refused(channel=club.lounge)
        member = await club.alice.slash(club.cinema, "weekly add", kind="question", day=6, time="20:00")
        assert "Manage Events" in member.text
        with pytest.raises(ClientRefuses):
            await refused(grace=1000)
        shown = await club.host.slash(club.cinema, "weekly list")
        assert "Nothing happens every week here yet" in shown.text


async def test_a_host_changes_previews_and_removes_a_slot(tmp_path: Path) -> None:
    async with club_at(tmp_path) as club:
        await set_up(club, "question", 6, "20:00")
        edited = await club.host.slash(club.cinema, "weekly edit", time="21:30", day=2)
        assert "Every Wednesday at 21:30, Europe/Berlin" in edited.text
        preview = await club.bob.slash(club.lounge, "weekly preview")
        assert preview.ephemeral
        assert "As things stand now" in preview.text
        await club.host.press(await club.host.slash(club.cinema, "weekly remove"), "Stop it")
        turn_to(club, MONDAY + 2 * WEEK)
        await idle(club)
        assert public(club.cinema) == []


async def test_a_question_says_how_much_may_be_said_there(tmp_path: Path) -> None:
    async with club_at(tmp_path) as club:
        await set_up(club, "question", 6, "20:00")
        await club.host.slash(club.cinema, "weekly now")
        question = await comes(club, club.cinema, QUESTION)
        answer = await club.alice.press(question, "How much may I say here?")
        assert "the premise" in answer.text
        assert answer.ephemeral


async def told(club: Club) -> list[str]:
    """What the host reads in their private messages from the bot."""
    await idle(club)
    return [message.text for message in club.host.dm.history()]


async def test_a_deleted_channel_lets_its_slots_rest_and_says_so_once(tmp_path: Path) -> None:
    async with club_at(tmp_path) as club:
        dates = await set_up(club, "question", 6, "20:00", channel=club.lounge)
        await set_up(club, "next-film", 6, "20:00", channel=club.lounge)
        club.guild.delete_channel(club.lounge)
        await club.discord_.until(lambda: len(club.host.dm.history()) > 0)
        await reborn(club, dates[0] - MONDAY + HOUR)  # killed before it could note that it has told
        (said,) = await told(club)
        assert "its channel is gone" in said
        assert "Question to talk about" in said
        assert "Vote for the next film" in said
        edited = await club.host.slash(
            club.cinema, "weekly edit", slot=(await slots(club))[0], channel=club.cinema
        )
        assert "Rests" in edited.text
        await club.host.slash(club.cinema, "weekly resume", slot=(await slots(club))[0])
        turn_to(club, dates[1])
        await comes(club, club.cinema, QUESTION)


async def slots(club: Club) -> list[str]:
    return [str(each.value) for each in await club.host.complete(club.cinema, "weekly resume", slot="")]


async def test_a_lost_right_lets_a_slot_rest_and_says_so_where_private_messages_are_closed(
    tmp_path: Path,
) -> None:
    async with club_at(tmp_path) as club:
        await club.admin.slash(club.cinema, "club settings", announcements=club.lounge)
        first = (await set_up(club, "question", 6, "20:00", channel=club.cinema))[0]
        club.host.user.accepts_dms = False
        club.guild.overwrite(club.cinema, club.guild.bot_role, Overwrite(deny=Permission.SEND_MESSAGES))
        turn_to(club, first)
        said = await comes(club, club.lounge, "Send Messages")
        await idle(club)
        assert public(club.lounge) == [said]
        assert public(club.cinema) == []
        club.discord_.violations.clear()  # 50007: that messages are closed shows only when one is sent
        assert "Send Messages there" in (await club.host.press(said, "The club's week")).text


async def test_kicked_and_invited_back_the_bot_says_what_rests_once(tmp_path: Path) -> None:
    async with club_at(tmp_path) as club:
        dates = await set_up(club, "question", 6, "20:00")
        await set_up(club, "question", 6, "20:00", channel=club.lounge)
        club.guild.kick(club.guild.me)
        turn_to(club, dates[0] + HOUR)
        await idle(club)
        assert club.host.dm.history() == []
        club.guild.invite_bot()
        await club.discord_.until(lambda: len(club.host.dm.history()) > 0)
        await reborn(club)
        (said,) = await told(club)
        assert "I was not in this server any more" in said
        assert said.count("Question to talk about") == 2
        for slot in await slots(club):
            await club.host.slash(club.cinema, "weekly resume", slot=slot)
        turn_to(club, dates[1])
        await comes(club, club.cinema, QUESTION)
        await comes(club, club.lounge, QUESTION)
        assert len(public(club.cinema, QUESTION)) == 1
