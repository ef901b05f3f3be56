"""Pins: their own permission, 250 a channel, a line that says so, and the list of them."""

from datetime import timedelta

import pytest

from bot.rehearsal import Overwrite, Permission
from tests.rehearsal.conftest import Desk

pytestmark = pytest.mark.asyncio
P = Permission


def pins(desk: Desk, message_id: int | str = "") -> str:
    return f"{desk.messages}/pins{f'/{message_id}' if message_id else ''}"


async def test_a_pin_is_told_listed_and_taken_off(desk: Desk) -> None:
    first, second = desk.bob.say(desk.cinema, "one"), desk.bob.say(desk.cinema, "two")
    async with desk.raw.listening():
        for message in (first, second):
            assert (await desk.raw.ask("PUT", pins(desk, message.id))).status == 204
            assert (await desk.raw.event("CHANNEL_PINS_UPDATE"))["channel_id"] == str(desk.cinema.id)
            desk.discord.clock.jump(timedelta(minutes=1))
        listed = (await desk.raw.ask("GET", pins(desk), query={"limit": "1"})).body
        assert ([i["message"]["id"] for i in listed["items"]], listed["has_more"]) == ([str(second.id)], True)
        rest = await desk.raw.ask("GET", pins(desk), query={"before": listed["items"][0]["pinned_at"]})
        assert [i["message"]["id"] for i in rest.body["items"]] == [str(first.id)]
        assert (await desk.raw.ask("DELETE", pins(desk, first.id))).status == 204
        assert (await desk.raw.event("CHANNEL_PINS_UPDATE"))["last_pin_timestamp"]
    assert (first.pinned, second.pinned) == (False, True)


async def test_a_pin_leaves_one_line_that_cannot_be_pinned_itself(desk: Desk) -> None:
    said = desk.bob.say(desk.cinema, "one")
    for _ in range(2):
        await desk.raw.ask("PUT", pins(desk, said.id))
    lines = [m for m in desk.cinema.history() if m.type == 6]
    assert [line.reference for line in lines] == [said]
    assert (await desk.raw.ask("PUT", pins(desk, lines[0].id))).code == 50021


async def test_pinning_has_its_own_permission(desk: Desk) -> None:
    said = desk.bob.say(desk.cinema, "one")
    desk.guild.overwrite(desk.cinema, desk.guild.me, Overwrite(allow=P.MANAGE_MESSAGES, deny=P.PIN_MESSAGES))
    assert (await desk.raw.ask("PUT", pins(desk, said.id))).code == 50013
    assert (await desk.raw.ask("DELETE", pins(desk, said.id))).code == 50013
    assert not said.pinned
    assert (await desk.raw.ask("PUT", pins(desk, 1))).code == 50013
    desk.guild.overwrite(desk.cinema, desk.guild.me, Overwrite(deny=P.READ_MESSAGE_HISTORY))
    assert (await desk.raw.ask("GET", pins(desk))).body == {"items": [], "has_more": False}
    assert (await desk.raw.ask("PUT", pins(desk, 1))).code == 10008


async def test_250_pins_and_no_more(desk: Desk) -> None:
    desk.discord.server.rates.enforced = False
    messages = [desk.bob.say(desk.cinema, str(i)) for i in range(251)]
    for message in messages[:250]:
        message.pinned_at = desk.discord.clock.now()
    assert (await desk.raw.ask("PUT", pins(desk, messages[250].id))).code == 30003
    await desk.raw.ask("DELETE", pins(desk, messages[0].id))
    assert (await desk.raw.ask("PUT", pins(desk, messages[250].id))).status == 204
