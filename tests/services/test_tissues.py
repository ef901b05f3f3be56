"""Opening, answering, closing, reopening: no ballot lost, doubled or deleted, whatever comes in which order."""

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.domain.tissues.outcomes import (
    AlreadyOpen,
    Cast,
    Changed,
    Closed,
    Erased,
    JustClosed,
    Kept,
    NeedsClose,
    NoBallot,
    NoSuchPoll,
    NotOpen,
    Opened,
    Receipt,
    Reopened,
    StillOpen,
    TooLate,
)
from bot.domain.tissues.polls import REOPEN_WITHIN
from bot.domain.tissues.results import Figures
from bot.errors import UserError
from bot.services.jobs import Jobs
from bot.services.tissue_results import TissueResults
from bot.services.tissues import CLOSE, POST, REOPENED, RESULT, Tissues
from bot.storage.engine import Database
from bot.storage.opening import open_database
from tests.services.times import NOW, SECOND
from tests.services.tissues import (
    CLUB,
    HOST,
    HOUR,
    LATER,
    OTHER_CLUB,
    ballots,
    counted,
    new_poll,
    opened,
    voted,
)

pytestmark = pytest.mark.asyncio

ALICE, BELA = 1, 2


@pytest.fixture
def tissues(db: Database) -> Tissues:
    return Tissues(db, lambda: None)


async def due(db: Database, now: datetime) -> list[tuple[str, int, int]]:
    """(kind, subject, generation) of the jobs that are due."""
    claimed = await Jobs(db).claim(now, 50)
    await Jobs(db).release_all()
    return [(job.kind, job.subject, job.generation) for job in claimed]


async def test_opening_asks_for_the_message_now_and_the_close_in_time(db: Database, tissues: Tissues) -> None:
    poll = await opened(tissues)
    assert await due(db, NOW) == [(POST, poll.poll_id, 0)]
    assert await due(db, poll.closes_at - SECOND) == [(POST, poll.poll_id, 0)]
    assert (CLOSE, poll.poll_id, 0) in await due(db, poll.closes_at)


async def test_the_runner_is_told_of_every_job(db: Database) -> None:
    told: list[str] = []
    tissues = Tissues(db, lambda: told.append("woken"))
    poll = await opened(tissues)
    await tissues.close(poll.poll_id, 0, HOST, NOW)
    await tissues.reopen(poll.poll_id, CLUB, None, NOW)
    assert len(told) == 3


async def test_one_poll_a_version_is_open_in_a_club_and_one_ever_for_an_evening(tissues: Tissues) -> None:
    poll = await opened(tissues)
    assert await tissues.open(new_poll(), NOW) == AlreadyOpen(poll)
    assert isinstance(await tissues.open(new_poll(club=OTHER_CLUB), NOW), Opened)
    evening = await tissues.open(new_poll("kr2013", evening="watch:1"), NOW)
    assert isinstance(evening, Opened)
    await tissues.close(evening.poll.poll_id, 0, HOST, NOW)
    again = await tissues.open(new_poll("mx2025", evening="watch:1"), NOW)
    assert isinstance(again, AlreadyOpen)
    assert again.poll.poll_id == evening.poll.poll_id


async def test_a_poll_that_would_close_at_once_is_not_opened(db: Database, tissues: Tissues) -> None:
    with pytest.raises(UserError, match=r"tissues\.closes_too_soon"):
        await tissues.open(new_poll(closes_at=NOW), NOW)
    assert await due(db, NOW + 99 * HOUR) == []


async def test_a_press_is_told_apart_by_what_it_did(db: Database, tissues: Tissues) -> None:
    poll = await opened(tissues)
    cast = [await tissues.cast(poll.poll_id, CLUB, ALICE, n, NOW) for n in (4, 4, 0)]
    assert cast == [Cast(poll, 4), Kept(poll, 4), Changed(poll, 4, 0)]
    assert await ballots(db, poll.poll_id) == [(ALICE, 0)]
    assert await counted(db, poll.poll_id) == {0: 1}


async def test_a_press_after_the_announced_minute_counts_nothing_even_if_closing_is_late(
    db: Database, tissues: Tissues
) -> None:
    poll = await opened(tissues)
    await tissues.cast(poll.poll_id, CLUB, ALICE, 4, poll.closes_at - SECOND)
    assert await tissues.cast(poll.poll_id, CLUB, ALICE, 9, poll.closes_at) == Closed(poll, 4)
    assert await tissues.cast(poll.poll_id, CLUB, BELA, 9, poll.closes_at) == Closed(poll, None)
    assert await ballots(db, poll.poll_id) == [(ALICE, 4)]


