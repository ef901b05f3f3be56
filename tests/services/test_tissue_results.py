"""What anybody may see of polls: nothing of a hidden one but how many have answered, nothing of two people."""

import asyncio
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.tissues.comparing import NewRecord, Tally
from bot.domain.tissues.polls import Poll
from bot.domain.tissues.results import Board, BoardRow, Figures, PeopleOnly, Recount
from bot.services.tissue_results import TissueResults
from bot.services.tissues import Tissues
from bot.storage.engine import Database, Transaction
from bot.storage.opening import open_database
from tests.services.times import NOW
from tests.services.tissues import CLUB, HOST, HOUR, LATER, opened, voted

pytestmark = pytest.mark.asyncio

ALICE, BELA, CHRIS = 1, 2, 3


@pytest.fixture
def tissues(db: Database) -> Tissues:
    return Tissues(db, lambda: None)


@pytest.fixture
def results(db: Database) -> TissueResults:
    return TissueResults(db)


async def closed(tissues: Tissues, version: str, *ballots: int, now: datetime = NOW) -> Poll:
    poll = await opened(tissues, version, now=now)
    await voted(tissues, poll, *ballots, now=now)
    await tissues.close(poll.poll_id, 0, HOST, now)
    return poll


async def test_a_hidden_poll_shows_people_and_a_closed_one_its_figures(
    tissues: Tissues, results: TissueResults
) -> None:
    poll = await opened(tissues)
    await voted(tissues, poll, 1, 2, 6)
    assert await results.result(poll.poll_id) == PeopleOnly(poll, 3)
    await tissues.close(poll.poll_id, 0, HOST, NOW)
    result = await results.result(poll.poll_id)
    assert isinstance(result, Figures)
    assert result.counts.people_by_tissues == {1: 1, 2: 1, 6: 1}


async def test_a_live_poll_shows_its_figures_from_three_people_on(
    tissues: Tissues, results: TissueResults
) -> None:
    poll = await opened(tissues, live=True)
    await voted(tissues, poll, 1, 2)
    assert await results.result(poll.poll_id) == PeopleOnly(poll, 2)
    await voted(tissues, poll, 1, 2, 6)
    result = await results.result(poll.poll_id)
    assert isinstance(result, Figures)
    assert result.comparisons.record is None


async def test_two_people_stay_two_people_for_ever(tissues: Tissues, results: TissueResults) -> None:
    poll = await closed(tissues, "tr2019", 4, 400)
    result = await results.result(poll.poll_id)
    assert isinstance(result, PeopleOnly)
    assert result.people == 2
    assert await results.versions(CLUB, "miracle") == ()
    recount = await results.recount(poll.poll_id)
    assert recount == Recount(result.poll, matches=True)


async def test_a_small_poll_is_left_out_of_what_several_come_to(
    tissues: Tissues, results: TissueResults
) -> None:
    await closed(tissues, "tr2019", 400, 400)
    await closed(tissues, "tr2019", 1, 1, 1)
    assert await results.versions(CLUB, "miracle") == (Tally("miracle", "tr2019", 3, 3),)


async def test_a_result_is_compared_with_what_was_closed_before_it(
    tissues: Tissues, results: TissueResults
) -> None:
    first = await closed(tissues, "kr2013", 2, 2, 2, 2, 2)
    second = await closed(tissues, "tr2019", 4, 4, 4, 4, 4, now=LATER)
    await closed(tissues, "mx2025", 9, 9, 9, 9, 9, now=LATER + HOUR)
    earlier, later = [await results.result(poll.poll_id) for poll in (first, second)]
    assert isinstance(earlier, Figures)
    assert isinstance(later, Figures)
    assert earlier.comparisons.record is None
    assert later.comparisons.record == NewRecord(Tally("miracle", "kr2013", 5, 10))


async def test_versions_are_those_of_this_club_and_film_closed_and_wettest_first(
    tissues: Tissues, results: TissueResults
) -> None:
    await closed(tissues, "kr2013", 1, 2, 3)
    await closed(tissues, "tr2019", 7, 8, 9)
    await closed(tissues, "", 7, 8, 9)
    await voted(tissues, await opened(tissues, "kr2013"), 50, 50, 50)
    assert await results.versions(CLUB, "miracle") == (
        Tally("miracle", "tr2019", 3, 24),
        Tally("miracle", "kr2013", 3, 6),
    )
    assert await results.versions(CLUB + 1, "miracle") == ()
    assert await results.versions(CLUB, "other") == ()


async def test_a_recount_tells_when_counts_and_ballots_differ(
    db: Database, tissues: Tissues, results: TissueResults
) -> None:
    poll = await closed(tissues, "tr2019", 4, 5, 6)

    async def tamper(tx: Transaction) -> None:
        await tx.execute("UPDATE tissue_ballots SET tissues = 9 WHERE member_id = 1")

    await db.write(tamper)
    recount = await results.recount(poll.poll_id)
    assert recount
    assert recount.kept
    assert recount.found
    assert (recount.matches, recount.kept.total, recount.found.total) == (False, 15, 20)


