"""Channel messages: permissions, limits, files, nonces, history and old edits."""

from datetime import timedelta
from typing import Any

import pytest

from bot.rehearsal import Overwrite, Permission
from bot.rehearsal.rules import Json
from tests.rehearsal.conftest import Desk

pytestmark = pytest.mark.asyncio
P = Permission
V2 = 1 << 15


ONE = ("components", 0)  # the first top-level component
IN_ROW = (*ONE, "components", 0)  # what stands first in its row
PRESS: Json = {"type": 2, "style": 1, "label": "a", "custom_id": "a"}


def row(*components: Json) -> Json:
    return {"type": 1, "components": list(components)}


REPLY: Json = {"content": "x", "message_reference": {"message_id": "1", "fail_if_not_exists": False}}


def text(content: str = "x") -> Json:
    return {"type": 10, "content": content}


def button(**changes: Any) -> list[Json]:
    return [row({**PRESS, **changes})]


def select(count: int = 1, **changes: Any) -> list[Json]:
    options = [{"label": f"o{i}", "value": str(i)} for i in range(count)]
    return [row({"type": 3, "custom_id": "s", "options": options, **changes})]


def gallery(**item: Any) -> Json:
    return {"type": 12, "items": [{"media": {"url": "https://example.org/a.png"}, **item}]}


WRONG: list[tuple[str, Json, tuple[str | int, ...]]] = [
    ("content", {"content": "x" * 2001}, ("content",)),
    ("nonce", {"content": "x", "nonce": "n" * 26}, ("nonce",)),
    ("embeds", {"embeds": [{"title": "t"}] * 11}, ("embeds",)),
    ("embed title", {"embeds": [{"title": "t" * 257}]}, ("embeds", 0, "title")),
    ("embed description", {"embeds": [{"description": "t" * 4097}]}, ("embeds", 0, "description")),
    ("embed fields", {"embeds": [{"fields": [{"name": "n", "value": "v"}] * 26}]}, ("embeds", 0, "fields")),
    (
        "embed field value",
        {"embeds": [{"fields": [{"name": "n", "value": "v" * 1025}]}]},
        ("embeds", 0, "fields", 0, "value"),
    ),
    (
        "embed footer",
        {"embeds": [{"title": "t", "footer": {"text": "t" * 2049}}]},
        ("embeds", 0, "footer", "text"),
    ),
    (
        "embed author",
        {"embeds": [{"title": "t", "author": {"name": "t" * 257}}]},
        ("embeds", 0, "author", "name"),
    ),
    ("embeds' sum", {"embeds": [{"description": "d" * 4000}, {"description": "d" * 2001}]}, ("embeds",)),
    ("label", {"components": button(label="l" * 81)}, (*IN_ROW, "label")),
    (
        "custom_id",
        {"components": button(custom_id="c" * 101)},
        (*IN_ROW, "custom_id"),
    ),
    ("no custom_id", {"components": button(custom_id=None)}, (*IN_ROW, "custom_id")),
    (
        "link without url",
        {"components": button(style=5, custom_id=None)},
        (*IN_ROW, "url"),
    ),
    ("bare button", {"components": button(label=None)}, IN_ROW),
    ("two custom_ids", {"components": [row(PRESS)] * 2}, ("components",)),
    (
        "six buttons",
        {"components": [row(*[PRESS] * 6)]},
        (*ONE, "components"),
    ),
    ("six rows", {"components": [*(button(custom_id=str(i))[0] for i in range(6))]}, ("components",)),
    ("26 options", {"components": select(26)}, (*IN_ROW, "options")),
    ("no options", {"components": select(0)}, (*IN_ROW, "options")),
    (
        "placeholder",
        {"components": select(placeholder="p" * 151)},
        (*IN_ROW, "placeholder"),
    ),
    ("max_values", {"components": select(max_values=26)}, (*IN_ROW, "min_values")),
    (
        "too many values",
        {"components": select(2, max_values=3)},
        (*IN_ROW, "max_values"),
    ),
    ("text without V2", {"components": [text()]}, (*ONE, "type")),
    ("41 components", {"flags": V2, "components": [text()] * 41}, ("components",)),
    ("all text", {"flags": V2, "components": [text("x" * 2001), text("x" * 2000)]}, ("components",)),
    ("empty text", {"flags": V2, "components": [text("")]}, (*ONE, "content")),
    ("V2 and content", {"flags": V2, "components": [text()], "content": "x"}, ("content",)),
    ("V2 and embeds", {"flags": V2, "components": [text()], "embeds": [{"title": "t"}]}, ("embeds",)),
    (
        "nested container",
        {"flags": V2, "components": [{"type": 17, "components": [{"type": 17, "components": [text()]}]}]},
        (*IN_ROW, "type"),
    ),
    (
        "four section texts",
        {
            "flags": V2,
            "components": [{"type": 9, "components": [text()] * 4, "accessory": PRESS}],
        },
        (*ONE, "components"),
    ),
    (
        "section without accessory",
        {"flags": V2, "components": [{"type": 9, "components": [text()]}]},
        (*ONE, "accessory", 0, "type"),
    ),
    (
        "alt text",
        {"flags": V2, "components": [gallery(description="d" * 1025)]},
        (*ONE, "items", 0, "description"),
    ),
    (
        "absent file",
        {"flags": V2, "components": [gallery(media={"url": "attachment://no.png"})]},
        (*ONE, "items", 0, "media", "url"),
    ),
    ("modal field", {"flags": V2, "components": [{"type": 18, "label": "l"}]}, (*ONE, "type")),
    ("ids", {"flags": V2, "components": [{**text(), "id": 7}] * 2}, ("components",)),
]


