"""Application commands: ids that last, limits, and who is offered what."""

import asyncio
from typing import Any

import pytest

from bot.rehearsal import ClientRefuses, Overwrite, Permission
from bot.rehearsal.limits_commands import is_slash_name
from bot.rehearsal.rules import Json
from tests.rehearsal.conftest import Desk

pytestmark = pytest.mark.asyncio


def command(name: str = "cry", **changes: Any) -> Json:
    return {"name": name, "description": "d", **changes}


def option(name: str = "o", kind: int = 3, **changes: Any) -> Json:
    return {"name": name, "description": "d", "type": kind, **changes}


def choice(name: str = "c", value: Any = "v") -> Json:
    return {"name": name, "value": value}


def path(desk: Desk, *, guild: bool = False, tail: str = "") -> str:
    scope = f"/guilds/{desk.guild.id}" if guild else ""
    return f"/applications/{desk.discord.world.me.id}{scope}/commands{tail}"


WRONG: list[tuple[str, Json, tuple[str | int, ...]]] = [
    ("capital name", command("Cry"), ("name",)),
    ("space in name", command("cry now"), ("name",)),
    ("long name", command("c" * 33), ("name",)),
    ("dotted capital", command(name_localizations={"tr": "İzle"}), ("name_localizations", "tr")),
    ("folded badly", command(name_localizations={"tr": "İzle".lower()}), ("name_localizations", "tr")),
    ("no Filipino", command(name_localizations={"fil": "iyak"}), ("name_localizations", "fil")),
    ("no description", command(description=""), ("description",)),
    ("long description", command(description="d" * 101), ("description",)),
    ("long translation", command(description_localizations={"tr": "d" * 101}), ("description",)),
    ("26 options", command(options=[option(f"o{i}") for i in range(26)]), ("options",)),
    ("option twice", command(options=[option()] * 2), ("options",)),
    ("required last", command(options=[option("a"), option("b", required=True)]), ("options",)),
    ("option name", command(options=[option("O")]), ("options", 0, "name")),
    ("26 choices", command(options=[option(choices=[choice()] * 26)]), ("options", 0, "choices")),
    (
        "long choice",
        command(options=[option(choices=[choice(value="v" * 101)])]),
        ("options", 0, "choices", 0, "value"),
    ),
    (
        "choices and autocomplete",
        command(options=[option(choices=[choice()], autocomplete=True)]),
        ("options", 0),
    ),
    (
        "three levels of groups",
        command(options=[option("a", 2, options=[option("b", 2)])]),
        ("options", 0, "options", 0, "type"),
    ),
    ("menu with description", command("Hide", type=3), ("description",)),
]


@pytest.mark.parametrize(("body", "where"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG])
async def test_a_command_beyond_a_limit_is_refused(
    desk: Desk, body: Json, where: tuple[str | int, ...]
) -> None:
    got = await desk.raw.ask("POST", path(desk), body)
    assert (got.status, got.code) == (400, 50035)
    assert got.errors_at(*where)
    in_bulk = await desk.raw.ask("PUT", path(desk), [command("fine"), body])
    assert in_bulk.errors_at(1, *where)
    assert desk.discord.world.commands.all() == []


async def test_8000_characters_count_the_longest_translation(desk: Desk) -> None:
    options = [
        option(f"o{i}", choices=[choice("n" * 97 + f"{i:02}", "v" * 95 + f"{i:02}")]) for i in range(25)
    ]
    many = [option(f"s{i}", 1, options=options) for i in range(1)]
    assert (await desk.raw.ask("POST", path(desk), command(options=many))).status == 200
    two = [option(f"s{i}", 1, options=options) for i in range(2)]
    got = await desk.raw.ask("POST", path(desk), command("long", options=two))
    assert "APPLICATION_COMMAND_TOO_LARGE" in got.errors_at()


@pytest.mark.parametrize("name", ["mucize", "기적", "şikâyet", "tissue-box", "it's", "กล่อง", "बक्सा", "2nd"])
async def test_names_in_their_own_scripts_are_accepted(name: str) -> None:
    assert is_slash_name(name)


