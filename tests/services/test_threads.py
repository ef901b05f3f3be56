"""Threads: one of each kind, made once, kept, asked each question once, closed once."""

from datetime import timedelta
from random import Random

import pytest

from bot.domain.jobs import Job
from bot.domain.spoilers import Level, Room, Spoil, Spoils
from bot.domain.threads.outcomes import OpenAlready, Opening
from bot.domain.threads.subjects import Privacy
from bot.services.clubs import Clubs
from bot.services.threads import FIRST_QUESTION, GATE, KEEP, MAKE, PART, Threads
from bot.storage.engine import Database
from tests.domain.films import shipped
from tests.services.spoilers import (
    CHANNEL,
    CLUB,
    HOST,
    OTHER_CLUB,
    THREAD_ID,
    jobs,
    made,
    new_thread,
    subject,
)
from tests.services.times import NOW

pytestmark = pytest.mark.asyncio

FILM = shipped()
HOUR = timedelta(hours=1)
ENDING = Spoils(frozenset({Spoil("korean", Level.ENDING)}))


@pytest.fixture
def woken() -> list[int]:
    return []


@pytest.fixture
def threads(db: Database, woken: list[int]) -> Threads:
    return Threads(db, lambda: woken.append(1))


async def test_there_is_one_open_thread_of_each_kind_in_a_club(threads: Threads, woken: list[int]) -> None:
    first = await threads.open(new_thread(), NOW)
    assert isinstance(first, Opening)
    assert woken
    again = await threads.open(new_thread(), NOW)
    assert isinstance(again, OpenAlready)
    assert again.thread.row == first.thread.row
    others = [
        new_thread(club=OTHER_CLUB),
        new_thread(subject("kr2013", "tr2019")),
        new_thread(subject(level=Level.PLOT)),
        new_thread(subject(up_to=HOUR)),
        new_thread(subject(privacy=Privacy.PUBLIC)),
    ]
    for other in others:
        assert isinstance(await threads.open(other, NOW), Opening)


async def test_a_closed_thread_makes_room_for_the_next(threads: Threads) -> None:
    thread = await made(threads)
    assert await threads.close(thread, HOST, NOW)
    assert not await threads.close(thread, HOST, NOW)
    assert isinstance(await threads.open(new_thread(), NOW), Opening)
    assert await threads.known_ids(CLUB) == {THREAD_ID}


async def test_what_discord_would_not_make_is_forgotten_and_can_be_asked_for_again(
    threads: Threads, db: Database
) -> None:
    outcome = await threads.open(new_thread(), NOW)
    assert isinstance(outcome, Opening)
    await threads.given_up(outcome.thread.row)
    await db.write(lambda tx: tx.execute("UPDATE jobs SET finished_at = 1"))
    assert await threads.open_in(CLUB) == []
    again = await threads.open(new_thread(), NOW)
    assert isinstance(again, Opening)
    assert await jobs(db) == [(MAKE, again.thread.row, 0)]


async def test_a_thread_that_somebody_deleted_makes_room_without_a_closing_note(
    threads: Threads, db: Database
) -> None:
    thread = await made(threads)
    await threads.lost(thread, NOW)
    assert {kind for kind, _, _ in await jobs(db)} <= {MAKE}
    assert isinstance(await threads.open(new_thread(), NOW), Opening)


async def test_what_discord_has_made_is_never_forgotten(threads: Threads) -> None:
    thread = await made(threads)
    await threads.given_up(thread.row)
    assert await threads.load(thread.row) == thread


async def test_each_step_asks_for_the_next_once(threads: Threads, db: Database) -> None:
    thread = await made(threads)
    await threads.made(thread, 901, NOW)
    assert sorted(kind for kind, _, _ in await jobs(db)) == sorted([MAKE, GATE, FIRST_QUESTION, KEEP])
    assert await threads.at(901) is None
    kept = Job(1, KEEP, thread.row, 0, thread.club_id, NOW, 1)
    for _ in range(2):  # done again after a crash
        await threads.kept(thread, kept, NOW)
    assert [turn for kind, _, turn in await jobs(db) if kind == KEEP] == [0, 1]
    await threads.close(thread, HOST, NOW)
    left = {kind for kind, _, _ in await jobs(db)}
    assert PART in left
    assert not left & {KEEP, FIRST_QUESTION}


async def test_without_prompts_nothing_is_asked_at_the_opening(threads: Threads, db: Database) -> None:
    outcome = await threads.open(new_thread(prompts=False), NOW)
    assert isinstance(outcome, Opening)
    await threads.made(outcome.thread, THREAD_ID, NOW)
    assert FIRST_QUESTION not in {kind for kind, _, _ in await jobs(db)}


async def test_the_first_question_stays_the_first_and_no_question_comes_twice(threads: Threads) -> None:
    thread = await made(threads)
    room = thread.subject.room(FILM, Level.PREMISE)
    first = await threads.first_question(thread, FILM, room, NOW)
    assert first is not None
    assert await threads.first_question(thread, FILM, room, NOW) == first
    asked = [first.key]
    while question := await threads.ask(thread, FILM, room, NOW):
        asked.append(question.key)
    assert len(asked) == len(set(asked)) > 5


async def test_the_first_question_minds_a_ceiling_that_was_lowered_since(db: Database) -> None:
    threads = Threads(db, lambda: None, lambda: Random(3))
    thread = await made(threads, subject(privacy=Privacy.PUBLIC))
    first = await threads.first_question(thread, shipped(), Room(Level.ENDING), NOW)
    assert first is not None
    assert not Room(Level.NONE).admits(first.text.spoils)
    again = await threads.first_question(thread, shipped(), Room(Level.NONE), NOW)
    assert again is None or Room(Level.NONE).admits(again.text.spoils)


async def test_inside_a_gated_thread_of_ours_the_bot_may_say_what_it_covers(
    threads: Threads, db: Database
) -> None:
    clubs = Clubs(db, ["en"], [FILM])
    await made(threads)
    await made(threads, subject(privacy=Privacy.PUBLIC), thread_id=901)
    for thread_id, admitted in ((THREAD_ID, True), (901, False), (902, False)):
        place = await clubs.place(CLUB, [thread_id, CHANNEL])
        assert place.room.admits(ENDING) is admitted
    assert not (await clubs.place(CLUB, [CHANNEL])).room.admits(ENDING)
    assert not (await clubs.place(OTHER_CLUB, [THREAD_ID, CHANNEL])).room.admits(ENDING)
    without_pack = Clubs(db, ["en"])
    assert not (await without_pack.place(CLUB, [THREAD_ID, CHANNEL])).room.admits(ENDING)
