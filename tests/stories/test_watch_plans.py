"""Planning an evening over the wire: announced, moved, reminded of, called off, and Discord's event in step with it."""

from datetime import timedelta

import pytest

from bot.rehearsal import Message, Permission
from bot.rehearsal.permissions import BOT, EVERYONE
from bot.rehearsal.scheduled import EventPlace, EventStatus, ScheduledEvent
from tests.stories.conftest import Club
from tests.stories.evenings import MINUTE, finished, lobby, planned, playing, posted, public, shows

pytestmark = pytest.mark.asyncio


@pytest.fixture
def club(evening: Club) -> Club:
    """A club in the world whose clock is turned."""
    return evening


async def event_of(club: Club) -> ScheduledEvent:
    """The one scheduled event of the server."""
    await club.discord_.until(lambda: bool(club.guild.scheduled))
    (event,) = club.guild.scheduled.values()
    return event


async def becomes(club: Club, event: ScheduledEvent, status: EventStatus) -> None:
    await club.discord_.until(lambda: event.status is status)


async def moved(club: Club, when: str) -> None:
    """The host moves the one planned evening."""
    asked = await club.host.slash(club.cinema, "watch edit", when=when)
    assert "It moves from" in asked.text, asked.text
    answer = await club.host.press(asked, "Move it")
    assert "Whoever is coming stays" in answer.text, answer.text


def direct(club: Club) -> list[Message]:
    """What the bot has written to Alice alone."""
    return [message for message in club.alice.dm.history() if message.text]


async def test_the_announcement_says_what_to_know_before_and_no_more(club: Club) -> None:
    announcement = await planned(club, "miracle:kr2013")
    assert "Before you come" in announcement.text
    assert "A child dies" in announcement.text
    assert "execut" not in announcement.text
    assert f"<@{club.host.id}>" in announcement.text
    labels = [button["label"] for button in announcement.buttons()]
    assert labels == ["I'm coming", "Remind me", "Open the lobby", "Warnings", "Where to watch"]
    where = await planned(club, "miracle:mx2025", channel=club.lounge)
    assert "Where to watch" in where.text
    assert "as of <t:" in where.text


async def test_a_time_is_read_in_the_servers_language_and_in_the_hosts(club: Club) -> None:
    club.guild.set_locale("tr")
    hosts = [role for role in club.guild.roles.values() if role.name == "Host"]
    jiyun = club.guild.member("지윤", locale="ko", roles=hosts)
    for said in ("cuma 20:00", "금요일 저녁 8시", "friday 8pm"):
        (read,) = await jiyun.complete(club.cinema, "watch plan", when=said)
        assert ", 20:00 (UTC)" in read.name
    (hint,) = await jiyun.complete(club.cinema, "watch plan", when="jumat jam 8 malam")
    assert "Not clear yet" in hint.name


async def test_a_channel_that_shows_nothing_gets_no_premise(club: Club) -> None:
    await club.admin.slash(club.cinema, "club settings", ceiling="none")
    announcement = await planned(club, "miracle:kr2013")
    assert "A child dies" not in announcement.text


async def test_coming_is_counted_and_can_be_taken_back(club: Club) -> None:
    announcement = await planned(club)
    for member in (club.alice, club.bob):
        assert "See you on" in (await member.press(announcement, "I'm coming")).text
    assert "Taken back" in (await club.bob.press(announcement, "I'm coming")).text
    await shows(club, announcement, "1 is coming")


async def test_an_evening_outside_of_voice_has_an_event_that_goes_along(club: Club) -> None:
    announcement = await planned(club, when="in 3 hours")
    event = await event_of(club)
    assert (event.place, event.location) == (EventPlace.EXTERNAL, "#cinema")
    assert event.name == "🇹🇷 7. Koğuştaki Mucize (2019)"
    await playing(club, announcement)
    await becomes(club, event, EventStatus.ACTIVE)
    await finished(club)
    await becomes(club, event, EventStatus.COMPLETED)


async def test_an_evening_in_voice_has_its_event_there(club: Club) -> None:
    balcony = club.guild.voice_channel("balcony")
    announcement = await planned(club, voice=balcony)
    assert f"<#{balcony.id}>" in announcement.text
    event = await event_of(club)
    assert (event.place, event.channel) == (EventPlace.VOICE, balcony)


async def test_an_event_that_discord_has_started_or_ended_by_itself_is_no_fault(club: Club) -> None:
    announcement = await planned(club, when="in 1 hour")
    event = await event_of(club)
    club.discord_.clock.jump(61 * MINUTE)
    await becomes(club, event, EventStatus.ACTIVE)
    await playing(club, announcement)
    event.complete()
    await finished(club)
    assert event.status is EventStatus.COMPLETED


async def test_an_event_whose_answer_was_lost_is_there_once(club: Club) -> None:
    """discord.py asks again by itself, and Discord has made one already."""
    club.discord_.switches.answer_502_after_acting("POST", "/guilds/{guild_id}/scheduled-events")
    announcement = await planned(club)
    await club.discord_.until(lambda: len(club.guild.scheduled) == 2)
    await club.discord_.until(lambda: len(club.guild.scheduled) == 1)
    await playing(club, announcement)
    (event,) = club.guild.scheduled.values()
    await becomes(club, event, EventStatus.ACTIVE)


