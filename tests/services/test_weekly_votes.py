"""The vote for the next film on a real database: opened once, counted exactly, closed once, planned once."""

import asyncio
from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.domain.watch.watch import State as Evening
from bot.domain.weekly.candidates import Feature
from bot.domain.weekly.occurrences import State
from bot.domain.weekly.slots import Kind, Slot, Voting
from bot.domain.weekly.votes import (
    Drawn,
    NoSuchVote,
    Outright,
    Over,
    Unread,
    Vote,
    Voted,
    decide,
    winner_of,
)
from bot.services.watches import Watches
from bot.services.weekly import Weekly
from bot.services.weekly_evenings import NoDate, NoLength, NoWinner, Planned, PlannedBefore
from bot.services.weekly_votes import RESULT
from bot.storage.engine import Database, Transaction
from tests.domain.weekly import EIGHT, SUNDAY
from tests.services.weekly import CLUB, HOST, HOUR, OTHER_CLUB, WEEK, Works, added, new_slot, posted, week_of

pytestmark = pytest.mark.asyncio

BEFORE = EIGHT - timedelta(days=2)
FREE = Feature("", "", "A quiet film", 95)


@pytest.fixture
def week(db: Database) -> Weekly:
    return week_of(db)


async def opened(week: Weekly, slot: Slot | None = None, now: datetime = BEFORE) -> Vote:
    slot = slot or await added(week, new_slot(Kind.NEXT_FILM), now)
    vote = await week.votes.open(slot, await posted(week, slot, now), now)
    assert vote
    return vote


async def won(week: Weekly, title: str, slot: Slot | None = None, now: datetime = BEFORE) -> Vote:
    """A closed vote that this candidate has won."""
    vote = await opened(week, slot, now)
    number = next(each.number for each in vote.candidates if title in each.feature.title)
    for member in (1, 2, 3):
        await week.votes.cast(vote.vote_id, CLUB, member, number, now)
    await week.votes.close(vote.vote_id, now)
    closed = await week.votes.vote(vote.vote_id)
    assert closed
    return closed


async def test_a_date_has_one_vote_however_often_it_is_opened(week: Weekly) -> None:
    slot = await added(week, new_slot(Kind.NEXT_FILM), BEFORE)
    posting = await posted(week, slot, BEFORE)
    first = await week.votes.open(slot, posting, BEFORE)
    assert first == await week.votes.open(slot, posting, BEFORE + HOUR)
    assert first
    assert len(first.candidates) == 7
    assert first.closes_at == EIGHT - HOUR


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


async def test_a_winner_is_planned_once_and_leaves_the_list(week: Weekly, db: Database) -> None:
    await week.votes.suggest(CLUB, 1, FREE, BEFORE)
    vote = await won(week, "quiet")
    outcomes = await asyncio.gather(*(week.evenings.plan(vote.vote_id, CLUB, HOST, BEFORE) for _ in range(5)))
    (planned,) = [each.watch for each in outcomes if isinstance(each, Planned)]
    assert [each for each in outcomes if not isinstance(each, Planned)] == [PlannedBefore(planned)] * 4
    assert (planned.state, planned.planned_for, planned.host_id) == (Evening.PLANNED, EIGHT, HOST)
    assert (planned.feature.title, planned.feature.length) == (FREE.title, timedelta(minutes=95))
    assert await week.votes.suggestions(CLUB) == []
    kinds = [job.kind for job in await Works(db).until(BEFORE)]
    assert kinds.count("watch-post") == 1


async def test_a_winner_goes_to_the_weekly_evening_which_plans_no_other_then(
    week: Weekly, db: Database
) -> None:
    evening = await added(week, new_slot(Kind.WATCH_ALONG), BEFORE)
    vote = await won(week, "7번방")
    planned = await week.evenings.plan(vote.vote_id, CLUB, HOST, BEFORE)
    assert isinstance(planned, Planned)
    assert planned.watch.planned_for == EIGHT
    assert await Works(db).dates(evening) == {SUNDAY: State.POSTED}
    following = await week.evenings.plan((await won(week, "Koğuş")).vote_id, CLUB, HOST, BEFORE)
    assert isinstance(following, Planned)
    assert following.watch.planned_for == EIGHT + WEEK


async def test_a_weekly_evening_plans_the_last_vote_s_winner(week: Weekly) -> None:
    evening = await added(week, new_slot(Kind.WATCH_ALONG), BEFORE)
    posting = await posted(week, evening, BEFORE)
    sunday = evening.when.on(SUNDAY)
    plan = week.evenings.plan_for
    assert isinstance(await plan(evening, sunday, posting.date_id, BEFORE), NoWinner)
    await won(week, "7번방")
    assert isinstance(await plan(evening, sunday, posting.date_id, EIGHT), NoDate)
    outcome = await plan(evening, sunday, posting.date_id, BEFORE)
    assert isinstance(outcome, Planned)
    assert outcome.watch.planned_for == EIGHT
    found = await week.dates.date(posting.date_id)
    assert found
    assert (found[1].state, found[1].subject) == (State.POSTED, str(outcome.watch.watch_id))
    assert isinstance(await plan(evening, sunday, posting.date_id, BEFORE), NoWinner)


async def test_what_has_no_known_length_is_not_planned(week: Weekly) -> None:
    vote = await won(week, "ಪುಷ್ಪಕ")
    assert isinstance(await week.evenings.plan(vote.vote_id, CLUB, HOST, BEFORE), NoLength)


async def test_an_open_vote_and_another_clubs_are_not_planned(week: Weekly) -> None:
    vote = await opened(week)
    assert isinstance(await week.evenings.plan(vote.vote_id, CLUB, HOST, BEFORE), NoWinner)
    closed = await won(week, "7번방")
    assert isinstance(await week.evenings.plan(closed.vote_id, OTHER_CLUB, HOST, BEFORE), NoWinner)


async def test_the_last_evening_without_a_poll_is_asked_about(week: Weekly, db: Database) -> None:
    vote = await won(week, "7번방")
    planned = await week.evenings.plan(vote.vote_id, CLUB, HOST, BEFORE)
    assert isinstance(planned, Planned)
    number = planned.watch.watch_id
    assert await week.evenings.unasked(CLUB, EIGHT) is None
    watches = Watches(db, lambda: None)
    for step in (watches.open_lobby, watches.start):
        await step(number, CLUB, EIGHT)
    await watches.finish(number, CLUB, EIGHT + 2 * HOUR)
    found = await week.evenings.unasked(CLUB, EIGHT + 3 * HOUR)
    assert found
    assert found.watch_id == number
    assert await week.evenings.unasked(CLUB, EIGHT + 20 * WEEK) is None

    async def asked(tx: Transaction) -> None:
        await tx.execute("UPDATE watches SET poll_id = 1 WHERE watch_id = ?", number)

    await db.write(asked)
    assert await week.evenings.unasked(CLUB, EIGHT + 3 * HOUR) is None
