"""The HTTP side: tokens, unknown routes, rate limits, failures on demand, coverage, the document."""

import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from bot.rehearsal import Rehearsal
from bot.rehearsal.ids import time_of
from bot.rehearsal.ratelimits import RateLimitError, RateLimits
from bot.rehearsal.server import Used
from tests.rehearsal.conftest import Desk
from tests.rehearsal.raw import Raw

pytestmark = pytest.mark.asyncio
DOCUMENT = Path(__file__).parents[3] / "shared" / "reference" / "discord-openapi.json"


async def test_answers_are_exactly_json(desk: Desk) -> None:
    got = await desk.raw.ask("GET", "/users/@me")
    assert got.headers["Content-Type"] == "application/json"
    assert got.body["bot"] is True


async def test_a_wrong_token_is_unauthorized(desk: Desk) -> None:
    got = await desk.raw.ask("GET", "/users/@me", token="wrong")
    assert (got.status, got.code) == (401, 0)


async def test_unknown_routes_and_keys_are_loud(desk: Desk) -> None:
    assert (await desk.raw.ask("GET", "/guilds/1/soundboard-sounds")).status == 501
    got = await desk.raw.ask("POST", desk.messages, {"content": "x", "colour": 1})
    assert got.status == 501
    assert "colour" in got.body["message"]
    assert (await desk.raw.ask("GET", desk.messages, query={"newest": "1"})).status == 501
    assert [v.code for v in desk.discord.violations] == [501] * 3
    assert desk.cinema.history() == []


async def test_what_the_bot_used_is_remembered(desk: Desk) -> None:
    await desk.raw.ask("POST", desk.messages, {"content": "x", "nonce": "1"})
    await desk.raw.ask("GET", desk.messages, query={"limit": "5"})
    template = "/channels/{channel_id}/messages"
    assert desk.discord.coverage == {
        Used("POST", template, frozenset({"content", "nonce"})),
        Used("GET", template, query=frozenset({"limit"})),
    }


async def test_the_first_five_messages_are_free_and_the_sixth_waits(desk: Desk) -> None:
    got = [await desk.raw.ask("POST", desk.messages, {"content": str(i)}) for i in range(6)]
    assert [g.headers["X-RateLimit-Remaining"] for g in got] == ["4", "3", "2", "1", "0", "0"]
    assert [g.status for g in got] == [200] * 5 + [429]
    last = got[-1]
    assert 0 < last.body["retry_after"] <= 5
    assert last.body["global"] is False
    assert last.headers["Via"]
    assert len({g.headers["X-RateLimit-Bucket"] for g in got}) == 1
    other = desk.guild.text_channel("hall")
    assert (await desk.raw.ask("POST", f"/channels/{other.id}/messages", {"content": "x"})).status == 200
    assert len(desk.cinema.history()) == 5


async def test_fifty_requests_a_second_in_all(desk: Desk) -> None:
    got = [await desk.raw.ask("GET", f"/users/{desk.alice.id}") for _ in range(30)]
    got += [await desk.raw.ask("GET", f"/guilds/{desk.guild.id}") for _ in range(30)]
    refused = [g for g in got if g.status == 429]
    assert refused
    assert all(g.body["global"] and g.headers["X-RateLimit-Global"] == "true" for g in refused)


async def test_a_closed_door_opens_again(desk: Desk) -> None:
    desk.discord.rate_limit_for(0.2)
    refused = await desk.raw.ask("GET", "/users/@me")
    assert (refused.status, refused.body["global"]) == (429, True)
    began = time.monotonic()
    while (await desk.raw.ask("GET", "/users/@me")).status == 429:
        assert time.monotonic() - began < 1
    assert time.monotonic() - began > 0.1


async def test_ten_thousand_invalid_requests_end_in_a_ban() -> None:
    rates = RateLimits()
    for status in [200, 404] * 100 + [401, 403, 429] * 3333:
        rates.note(status)
    assert not rates.banned
    rates.note(403)
    assert rates.banned


async def test_the_global_limit_leaves_interactions_out() -> None:
    rates = RateLimits()
    for _ in range(50):
        rates.admit("GET /a", "", None, counts_globally=True)
    with pytest.raises(RateLimitError):
        rates.admit("GET /a", "", None, counts_globally=True)
    assert rates.admit("POST /callback", "", None, counts_globally=False) == {}