async def test_ids_outlive_a_sync_and_go_with_the_name(desk: Desk) -> None:
    first = (await desk.raw.ask("PUT", path(desk), [command("a"), command("b")])).body
    second = (await desk.raw.ask("PUT", path(desk), [command("b", description="new"), command("c")])).body
    assert second[0]["id"] == first[1]["id"]
    assert second[0]["version"] != first[1]["version"]
    assert second[1]["id"] not in {c["id"] for c in first}
    listed = await desk.raw.ask("GET", path(desk))
    assert [c["name"] for c in listed.body] == ["b", "c"]
    twice = await desk.raw.ask("PUT", path(desk), [command("a"), command("a")])
    assert twice.errors_at(1, "name") == ["APPLICATION_COMMANDS_DUPLICATE_NAME"]


async def test_one_command_is_created_changed_and_deleted(desk: Desk) -> None:
    made = (await desk.raw.ask("POST", path(desk), command(name_localizations={"tr": "ağla"}))).body
    one = path(desk, tail=f"/{made['id']}")
    assert (await desk.raw.ask("PATCH", one, {"description": "weep"})).body["description"] == "weep"
    assert (await desk.raw.ask("GET", one)).body["name"] == "cry"
    assert (await desk.raw.ask("PATCH", one, {"name": "Cry"})).errors_at("name")
    hidden = (await desk.raw.ask("GET", path(desk))).body[0]
    assert "name_localizations" not in hidden
    full = (await desk.raw.ask("GET", path(desk), query={"with_localizations": "true"})).body[0]
    assert full["name_localizations"] == {"tr": "ağla"}
    assert (await desk.raw.ask("DELETE", one)).status == 204
    assert (await desk.raw.ask("DELETE", one)).code == 10063


async def test_a_hundred_commands_and_fifteen_menus(desk: Desk) -> None:
    many = [command(f"c{i}") for i in range(101)]
    assert (await desk.raw.ask("PUT", path(desk), many)).code == 30032
    assert (await desk.raw.ask("PUT", path(desk), many[:100])).status == 200
    menus = [{"name": f"Menu {i}", "type": 3} for i in range(16)]
    assert (await desk.raw.ask("PUT", path(desk), menus)).code == 30032
    assert (await desk.raw.ask("PUT", path(desk), menus[:15])).status == 200


async def test_two_hundred_creates_a_day_and_scope(desk: Desk) -> None:
    for start in (0, 100):
        await desk.raw.ask("PUT", path(desk), [command(f"c{i}") for i in range(start, start + 100)])
    assert (await desk.raw.ask("POST", path(desk), command("c100"))).status == 200
    await desk.raw.ask("PUT", path(desk), [])
    assert (await desk.raw.ask("POST", path(desk), command())).code == 30034
    assert (await desk.raw.ask("POST", path(desk, guild=True), command())).status == 200


async def test_guild_commands_are_offered_there_only(desk: Desk) -> None:
    other = desk.discord.guild("Other")
    hall, carol = other.text_channel("hall"), other.member("Carol")
    await desk.raw.ask("PUT", path(desk, guild=True), [command()])
    async with desk.raw.listening():
        waiting = asyncio.create_task(desk.alice.slash(desk.cinema, "cry"))
        interaction = await desk.raw.event("INTERACTION_CREATE")
        assert interaction["data"]["guild_id"] == str(desk.guild.id)
        await desk.raw.respond(interaction, 4, {"content": "x"})
        await waiting
        with pytest.raises(ClientRefuses, match="there is no 'cry'"):
            await carol.slash(hall, "cry")


async def test_commands_are_offered_by_permission_context_and_place(desk: Desk) -> None:
    await desk.raw.ask(
        "PUT",
        path(desk),
        [
            command("open"),
            command("host", default_member_permissions=str(int(Permission.MANAGE_EVENTS))),
            command("admin", default_member_permissions="0"),
            command("letter", contexts=[1]),
            command("guild", dm_permission=False),
        ],
    )
    hidden = desk.guild.text_channel(
        "hidden", overwrites={desk.alice: Overwrite(deny=Permission.VIEW_CHANNEL)}
    )
    refused = (
        (desk.cinema, "host", "lacks permissions"),
        (desk.cinema, "admin", "lacks permissions"),
        (desk.cinema, "letter", "not in this context"),
        (desk.alice.dm, "guild", "not in this context"),
        (hidden, "open", "doesn't see"),
    )
    for channel, name, reason in refused:
        with pytest.raises(ClientRefuses, match=reason):
            await desk.alice.slash(channel, name)
    desk.guild.overwrite(desk.cinema, desk.alice, Overwrite(deny=Permission.USE_APPLICATION_COMMANDS))
    with pytest.raises(ClientRefuses, match="no permission"):
        await desk.alice.slash(desk.cinema, "open")