async def test_an_event_that_somebody_deleted_is_not_made_again(club: Club) -> None:
    announcement = await planned(club)
    event = await event_of(club)
    before = event.starts_at
    await moved(club, "in 5 hours")
    await club.discord_.until(lambda: event.starts_at > before)
    event.delete()
    await moved(club, "in 6 hours")
    await playing(club, announcement)
    assert club.guild.scheduled == {}


async def test_without_the_right_for_events_all_else_works_and_the_host_is_told(club: Club) -> None:
    events = Permission.CREATE_EVENTS | Permission.MANAGE_EVENTS
    club.guild.set_permissions(club.guild.bot_role, (EVERYONE | BOT) & ~events)
    asked = await club.host.slash(club.cinema, "watch plan", version="miracle:tr2019", when="in 3 hours")
    answer = await club.host.press(asked, "Announce it")
    assert "I lack Create Events" in answer.text
    announcement = await posted(club, "Before you come")
    assert club.guild.scheduled == {}
    await playing(club, announcement)


async def test_without_the_right_to_pin_the_panel_stays_unpinned(club: Club) -> None:
    club.guild.set_permissions(club.guild.bot_role, (EVERYONE | BOT) & ~Permission.PIN_MESSAGES)
    panel = await playing(club)
    await shows(club, panel, "0:00** was at")
    assert not panel.pinned


async def test_a_moved_evening_takes_event_reminders_and_who_is_coming_along(club: Club) -> None:
    announcement = await planned(club, when="in 30 hours")
    event = await event_of(club)
    before = event.starts_at
    await club.alice.press(announcement, "I'm coming")
    stale = await club.host.slash(club.cinema, "watch edit", when="in 70 hours")
    await moved(club, "in 60 hours")
    assert "changed meanwhile" in (await club.host.press(stale, "Move it")).text
    await club.discord_.until(lambda: event.starts_at > before)
    await shows(club, announcement, f"<t:{int(event.starts_at.timestamp())}:F>")
    assert "1 is coming" in announcement.text
    club.discord_.clock.jump(timedelta(hours=29, minutes=50))
    assert len(public(club.cinema)) == 1
    club.discord_.clock.jump(timedelta(hours=7))
    reminder = await posted(club, "⏰")
    assert f"<t:{int(event.starts_at.timestamp())}:F>" in reminder.text


async def test_another_film_on_the_same_evening(club: Club) -> None:
    announcement = await planned(club)
    event = await event_of(club)
    changed = await club.host.slash(club.cinema, "watch edit", version="miracle:kr2013")
    assert "2:07:00" in changed.text
    await shows(club, announcement, "7번방의 선물")
    await club.discord_.until(lambda: "7번방의 선물" in event.name)


async def test_reminders_come_once_in_the_channel_and_once_to_who_asked(club: Club) -> None:
    film_fans = club.guild.role("Film fans", mentionable=True)
    announcement = await planned(club, when="in 30 hours", role=film_fans)
    asked = await club.alice.press(announcement, "Remind me")
    assert "I have just written to you" in asked.text
    assert len(direct(club)) == 1
    club.discord_.clock.jump(timedelta(hours=6))
    reminder = await posted(club, "⏰")
    assert reminder.pings == {f"role:{film_fans.id}"}
    await club.discord_.until(lambda: len(direct(club)) == 2)
    club.discord_.clock.jump(timedelta(hours=23, minutes=46))
    await club.discord_.until(lambda: len(direct(club)) == 3)
    assert len([message for message in public(club.cinema) if "⏰" in message.text]) == 2


async def test_a_reminder_pings_nobody_unless_a_role_was_named(club: Club) -> None:
    await planned(club, when="in 1 hour")
    club.discord_.clock.jump(46 * MINUTE)
    assert (await posted(club, "⏰")).pings == set()


async def test_closed_messages_are_said_when_one_asks(club: Club) -> None:
    announcement = await planned(club)
    club.bob.user.accepts_dms = False
    refused = await club.bob.press(announcement, "Remind me")
    assert "closed to me" in refused.text
    stopped = [(await club.alice.press(announcement, "Remind me")).text for _ in range(2)]
    assert "No more reminders" in stopped[1]


async def test_a_called_off_evening_takes_its_event_along(club: Club) -> None:
    announcement = await planned(club)
    event = await event_of(club)
    sure = await club.host.slash(club.cinema, "watch cancel")
    assert "Call this evening off?" in sure.text
    await club.host.press(sure, "Call it off")
    await becomes(club, event, EventStatus.CANCELLED)
    await shows(club, announcement, "called off")
    gone = await club.host.slash(club.cinema, "watch start")
    assert "No evening is planned" in gone.text


async def test_an_evening_nobody_starts_is_called_off_by_itself(club: Club) -> None:
    announcement = await planned(club, when="in 1 hour")
    await event_of(club)
    club.discord_.clock.jump(timedelta(hours=7, minutes=1))
    await shows(club, announcement, "called off")


async def test_the_list_shows_what_is_ahead(club: Club) -> None:
    await planned(club, when="in 30 hours")
    await lobby(club, await planned(club, "miracle:kr2013", channel=club.lounge))
    listed = await club.alice.slash(club.cinema, "watch list")
    assert "7. Koğuştaki Mucize" in listed.text
    assert "· planned" in listed.text
    assert "· doors open" in listed.text
