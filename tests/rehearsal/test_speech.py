"""What members write, and how it reaches the bot: empty by history and gateway, whole by a message menu."""

import asyncio

import pytest

from bot.rehearsal import ClientRefuses, Message, Overwrite, Permission
from bot.rehearsal.rules import Json
from tests.rehearsal.conftest import Desk

pytestmark = pytest.mark.asyncio
HIDE: Json = {"name": "Hide as spoiler", "type": 3}


async def by_menu(desk: Desk, message: Message) -> Json:
    """The message as an interaction of Alice's brings it."""
    await desk.raw.ask("PUT", f"/applications/{desk.discord.world.me.id}/commands", [HIDE])
    async with desk.raw.listening():
        asked = asyncio.create_task(desk.alice.menu(message, "Hide as spoiler"))
        interaction = await desk.raw.event("INTERACTION_CREATE")
        await desk.raw.respond(interaction, 4, {"content": "done", "flags": 64})
        await asked
    brought: Json = interaction["data"]["resolved"]["messages"][interaction["data"]["target_id"]]
    return brought


async def test_a_menu_brings_what_history_hides(desk: Desk) -> None:
    said = desk.bob.say(desk.cinema, "he lives", files={"end.png": b"png"})
    seen = (await desk.raw.ask("GET", f"{desk.messages}/{said.id}")).body
    assert (seen["content"], seen["attachments"]) == ("", [])
    brought = await by_menu(desk, said)
    assert (brought["content"], [a["filename"] for a in brought["attachments"]]) == ("he lives", ["end.png"])
    served = await desk.raw.ask("GET", brought["attachments"][0]["url"].removeprefix(desk.discord.base))
    assert served.body == b"png"


async def test_the_gateway_hides_others_words_unless_the_bot_is_named(desk: Desk) -> None:
    async with desk.raw.listening(intents=1 | 1 << 9):
        desk.bob.say(desk.cinema, "he lives")
        assert (await desk.raw.event("MESSAGE_CREATE"))["content"] == ""
        desk.bob.say(desk.cinema, f"hey <@{desk.guild.me.id}>")
        assert (await desk.raw.event("MESSAGE_CREATE"))["content"].startswith("hey")
        desk.guild.overwrite(desk.cinema, desk.guild.me, Overwrite(deny=Permission.VIEW_CHANNEL))
        desk.bob.say(desk.cinema, f"not for you, <@{desk.guild.me.id}>")
        desk.guild.rename("a marker")
        assert "MESSAGE_CREATE" not in await desk.raw.heard_before("GUILD_UPDATE")


async def test_replies_forwards_stickers_and_voice_messages_are_told_apart(desk: Desk) -> None:
    first = desk.bob.say(desk.cinema, "he lives")
    reply = await by_menu(desk, desk.alice.say(desk.cinema, "no!", reply_to=first))
    assert (reply["type"], reply["message_reference"]["message_id"]) == (19, str(first.id))
    forward = await by_menu(desk, desk.alice.say(desk.cinema, forward=first))
    assert (forward["message_reference"]["type"], forward["flags"]) == (1, 1 << 14)
    assert forward["message_snapshots"][0]["message"]["content"] == "he lives"
    sticker = await by_menu(desk, desk.alice.say(desk.cinema, sticker="Wave"))
    assert [s["name"] for s in sticker["sticker_items"]] == ["Wave"]
    voice = await by_menu(desk, desk.alice.say(desk.cinema, voice=True))
    assert (voice["flags"], voice["attachments"][0]["duration_secs"]) == (1 << 13, 3.2)
    read = (await desk.raw.ask("GET", f"{desk.messages}/{forward['id']}")).body
    assert "message_snapshots" not in read


async def test_members_edit_and_delete_their_own(desk: Desk) -> None:
    said = desk.bob.say(desk.cinema, "he dies")
    with pytest.raises(ClientRefuses):
        desk.alice.edit(said, "he lives")
    with pytest.raises(ClientRefuses):
        desk.alice.delete(said)
    desk.bob.edit(said, "he lives")
    assert (said.content, said.edited) == ("he lives", True)
    desk.bob.delete(said)
    assert (said.deleted, desk.cinema.history()) == (True, [])


async def test_a_client_sends_nothing_that_may_not_stand_there(desk: Desk) -> None:
    desk.guild.overwrite(desk.cinema, desk.bob, Overwrite(deny=Permission.ATTACH_FILES))
    with pytest.raises(ClientRefuses):
        desk.bob.say(desk.cinema, "x", files={"a.png": b""})
    desk.guild.overwrite(desk.cinema, desk.bob, Overwrite(deny=Permission.SEND_MESSAGES))
    with pytest.raises(ClientRefuses):
        desk.bob.say(desk.cinema, "x")
    for text in ("", "x" * 4001):
        with pytest.raises(ClientRefuses):
            desk.alice.say(desk.cinema, text)
    with pytest.raises(ClientRefuses):
        desk.bob.say(desk.alice.dm, "x")
    assert desk.alice.say(desk.alice.dm, "x").channel is desk.alice.dm
    assert desk.discord.violations == []
