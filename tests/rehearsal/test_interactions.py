"""Deadlines, tokens and kinds of answers, as a bot without a library meets them."""

import asyncio

import pytest

from bot.rehearsal import Answer, InteractionFailed
from bot.rehearsal.rules import Json
from tests.rehearsal.conftest import Desk

pytestmark = pytest.mark.asyncio
CRY = {"name": "cry", "description": "Open the box"}
BUTTON = {"type": 1, "components": [{"type": 2, "style": 1, "label": "3", "custom_id": "t:3"}]}


async def call(desk: Desk) -> tuple[asyncio.Task[Answer], Json]:
    """Alice calls /cry; her waiting, and what the bot is sent."""
    await desk.raw.ask("PUT", f"/applications/{desk.discord.world.me.id}/commands", [CRY])
    waiting = asyncio.create_task(desk.alice.slash(desk.cinema, "cry"))
    return waiting, await desk.raw.event("INTERACTION_CREATE")


async def asked(desk: Desk, **data: object) -> Answer:
    waiting, interaction = await call(desk)
    await desk.raw.respond(interaction, 4, {"content": "How many?", "components": [BUTTON], **data})
    return await waiting


async def press(desk: Desk, answer: Answer) -> tuple[asyncio.Task[Answer], Json]:
    waiting = asyncio.create_task(desk.alice.press(answer, "3"))
    return waiting, await desk.raw.event("INTERACTION_CREATE")


async def test_a_late_answer_is_unknown_and_the_member_has_seen_a_failure(desk: Desk) -> None:
    async with desk.raw.listening():
        waiting, interaction = await call(desk)
        with pytest.raises(InteractionFailed, match="no answer"):
            await waiting
        late = await desk.raw.respond(interaction, 4, {"content": "late"})
        assert (late.status, late.code) == (404, 10062)
        assert "3 s" in desk.discord.violations[-1].rule.text


async def test_a_second_answer_is_refused(desk: Desk) -> None:
    async with desk.raw.listening():
        waiting, interaction = await call(desk)
        assert (await desk.raw.respond(interaction, 4, {"content": "one"})).status == 204
        again = await desk.raw.respond(interaction, 4, {"content": "two"})
        assert (again.status, again.code) == (400, 40060)
        assert (await waiting).text == "one"
        assert [m.text for m in desk.cinema.history()] == ["one"]


async def test_a_wrong_token_answers_nothing(desk: Desk) -> None:
    async with desk.raw.listening():
        waiting, interaction = await call(desk)
        forged = await desk.raw.respond({**interaction, "token": "forged"}, 4, {"content": "x"})
        assert (forged.status, forged.code) == (404, 10062)
        with pytest.raises(InteractionFailed):
            await waiting


async def test_the_webhook_lives_from_the_first_answer_for_fifteen_minutes(desk: Desk) -> None:
    async with desk.raw.listening():
        waiting, interaction = await call(desk)
        early = await desk.raw.ask("POST", desk.raw.webhook(interaction), {"content": "early"})
        assert (early.status, early.code) == (404, 10015)
        await desk.raw.respond(interaction, 4, {"content": "one"})
        await waiting
        assert (await desk.raw.ask("POST", desk.raw.webhook(interaction), {"content": "two"})).status == 200
        await asyncio.sleep(desk.discord.world.deadlines.token)
        late = await desk.raw.ask("POST", desk.raw.webhook(interaction), {"content": "three"})
        assert (late.status, late.code) == (401, 50027)
        assert [m.text for m in desk.cinema.history()] == ["one", "two"]


async def test_the_original_is_read_edited_and_deleted(desk: Desk) -> None:
    async with desk.raw.listening():
        waiting, interaction = await call(desk)
        await desk.raw.respond(interaction, 4, {"content": "one"})
        answer = await waiting
        original = desk.raw.webhook(interaction, "/messages/@original")
        assert (await desk.raw.ask("GET", original)).body["content"] == "one"
        assert (await desk.raw.ask("PATCH", original, {"content": "two"})).body["edited_timestamp"]
        assert answer.text == "two"
        assert (await desk.raw.ask("DELETE", original)).status == 204
        assert desk.alice.sees(desk.cinema) == []
        assert (await desk.raw.ask("GET", original)).code == 10008


async def test_the_first_follow_up_fills_a_deferred_answer_and_keeps_it_ephemeral(desk: Desk) -> None:
    async with desk.raw.listening():
        waiting, interaction = await call(desk)
        got = await desk.raw.respond(interaction, 5, {"flags": 64}, query={"with_response": "true"})
        about = got.body["interaction"]
        assert (about["response_message_loading"], about["response_message_ephemeral"]) == (True, True)
        assert desk.alice.sees(desk.cinema) == []
        filled = await desk.raw.ask("POST", desk.raw.webhook(interaction), {"content": "done"})
        assert filled.body["id"] == about["response_message_id"]
        answer = await waiting
        assert (answer.text, answer.ephemeral, answer.deferred) == ("done", True, True)
        assert desk.bob.sees(desk.cinema) == []


async def test_thinking_forever_runs_out_of_patience(desk: Desk) -> None:
    async with desk.raw.listening():
        waiting, interaction = await call(desk)
        await desk.raw.respond(interaction, 5)
        with pytest.raises(InteractionFailed, match="still thinking"):
            await waiting


