"""Webhooks: whose they are, under which names they write, and who can read what they wrote."""

import asyncio
from typing import Any

import pytest

from bot.rehearsal import Message, Overwrite, Permission, Webhook
from bot.rehearsal.rules import Json
from tests.rehearsal.conftest import Desk
from tests.rehearsal.raw import Reply

pytestmark = pytest.mark.asyncio
P = Permission


@pytest.fixture
def hook(desk: Desk) -> Webhook:
    desk.guild.set_permissions(desk.guild.bot_role, P.MANAGE_WEBHOOKS | P.MANAGE_MESSAGES)
    world = desk.discord.world
    return world.webhooks.open(desk.cinema, "Tissue Box", world.me, application_id=world.application_id)


def of(desk: Desk) -> str:
    return f"/channels/{desk.cinema.id}/webhooks"


def by_token(hook: Webhook, tail: object = "") -> str:
    return f"/webhooks/{hook.id}/{hook.token}{f'/messages/{tail}' if tail else ''}"


async def send(desk: Desk, hook: Webhook, *, query: dict[str, str] | None = None, **body: Any) -> Reply:
    asked: Json = {"content": "||he lives||", **body}
    return await desk.raw.ask("POST", by_token(hook), asked, query={"wait": "true", **(query or {})})


def written(desk: Desk, got: Reply) -> Message:
    channel = desk.discord.world.channel(int(got.body["channel_id"]))
    assert channel is not None
    return channel.messages[int(got.body["id"])]


async def test_a_webhook_is_made_listed_renamed_and_deleted(desk: Desk) -> None:
    assert (await desk.raw.ask("POST", of(desk), {"name": "x"})).code == 50013
    desk.guild.set_permissions(desk.guild.bot_role, P.MANAGE_WEBHOOKS)
    async with desk.raw.listening(intents=1 | 1 << 5):
        made = (await desk.raw.ask("POST", of(desk), {"name": "Hidden"})).body
        assert (await desk.raw.event("WEBHOOKS_UPDATE"))["channel_id"] == str(desk.cinema.id)
    assert made["application_id"] == str(desk.discord.world.application_id)
    for path in (of(desk), f"/guilds/{desk.guild.id}/webhooks"):
        assert (await desk.raw.ask("GET", path)).body == [made]
    one = f"/webhooks/{made['id']}"
    assert (await desk.raw.ask("PATCH", one, {"name": "Veiled"})).body["name"] == "Veiled"
    assert "user" not in (await desk.raw.ask("GET", f"{one}/{made['token']}")).body
    assert (await desk.raw.ask("GET", f"{one}/wrong")).code == 50027
    assert (await desk.raw.ask("DELETE", one)).status == 204
    assert (await desk.raw.ask("GET", one)).code == 10015
    assert (await desk.raw.ask("POST", f"{one}/{made['token']}", {"content": "x"})).code == 10015


# discord.md, Limits, webhooks: names ≤ 80, no "Discord" or "Clyde"
@pytest.mark.parametrize("name", ["", "n" * 81, "my Discord hook", "clydesdale"])
async def test_names_have_their_rules(desk: Desk, hook: Webhook, name: str) -> None:
    assert (await desk.raw.ask("POST", of(desk), {"name": name})).errors_at("name")
    assert (await send(desk, hook, username=name)).errors_at("username")


async def test_fifteen_webhooks_and_no_more(desk: Desk, hook: Webhook) -> None:
    for number in range(14):
        desk.guild.webhook(desk.cinema, str(number))
    assert (await desk.raw.ask("POST", of(desk), {"name": "x"})).code == 30007
    await desk.raw.ask("DELETE", by_token(hook))
    assert (await desk.raw.ask("POST", of(desk), {"name": "x"})).status == 200


async def test_a_webhook_belongs_to_a_channel_and_its_owner(desk: Desk, hook: Webhook) -> None:
    thread = desk.guild.thread(desk.cinema, "t")
    assert (await desk.raw.ask("POST", f"/channels/{thread.id}/webhooks", {"name": "x"})).code == 50024
    others = desk.guild.webhook(desk.cinema, "x")
    others.application_id = 7
    listed = {h["id"]: h for h in (await desk.raw.ask("GET", of(desk))).body}
    assert ("token" in listed[str(hook.id)], "token" in listed[str(others.id)]) == (True, False)
    desk.guild.delete_channel(desk.cinema)
    assert (await desk.raw.ask("GET", f"/webhooks/{hook.id}")).code == 10015


async def test_it_writes_as_anyone_and_answers_only_when_waited_for(desk: Desk, hook: Webhook) -> None:
    got = await send(desk, hook, username="Alice", avatar_url="https://example.org/a.png")
    message = written(desk, got)
    assert (message.author.name, message.author.avatar_url, message.text) == (
        "Alice",
        "https://example.org/a.png",
        "||he lives||",
    )
    assert (got.body["author"]["username"], got.body["webhook_id"]) == ("Alice", str(hook.id))
    silent = await desk.raw.ask("POST", by_token(hook), {"content": "x"})
    assert (silent.status, silent.body) == (204, b"")
    assert (await desk.raw.ask("POST", by_token(hook), {"content": "x", "nonce": "1"})).status == 501


