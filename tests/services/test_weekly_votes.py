"""The vote for the next film on a real database: opened once, counted exactly, closed once, planned once."""

import asyncio
from datetime import time

import pytest
from msgspec.structs import replace

from bot.domain.weekly.slots import Kind, Voting
from bot.domain.weekly.votes import (
    Drawn,
    NoSuchVote,
    Outright,
    Over,
    Unread,
    Voted,
    decide,
    winner_of,
)
from bot.services.jobs import Jobs
from bot.services.weekly import Weekly
from bot.services.weekly_settling import RESULT
from bot.services.weekly_votes import AGAIN
from bot.storage.engine import Database
from tests.domain.weekly import EIGHT
from tests.services.weekly import (
    BEFORE,
    CLUB,
    FREE,
    HOUR,
    OTHER_CLUB,
    Works,
    added,
    new_slot,
    opened,
    posted,
    week_of,
    won,
)

pytestmark = pytest.mark.asyncio


@pytest.fixture
def week(db: Database) -> Weekly:
    return week_of(db)


async def test_a_date_has_one_vote_however_often_it_is_opened(week: Weekly) -> None:
    slot = await added(week, new_slot(Kind.NEXT_FILM), BEFORE)
    posting = await posted(week, slot, BEFORE)
    first = await week.votes.open(slot, posting, BEFORE)
    assert first
    assert len(first.candidates) == 7
    assert first.closes_at == EIGHT - HOUR
    await week.votes.posted(first.vote_id, 1)
    again = await week.votes.open(slot, posting, BEFORE + HOUR)
    assert again == replace(first, message_id=1)


async def test_a_vote_that_appears_late_is_open_for_its_time(week: Weekly) -> None:
    slot = await added(week, new_slot(Kind.NEXT_FILM, voting=Voting(open_for=HOUR)), BEFORE)
    posting = await posted(week, slot, BEFORE)
    first = await week.votes.open(slot, posting, BEFORE)  # the process dies before it is sent
    late = await week.votes.open(slot, posting, BEFORE + 2 * HOUR)
    assert first
    assert late == replace(first, opened_at=BEFORE + 2 * HOUR, closes_at=BEFORE + 3 * HOUR)
    assert await week.votes.vote(first.vote_id) == late


async def test_what_stood_in_a_vote_that_was_never_shown_has_not_stood(week: Weekly) -> None:
    await week.votes.suggest(CLUB, 1, FREE, BEFORE)
    vote = await opened(week)
    assert (await week.votes.suggestions(CLUB))[0].stood == 1
    await week.votes.drop(vote.vote_id, BEFORE)
    assert (await week.votes.suggestions(CLUB))[0].stood == 0


async def test_a_lost_message_comes_back_by_itself_once_and_as_often_as_a_host_asks(
    week: Weekly, db: Database
) -> None:
    vote = await opened(week)
    for number, most, comes in ((1, 1, True), (2, 1, False), (2, None, True)):
        await week.votes.posted(vote.vote_id, number)
        assert await week.votes.message_lost(vote.vote_id, number, BEFORE, most) is comes
        kinds = [job.kind for job in await Works(db).until(BEFORE)]
        assert (AGAIN in kinds) is comes
    assert not await week.votes.message_lost(vote.vote_id, 3, vote.closes_at)


async def test_a_result_waits_for_the_end_of_quiet_hours_and_no_longer(week: Weekly, db: Database) -> None:
    await week.slots.set_quiet(CLUB, (time(0), time(23, 59)), BEFORE)
    await won(week, "7번방")
    assert RESULT not in [job.kind for job in await Works(db).until(BEFORE + HOUR)]
    await week.slots.set_quiet(CLUB, None, BEFORE + HOUR)
    assert RESULT in [job.kind for job in await Works(db).until(BEFORE + HOUR)]


async def test_a_result_that_failed_before_waits_for_the_end_of_quiet_hours_too(
    week: Weekly, db: Database
) -> None:
    vote = await won(week, "7번방")
    jobs = Jobs(db)
    (job,) = [each for each in await jobs.claim(BEFORE, 10) if each.kind == RESULT]
    await week.slots.set_quiet(CLUB, (time(0), time(23, 59)), BEFORE)
    assert await week.votes.may_show(job, BEFORE) is None
    await jobs.finished(job, BEFORE)  # as the runner does: it was moved, so it comes again
    opened_at = BEFORE.replace(hour=23, minute=59)
    early = await jobs.claim(opened_at - HOUR, 10)
    assert RESULT not in [each.kind for each in early]
    (again,) = [each for each in await jobs.claim(opened_at, 10) if each.kind == RESULT]
    assert await week.votes.may_show(again, opened_at) == await week.votes.vote(vote.vote_id)
    assert not again.again


