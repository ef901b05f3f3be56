"""Gates and seen lists: who is let in, who is asked, who is told later, who leaves again."""

from datetime import timedelta

import pytest

from bot.domain.threads.outcomes import Ask, Full, LetIn, NoSuchThread, SeenAlready, Shut, WillRemind
from bot.domain.threads.thread import MOST_INSIDE
from bot.services.gates import Gates
from bot.services.seen import REMIND, Seen
from bot.services.threads import Threads
from bot.storage.engine import Database
from tests.services.spoilers import CLUB, HOST, OTHER_CLUB, jobs, made, subject
from tests.services.times import NOW

pytestmark = pytest.mark.asyncio

ALICE, BOB = 1, 2
LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def threads(db: Database) -> Threads:
    return Threads(db, lambda: None)


@pytest.fixture
def gates(db: Database) -> Gates:
    return Gates(db, lambda: None)


@pytest.fixture
def seen(db: Database) -> Seen:
    return Seen(db, lambda: None)


async def test_who_has_not_seen_all_of_it_is_asked_and_noted_nowhere(
    threads: Threads, gates: Gates, seen: Seen
) -> None:
    thread = await made(threads, subject("kr2013", "tr2019"))
    await seen.add(ALICE, "miracle", ["kr2013"], NOW)
    assert await gates.knock(thread.row, CLUB, ALICE, NOW) == Ask(thread, ("tr2019",))
    assert await gates.in_line(thread.row, 10) == []
    assert await gates.people(thread.row) == 0


async def test_yes_is_put_on_the_list_and_the_member_in_line(
    threads: Threads, gates: Gates, seen: Seen
) -> None:
    thread = await made(threads)
    assert await gates.enter(thread.row, CLUB, ALICE, NOW) == LetIn(thread)
    assert await seen.of(ALICE, "miracle") == {"kr2013"}
    assert await gates.knock(thread.row, CLUB, ALICE, LATER) == LetIn(thread)
    assert await gates.in_line(thread.row, 10) == [(ALICE, True)]
    await gates.entered(thread.row, ALICE)
    assert await gates.in_line(thread.row, 10) == []
    assert await gates.people(thread.row) == 1


async def test_a_part_of_a_film_puts_nothing_on_the_list(threads: Threads, gates: Gates, seen: Seen) -> None:
    thread = await made(threads, subject(up_to=timedelta(hours=1)))
    assert await gates.enter(thread.row, CLUB, ALICE, NOW) == LetIn(thread)
    assert await seen.everything(ALICE) == []
    assert await gates.knock(thread.row, CLUB, ALICE, LATER) == Ask(thread, ("kr2013",))


async def test_a_full_thread_says_so_but_not_to_who_is_inside(
    threads: Threads, gates: Gates, db: Database
) -> None:
    thread = await made(threads)
    await db.write(
        lambda tx: tx.many(
            "INSERT INTO spoiler_members (thread_row, member_id, club_id, state, asked_at) "
            "VALUES (?, ?, ?, 'inside', 0)",
            [(thread.row, 1000 + number, CLUB) for number in range(MOST_INSIDE - 1)],
        )
    )
    assert await gates.enter(thread.row, CLUB, ALICE, NOW) == Full(thread)
    assert await gates.enter(thread.row, CLUB, 1000, NOW) == LetIn(thread)


async def test_a_closed_gate_and_one_of_another_club_let_nobody_in(threads: Threads, gates: Gates) -> None:
    thread = await made(threads)
    assert await gates.knock(thread.row, OTHER_CLUB, ALICE, NOW) == NoSuchThread()
    assert await gates.knock(99, CLUB, ALICE, NOW) == NoSuchThread()
    await threads.close(thread, HOST, NOW)
    assert isinstance(await gates.enter(thread.row, CLUB, ALICE, NOW), Shut)
    assert isinstance(await gates.remind(thread.row, CLUB, ALICE, NOW), Shut)