async def test_an_ephemeral_message_is_out_of_the_channels_reach(desk: Desk) -> None:
    async with desk.raw.listening():
        hidden = (await asked(desk, flags=64)).message
        one = await desk.raw.ask("GET", f"{desk.messages}/{hidden.id}")
        assert (one.status, one.code) == (404, 10008)
        assert (await desk.raw.ask("PATCH", f"{desk.messages}/{hidden.id}", {"content": "x"})).code == 10008
        assert (await desk.raw.ask("GET", desk.messages)).body == []
        assert desk.alice.sees(desk.cinema) == [hidden]
        assert desk.bob.sees(desk.cinema) == []


async def test_a_press_may_update_its_message(desk: Desk) -> None:
    async with desk.raw.listening():
        answer = await asked(desk)
        waiting, interaction = await press(desk, answer)
        assert interaction["data"] == {"component_type": 2, "custom_id": "t:3", "id": 2}
        assert interaction["message"]["id"] == str(answer.message.id)
        await desk.raw.respond(interaction, 7, {"content": "three", "components": []})
        assert (await waiting).message is answer.message
        assert answer.text == "three"


@pytest.mark.parametrize(("kind", "status"), [(6, 400), (7, 400), (8, 400), (99, 400), (9, 204)])
async def test_a_command_takes_no_update_and_no_choices(desk: Desk, kind: int, status: int) -> None:
    field = {"type": 4, "custom_id": "n", "label": "n", "style": 1}
    form = {"title": "t", "custom_id": "f", "components": [{"type": 1, "components": [field]}]}
    async with desk.raw.listening():
        waiting, interaction = await call(desk)
        assert (await desk.raw.respond(interaction, kind, form)).status == status
        (outcome,) = await asyncio.gather(waiting, return_exceptions=True)
        assert isinstance(outcome, InteractionFailed if status == 400 else Answer)


async def test_an_update_needs_a_message_it_came_from(desk: Desk) -> None:
    field = {"type": 4, "custom_id": "n", "label": "n", "style": 1}
    form = {"title": "t", "custom_id": "f", "components": [{"type": 1, "components": [field]}]}
    async with desk.raw.listening():
        waiting, interaction = await call(desk)
        await desk.raw.respond(interaction, 9, form)
        modal = (await waiting).modal
        submitting = asyncio.create_task(desk.alice.submit(modal, n="12"))
        submitted = await desk.raw.event("INTERACTION_CREATE")
        row = submitted["data"]["components"][0]["components"][0]
        assert (row["custom_id"], row["value"]) == ("n", "12")
        assert (await desk.raw.respond(submitted, 7, {"content": "x"})).errors_at("type")
        assert (await desk.raw.respond(submitted, 9, form)).errors_at("type")
        assert (await desk.raw.respond(submitted, 4, {"content": "twelve"})).status == 204
        assert (await submitting).text == "twelve"


async def test_autocomplete_takes_at_most_25_choices_and_nothing_else(desk: Desk) -> None:
    option = {"name": "film", "description": "Which", "type": 3, "autocomplete": True}
    commands = f"/applications/{desk.discord.world.me.id}/commands"
    await desk.raw.ask("PUT", commands, [{**CRY, "options": [option]}])
    choices = [{"name": f"n{i}", "value": str(i)} for i in range(26)]
    async with desk.raw.listening():
        typing = asyncio.create_task(desk.alice.complete(desk.cinema, "cry", film="k"))
        interaction = await desk.raw.event("INTERACTION_CREATE")
        assert interaction["data"]["options"] == [{"name": "film", "type": 3, "value": "k", "focused": True}]
        assert (await desk.raw.respond(interaction, 4, {"content": "no"})).errors_at("type")
        too_many = await desk.raw.respond(interaction, 8, {"choices": choices})
        assert too_many.errors_at("data", "choices") == ["BASE_TYPE_BAD_LENGTH"]
        await desk.raw.respond(interaction, 8, {"choices": choices[:25]})
        assert len(await typing) == 25


async def test_the_payload_is_what_discord_sends(desk: Desk) -> None:
    async with desk.raw.listening():
        waiting, interaction = await call(desk)
        waiting.cancel()
        guild = str(desk.guild.id)
        assert (interaction["locale"], interaction["guild_locale"]) == ("tr", "en-US")
        assert interaction["authorizing_integration_owners"] == {"0": guild}
        assert (interaction["context"], interaction["version"]) == (0, 1)
        permissions = int(interaction["member"]["permissions"])
        assert permissions == desk.alice.permissions(desk.cinema)
        assert interaction["data"]["name"] == "cry"


async def test_in_private_there_is_a_user_and_no_member(desk: Desk) -> None:
    await desk.raw.ask("PUT", f"/applications/{desk.discord.world.me.id}/commands", [CRY])
    async with desk.raw.listening():
        waiting = asyncio.create_task(desk.alice.slash(desk.alice.dm, "cry"))
        interaction = await desk.raw.event("INTERACTION_CREATE")
        assert (interaction["user"]["id"], interaction["context"]) == (str(desk.alice.id), 1)
        assert "member" not in interaction
        assert "guild_id" not in interaction
        await desk.raw.respond(interaction, 4, {"content": "psst", "flags": 64})
        assert (await waiting).text == "psst"


async def test_unknown_keys_of_an_answer_are_loud(desk: Desk) -> None:
    async with desk.raw.listening():
        waiting, interaction = await call(desk)
        for kind, data in (
            (4, {"content": "x", "sticker_ids": []}),
            (5, {"content": "x"}),
            (9, {"fields": []}),
        ):
            assert (await desk.raw.respond(interaction, kind, data)).status == 501
        assert (await desk.raw.respond(interaction, 4, {"content": "x"})).status == 204
        assert (await waiting).text == "x"