@pytest.mark.parametrize(("body", "path"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG])
async def test_a_message_beyond_a_limit_is_refused_where_it_is_wrong(
    desk: Desk, body: Json, path: tuple[str | int, ...]
) -> None:
    got = await desk.raw.ask("POST", desk.messages, body)
    assert (got.status, got.code) == (400, 50035)
    assert got.errors_at(*path)
    assert desk.discord.violations[0].code == 50035
    assert desk.discord.violations[0].rule.source
    assert desk.cinema.history() == []


RIGHT: list[tuple[str, Json]] = [
    ("content", {"content": "x" * 2000, "nonce": "n" * 25}),
    ("embeds", {"embeds": [{"description": "d" * 600}] * 10}),
    (
        "row",
        {"components": [row(*({**PRESS, "custom_id": str(i)} for i in range(5)))]},
    ),
    ("select", {"components": select(25, max_values=25, placeholder="p" * 150)}),
    ("40 components", {"flags": V2, "components": [text("x" * 100)] * 40}),
    ("link", {"components": button(style=5, custom_id=None, url="https://example.org")}),
    (
        "alt text",
        {"flags": V2, "components": [{"type": 17, "components": [gallery(description="d" * 1024)]}]},
    ),
]


@pytest.mark.parametrize("body", [r[1] for r in RIGHT], ids=[r[0] for r in RIGHT])
async def test_a_message_at_the_limit_is_sent(desk: Desk, body: Json) -> None:
    got = await desk.raw.ask("POST", desk.messages, body)
    assert got.status == 200, got.body
    assert [str(m.id) for m in desk.cinema.history()] == [got.body["id"]]
    assert desk.discord.violations == []


async def test_an_empty_message_is_refused(desk: Desk) -> None:
    assert (await desk.raw.ask("POST", desk.messages, {"content": ""})).code == 50006


@pytest.mark.parametrize(
    ("denied", "body", "files", "code"),
    [
        (P.VIEW_CHANNEL, {"content": "x"}, None, 50001),
        (P.SEND_MESSAGES, {"content": "x"}, None, 50013),
        (P.EMBED_LINKS, {"embeds": [{"title": "t"}]}, None, 50013),
        (P.ATTACH_FILES, {"content": "x"}, {"a.txt": b"a"}, 50013),
        (P.READ_MESSAGE_HISTORY, REPLY, None, 50013),
    ],
)
async def test_sending_takes_permissions(
    desk: Desk, denied: Permission, body: Json, files: dict[str, bytes] | None, code: int
) -> None:
    desk.guild.overwrite(desk.cinema, desk.guild.me, Overwrite(deny=denied))
    got = await desk.raw.ask("POST", desk.messages, body, files=files)
    assert (got.status, got.code) == (403, code)
    desk.guild.overwrite(desk.cinema, desk.guild.me, Overwrite())
    assert (await desk.raw.ask("POST", desk.messages, body, files=files)).status == 200


async def test_threads_ask_for_their_own_permission(desk: Desk) -> None:
    thread = desk.guild.thread(desk.cinema, "after the film")
    path = f"/channels/{thread.id}/messages"
    desk.guild.overwrite(desk.cinema, desk.guild.me, Overwrite(deny=P.SEND_MESSAGES))
    assert (await desk.raw.ask("POST", path, {"content": "x"})).status == 200
    desk.guild.overwrite(desk.cinema, desk.guild.me, Overwrite(deny=P.SEND_MESSAGES_IN_THREADS))
    assert (await desk.raw.ask("POST", path, {"content": "x"})).code == 50013


async def test_a_private_thread_opens_to_members_and_managers(desk: Desk) -> None:
    thread = desk.guild.thread(desk.cinema, "seen it", owner=desk.alice, private=True)
    assert (await desk.raw.ask("GET", f"/channels/{thread.id}")).status == 200
    desk.guild.set_permissions(desk.guild.bot_role, P.SEND_MESSAGES_IN_THREADS)
    assert (await desk.raw.ask("GET", f"/channels/{thread.id}")).code == 50001
    assert desk.alice.can_see(thread)
    assert not desk.bob.can_see(thread)


