"""The gateway: who may listen, what they hear, and what a resume brings back."""

import asyncio
from typing import Any

import aiohttp
import pytest

from bot.rehearsal import ChannelType, Permission
from tests.rehearsal.conftest import Desk

pytestmark = pytest.mark.asyncio


async def close_code(desk: Desk, *frames: Any) -> int | None:
    """Send frames, then wait for the gateway to hang up."""
    async with desk.raw.socket() as socket, asyncio.timeout(2):
        for frame in frames:
            if isinstance(frame, str):
                await socket.send_str(frame)
            else:
                await socket.send_json(frame)
        async for _ in socket:
            pass
        return socket.close_code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"token": "wrong"}, 4004),
        ({"shard": [2, 2]}, 4010),
        ({"intents": 1 | 1 << 1}, 4014),
        ({"intents": 1 | 1 << 8}, 4014),
        ({"intents": 1 | 1 << 15}, 4014),
    ],
)
async def test_a_wrong_identity_is_hung_up_on(desk: Desk, changes: dict[str, Any], code: int) -> None:
    assert await close_code(desk, desk.raw.identity(**changes)) == code
    assert desk.discord.violations[-1].code == code


@pytest.mark.parametrize(
    ("frame", "code"),
    [("{", 4002), ({"op": 99}, 4001), ({"op": 3, "d": {}}, 4003)],
    ids=["torn", "op", "early"],
)
async def test_what_the_gateway_cannot_read_ends_the_connection(desk: Desk, frame: Any, code: int) -> None:
    assert await close_code(desk, frame) == code


async def test_identifying_twice_is_once_too_often(desk: Desk) -> None:
    assert await close_code(desk, desk.raw.identity(), desk.raw.identity()) == 4005


async def test_a_client_that_stops_beating_is_dropped(desk: Desk) -> None:
    desk.discord.gateway.heartbeat = 0.2
    assert await close_code(desk, desk.raw.identity()) == 4009


async def test_a_beating_client_stays(desk: Desk) -> None:
    desk.discord.gateway.heartbeat = 0.2
    async with desk.raw.socket() as socket:
        await socket.send_json(desk.raw.identity())
        for _ in range(5):
            await asyncio.sleep(desk.discord.gateway.heartbeat / 2)
            await socket.send_json({"op": 1, "d": None})
        assert desk.discord.gateway.listener(desk.guild.id) is not None


async def test_ready_and_the_server_with_only_the_bots_own_member(desk: Desk) -> None:
    thread = desk.guild.thread(desk.cinema, "after")
    async with desk.raw.socket() as socket:
        await socket.send_json(desk.raw.identity())
        ready = (await socket.receive_json())["d"]
        assert ready["user"]["id"] == str(desk.discord.world.me.id)
        assert ready["guilds"] == [{"id": str(desk.guild.id), "unavailable": True}]
        assert ready["shard"] == [0, 1]
        guild = (await socket.receive_json())["d"]
        assert [m["user"]["id"] for m in guild["members"]] == [ready["user"]["id"]]
        assert guild["member_count"] == 4  # the bot, the owner, Alice, Bob
        assert [c["name"] for c in guild["channels"]] == ["cinema"]
        assert [t["id"] for t in guild["threads"]] == [str(thread.id)]
        assert {r["name"] for r in guild["roles"]} == {"@everyone", "Tissue Box"}


async def test_events_follow_the_intents(desk: Desk) -> None:
    async with desk.raw.listening():
        await desk.raw.event("GUILD_CREATE")
        hall = desk.guild.channel("hall", ChannelType.TEXT)
        desk.guild.rename_channel(hall, "great-hall")
        desk.bob.say(hall, "not heard without the messages intent")
        desk.guild.member("Carol")
        thread = desk.guild.thread(hall, "t")
        desk.guild.delete_channel(thread)
        role = desk.guild.role("Host")
        desk.guild.set_permissions(role, Permission.MANAGE_EVENTS)
        desk.guild.delete_role(role)
        desk.guild.rename("New name")
        desk.guild.kick(desk.guild.me)
        await asyncio.sleep(0.05)
        assert desk.raw.heard() == [
            "CHANNEL_CREATE",
            "CHANNEL_UPDATE",
            "THREAD_CREATE",
            "THREAD_DELETE",
            "GUILD_ROLE_CREATE",
            "GUILD_ROLE_UPDATE",
            "GUILD_ROLE_DELETE",
            "GUILD_UPDATE",
            "GUILD_DELETE",
        ]
    assert (await desk.raw.ask("GET", f"/guilds/{desk.guild.id}")).code == 10004


async def test_the_bots_own_member_is_told_without_the_members_intent(desk: Desk) -> None:
    async with desk.raw.listening():
        desk.alice.set_roles([])
        desk.guild.me.set_roles([])
        told = await desk.raw.event("GUILD_MEMBER_UPDATE")
        assert (told["user"]["id"], told["roles"]) == (str(desk.discord.world.me.id), [])


async def test_messages_are_heard_with_their_intent(desk: Desk) -> None:
    async with desk.raw.listening(intents=1 | 1 << 9):
        said = desk.bob.say(desk.cinema, "hello")
        assert (await desk.raw.event("MESSAGE_CREATE"))["id"] == str(said.id)


async def test_a_resume_brings_what_was_missed(desk: Desk) -> None:
    async with desk.raw.socket() as socket:
        await socket.send_json(desk.raw.identity())
        ready = await socket.receive_json()
        guild = await socket.receive_json()
    desk.guild.rename("While you were away")
    async with desk.raw.socket() as socket:
        seen = {"token": desk.discord.token, "session_id": ready["d"]["session_id"], "seq": guild["s"]}
        await socket.send_json({"op": 6, "d": seen})
        missed = await socket.receive_json()
        assert (missed["t"], missed["d"]["name"]) == ("GUILD_UPDATE", "While you were away")
        assert (await socket.receive_json())["t"] == "RESUMED"
        desk.discord.gateway.ask_to_reconnect()
        assert (await socket.receive_json())["op"] == 7
        desk.discord.gateway.invalidate()
        assert await socket.receive_json() == {"op": 9, "d": False, "s": None, "t": None}
    async with desk.raw.socket() as socket:
        await socket.send_json({"op": 6, "d": seen})
        assert (await socket.receive_json())["op"] == 9


async def test_shards_hear_their_own_servers(desk: Desk) -> None:
    number = (desk.guild.id >> 22) % 2
    async with desk.raw.listening(shard=[1 - number, 2]):
        assert desk.discord.gateway.listener(desk.guild.id) is None
        desk.guild.rename("unheard")
        await asyncio.sleep(0.02)
        assert desk.raw.heard() == []
    async with desk.raw.listening(shard=[number, 2]):
        assert (await desk.raw.event("GUILD_CREATE"))["id"] == str(desk.guild.id)


async def test_dropping_cuts_the_line(desk: Desk) -> None:
    async with desk.raw.socket() as socket:
        await socket.send_json(desk.raw.identity())
        await desk.discord.connected()
        await asyncio.gather(desk.discord.drop_connection(), _drain(socket))
        assert socket.closed
        assert desk.discord.gateway.listener(None) is None


async def _drain(socket: aiohttp.ClientWebSocketResponse) -> None:
    async for _ in socket:
        pass
