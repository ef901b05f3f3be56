"""A watch-along over the wire, from plan to tape."""

import asyncio
import re
from datetime import timedelta

import pytest

from bot.rehearsal import Overwrite, Permission
from tests.stories.conftest import Club
from tests.stories.evenings import (
    COUNTDOWN,
    MINUTE,
    clock,
    finished,
    lobby,
    paused,
    place_in,
    planned,
    playing,
    posted,
    public,
    resumed,
    seconds,
    shows,
    sought,
    tapped,
    where,
)

pytestmark = pytest.mark.asyncio


def near(wanted: float, slack: float = 8) -> object:
    """So many seconds, give or take what pressing takes."""
    return pytest.approx(wanted, abs=slack)


@pytest.fixture
def club(evening: Club) -> Club:
    """A club in the world whose clock is turned."""
    return evening


async def test_an_evening_from_plan_to_tape(club: Club) -> None:
    announcement = await planned(club)
    assert "7. Koğuştaki Mucize" in announcement.text
    assert "2:12:00" in announcement.text
    panel = await playing(club, announcement)
    await shows(club, panel, "0:00** was at")
    await club.discord_.until(lambda: panel.pinned)
    club.discord_.clock.jump(40 * MINUTE)
    for member in (club.alice, club.bob):
        tap = await member.press(panel, "Tissue")
        assert tap.ephemeral
        assert "Recorded at 40:" in tap.text
    await shows(club, panel, "3 watching · 2 tissues")
    await sought(club, "2:05:00")
    end = await finished(club)
    assert "Did you see it to the end?" in end.text
    poll = await posted(club, "How many tissues did you need?")
    assert not any("minute by minute" in message.text for message in public(club.cinema))

    taps = await club.alice.press(end, "Use my taps")
    used = await club.alice.press(taps, "Use my 1 tap")
    assert "Recorded: 1 tissue" in used.text
    for member, number in ((club.bob, "4"), (club.dilan, "2")):
        await member.press(poll, number)
    sure = await club.host.slash(club.cinema, "tissues close")
    await club.host.press(sure, "Close it now")
    tape = await posted(club, "2 tissues, minute by minute")
    assert "Most at 0:40 (2)." in tape.text
    (picture,) = tape.attachments
    assert picture.data.startswith(b"\x89PNG")
    assert picture.description
    assert len(picture.description) <= 1024
    assert "0:40: 2" in picture.description
    minutes = await club.dilan.press(tape, "Minute by minute")
    assert minutes.ephemeral
    assert "0:40 2" in minutes.text
    await club.discord_.until(lambda: not panel.pinned)


async def test_the_reading_of_a_time_is_offered_while_it_is_typed(club: Club) -> None:
    await club.admin.slash(club.cinema, "club settings", zone="Asia/Seoul")
    (read,) = await club.host.complete(club.cinema, "watch plan", when="friday 8pm")
    assert re.fullmatch(r"Fri \d+ \w+ \d{4}, 20:00 \(Asia/Seoul\)", read.name)
    (hint,) = await club.host.complete(club.cinema, "watch plan", when="friday")
    assert "Not clear yet" in hint.name
    asked = await club.host.slash(club.cinema, "watch plan", version="miracle:kr2013", when=read.value)
    assert re.search(r"I read that as <t:\d+:F>, <t:\d+:R>", asked.text)
    assert asked.ephemeral
    dropped = await club.host.press(asked, "Not like this")
    assert "Nobody was told" in dropped.text
    assert public(club.cinema) == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"version": "miracle:tr2019", "when": "friday"}, "A day and a time of day"),
        ({"version": "miracle:tr2019", "when": "2020-01-01 20:00"}, "in the past"),
        ({"version": "miracle:in2017", "when": "in 3 hours"}, "fill in the minutes"),
        ({"version": "Dancer in the Dark", "when": "in 3 hours"}, "fill in the minutes"),
    ],
)
async def test_what_can_not_be_planned_is_refused_with_a_sentence(
    club: Club, options: dict[str, str], said: str
) -> None:
    refused = await club.host.slash(club.cinema, "watch plan", **options)
    assert said in refused.text
    assert refused.ephemeral