async def test_no_messages_in_a_forum(desk: Desk) -> None:
    forum = desk.guild.forum_channel("talk")
    assert (await desk.raw.ask("POST", f"/channels/{forum.id}/messages", {"content": "x"})).code == 50008


async def test_unknown_channels_and_messages_are_unknown(desk: Desk) -> None:
    assert (await desk.raw.ask("GET", "/channels/1")).code == 10003
    assert (await desk.raw.ask("GET", f"{desk.messages}/1")).code == 10008
    assert (await desk.raw.ask("GET", "/channels/one")).code == 50035


async def test_a_nonce_repeats_only_when_enforced_and_only_for_minutes(desk: Desk) -> None:
    desk.discord.server.rates.enforced = False
    body = {"content": "x", "nonce": "job:1", "enforce_nonce": True}
    first = (await desk.raw.ask("POST", desk.messages, body)).body["id"]
    assert (await desk.raw.ask("POST", desk.messages, body)).body["id"] == first
    assert (await desk.raw.ask("POST", desk.messages, {**body, "nonce": "job:2"})).body["id"] != first
    assert (await desk.raw.ask("POST", desk.messages, {**body, "enforce_nonce": False})).body["id"] != first
    desk.discord.clock.jump(timedelta(minutes=6))
    assert (await desk.raw.ask("POST", desk.messages, body)).body["id"] != first


async def test_files_come_back_by_their_url(desk: Desk) -> None:
    attachments = [{"id": "0", "description": "a bar chart"}]
    body = {"content": "x", "attachments": attachments}
    got = await desk.raw.ask("POST", desk.messages, body, files={"SPOILER_chart.txt": b"bars"})
    attachment = got.body["attachments"][0]
    assert (attachment["description"], attachment["size"]) == ("a bar chart", 4)
    served = await desk.raw.ask("GET", attachment["url"].removeprefix(desk.discord.base))
    assert served.body == b"bars"
    assert desk.cinema.history()[0].attachments[0].spoiler
    assert desk.cinema.history()[0].text == "x\na bar chart"


async def test_files_are_counted_weighed_and_described(desk: Desk) -> None:
    eleven = {f"{i}.txt": b"a" for i in range(11)}
    got = await desk.raw.ask("POST", desk.messages, {"content": "x"}, files=eleven)
    assert got.errors_at("attachments") == ["BASE_TYPE_BAD_LENGTH"]
    heavy = {"a.bin": bytes(10 * 1024 * 1024 + 1)}
    got = await desk.raw.ask("POST", desk.messages, {"content": "x"}, files=heavy)
    assert (got.status, got.code) == (413, 40005)
    long = {"content": "x", "attachments": [{"id": "0", "description": "d" * 1025}]}
    got = await desk.raw.ask("POST", desk.messages, long, files={"a.txt": b"a"})
    assert got.errors_at("attachments", 0, "description")
    stray = {"content": "x", "attachments": [{"id": "3"}]}
    assert (await desk.raw.ask("POST", desk.messages, stray)).errors_at("attachments")


async def test_an_edit_keeps_what_it_does_not_name(desk: Desk) -> None:
    sent = await desk.raw.ask(
        "POST", desk.messages, {"content": "x", "components": [row(PRESS)]}, files={"a.txt": b"a"}
    )
    one = f"{desk.messages}/{sent.body['id']}"
    edited = await desk.raw.ask("PATCH", one, {"content": "y"})
    assert (edited.body["content"], len(edited.body["components"])) == ("y", 1)
    assert edited.body["attachments"] == sent.body["attachments"]
    bare = await desk.raw.ask("PATCH", one, {"attachments": [], "components": []})
    assert (bare.body["attachments"], bare.body["components"]) == ([], [])
    assert desk.cinema.history()[0].edits == 2


async def test_the_layout_flag_stays(desk: Desk) -> None:
    body = {"flags": V2, "components": [text()]}
    one = f"{desk.messages}/{(await desk.raw.ask('POST', desk.messages, body)).body['id']}"
    assert (await desk.raw.ask("PATCH", one, {"flags": 0})).errors_at("flags")
    assert (await desk.raw.ask("PATCH", one, {"content": "x"})).errors_at("content")
    assert (await desk.raw.ask("PATCH", one, {"components": [text("y")]})).body["flags"] & V2