async def test_a_ballot_is_one_however_often_it_is_changed(week: Weekly) -> None:
    vote = await opened(week)
    one, two = vote.candidates[:2]
    cast = week.votes.cast
    assert await cast(vote.vote_id, CLUB, 1, one.number, BEFORE) == Voted(vote, one, None)
    changed = await cast(vote.vote_id, CLUB, 1, two.number, BEFORE)
    assert isinstance(changed, Voted)
    assert (changed.candidate, changed.before, changed.vote.people) == (two, one, 1)
    await asyncio.gather(*(cast(vote.vote_id, CLUB, member, one.number, BEFORE) for member in range(2, 30)))
    await week.votes.close(vote.vote_id, BEFORE)
    closed = await week.votes.vote(vote.vote_id)
    assert closed
    assert {each.number: each.votes for each in closed.candidates if each.votes} == {1: 28, 2: 1}
    assert closed.people == 29


async def test_after_its_minute_or_its_close_nothing_counts(week: Weekly) -> None:
    vote = await opened(week)
    await week.votes.cast(vote.vote_id, CLUB, 1, 1, BEFORE)
    late = await week.votes.cast(vote.vote_id, CLUB, 1, 2, vote.closes_at)
    assert isinstance(late, Over)
    assert late.mine == vote.candidates[0]
    assert isinstance(await week.votes.cast(vote.vote_id, OTHER_CLUB, 1, 2, BEFORE), NoSuchVote)
    assert isinstance(await week.votes.cast(vote.vote_id, CLUB, 1, 99, BEFORE), NoSuchVote)
    receipt = await week.votes.receipt(vote.vote_id, CLUB, 1)
    assert receipt
    assert receipt[1] == vote.candidates[0]


async def test_a_vote_is_closed_once_and_its_lot_is_drawn_once(week: Weekly, db: Database) -> None:
    vote = await opened(week)
    for member, number in ((1, 1), (2, 2)):
        await week.votes.cast(vote.vote_id, CLUB, member, number, BEFORE)
    await week.votes.close(vote.vote_id, BEFORE)
    first = await week.votes.vote(vote.vote_id)
    await week.votes.close(vote.vote_id, BEFORE + HOUR)
    assert first
    assert first == await week.votes.vote(vote.vote_id)
    assert isinstance(decide(first), Drawn)
    jobs = await Works(db).until(BEFORE)
    assert [job.kind for job in jobs].count(RESULT) == 1


async def test_discords_own_counts_are_kept_or_it_is_said_that_nobody_knows(week: Weekly) -> None:
    native = await added(week, new_slot(Kind.NEXT_FILM, voting=Voting(native=True)), BEFORE)
    read, unread = await opened(week, native), await opened(week, native)
    assert isinstance(await week.votes.cast(read.vote_id, CLUB, 1, 1, BEFORE), Over)
    await week.votes.close(read.vote_id, BEFORE, {1: 4, 3: 9})
    await week.votes.close(unread.vote_id, BEFORE)
    found = [await week.votes.vote(vote.vote_id) for vote in (read, unread)]
    assert [
        isinstance(decide(vote), kind) for vote, kind in zip(found, (Outright, Unread), strict=True) if vote
    ]
    decided = found[0] and winner_of(decide(found[0]))
    assert decided
    assert (decided.number, decided.votes) == (3, 9)


async def test_discord_is_asked_again_and_given_up_in_the_end(week: Weekly, db: Database) -> None:
    native = await added(week, new_slot(Kind.NEXT_FILM, voting=Voting(native=True)), BEFORE)
    vote = await opened(week, native)
    await Works(db).until(vote.closes_at - HOUR)
    now, looks = vote.closes_at, 0
    while await week.votes.look_again(vote.vote_id, looks, now):
        looks += 1
        now += HOUR
    assert 20 <= looks <= 25


async def test_a_suggestion_is_on_the_list_once_and_its_owner_can_take_it_back(week: Weekly) -> None:
    assert await week.votes.suggest(CLUB, 1, FREE, BEFORE)
    assert not await week.votes.suggest(CLUB, 2, replace(FREE, title="a QUIET film"), BEFORE)
    assert await week.votes.suggest(OTHER_CLUB, 2, FREE, BEFORE)
    (listed,) = await week.votes.suggestions(CLUB)
    standing = await week.votes.standing(CLUB)
    assert (standing[0].feature, standing[0].suggested_by) == (FREE, 1)
    await week.votes.withdraw(CLUB, listed.suggestion_id)
    assert await week.votes.suggestions(CLUB) == []
    assert len(await week.votes.suggestions(OTHER_CLUB)) == 1
