"""Scheduled events: limits, permissions, the way they go, and what Discord does to them by itself."""

from datetime import timedelta
from typing import Any

import pytest

from bot.rehearsal import ChannelType, EventPlace, EventStatus, Permission, ScheduledEvent
from bot.rehearsal.rules import Json
from tests.rehearsal.conftest import Desk

pytestmark = pytest.mark.asyncio
P = Permission
HOUR = timedelta(hours=1)
INTENTS = 1 | 1 << 16


def body(desk: Desk, *, hours: float = 1, **changes: Any) -> Json:
    start = desk.discord.clock.now() + hours * HOUR
    sound = {
        "name": "Cell No. 7",
        "privacy_level": 2,
        "entity_type": 3,
        "entity_metadata": {"location": "#cinema"},
        "scheduled_start_time": start.isoformat(),
        "scheduled_end_time": (start + 2 * HOUR).isoformat(),
    }
    return {key: value for key, value in {**sound, **changes}.items() if value is not None}


async def create(desk: Desk, **changes: Any) -> ScheduledEvent:
    got = await desk.raw.ask("POST", many(desk), body(desk, **changes))
    assert got.status == 200, got.body
    return desk.guild.scheduled[int(got.body["id"])]


def now(event: ScheduledEvent) -> EventStatus:
    return event.status


def many(desk: Desk) -> str:
    return f"/guilds/{desk.guild.id}/scheduled-events"


def one(desk: Desk, event: ScheduledEvent) -> str:
    return f"{many(desk)}/{event.id}"


async def test_an_event_is_told_read_and_deleted(desk: Desk) -> None:
    async with desk.raw.listening(intents=INTENTS):
        event = await create(desk, description="Bring tissues")
        told = await desk.raw.event("GUILD_SCHEDULED_EVENT_CREATE")
        assert (told["id"], told["entity_metadata"]) == (str(event.id), {"location": "#cinema"})
        desk.alice.interested(event)
        read = await desk.raw.ask("GET", one(desk, event), query={"with_user_count": "1"})
        assert (read.body["description"], read.body["user_count"], read.body["status"]) == (
            "Bring tissues",
            1,
            1,
        )
        assert "user_count" not in (await desk.raw.ask("GET", many(desk))).body[0]
        moved = await desk.raw.ask("PATCH", one(desk, event), body(desk, name="Moved", hours=3))
        assert (moved.body["name"], event.name) == ("Moved", "Moved")
        assert (await desk.raw.event("GUILD_SCHEDULED_EVENT_UPDATE"))["name"] == "Moved"
        assert (await desk.raw.ask("DELETE", one(desk, event))).status == 204
        assert (await desk.raw.event("GUILD_SCHEDULED_EVENT_DELETE"))["id"] == str(event.id)
    assert (await desk.raw.ask("GET", one(desk, event))).code == 10070
    assert desk.discord.violations[-1].code == 10070


async def test_events_come_with_the_server_and_only_by_their_intent(desk: Desk) -> None:
    event = await create(desk)
    async with desk.raw.listening():
        assert [e["id"] for e in (await desk.raw.event("GUILD_CREATE"))["guild_scheduled_events"]] == [
            str(event.id)
        ]
        event.start()
        desk.guild.rename("a marker after the event")
        assert await desk.raw.heard_before("GUILD_UPDATE") == []


# discord.md, Limits: name 100, description 1,000, location 100; EXTERNAL needs location and end
WRONG: list[tuple[str, Json, tuple[str, ...]]] = [
    ("name", {"name": "n" * 101}, ("name",)),
    ("no name", {"name": ""}, ("name",)),
    ("description", {"description": "d" * 1001}, ("description",)),
    ("location", {"entity_metadata": {"location": "l" * 101}}, ("entity_metadata", "location")),
    ("no location", {"entity_metadata": None}, ("entity_metadata", "location")),
    ("no end", {"scheduled_end_time": None}, ("scheduled_end_time",)),
    ("past", {"hours": -1}, ("scheduled_start_time",)),
    ("end first", {"scheduled_end_time": "2020-01-01T00:00:00+00:00"}, ("scheduled_end_time",)),
    ("voice", {"entity_type": 2}, ("channel_id",)),
    ("privacy", {"privacy_level": 1}, ("privacy_level",)),
]


@pytest.mark.parametrize(("changes", "path"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG])
async def test_an_unsound_event_is_refused_where_it_is_wrong(
    desk: Desk, changes: Json, path: tuple[str, ...]
) -> None:
    got = await desk.raw.ask("POST", many(desk), body(desk, **changes))
    assert (got.status, got.code) == (400, 50035)
    assert got.errors_at(*path)
    assert desk.guild.scheduled == {}