async def test_a_lost_answer_has_been_acted_on(desk: Desk) -> None:
    desk.discord.switches.answer_502_after_acting("POST", "/channels/{channel_id}/messages")
    assert (await desk.raw.ask("POST", desk.messages, {"content": "x"})).status == 502
    assert [m.text for m in desk.cinema.history()] == ["x"]
    assert (await desk.raw.ask("POST", desk.messages, {"content": "y"})).status == 200


async def test_a_delayed_route_is_slow_until_it_is_not(desk: Desk) -> None:
    desk.discord.switches.delay("GET", "/users/@me", 0.2)
    began = time.monotonic()
    await desk.raw.ask("GET", "/users/@me")
    assert time.monotonic() - began >= 0.2
    desk.discord.switches.delay("GET", "/users/@me", 0)
    began = time.monotonic()
    await desk.raw.ask("GET", "/users/@me")
    assert time.monotonic() - began < 0.2


async def test_ids_and_times_follow_the_worlds_clock(desk: Desk) -> None:
    before = await desk.raw.ask("POST", desk.messages, {"content": "x"})
    desk.discord.clock.jump(timedelta(days=2))
    after = await desk.raw.ask("POST", desk.messages, {"content": "y"})
    apart = time_of(int(after.body["id"])) - time_of(int(before.body["id"]))
    assert timedelta(days=2) <= apart < timedelta(days=2, minutes=1)
    assert after.body["timestamp"] > before.body["timestamp"]
    with pytest.raises(ValueError, match="only moves forward"):
        desk.discord.clock.jump(timedelta(seconds=-1))


async def test_servers_members_and_the_application_are_told(desk: Desk) -> None:
    guild = f"/guilds/{desk.guild.id}"
    assert (await desk.raw.ask("GET", guild, query={"with_counts": "true"})).body[
        "approximate_member_count"
    ] == 4
    assert (await desk.raw.ask("GET", f"{guild}/members/{desk.alice.id}")).body["user"][
        "global_name"
    ] == "Alice"
    desk.alice.leave()
    assert (await desk.raw.ask("GET", f"{guild}/members/{desk.alice.id}")).code == 10007
    assert [c["name"] for c in (await desk.raw.ask("GET", f"{guild}/channels")).body] == ["cinema"]
    assert len((await desk.raw.ask("GET", f"{guild}/roles")).body) == 2
    application = await desk.raw.ask("GET", "/oauth2/applications/@me")
    assert application.body["id"] == str(desk.discord.world.me.id)
    assert (await desk.raw.ask("GET", "/gateway/bot")).body["shards"] == 1


@pytest_asyncio.fixture
async def judged() -> AsyncIterator[tuple[Raw, str]]:
    if not DOCUMENT.exists():
        pytest.skip("the official OpenAPI document isn't beside the repository")
    async with Rehearsal.start(openapi=DOCUMENT) as discord_, aiohttp.ClientSession() as session:
        cinema = discord_.guild("Club").text_channel("cinema")
        yield Raw(discord_, session), f"/channels/{cinema.id}/messages"


async def test_the_document_judges_bodies_and_queries(judged: tuple[Raw, str]) -> None:
    raw, messages = judged
    assert (await raw.ask("POST", messages, {"content": "x"})).status == 200
    got = await raw.ask("POST", messages, {"content": 7})
    assert (got.status, got.code) == (400, 50035)
    assert "$.content" in got.body["errors"]["_errors"][0]["message"]
    assert (await raw.ask("GET", messages, query={"limit": "200"})).status == 400
    assert (await raw.ask("GET", messages, query={"before": "x"})).status == 400
    (rule,) = {v.rule for v in raw.discord.violations}
    assert "OpenAPI" in rule.text


async def test_the_document_judges_multipart_bodies_too(judged: tuple[Raw, str]) -> None:
    raw, messages = judged
    fine = {"content": "x", "attachments": [{"id": 0, "description": "a"}]}
    assert (await raw.ask("POST", messages, fine, files={"a.txt": b"a"})).status == 200
    wrong = {"content": "x", "attachments": [{"id": 0, "description": 5}]}
    assert (await raw.ask("POST", messages, wrong, files={"a.txt": b"a"})).status == 400


@pytest.mark.parametrize(
    "body",
    [{"components": [{"custom_id": "x"}]}, {"components": 5}, {"embeds": ["x"]}, {"attachments": [{}]}],
)
async def test_shapeless_bodies_are_refused_not_retried(desk: Desk, body: dict[str, object]) -> None:
    got = await desk.raw.ask("POST", desk.messages, body)
    assert (got.status, got.code) == (400, 50035)
    assert desk.cinema.history() == []
