"""Native polls: their limits, votes and voters, and counts that aren't final at once."""

from datetime import timedelta
from typing import Any

import pytest

from bot.rehearsal import ClientRefuses, Message, Overwrite, Permission
from bot.rehearsal.rules import Json
from tests.rehearsal.conftest import Desk
from tests.rehearsal.raw import Reply

pytestmark = pytest.mark.asyncio
HOUR = timedelta(hours=1)
FILMS = ("Korea", "Turkey", "Mexico")


def poll(*answers: str, question: str = "Which next?", **changes: Any) -> Json:
    media = [{"poll_media": {"text": text}} for text in answers or FILMS]
    return {"question": {"text": question}, "answers": media, "duration": 2, **changes}


async def send(desk: Desk, asked: Json, **body: Any) -> Reply:
    return await desk.raw.ask("POST", desk.messages, {"poll": asked, **body})


async def opened(desk: Desk, **changes: Any) -> Message:
    got = await send(desk, poll(**changes))
    assert got.status == 200, got.body
    return desk.cinema.messages[int(got.body["id"])]


async def results(desk: Desk, message: Message) -> tuple[bool, dict[int, int]]:
    got = (await desk.raw.ask("GET", f"{desk.messages}/{message.id}")).body["poll"]["results"]
    return got["is_finalized"], {each["id"]: each["count"] for each in got["answer_counts"]}


def at(desk: Desk, message: Message, tail: str) -> str:
    return f"/channels/{desk.cinema.id}/polls/{message.id}/{tail}"


# discord.md, Limits, native poll: 10 answers, question 300, answer 55; whole hours up to 32 days
@pytest.mark.parametrize(
    ("asked", "path"),
    [
        (poll(question="q" * 301), ("question", "text")),
        (poll(question=""), ("question", "text")),
        (poll(*"abcdefghijk"), ("answers",)),
        (poll(answers=[]), ("answers",)),
        (poll("a" * 56), ("answers", 0, "poll_media", "text")),
        (poll(""), ("answers", 0, "poll_media", "text")),
        (poll(duration=769), ("duration",)),
        (poll(duration=1.5), ("duration",)),
    ],
)
async def test_a_poll_beyond_a_limit_is_refused(desk: Desk, asked: Json, path: tuple[str | int, ...]) -> None:
    assert (await send(desk, asked)).errors_at("poll", *path)
    assert desk.cinema.history() == []


async def test_the_limits_themselves_are_allowed(desk: Desk) -> None:
    got = await send(desk, poll(*(f"{n}{'a' * 54}" for n in range(10)), question="q" * 300, duration=768))
    assert got.status == 200
    assert len(got.body["poll"]["answers"]) == 10


async def test_a_poll_stands_alone_and_needs_its_permission(desk: Desk) -> None:
    layout = {"flags": 1 << 15, "components": [{"type": 10, "content": "x"}]}
    assert (await send(desk, poll(), **layout)).errors_at("poll")
    desk.guild.overwrite(desk.cinema, desk.guild.me, Overwrite(deny=Permission.SEND_POLLS))
    assert (await send(desk, poll())).code == 50013
    desk.guild.overwrite(desk.cinema, desk.alice, Overwrite(deny=Permission.SEND_POLLS))
    with pytest.raises(ClientRefuses):
        desk.alice.ask(desk.cinema, "Who?", FILMS)


async def test_votes_are_counted_moved_and_taken_back(desk: Desk) -> None:
    message = await opened(desk)
    desk.alice.vote(message, "Korea")
    desk.bob.vote(message, "Korea")
    assert await results(desk, message) == (False, {1: 2})
    desk.alice.vote(message, "Mexico")
    assert await results(desk, message) == (False, {1: 1, 3: 1})
    desk.bob.vote(message)
    assert await results(desk, message) == (False, {3: 1})
    with pytest.raises(ClientRefuses):
        desk.alice.vote(message, "Korea", "Turkey")
    with pytest.raises(ClientRefuses):
        desk.alice.vote(message, "Norway")


async def test_many_answers_where_that_is_allowed_and_voters_are_public(desk: Desk) -> None:
    message = await opened(desk, allow_multiselect=True)
    desk.alice.vote(message, "Korea", "Turkey")
    desk.bob.vote(message, "Turkey")
    both = (await desk.raw.ask("GET", at(desk, message, "answers/2"))).body["users"]
    assert [u["id"] for u in both] == [str(desk.alice.id), str(desk.bob.id)]
    after = {"after": str(desk.alice.id), "limit": "1"}
    rest = (await desk.raw.ask("GET", at(desk, message, "answers/2"), query=after)).body["users"]
    assert [u["id"] for u in rest] == [str(desk.bob.id)]
    assert (await desk.raw.ask("GET", at(desk, message, "answers/4"))).code == 10008
    assert (await desk.raw.ask("GET", at(desk, message, "answers/1"), query={"limit": "101"})).errors_at(
        "limit"
    )