async def test_old_messages_take_three_edits_in_six_seconds(desk: Desk) -> None:
    desk.discord.server.rates.enforced = False
    one = f"{desk.messages}/{(await desk.raw.ask('POST', desk.messages, {'content': 'x'})).body['id']}"
    fresh = [(await desk.raw.ask("PATCH", one, {"content": str(i)})).status for i in range(4)]
    assert fresh == [200] * 4
    desk.discord.clock.jump(timedelta(hours=1, seconds=1))
    old = [await desk.raw.ask("PATCH", one, {"content": str(i)}) for i in range(4)]
    assert [got.status for got in old] == [200, 200, 200, 400]
    assert old[-1].code == 30046


async def test_only_own_messages_are_edited_and_others_deleted_with_permission(desk: Desk) -> None:
    said = desk.bob.say(desk.cinema, "he dies")
    one = f"{desk.messages}/{said.id}"
    assert (await desk.raw.ask("PATCH", one, {"content": "x"})).code == 50005
    desk.guild.overwrite(desk.cinema, desk.guild.me, Overwrite(deny=P.MANAGE_MESSAGES))
    assert (await desk.raw.ask("DELETE", one)).code == 50013
    desk.guild.overwrite(desk.cinema, desk.guild.me, Overwrite())
    assert (await desk.raw.ask("DELETE", one)).status == 204
    assert desk.cinema.history() == []


async def test_history_pages_newest_first_and_hides_what_others_wrote(desk: Desk) -> None:
    ids = [str(desk.bob.say(desk.cinema, str(i)).id) for i in range(5)]

    async def page(**query: str) -> list[str]:
        return [m["id"] for m in (await desk.raw.ask("GET", desk.messages, query=query)).body]

    assert await page() == ids[::-1]
    assert await page(limit="2") == [ids[4], ids[3]]
    assert await page(before=ids[2]) == [ids[1], ids[0]]
    assert await page(after=ids[1], limit="2") == [ids[3], ids[2]]
    assert await page(around=ids[2], limit="3") == [ids[3], ids[2], ids[1]]
    assert (await desk.raw.ask("GET", desk.messages, query={"limit": "101"})).errors_at("limit")
    assert (await desk.raw.ask("GET", f"{desk.messages}/{ids[0]}")).body["content"] == ""
    desk.guild.overwrite(desk.cinema, desk.guild.me, Overwrite(deny=P.READ_MESSAGE_HISTORY))
    assert await page() == []
    assert (await desk.raw.ask("GET", f"{desk.messages}/{ids[0]}")).code == 50013


async def test_mentions_ring_only_as_far_as_allowed(desk: Desk) -> None:
    role = desk.guild.role("Criers", mentionable=True)
    content = f"@everyone <@&{role.id}> <@{desk.alice.id}>"
    for allowed, pings in (
        (None, {f"role:{role.id}", f"user:{desk.alice.id}"}),
        ({"parse": []}, set()),
        ({"parse": ["users"]}, {f"user:{desk.alice.id}"}),
        ({"parse": [], "roles": [str(role.id)]}, {f"role:{role.id}"}),
    ):
        await desk.raw.ask("POST", desk.messages, {"content": content, "allowed_mentions": allowed})
        assert desk.cinema.history()[-1].pings == pings
    desk.guild.set_permissions(desk.guild.bot_role, P.MENTION_EVERYONE)
    await desk.raw.ask("POST", desk.messages, {"content": content})
    assert "everyone" in desk.cinema.history()[-1].pings


async def test_direct_messages_may_be_refused(desk: Desk) -> None:
    dm = await desk.raw.ask("POST", "/users/@me/channels", {"recipient_id": str(desk.alice.id)})
    assert (dm.body["type"], dm.body["recipients"][0]["id"]) == (1, str(desk.alice.id))
    path = f"/channels/{dm.body['id']}/messages"
    assert (await desk.raw.ask("POST", path, {"content": "x"})).status == 200
    desk.alice.user.accepts_dms = False
    refused = await desk.raw.ask("POST", path, {"content": "y"})
    assert (refused.status, refused.code) == (403, 50007)
    assert [m.text for m in desk.alice.sees(desk.alice.dm)] == ["x"]
    assert (await desk.raw.ask("POST", "/users/@me/channels", {"recipient_id": "1"})).code == 10013


async def test_a_reply_needs_its_message(desk: Desk) -> None:
    said = desk.bob.say(desk.cinema, "who cried?")
    reference = {"message_id": str(said.id)}
    got = await desk.raw.ask("POST", desk.messages, {"content": "me", "message_reference": reference})
    assert (got.body["type"], got.body["message_reference"]["message_id"]) == (19, str(said.id))
    await desk.raw.ask("DELETE", f"{desk.messages}/{said.id}")
    lost = await desk.raw.ask("POST", desk.messages, {"content": "me", "message_reference": reference})
    assert lost.errors_at("message_reference") == ["MESSAGE_REFERENCE_UNKNOWN_MESSAGE"]
