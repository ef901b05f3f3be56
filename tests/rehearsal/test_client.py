"""What a member's client does by itself: presets, counts, refusals, menus and pickers."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from bot.rehearsal import Answer, ClientRefuses, Message, Overwrite, Permission, Transcript
from bot.rehearsal.offered import offered
from bot.rehearsal.rules import Json
from tests.rehearsal.conftest import Desk

pytestmark = pytest.mark.asyncio
OPTIONS = [{"label": name, "value": name.lower()} for name in ("Dry", "Wet", "Flood")]


def row(*controls: Json) -> Json:
    return {"type": 1, "components": list(controls)}


def button(label: str, **more: Any) -> Json:
    return {"type": 2, "style": 1, "label": label, "custom_id": label.lower(), **more}


def label(text: str, field: Json) -> Json:
    return {"type": 18, "label": text, "component": {"custom_id": text.lower(), **field}}


async def posted(desk: Desk, *rows: Json) -> Message:
    got = await desk.raw.ask("POST", desk.messages, {"content": "x", "components": list(rows)})
    assert got.status == 200, got.body
    return desk.cinema.history()[-1]


async def sent(
    desk: Desk, doing: Coroutine[Any, Any, Answer], reply: Json, kind: int = 4
) -> tuple[Json, Answer]:
    """What the bot is sent for a member's act, and what the member gets for `reply`."""
    acting = asyncio.create_task(doing)
    interaction = await desk.raw.event("INTERACTION_CREATE")
    assert (await desk.raw.respond(interaction, kind, reply)).status == 204
    return interaction["data"], await acting


async def test_disabled_and_link_buttons_tell_the_bot_nothing(desk: Desk) -> None:
    link = {"type": 2, "style": 5, "label": "Source", "url": "https://example.org"}
    message = await posted(desk, row(button("Vote", disabled=True), link))
    with pytest.raises(ClientRefuses, match="'Vote' is disabled"):
        await desk.alice.press(message, "Vote")
    with pytest.raises(ClientRefuses, match="is a link"):
        await desk.alice.press(message, "Source")
    await desk.raw.ask("DELETE", f"{desk.messages}/{message.id}")
    with pytest.raises(ClientRefuses, match="doesn't see"):
        await desk.alice.press(message, "Vote")


async def test_selects_count_their_choices_and_resolve_things(desk: Desk) -> None:
    many = {
        "type": 3,
        "custom_id": "s",
        "placeholder": "Moods",
        "options": OPTIONS,
        "min_values": 2,
        "max_values": 3,
    }
    message = await posted(
        desk, row(many), row({"type": 7, "custom_id": "m"}), row({"type": 8, "custom_id": "c"})
    )
    with pytest.raises(ClientRefuses, match="takes 2 to 3 choices, not 1"):
        await desk.alice.choose(message, "Moods", "Dry")
    async with desk.raw.listening():
        data, _ = await sent(desk, desk.alice.choose(message, "Moods", "Dry", "wet"), {"content": "ok"})
        assert data["values"] == ["dry", "wet"]
        host = desk.guild.role("Host")
        data, _ = await sent(desk, desk.alice.choose(message, "m", host), {"content": "ok"})
        assert data["resolved"]["roles"][str(host.id)]["name"] == "Host"
        data, _ = await sent(desk, desk.alice.choose(message, "c", desk.cinema), {"content": "ok"})
        assert data["resolved"]["channels"][str(desk.cinema.id)]["permissions"]


FORM: Json = {
    "title": "The evening",
    "custom_id": "f",
    "components": [
        {"type": 10, "content": "Tell us"},
        label("Name", {"type": 4, "style": 1, "value": "preset", "min_length": 3}),
        label("Note", {"type": 4, "style": 2, "required": False}),
        label("Moods", {"type": 22, "options": [{**OPTIONS[0], "default": True}, *OPTIONS[1:]]}),
        label("Host", {"type": 5, "required": False}),
    ],
}