async def test_votes_are_told_only_by_their_intent(desk: Desk) -> None:
    message = await opened(desk)
    async with desk.raw.listening(intents=1 | 1 << 24):
        desk.alice.vote(message, "Korea")
        assert (await desk.raw.event("MESSAGE_POLL_VOTE_ADD"))["answer_id"] == 1
        desk.alice.vote(message)
        assert (await desk.raw.event("MESSAGE_POLL_VOTE_REMOVE"))["user_id"] == str(desk.alice.id)
    async with desk.raw.listening(intents=1 | 1 << 9):
        desk.alice.vote(message, "Korea")
        desk.guild.rename("a marker")
        assert "MESSAGE_POLL_VOTE_ADD" not in await desk.raw.heard_before("GUILD_UPDATE")


async def test_a_poll_ends_by_the_clock_and_says_who_won(desk: Desk) -> None:
    message = await opened(desk)
    desk.alice.vote(message, "Turkey")
    desk.discord.clock.jump(2 * HOUR - timedelta(minutes=1))
    desk.bob.vote(message, "Turkey")
    async with desk.raw.listening(intents=1 | 1 << 9):
        desk.discord.clock.jump(timedelta(minutes=2))
        updates = [await desk.raw.event("MESSAGE_UPDATE") for _ in range(2)]
    assert [u["poll"]["results"]["is_finalized"] for u in updates] == [False, True]
    with pytest.raises(ClientRefuses):
        desk.alice.vote(message, "Korea")
    line = desk.cinema.history()[-1]
    fields = {field["name"]: field["value"] for field in line.embeds[0]["fields"]}
    assert (line.type, line.reference, fields["victor_answer_text"]) == (46, message, "Turkey")
    assert fields["total_votes"] == "2"


async def test_a_tie_has_no_victor(desk: Desk) -> None:
    message = await opened(desk)
    desk.alice.vote(message, "Turkey")
    desk.bob.vote(message, "Korea")
    await desk.raw.ask("POST", at(desk, message, "expire"))
    desk.discord.clock.jump(timedelta())
    names = [field["name"] for field in desk.cinema.history()[-1].embeds[0]["fields"]]
    assert "victor_answer_id" not in names


async def test_counts_are_inexact_until_they_are_final(desk: Desk) -> None:
    desk.discord.habits.poll_final_after, desk.discord.habits.poll_votes_missed = 3 * HOUR, 1
    message = await opened(desk)
    desk.alice.vote(message, "Turkey")
    desk.bob.vote(message, "Korea")
    ended = await desk.raw.ask("POST", at(desk, message, "expire"))
    assert ended.body["poll"]["results"] == {
        "is_finalized": False,
        "answer_counts": [{"id": 2, "count": 1, "me_voted": False}],
    }
    desk.discord.clock.jump(2.9 * HOUR)
    assert await results(desk, message) == (False, {2: 1})
    desk.discord.clock.jump(0.2 * HOUR)
    assert await results(desk, message) == (True, {1: 1, 2: 1})


async def test_a_poll_is_ended_once_and_by_its_author_only(desk: Desk) -> None:
    message, hers = await opened(desk), desk.alice.ask(desk.cinema, "Who?", FILMS)
    plain = desk.alice.say(desk.cinema, "x")
    assert (await desk.raw.ask("POST", at(desk, message, "expire"))).status == 200
    assert (await desk.raw.ask("POST", at(desk, message, "expire"))).code == 520001
    assert (await desk.raw.ask("POST", at(desk, hers, "expire"))).code == 50005
    assert (await desk.raw.ask("POST", at(desk, plain, "expire"))).code == 520006


async def test_a_poll_cannot_be_edited_and_others_polls_read_empty(desk: Desk) -> None:
    message, hers = await opened(desk), desk.alice.ask(desk.cinema, "Who?", FILMS)
    assert (await desk.raw.ask("PATCH", f"{desk.messages}/{message.id}", {"content": "x"})).code == 520003
    assert "poll" not in (await desk.raw.ask("GET", f"{desk.messages}/{hers.id}")).body
    assert hers.text.splitlines() == ["Who?", *FILMS]


async def test_one_line_tells_the_result_of_a_poll_ended_early(desk: Desk) -> None:
    message = await opened(desk)
    await desk.raw.ask("POST", at(desk, message, "expire"))
    desk.discord.clock.jump(3 * HOUR)
    assert [m.type for m in desk.cinema.history()] == [0, 46]


async def test_nothing_comes_of_a_deleted_poll(desk: Desk) -> None:
    message = await opened(desk)
    async with desk.raw.listening(intents=1 | 1 << 9):
        await desk.raw.ask("DELETE", f"{desk.messages}/{message.id}")
        await desk.raw.event("MESSAGE_DELETE")
        desk.discord.clock.jump(3 * HOUR)
        desk.guild.rename("a marker")
        assert await desk.raw.heard_before("GUILD_UPDATE") == []
    assert desk.cinema.history() == []