async def test_a_text_channel_hosts_nothing(desk: Desk) -> None:
    event = body(desk, entity_type=2, channel_id=str(desk.cinema.id))
    assert (await desk.raw.ask("POST", many(desk), event)).errors_at("channel_id")


async def test_the_limits_themselves_are_allowed(desk: Desk) -> None:
    location = {"location": "l" * 100}
    event = await create(desk, name="n" * 100, description="d" * 1000, entity_metadata=location)
    assert len(event.name) == 100


async def test_a_hundred_open_events_and_no_more(desk: Desk) -> None:
    desk.discord.server.rates.enforced = False
    events = [await create(desk) for _ in range(100)]
    full = await desk.raw.ask("POST", many(desk), body(desk))
    assert (full.status, full.code) == (400, 30038)
    events[0].cancel()
    assert (await desk.raw.ask("POST", many(desk), body(desk))).status == 200


async def test_creating_needs_its_own_permission(desk: Desk) -> None:
    desk.guild.set_permissions(desk.guild.bot_role, P.MANAGE_EVENTS)
    assert (await desk.raw.ask("POST", many(desk), body(desk))).code == 50013
    desk.guild.set_permissions(desk.guild.bot_role, P.CREATE_EVENTS)
    own, now = await create(desk), desk.discord.clock.now()
    hers = desk.alice.schedule("Quiz night", now + HOUR, now + 2 * HOUR)
    assert (await desk.raw.ask("PATCH", one(desk, own), {"name": "x"})).status == 200
    assert (await desk.raw.ask("PATCH", one(desk, hers), {"name": "x"})).code == 50013
    desk.guild.set_permissions(desk.guild.bot_role, P.MANAGE_EVENTS)
    assert (await desk.raw.ask("PATCH", one(desk, hers), {"name": "x"})).status == 200
    desk.guild.set_permissions(desk.guild.bot_role, P.NONE)
    assert (await desk.raw.ask("DELETE", one(desk, own))).code == 50013


async def test_each_step_is_taken_once_and_in_order(desk: Desk) -> None:
    event = await create(desk)

    async def turn(status: int) -> int:
        return (await desk.raw.ask("PATCH", one(desk, event), {"status": status})).status

    assert [await turn(s) for s in (3, 2, 2, 4, 3)] == [400, 200, 400, 400, 200]
    assert now(event) is EventStatus.COMPLETED
    again = await desk.raw.ask("PATCH", one(desk, event), {"status": 3})
    assert (again.status, again.code) == (400, 180000)
    assert (await desk.raw.ask("GET", many(desk))).body == []


async def test_discord_starts_and_ends_an_external_event_by_the_clock(desk: Desk) -> None:
    async with desk.raw.listening(intents=INTENTS):
        event = await create(desk)
        desk.discord.clock.jump(HOUR - timedelta(minutes=1))
        assert now(event) is EventStatus.SCHEDULED
        desk.discord.clock.jump(timedelta(minutes=2))
        assert (await desk.raw.event("GUILD_SCHEDULED_EVENT_UPDATE"))["status"] == 2
        assert (await desk.raw.ask("PATCH", one(desk, event), {"status": 2})).status == 400
        desk.discord.clock.jump(2 * HOUR)
        assert (await desk.raw.event("GUILD_SCHEDULED_EVENT_UPDATE"))["status"] == 3


async def test_it_starts_on_the_wall_clock_too(desk: Desk) -> None:
    event = await create(desk, hours=0.2 / 3600)
    await desk.discord.until(lambda: event.status is EventStatus.ACTIVE, 2)


async def test_a_moved_event_keeps_to_its_new_time(desk: Desk) -> None:
    event = await create(desk)
    await desk.raw.ask("PATCH", one(desk, event), body(desk, hours=5))
    desk.discord.clock.jump(2 * HOUR)
    assert now(event) is EventStatus.SCHEDULED
    desk.discord.clock.jump(3.5 * HOUR)
    assert now(event) is EventStatus.ACTIVE


async def test_an_event_that_nobody_starts_is_cancelled_in_hours(desk: Desk) -> None:
    voice = desk.guild.channel("hall", ChannelType.VOICE)
    event = await create(desk, entity_type=2, channel_id=str(voice.id), entity_metadata=None)
    assert event.place is EventPlace.VOICE
    desk.discord.clock.jump(HOUR + desk.discord.habits.unstarted_event - timedelta(minutes=1))
    assert now(event) is EventStatus.SCHEDULED
    desk.discord.clock.jump(timedelta(minutes=2))
    assert now(event) is EventStatus.CANCELLED


async def test_a_channel_takes_its_events_along(desk: Desk) -> None:
    voice = desk.guild.channel("hall", ChannelType.VOICE)
    event = await create(desk, entity_type=2, channel_id=str(voice.id), entity_metadata=None)
    desk.guild.delete_channel(voice)
    assert (await desk.raw.ask("GET", one(desk, event))).code == 10070
