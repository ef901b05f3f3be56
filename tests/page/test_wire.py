"""What each member's page is told, and what pressing its controls does; over the page's own wire."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from bot.rehearsal import Overwrite, Permission, Rehearsal
from bot.rehearsal.page.stand import Stand
from bot.rehearsal.scheduled import EventPlace, ScheduledEvent
from bot.rehearsal.seed import seed
from tests.page.clicks import Clicks, clicking

LOCALIZED = {"type": 1, "name": "open", "name_localizations": {"tr": "aç"}, "description": "Open one"}
ORIGINAL = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"
EDITED = "<p>posted and edited</p>\n"


@pytest_asyncio.fixture(loop_scope="session")
async def page(probed: Stand) -> AsyncIterator[Clicks]:
    async with clicking(probed) as clicks:
        yield clicks


@pytest.mark.asyncio
async def test_the_club_is_seeded_as_promised(page: Clicks) -> None:
    tops = [place for place in page.state["tree"] if place["kind"] != "dm"]
    await page.look_as("Ada")
    everything = [place for place in page.state["tree"] if place["kind"] != "dm"]
    assert [place["kind"] for place in everything if place["kind"] != "forum"] == ["text"] * 5 + ["voice"]
    assert [place["name"] for place in everything if place["kind"] == "forum"] == ["film-talk"]
    assert {place["name"] for place in everything} - {place["name"] for place in tops} == {"office"}
    assert len(page.state["members"]) == 12
    assert len({member["locale"] for member in page.state["members"]}) >= 6
    assert {role for member in page.state["members"] for role in member["roles"]} >= {"Admin", "Host"}
    assert page.named("Which one first?")["tags"] == ["for newcomers"]


@pytest.mark.asyncio
async def test_the_seed_has_the_same_ids_in_every_run() -> None:
    async with Rehearsal.start() as first, Rehearsal.start() as second:
        clubs = seed(first), seed(second)
    guilds = [club.guild for club in clubs]
    assert guilds[0].id == guilds[1].id
    assert [*guilds[0].roles] == [*guilds[1].roles]
    parents = [[c.id for c in guild.channels.values() if c.thread is None] for guild in guilds]
    assert parents[0] == parents[1]
    assert clubs[0].zones == clubs[1].zones


@pytest.mark.asyncio
async def test_commands_are_listed_in_the_language_of_who_looks(probed: Stand, page: Clicks) -> None:
    body = {
        "name": "card2",
        "description": "A card",
        "name_localizations": {"tr": "kart"},
        "options": [LOCALIZED],
    }
    probed.stage.discord.world.commands.upsert(None, body)

    def labels() -> set[str]:
        return {command["label"] for command in page.state["offers"]["commands"]}

    await page.look_as("Kemal")
    assert labels() >= {"kart aç", "search"}
    await page.look_as("Mina")
    assert labels() >= {"card2 open", "search"}
    assert "rights" not in labels()  # it takes Manage Events
    await page.look_as("Hana")
    assert "rights" in labels()


@pytest.mark.asyncio
async def test_private_threads_are_listed_for_who_may_see_them(page: Clicks) -> None:
    assert "Hosts only" not in page.places()
    assert "Snacks for Sunday" in page.places()
    await page.look_as("Kemal")
    assert "Hosts only" in page.places()
    assert page.named("Hosts only")["preview"] is None
    await page.go_to("Hosts only")
    await page.look_as("Bob")
    assert page.state["here"]["name"] != "Hosts only"


@pytest.mark.asyncio
async def test_who_loses_a_channel_is_shown_another(probed: Stand, page: Clicks) -> None:
    await page.go_to("requests")
    guild, requests = probed.stage.guild, int(page.named("requests")["id"])
    guild.overwrite(guild.channels[requests], guild.everyone, Overwrite(deny=Permission.VIEW_CHANNEL))
    await page.until(lambda: page.state["here"]["name"] != "requests")
    assert "requests" not in page.places()


@pytest.mark.asyncio
async def test_a_public_thread_s_last_message_is_previewed_where_it_hangs(page: Clicks) -> None:
    await page.go_to("Snacks for Sunday")
    await page.ask("say", text="# And ||he dies||, with <@1>")
    await page.until(lambda: "he dies" in (page.named("Snacks for Sunday")["preview"] or {})["html"])
    preview = page.named("Snacks for Sunday")["preview"]
    assert preview["who"] == "Mina"
    assert preview["html"].startswith('And <span class="spoiler covered"><span class="inside">he dies')
    await page.go_to("cinema")
    (stub,) = [m["thread"] for n in page.state["messages"] if (m := page.message(n))["thread"]]
    assert stub["preview"] == preview


@pytest.mark.asyncio
async def test_edits_and_deletions_arrive(probed: Stand, page: Clicks) -> None:
    await page.ask("slash", path="post")
    await page.until(lambda: EDITED in page.texts)
    (edited,) = [m for n in page.state["messages"] if (m := page.message(n))["html"] == EDITED]
    assert edited["edited"]
    message = probed.stage.club.first.say(probed.stage.club.cinema, "oh no")
    await page.until(lambda: str(message.id) in page.state["messages"])
    answer = await probed.stage.club.first.menu(message, "Hide as spoiler")
    await page.until(lambda: str(answer.message.id) in page.state["messages"])
    assert page.message(str(answer.message.id))["asked"] == {"name": "Hide as spoiler", "who": "Mina"}
    probed.stage.club.first.delete(message)
    await page.until(lambda: str(message.id) not in page.state["messages"])
    assert f"m:{message.id}" not in page.state


@pytest.mark.asyncio
async def test_an_answer_for_one_is_told_to_nobody_else(page: Clicks) -> None:
    await page.ask("slash", path="slow", options={"hidden": "true"})
    await page.until(lambda: page.texts[-1:] == ["<p>thought about it</p>\n"])
    assert page.message(page.state["messages"][-1])["ephemeral"]
    await page.look_as("Bob")
    assert not any("thought about it" in text for text in page.texts)
    await page.look_as("Mina")
    assert page.texts[-1] == "<p>thought about it</p>\n"


@pytest.mark.asyncio
async def test_that_the_bot_thinks_is_shown_to_who_asked_and_for_an_open_answer_to_all(
    probed: Stand, page: Clicks
) -> None:
    probed.stage.discord.switches.delay("PATCH", ORIGINAL, 1.0)

    def thinking(of: Clicks) -> list[bool]:
        shown = (of.message(number) for number in of.state["messages"])
        return [message["ephemeral"] for message in shown if message["loading"]]

    async with clicking(probed) as other:
        await other.look_as("Bob")
        await page.send("slash", path="slow", options={"hidden": "true"})
        await page.until(lambda: thinking(page) == [True])
        await page.send("slash", path="slow")
        await page.until(lambda: thinking(page) == [True, False])
        await other.until(lambda: thinking(other))
        assert thinking(other) == [False]


@pytest.mark.asyncio
async def test_a_native_poll_is_voted_in_and_everybody_sees_the_count(page: Clicks) -> None:
    await page.go_to("requests")
    (number,) = [n for n in page.state["messages"] if page.message(n)["poll"]]
    await page.ask("vote", message=number, answers=[2])
    await page.until(lambda: page.message(number)["poll"]["mine"] == [2])
    await page.look_as("Joy")
    assert page.message(number)["poll"]["mine"] == []
    assert page.message(number)["poll"]["results"]["answer_counts"] == [
        {"id": 2, "count": 1, "me_voted": False}
    ]
    assert "error" in await page.ask("vote", message=number, answers=[1, 2])
    await page.ask("jump", seconds=49 * 3600)
    await page.until(lambda: page.message(number)["poll"]["over"])
    assert "error" in await page.ask("vote", message=number, answers=[1])


@pytest.mark.asyncio
async def test_scheduled_events_are_shown_with_who_is_interested(probed: Stand, page: Clicks) -> None:
    guild, world = probed.stage.guild, probed.stage.discord.world
    starts = world.clock.now() + timedelta(days=1)
    ends = starts + timedelta(hours=3)
    place = EventPlace.EXTERNAL
    ScheduledEvent(
        world.ids.next(), guild, world.me, "Night", place, starts, ends, location="#cinema"
    ).publish()
    await page.until(lambda: page.state["events"])
    (event,) = page.state["events"]
    await page.ask("interested", event=event["id"])
    await page.until(lambda: page.state["events"][0]["user_count"] == 1)
    await page.ask("jump", seconds=2 * 86400)
    await page.until(lambda: not page.state["events"])


@pytest.mark.asyncio
async def test_a_phone_gets_what_its_member_would_be_pushed(probed: Stand, page: Clicks) -> None:
    say = {member.name: member for member in probed.stage.members()}["Dilan"].say
    say(probed.stage.club.cinema, "he ||dies||")
    await page.until(lambda: page.state["phone"][0]["text"] == "he dies")
    assert page.state["phone"][0]["bares"]
    await page.look_as("Dilan")
    assert page.state["phone"][0]["text"] != "he dies"  # nobody is told of their own words
    await page.look_as("Mina")
    await page.ask("slash", path="slow", options={"hidden": "true"})
    assert page.state["phone"][0]["text"] == "he dies"
    assert "Murukku. Enough for the whole cell." not in [push["text"] for push in page.state["phone"]]
    assert "asks: Which one next?" in [push["text"] for push in page.state["phone"]]
    await page.look_as("Joy")
    assert "Murukku. Enough for the whole cell." in [push["text"] for push in page.state["phone"]]


@pytest.mark.asyncio
async def test_the_clock_goes_by_what_is_asked_and_only_forward(probed: Stand, page: Clicks) -> None:
    await page.ask("jump", seconds=3600)
    await page.until(lambda: page.state["clock"]["offset"] == 3600)
    assert "error" in await page.ask("jump", seconds=-60)
    assert "error" in await page.ask("jump")  # this bot doesn't say what it waits for
    assert probed.stage.discord.clock.offset.total_seconds() == 3600


@pytest.mark.asyncio
async def test_a_bot_that_crashed_is_down_until_it_is_started(page: Clicks) -> None:
    await page.ask("crash")
    await page.until(lambda: page.state["bot"]["state"] == "down")
    assert "isn't connected" in (await page.ask("slash", path="card"))["error"]
    await page.ask("start")
    await page.until(lambda: page.state["bot"]["state"] == "up")
    assert "ok" in await page.ask("slash", path="card")
    assert "error" in await page.ask("start")


@pytest.mark.asyncio
async def test_a_dropped_connection_comes_back_and_a_limited_bot_waits(page: Clicks) -> None:
    await page.ask("drop")
    await page.until(lambda: any("RESUME" in line["text"] for line in page.log))
    await page.until(lambda: page.state["bot"]["state"] == "up")
    await page.ask("limit")
    await page.until(lambda: page.state["bot"]["limited"] > datetime.now(UTC).timestamp())
    await page.send("slash", path="post")  # its first answer passes, what it then sends has to wait
    await page.until(lambda: any(line["status"] == 429 for line in page.log))
    limited = [line for line in page.log if line["status"] == 429]
    assert all(line["breach"] is None for line in limited)


@pytest.mark.asyncio
async def test_breaking_a_rule_stands_in_the_log_with_the_rule(probed: Stand, page: Clicks) -> None:
    channel = probed.stage.club.cinema
    probed.stage.guild.overwrite(
        channel, probed.stage.guild.bot_role, Overwrite(deny=Permission.SEND_MESSAGES)
    )
    await page.send("slash", path="post")
    await page.until(lambda: any(line["breach"] for line in page.log))
    (breach,) = [line for line in page.log if line["breach"]]
    assert breach["status"] == 403
    assert "permissions" in breach["breach"]
    assert breach["took"] > 0


@pytest.mark.asyncio
async def test_nonsense_is_answered_and_the_page_goes_on(page: Clicks) -> None:
    for deed, details in (
        ("fly", {}),
        ("press", {"message": "x", "name": "y"}),
        ("press", {}),
        ("look", {"member": "1"}),
        ("jump", {"seconds": "soon"}),
        ("submit", {"form": "1", "fields": {}}),
        ("slash", {"path": "nothing at all"}),
        ("slash", {"path": "search", "options": {"query": "a", "where": "1"}}),
        ("say", {"text": ""}),
        ("say", {"text": "a" * 2001}),
    ):
        reply = await page.ask(deed, **details)
        assert reply.get("error"), deed
    for text in ("", "{", "[1]", "null", "7"):
        await page.send_raw(text)
    assert "ok" in await page.ask("say", text="still here")