async def test_a_free_title_has_a_clock_taps_and_a_poll(club: Club) -> None:
    announcement = await planned(club, "Dancer in the Dark", minutes=140)
    assert "2:20:00" in announcement.text
    await playing(club, announcement)
    assert (await tapped(club.alice, club.cinema)).startswith("0:")
    await finished(club)
    await posted(club, "How many tissues did you need?")


async def test_pauses_jumps_and_late_joiners_share_one_clock(club: Club) -> None:
    await playing(club)
    turned = club.discord_.clock
    turned.jump(30 * MINUTE)
    stood = await paused(club)
    assert seconds(stood) == near(30 * 60)
    turned.jump(10 * MINUTE)
    assert await where(club.alice, club.cinema) == stood
    await resumed(club)
    turned.jump(20 * MINUTE)
    late = club.guild.member("Eren", locale="tr")
    assert seconds(await where(late, club.cinema)) == near(seconds(stood) + 20 * 60)
    await sought(club, "1:30:00")
    turned.jump(MINUTE)
    assert seconds(await tapped(late, club.cinema)) == near(91 * 60)
    refused = await club.host.slash(club.cinema, "watch seek", to="3:00:00")
    assert "only 2:12:00 long" in refused.text


async def test_the_panel_tells_of_the_pause_with_the_clock_to_compute_with(club: Club) -> None:
    panel = await playing(club)
    club.discord_.clock.jump(10 * MINUTE)
    stood = await paused(club)
    await shows(club, panel, f"Paused at **{stood}**")
    club.discord_.clock.jump(4 * MINUTE)
    await resumed(club)
    await shows(club, panel, "(the 4 min of pauses counted in)")
    anchor = int(re.findall(r"<t:(\d+):T>", panel.text)[-1])
    now = club.discord_.clock.now().timestamp()
    assert now - anchor == near(seconds(await where(club.alice, club.cinema)))


async def test_ones_own_copy_is_learned_from_what_it_shows(club: Club) -> None:
    await playing(club)
    club.discord_.clock.jump(24 * MINUTE)
    answer = await club.alice.press(await clock(club.alice, club.cinema), "Re-sync me", typed="25:00")
    assert place_in(answer) == "25:00"
    assert re.search(r"You are (1:00|0:5\d) ahead of the room", answer.text)
    club.discord_.clock.jump(24 * MINUTE)
    answer = await club.alice.press(answer, "Re-sync me", typed="50:00")
    assert "runs +4." in answer.text
    club.discord_.clock.jump(48 * MINUTE)
    assert seconds(await where(club.alice, club.cinema)) == near(100 * 60)
    assert seconds(await tapped(club.alice, club.cinema)) == near(100 * 60)
    unclear = await club.bob.press(await clock(club.bob, club.cinema), "Re-sync me", typed="now")
    assert "no place in a film" in unclear.text


async def test_one_tap_in_five_seconds_and_no_sum_below_three(club: Club) -> None:
    panel = await lobby(club, await planned(club))
    early = await club.alice.press(panel, "Where are we?")
    assert "has not begun" in early.text
    await club.host.press(panel, "Start the countdown")
    await shows(club, panel, "when this reaches zero")
    club.discord_.clock.jump(COUNTDOWN)
    await shows(club, panel, "was at <t:")
    first, second = await asyncio.gather(*(club.alice.press(panel, "Tissue") for _ in range(2)))
    assert sorted(("Recorded" in a.text, "Breathe" in a.text) for a in (first, second)) == [
        (False, True),
        (True, False),
    ]
    await shows(club, panel, "1 watching")
    assert "1 tissue" not in panel.text


async def test_a_third_of_the_watchers_get_their_break(club: Club) -> None:
    panel = await playing(club)
    await shows(club, panel, "0:00** was at")
    club.discord_.clock.jump(30 * MINUTE)
    one = await club.alice.press(panel, "Need a break")
    assert "1 asks for a break; 2 are needed" in one.text
    assert "A break it is" in (await club.bob.press(panel, "Need a break")).text
    stood = await where(club.alice, club.cinema)
    await shows(club, panel, "A break. Press play again from **30:")
    assert await where(club.alice, club.cinema) == stood
    club.discord_.clock.jump(10 * MINUTE)
    assert seconds(await where(club.alice, club.cinema)) == near(seconds(stood) + 5 * 60, 15)