async def test_a_form_sends_presets_and_choices(desk: Desk) -> None:
    message = await posted(desk, row(button("Open")))
    async with desk.raw.listening():
        _, answer = await sent(desk, desk.alice.press(message, "Open"), FORM, 9)
        assert answer.is_modal
        assert answer.text.splitlines()[:3] == ["The evening", "Tell us", "Name"]
        data, _ = await sent(desk, desk.alice.submit(answer.modal), {"content": "ok"})
        _, name, note, moods, host = data["components"]
        assert (name["component"]["value"], note["component"]["value"]) == ("preset", "")
        assert (moods["component"]["values"], host["component"]["values"]) == (["dry"], [])
        filling = {"Moods": ["Wet", "Flood"], "host": desk.bob, "Note": "x"}
        data, _ = await sent(desk, desk.alice.submit(answer.modal, filling), {"content": "ok"})
        assert data["components"][3]["component"]["values"] == ["wet", "flood"]
        assert data["resolved"]["users"][str(desk.bob.id)]["global_name"] == "Bob"
        assert Transcript(colour=False).answer(answer).splitlines() == [
            "┌ The evening",
            "│ Name: [preset      ]",
            "│ Note: [            ]",
            "│ Moods: ( ) Dry ( ) Wet ( ) Flood",
            "│ Host: [            ]",
            "└ [ Submit ]",
        ]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"Name": "ab"}, "takes 3 to 4000 characters"),
        ({"Moods": []}, "takes 1 to 3 choices"),
        ({"Moods": "Sad"}, "no option 'Sad'"),
        ({"Age": 3}, "no field 'Age'"),
    ],
)
async def test_a_form_refuses_what_its_fields_do_not_take(desk: Desk, values: Json, reason: str) -> None:
    message = await posted(desk, row(button("Open")))
    async with desk.raw.listening():
        _, answer = await sent(desk, desk.alice.press(message, "Open"), FORM, 9)
        with pytest.raises(ClientRefuses, match=reason):
            await desk.alice.submit(answer.modal, values)


async def test_pressing_with_fields_fills_the_form_that_opens(desk: Desk) -> None:
    message = await posted(desk, row(button("More…")))
    form = {"title": "t", "custom_id": "f", "components": [label("Tissues", {"type": 4, "style": 1})]}
    async with desk.raw.listening():
        pressing = asyncio.create_task(desk.alice.press(message, "More…", tissues=12))
        await desk.raw.respond(await desk.raw.event("INTERACTION_CREATE"), 9, form)
        submitted = await desk.raw.event("INTERACTION_CREATE")
        assert submitted["type"] == 5
        assert submitted["message"]["id"] == str(message.id)
        await desk.raw.respond(submitted, 7, {"content": "12"})
        assert (await pressing).text == "12\nMore…"


async def test_menus_of_members_and_messages_say_whom_they_mean(desk: Desk) -> None:
    menus = [{"name": "Seen list", "type": 2}, {"name": "Hide", "type": 3}]
    await desk.raw.ask("PUT", f"/applications/{desk.discord.world.me.id}/commands", menus)
    assert [c["name"] for c in offered(desk.alice, desk.cinema, 2)] == ["Seen list"]
    async with desk.raw.listening():
        opening = desk.alice.menu(desk.bob, "Seen list", channel=desk.cinema)
        data, answer = await sent(desk, opening, {"content": "none"})
        assert (data["type"], data["target_id"]) == (2, str(desk.bob.id))
        assert data["resolved"]["members"][str(desk.bob.id)]["permissions"]
        assert answer.message.type == 23
        said = desk.bob.say(desk.cinema, "he dies")
        data, _ = await sent(desk, desk.alice.menu(said, "Hide"), {"content": "hidden"})
        assert data["resolved"]["messages"][str(said.id)]["content"] == "he dies"
    with pytest.raises(TypeError, match="pass channel="):
        await desk.alice.menu(desk.bob, "Seen list")


async def test_who_left_sees_nothing_and_a_returning_bot_is_told(desk: Desk) -> None:
    said = desk.bob.say(desk.cinema, "hi")
    assert desk.alice.sees(desk.cinema) == [said]
    desk.alice.leave()
    assert desk.alice.sees(desk.cinema) == []
    desk.guild.overwrite(desk.cinema, desk.bob, Overwrite(deny=Permission.READ_MESSAGE_HISTORY))
    assert desk.bob.sees(desk.cinema) == []
    async with desk.raw.listening():
        await desk.raw.event("GUILD_CREATE")
        desk.guild.kick(desk.guild.me)
        assert (await desk.raw.event("GUILD_DELETE"))["id"] == str(desk.guild.id)
        desk.guild.invite_bot()
        assert (await desk.raw.event("GUILD_CREATE"))["id"] == str(desk.guild.id)
        desk.guild.set_locale("ko")
        assert (await desk.raw.event("GUILD_UPDATE"))["preferred_locale"] == "ko"


async def test_one_user_in_two_servers_is_one_user(desk: Desk) -> None:
    other = desk.discord.guild("Other")
    twin = other.member("Alice", user=desk.alice)
    assert twin.user is desk.alice.user
    assert twin.dm is desk.alice.dm
    assert not twin.can_see(desk.cinema)