async def test_a_poll_of_another_club_is_none(tissues: Tissues) -> None:
    poll = await opened(tissues)
    assert await tissues.cast(poll.poll_id, OTHER_CLUB, ALICE, 4, NOW) == NoSuchPoll()
    assert await tissues.cast(poll.poll_id + 1, CLUB, ALICE, 4, NOW) == NoSuchPoll()
    assert await tissues.receipt(poll.poll_id, OTHER_CLUB, ALICE) == NoSuchPoll()
    assert await tissues.erase(poll.poll_id, OTHER_CLUB, ALICE) == NoSuchPoll()
    assert await tissues.reopen(poll.poll_id, OTHER_CLUB, LATER, NOW) == NoSuchPoll()


async def test_presses_of_one_member_at_once_leave_one_ballot_with_the_last_value(
    db: Database, tissues: Tissues
) -> None:
    poll = await opened(tissues)
    order: list[int] = []

    async def press(number: int) -> None:
        assert not isinstance(await tissues.cast(poll.poll_id, CLUB, ALICE, number, NOW), Closed | NoSuchPoll)
        order.append(number)

    await asyncio.gather(*(press(number % 7) for number in range(40)))
    assert await ballots(db, poll.poll_id) == [(ALICE, order[-1])]
    assert await counted(db, poll.poll_id) == {order[-1]: 1}


async def test_a_hundred_members_at_once_are_all_counted(db: Database, tissues: Tissues) -> None:
    poll = await opened(tissues)
    await asyncio.gather(
        *(tissues.cast(poll.poll_id, CLUB, member, member % 12, NOW) for member in range(1, 101))
    )
    stored = await ballots(db, poll.poll_id)
    assert sorted(member or 0 for member, _ in stored) == list(range(1, 101))
    assert await counted(db, poll.poll_id) == {n: sum(m % 12 == n for m in range(1, 101)) for n in range(12)}


async def test_closing_poll_a_leaves_poll_b_as_it_is(db: Database, tissues: Tissues) -> None:
    a, b = await opened(tissues), await opened(tissues, "kr2013")
    await voted(tissues, a, 1, 2, 3)
    await tissues.close(a.poll_id, 0, HOST, NOW)
    assert await tissues.cast(b.poll_id, CLUB, ALICE, 7, NOW) == Cast(b, 7)
    assert isinstance(await tissues.cast(a.poll_id, CLUB, ALICE, 7, NOW), Closed)
    assert len(await ballots(db, a.poll_id)) == 3


async def test_closing_happens_once_however_many_ask(db: Database, tissues: Tissues) -> None:
    poll = await opened(tissues)
    outcomes = await asyncio.gather(*(tissues.close(poll.poll_id, 0, by, NOW) for by in (HOST, None, ALICE)))
    assert [type(outcome) for outcome in outcomes] == [JustClosed, NotOpen, NotOpen]
    assert await due(db, NOW + 99 * HOUR) == [(POST, poll.poll_id, 0), (RESULT, poll.poll_id, 0)]


async def test_a_close_of_an_earlier_generation_closes_nothing(tissues: Tissues) -> None:
    poll = await opened(tissues)
    await tissues.close(poll.poll_id, 0, HOST, NOW)
    reopened = await tissues.reopen(poll.poll_id, CLUB, None, NOW)
    assert isinstance(reopened, Reopened)
    assert await tissues.close(poll.poll_id, 0, None, NOW) == NotOpen(reopened.poll)
    assert isinstance(await tissues.close(poll.poll_id, 1, None, NOW), JustClosed)


async def test_reopening_keeps_the_time_that_is_still_ahead_or_asks_for_one(
    db: Database, tissues: Tissues
) -> None:
    poll = await opened(tissues)
    assert await tissues.reopen(poll.poll_id, CLUB, None, NOW) == StillOpen(poll)
    await tissues.close(poll.poll_id, 0, HOST, LATER)
    again = await tissues.reopen(poll.poll_id, CLUB, None, LATER)
    assert isinstance(again, Reopened)
    assert (again.poll.closes_at, again.poll.generation, again.poll.reopened) == (poll.closes_at, 1, True)
    assert {(REOPENED, poll.poll_id, 1), (CLOSE, poll.poll_id, 1)} <= set(await due(db, poll.closes_at))

    await tissues.close(poll.poll_id, 1, None, poll.closes_at)
    assert isinstance(await tissues.reopen(poll.poll_id, CLUB, None, poll.closes_at), NeedsClose)
    until = poll.closes_at + HOUR
    third = await tissues.reopen(poll.poll_id, CLUB, until, poll.closes_at)
    assert isinstance(third, Reopened)
    assert (third.poll.closes_at, third.poll.generation) == (until, 2)


async def test_reopening_is_over_after_a_quarter_of_an_hour(tissues: Tissues) -> None:
    poll = await opened(tissues)
    await tissues.close(poll.poll_id, 0, HOST, NOW)
    late = NOW + REOPEN_WITHIN + SECOND
    assert isinstance(await tissues.reopen(poll.poll_id, CLUB, None, late), TooLate)