async def test_the_clock_comes_along_where_the_panel_has_scrolled_away(club: Club) -> None:
    await playing(club)
    mine = await clock(club.alice, club.cinema)
    tap = await club.alice.press(mine, "Tissue")
    assert tap.message is mine.message
    assert "Recorded at" in tap.text


async def test_hosts_run_the_evening_and_nobody_else(club: Club) -> None:
    refused = await club.alice.slash(club.cinema, "watch plan", version="miracle:tr2019", when="in 3 hours")
    assert "Manage Events" in refused.text
    await playing(club)
    for command in ("pause", "finish"):
        assert "may do that" in (await club.bob.slash(club.cinema, f"watch {command}")).text
    given = await club.host.slash(club.cinema, "watch handover", member=club.bob)
    assert f"<@{club.bob.id}> runs the evening" in given.text
    assert "Paused at" in (await club.bob.slash(club.cinema, "watch pause")).text


async def test_an_evening_goes_on_without_its_host(club: Club) -> None:
    hosts = [role for role in club.guild.roles.values() if role.name == "Host"]
    other = club.guild.member("Ines", roles=hosts)
    await playing(club)
    club.host.leave()
    assert "Paused at" in (await other.slash(club.cinema, "watch pause")).text


async def test_an_evening_nobody_finishes_ends_at_its_overtime(club: Club) -> None:
    panel = await playing(club)
    club.discord_.clock.jump(timedelta(hours=2, minutes=32))
    end = await posted(club, "Thank you for watching together")
    assert "seen it to the end" in (await club.alice.press(end, "Yes, to the end")).text
    stranger = club.guild.member("Eren")
    assert "Only those who watched" in (await stranger.press(end, "Yes, to the end")).text
    report = await club.alice.slash(club.cinema, "watch report")
    assert "3 watched" in report.text
    assert "shown when the poll closes" in report.text
    await shows(club, panel, "Over since")


async def test_an_evening_that_stops_early_asks_nobody_whether_they_saw_it_all(club: Club) -> None:
    await playing(club)
    club.discord_.clock.jump(100 * MINUTE)
    end = await finished(club)
    assert "We stopped at 1:40:" in end.text
    assert "Did you see" not in end.text
    labels = [button["label"] for button in end.buttons()]
    assert labels == ["Use my taps", "Talk about it (spoilers)", "Support lines"]
    talk = await club.alice.press(end, "Talk about it (spoilers)")
    assert talk.ephemeral
    assert "/spoilers open" in talk.text


async def test_two_evenings_at_once_in_two_channels(club: Club) -> None:
    await playing(club)
    await playing(club, await planned(club, "miracle:kr2013", channel=club.lounge))
    club.discord_.clock.jump(5 * MINUTE)
    paused_there = await club.host.slash(club.lounge, "watch pause")
    assert "Paused" in paused_there.text
    club.discord_.clock.jump(5 * MINUTE)
    there, here = await where(club.alice, club.lounge), await where(club.alice, club.cinema)
    assert seconds(here) - seconds(there) >= 5 * 60
    third = await planned(club, "miracle:mx2025")
    taken = await club.host.press(third, "Open the lobby")
    assert "is running in this channel" in taken.text


async def test_a_deleted_channel_ends_its_evening(club: Club) -> None:
    await playing(club)
    club.guild.delete_channel(club.cinema)
    listed = await club.host.slash(club.lounge, "watch list")
    while "Nothing is planned" not in listed.text:
        listed = await club.host.slash(club.lounge, "watch list")
    assert "· over" in listed.text


async def test_where_the_bot_may_not_write_the_host_is_told_at_once(club: Club) -> None:
    club.guild.overwrite(club.cinema, club.guild.bot_role, Overwrite(deny=Permission.SEND_MESSAGES))
    asked = {"version": "miracle:tr2019", "when": "in 3 hours"}
    refused = await club.host.slash(club.cinema, "watch plan", **asked)
    while "I can't post in" not in refused.text:
        refused = await club.host.slash(club.cinema, "watch plan", **asked)
    assert "Send Messages" in refused.text
