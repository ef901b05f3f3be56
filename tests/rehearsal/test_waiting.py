"""Waiting for the world: every change of it wakes, those the gateway never tells among them."""

import asyncio
from datetime import timedelta

import pytest

from bot.rehearsal import Overwrite, Permission
from tests.rehearsal.conftest import Desk

pytestmark = pytest.mark.asyncio


async def test_an_edit_that_only_one_member_sees_wakes(desk: Desk) -> None:
    await desk.raw.ask("PUT", f"/applications/{desk.discord.world.me.id}/commands", [COMMAND])
    async with desk.raw.listening():
        asked = asyncio.create_task(desk.alice.slash(desk.cinema, "miracle"))
        interaction = await desk.raw.event("INTERACTION_CREATE")
        await desk.raw.respond(interaction, 4, {"content": "a secret", "flags": 64})
        message = (await asked).message
        waiting = asyncio.create_task(desk.discord.until(lambda: message.content == "another", 2))
        await desk.raw.ask(
            "PATCH", desk.raw.webhook(interaction, "/messages/@original"), {"content": "another"}
        )
        await waiting
        assert message.ephemeral
        assert "MESSAGE_UPDATE" not in desk.raw.heard()


async def test_a_jump_and_a_refused_request_wake(desk: Desk) -> None:
    later = desk.discord.clock.now() + timedelta(hours=1)
    waiting = asyncio.create_task(desk.discord.until(lambda: desk.discord.clock.now() > later, 2))
    await asyncio.sleep(0)
    desk.discord.clock.jump(timedelta(hours=2))
    await waiting
    waiting = asyncio.create_task(desk.discord.until(lambda: bool(desk.discord.violations), 2))
    await asyncio.gather(waiting, desk.raw.ask("GET", "/channels/1"))


async def test_words_that_the_bot_never_hears_wake(desk: Desk) -> None:
    desk.guild.overwrite(desk.cinema, desk.guild.me, Overwrite(deny=Permission.VIEW_CHANNEL))
    waiting = asyncio.create_task(desk.discord.until(lambda: bool(desk.cinema.history()), 2))
    await asyncio.sleep(0)
    desk.alice.say(desk.cinema, "among ourselves")
    await waiting


async def test_waiting_for_what_never_comes_ends(desk: Desk) -> None:
    with pytest.raises(TimeoutError):
        await desk.discord.until(lambda: False, 0.05)


COMMAND = {"name": "miracle", "description": "A film", "type": 1}