async def test_the_bots_token_reads_it_empty_and_its_own_token_whole(desk: Desk, hook: Webhook) -> None:
    got = await send(desk, hook, components=BUTTON)
    with_bots = await desk.raw.ask("GET", f"{desk.messages}/{got.body['id']}")
    assert (with_bots.body["content"], with_bots.body["components"]) == ("", [])
    assert with_bots.body["webhook_id"] == str(hook.id)
    whole = await desk.raw.ask("GET", by_token(hook, got.body["id"]))
    assert (whole.body["content"], len(whole.body["components"])) == ("||he lives||", 1)


async def test_a_press_on_it_brings_it_whole(desk: Desk, hook: Webhook) -> None:
    message = written(desk, await send(desk, hook, components=BUTTON))
    async with desk.raw.listening():
        pressed = asyncio.create_task(desk.alice.press(message, "Delete"))
        interaction = await desk.raw.event("INTERACTION_CREATE")
        assert (interaction["message"]["content"], interaction["message"]["webhook_id"]) == (
            "||he lives||",
            str(hook.id),
        )
        await desk.raw.respond(interaction, 7, {"content": "gone", "components": []})
        await pressed
    assert (message.text, message.author.name) == ("gone", "Tissue Box")


async def test_only_its_own_token_edits_it(desk: Desk, hook: Webhook) -> None:
    got = await send(desk, hook)
    assert (await desk.raw.ask("PATCH", f"{desk.messages}/{got.body['id']}", {"content": "y"})).code == 50005
    other = desk.guild.webhook(desk.cinema, "other")
    assert (await desk.raw.ask("PATCH", by_token(other, got.body["id"]), {"content": "y"})).code == 10008
    assert (await desk.raw.ask("PATCH", by_token(hook, got.body["id"]), {"content": "y"})).body[
        "content"
    ] == "y"
    assert (await desk.raw.ask("DELETE", by_token(hook, got.body["id"]))).status == 204
    assert desk.cinema.history() == []


async def test_a_thread_is_reached_through_its_parent(desk: Desk, hook: Webhook) -> None:
    thread = desk.guild.thread(desk.cinema, "t", private=True)
    elsewhere = desk.guild.thread(desk.guild.text_channel("hall"), "t")
    query = {"thread_id": str(thread.id)}
    got = await send(desk, hook, query=query)
    assert written(desk, got).channel is thread
    assert (await desk.raw.ask("GET", by_token(hook, got.body["id"]))).code == 10008
    assert (await desk.raw.ask("GET", by_token(hook, got.body["id"]), query=query)).status == 200
    assert (await send(desk, hook, query={"thread_id": str(elsewhere.id)})).code == 10003
    desk.guild.owner_member.archive(thread, locked=True)
    assert (await send(desk, hook, query=query)).code == 160005
    edit = await desk.raw.ask("PATCH", by_token(hook, got.body["id"]), {"content": "y"}, query=query)
    assert edit.code == 50083


async def test_in_a_forum_it_needs_a_thread(desk: Desk) -> None:
    hook = desk.guild.webhook(desk.guild.forum_channel("talk"), "x")
    assert (await send(desk, hook)).code == 220001


async def test_a_hook_made_by_hand_drops_components_unless_told(desk: Desk) -> None:
    hook = desk.guild.webhook(desk.cinema, "by hand")
    assert (await send(desk, hook, components=BUTTON)).body["components"] == []
    kept = await send(desk, hook, components=BUTTON, query={"with_components": "true"})
    assert len(kept.body["components"]) == 1


async def test_it_writes_where_the_bot_may_not(desk: Desk, hook: Webhook) -> None:
    desk.guild.overwrite(desk.cinema, desk.guild.me, Overwrite(deny=P.SEND_MESSAGES | P.VIEW_CHANNEL))
    assert (await send(desk, hook)).status == 200


async def test_files_and_limits_are_a_messages(desk: Desk, hook: Webhook) -> None:
    files = {"SPOILER_a.txt": b"a"}
    got = await desk.raw.ask("POST", by_token(hook), {"content": "x"}, files=files, query={"wait": "1"})
    assert got.body["attachments"][0]["filename"] == "SPOILER_a.txt"
    assert (await send(desk, hook, content="x" * 2001)).errors_at("content")
    assert (await send(desk, hook, content="")).code == 50006


async def test_an_interactions_answer_has_no_name_of_its_own(desk: Desk) -> None:
    path = f"/webhooks/{desk.discord.world.application_id}/token"
    assert (await desk.raw.ask("POST", path, {"content": "x", "username": "Alice"})).status == 501
    assert (await desk.raw.ask("POST", path, {"content": "x"})).code == 10015


async def test_its_mentions_ring_only_as_far_as_allowed(desk: Desk, hook: Webhook) -> None:
    content = f"@everyone <@{desk.alice.id}>"
    assert written(desk, await send(desk, hook, content=content)).pings == {f"user:{desk.alice.id}"}
    silent = await send(desk, hook, content=content, allowed_mentions={"parse": []})
    assert written(desk, silent).pings == set()


BUTTON: list[Json] = [
    {"type": 1, "components": [{"type": 2, "style": 2, "label": "Delete", "custom_id": "d"}]}
]