async def test_taking_a_version_back_has_the_member_leave_what_needed_it(
    threads: Threads, gates: Gates, seen: Seen
) -> None:
    korean = await made(threads)
    both = await made(threads, subject("kr2013", "tr2019"), thread_id=901)
    turkish = await made(threads, subject("tr2019"), thread_id=902)
    for thread in (korean, both, turkish):
        await gates.enter(thread.row, CLUB, ALICE, NOW)
        await gates.enter(thread.row, CLUB, BOB, NOW)
        await gates.entered(thread.row, ALICE)
    assert await seen.remove(ALICE, "miracle", "kr2013") == (True, [korean.row, both.row])
    assert await seen.remove(ALICE, "miracle", "kr2013") == (False, [korean.row, both.row])
    assert (ALICE, False) in await gates.in_line(korean.row, 10)
    await gates.entered(korean.row, ALICE)
    await gates.left(korean.row, ALICE)
    assert await gates.in_line(korean.row, 10) == [(BOB, True)]
    assert await gates.people(turkish.row) == 2


async def test_who_left_while_waiting_is_not_noted_as_inside(
    threads: Threads, gates: Gates, seen: Seen
) -> None:
    thread = await made(threads)
    await gates.enter(thread.row, CLUB, ALICE, NOW)
    await seen.remove(ALICE, "miracle", "kr2013")
    await gates.entered(thread.row, ALICE)
    assert await gates.in_line(thread.row, 10) == [(ALICE, False)]


async def test_a_reminder_falls_due_once_the_list_says_so(
    threads: Threads, gates: Gates, seen: Seen, db: Database
) -> None:
    thread = await made(threads, subject("kr2013", "tr2019"))
    assert await gates.remind(thread.row, CLUB, ALICE, NOW) == WillRemind(thread)
    await gates.remind(thread.row, CLUB, ALICE, NOW)
    await seen.add(ALICE, "miracle", ["kr2013"], NOW)
    await seen.add(BOB, "miracle", ["kr2013", "tr2019"], NOW)
    assert REMIND not in {kind for kind, _, _ in await jobs(db)}
    await seen.add(ALICE, "miracle", ["tr2019"], NOW)
    (reminder,) = [subject for kind, subject, _ in await jobs(db) if kind == REMIND]
    assert await gates.reminder(reminder) == (thread, ALICE)
    assert await gates.remind(thread.row, CLUB, ALICE, NOW) == SeenAlready(thread)
    await gates.reminded(reminder)
    assert await gates.reminder(reminder) is None
    await db.write(lambda tx: tx.execute("UPDATE jobs SET finished_at = 1"))
    await seen.remove(ALICE, "miracle", "tr2019")
    await gates.remind(thread.row, CLUB, ALICE, NOW)
    await seen.add(ALICE, "miracle", ["tr2019"], NOW)
    assert [kind for kind, _, _ in await jobs(db)] == [REMIND]


async def test_nobody_is_told_of_a_thread_that_is_closed_or_of_what_they_took_back(
    threads: Threads, gates: Gates, seen: Seen, db: Database
) -> None:
    thread = await made(threads)
    for member in (ALICE, BOB):
        await gates.remind(thread.row, CLUB, member, NOW)
        await seen.add(member, "miracle", ["kr2013"], NOW)
    first, second = [subject for kind, subject, _ in await jobs(db) if kind == REMIND]
    await seen.remove(ALICE, "miracle", "kr2013")
    assert await gates.reminder(first) is None
    assert await gates.reminder(second) is not None
    await threads.close(thread, HOST, NOW)
    assert await gates.reminder(second) is None


async def test_doors_that_say_an_old_number_are_found(threads: Threads, gates: Gates) -> None:
    thread = await made(threads)
    await threads.gate_posted(thread.row, 55)
    assert await gates.stale_gates() == []
    await gates.enter(thread.row, CLUB, ALICE, NOW)
    assert await gates.threads_in_line() == [thread.row]
    assert await gates.stale_gates() == [thread.row]
    await gates.shown(thread.row, 1)
    assert await gates.stale_gates() == []
    await gates.refused(thread.row, ALICE, "spoilers.full")
    assert await gates.threads_in_line() == []
    assert await gates.stale_gates() == [thread.row]