async def test_the_board_lists_who_asked_for_it_over_closed_polls(
    tissues: Tissues, results: TissueResults
) -> None:
    await closed(tissues, "kr2013", 1, 2, 3, 4, 9)
    await closed(tissues, "tr2019", 5, 1, 0, 0, 9)
    await voted(tissues, await opened(tissues, "mx2025"), 100, 100, 100, 100)
    for member in (ALICE, BELA):
        await results.list_on_board(CLUB, member, NOW, listed=True)
        await results.list_on_board(CLUB, member, NOW, listed=True)
    rows = (BoardRow(ALICE, 6, 2), BoardRow(BELA, 3, 2))
    assert await results.board(CLUB, ALICE) == Board(rows, joined=True)
    assert await results.board(CLUB, CHRIS) == Board(rows, joined=False)
    await results.list_on_board(CLUB, ALICE, NOW, listed=False)
    assert (await results.board(CLUB, ALICE)).rows == (BoardRow(BELA, 3, 2),)
    assert (await results.board(CLUB + 1, ALICE)).rows == ()


async def test_the_board_leaves_out_a_poll_that_would_give_away_one_or_two_who_are_not_on_it(
    tissues: Tissues, results: TissueResults
) -> None:
    """Of two, either would work out the other's number."""
    await closed(tissues, "kr2013", 10, 20, 30, 40)
    await results.list_on_board(CLUB, ALICE, NOW, listed=True)
    assert (await results.board(CLUB, ALICE)).rows == (BoardRow(ALICE, 10, 1),)
    for member in (BELA, CHRIS):
        await results.list_on_board(CLUB, member, NOW, listed=True)
        assert {row.total for row in (await results.board(CLUB, ALICE)).rows} == {0}
    await results.list_on_board(CLUB, 4, NOW, listed=True)
    assert [row.total for row in (await results.board(CLUB, ALICE)).rows] == [40, 30, 20, 10]


async def test_an_erased_ballot_leaves_the_board(tissues: Tissues, results: TissueResults) -> None:
    poll = await closed(tissues, "kr2013", 10, 20, 30)
    await results.list_on_board(CLUB, ALICE, NOW, listed=True)
    await tissues.erase(poll.poll_id, CLUB, ALICE)
    assert (await results.board(CLUB, ALICE)).rows == (BoardRow(ALICE, 0, 0),)


async def test_a_message_is_stale_while_it_says_another_number(
    tissues: Tissues, results: TissueResults
) -> None:
    poll = await opened(tissues)
    await voted(tissues, poll, 1, 2)
    assert await results.stale() == []
    await results.posted(poll.poll_id, 900)
    assert await results.stale() == [poll.poll_id]
    await results.shown(poll.poll_id, 2)
    assert await results.stale() == []


async def test_the_first_message_of_a_poll_stays_the_one(tissues: Tissues, results: TissueResults) -> None:
    poll = await opened(tissues)
    for message in (900, 901):
        await results.posted(poll.poll_id, message)
        await results.result_posted(poll.poll_id, message + 10)
    kept = await results.poll(poll.poll_id)
    assert kept
    assert (kept.message_id, kept.result_id) == (900, 910)


async def test_polls_are_listed_open_ones_first_then_closed_last(
    tissues: Tissues, results: TissueResults
) -> None:
    old = await closed(tissues, "kr2013")
    newer = await closed(tissues, "mx2025", now=LATER)
    late, soon = await opened(tissues, "tr2019", now=LATER), await opened(tissues, "ph2019")
    assert [poll.poll_id for poll in await results.open_polls(CLUB)] == [soon.poll_id, late.poll_id]
    listed = [poll.poll_id for poll in await results.polls(CLUB)]
    assert set(listed[:2]) == {late.poll_id, soon.poll_id}
    assert listed[2:] == [newer.poll_id, old.poll_id]


values = st.integers(0, 999)


async def everything_shown(db: Database, poll_id: int) -> object:
    """All that anybody but a ballot's owner can ask for about a poll and its club."""
    results = TissueResults(db)
    return await asyncio.gather(
        results.result(poll_id),
        results.recount(poll_id),
        results.versions(CLUB, "miracle"),
        results.board(CLUB, 99),
        results.polls(CLUB),
        results.stale(),
    )


@given(pairs=st.lists(st.tuples(values, values), min_size=1, max_size=12), reopened=st.booleans())
@settings(max_examples=30, deadline=None)
async def test_nothing_shown_of_a_hidden_poll_depends_on_what_its_ballots_say(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[int, int]], reopened: bool
) -> None:
    seen = []
    for ballots in zip(*pairs, strict=True):
        path = tmp_path_factory.mktemp("hidden") / "bot.db"
        db = await open_database(f"sqlite:///{path}", NOW)
        tissues, results = Tissues(db, lambda: None), TissueResults(db)
        await closed(tissues, "kr2013", 1, 2, 3, 4, 5)
        poll = await opened(tissues)
        if reopened:
            await tissues.close(poll.poll_id, 0, HOST, NOW)
            await tissues.reopen(poll.poll_id, CLUB, None, NOW)
        for member in (ALICE, BELA):
            await results.list_on_board(CLUB, member, NOW, listed=True)
        await voted(tissues, poll, *ballots)
        seen.append(await everything_shown(db, poll.poll_id))
        await db.close()
    assert seen[0] == seen[1]