async def test_a_poll_whose_place_is_taken_is_not_reopened(tissues: Tissues) -> None:
    poll = await opened(tissues)
    await tissues.close(poll.poll_id, 0, HOST, NOW)
    other = await opened(tissues)
    assert await tissues.reopen(poll.poll_id, CLUB, None, NOW) == AlreadyOpen(other)


async def test_closing_keeps_ballots_and_reopening_takes_more(db: Database, tissues: Tissues) -> None:
    poll = await opened(tissues)
    await voted(tissues, poll, 1, 2, 3)
    await tissues.close(poll.poll_id, 0, HOST, NOW)
    await tissues.reopen(poll.poll_id, CLUB, None, NOW)
    await tissues.cast(poll.poll_id, CLUB, ALICE, 9, NOW)
    assert await ballots(db, poll.poll_id) == [(2, 2), (3, 3), (ALICE, 9)]


async def test_a_receipt_is_ones_own(tissues: Tissues) -> None:
    poll = await opened(tissues)
    await tissues.cast(poll.poll_id, CLUB, ALICE, 4, NOW)
    await tissues.cast(poll.poll_id, CLUB, ALICE, 5, LATER)
    assert await tissues.receipt(poll.poll_id, CLUB, ALICE) == Receipt(poll, 5, NOW, LATER)
    assert await tissues.receipt(poll.poll_id, CLUB, BELA) == NoBallot(poll)


async def test_erasing_takes_an_open_ballot_wholly_and_leaves_a_closed_number(
    db: Database, tissues: Tissues
) -> None:
    poll = await opened(tissues)
    await voted(tissues, poll, 4, 5, 6, 7)
    assert await tissues.erase(poll.poll_id, CLUB, ALICE) == Erased(poll)
    assert await tissues.erase(poll.poll_id, CLUB, ALICE) == NoBallot(poll)
    assert await ballots(db, poll.poll_id) == [(2, 5), (3, 6), (4, 7)]

    await tissues.close(poll.poll_id, 0, HOST, NOW)
    assert isinstance(await tissues.erase(poll.poll_id, CLUB, BELA), Erased)
    assert await ballots(db, poll.poll_id) == [(None, 5), (3, 6), (4, 7)]
    assert await counted(db, poll.poll_id) == {5: 1, 6: 1, 7: 1}
    recount = await TissueResults(db).recount(poll.poll_id)
    assert recount
    assert recount.matches


async def test_who_erased_a_ballot_may_answer_anew_and_has_only_one(db: Database, tissues: Tissues) -> None:
    poll = await opened(tissues)
    await voted(tissues, poll, 4, 5, 6)
    await tissues.close(poll.poll_id, 0, HOST, NOW)
    await tissues.erase(poll.poll_id, CLUB, ALICE)
    await tissues.reopen(poll.poll_id, CLUB, None, NOW)
    await tissues.cast(poll.poll_id, CLUB, ALICE, 8, NOW)
    assert await ballots(db, poll.poll_id) == [(2, 5), (3, 6), (ALICE, 8)]
    assert await counted(db, poll.poll_id) == {5: 1, 6: 1, 8: 1}


async def test_all_of_a_members_ballots_are_erased_in_one_club_or_all(db: Database, tissues: Tissues) -> None:
    here, there = await opened(tissues), await tissues.open(new_poll(club=OTHER_CLUB), NOW)
    assert isinstance(there, Opened)
    for poll in (here, there.poll):
        await voted(tissues, poll, 1, 2)
    assert await tissues.erase_all(ALICE, CLUB) == [here.poll_id]
    assert await ballots(db, here.poll_id) == [(BELA, 2)]
    assert len(await ballots(db, there.poll.poll_id)) == 2
    assert await tissues.erase_all(BELA, None) == [here.poll_id, there.poll.poll_id]


async def test_everything_survives_a_restart(url: str) -> None:
    db = await open_database(url, NOW)
    poll = await opened(Tissues(db, lambda: None))
    await voted(Tissues(db, lambda: None), poll, 3, 4, 12)
    await db.close()
    db = await open_database(url, NOW)
    assert await ballots(db, poll.poll_id) == [(1, 3), (2, 4), (3, 12)]
    assert await due(db, NOW + timedelta(days=3)) == [(POST, poll.poll_id, 0), (CLOSE, poll.poll_id, 0)]
    await Tissues(db, lambda: None).close(poll.poll_id, 0, None, poll.closes_at)
    result = await TissueResults(db).result(poll.poll_id)
    assert isinstance(result, Figures)
    assert (result.counts.people, result.counts.total) == (3, 19)
    await db.close()
