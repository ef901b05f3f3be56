"""Between votes and evenings, on a real database: a winner is planned once, for a date that fits, or not at all."""

import asyncio
from datetime import time, timedelta

import pytest
from msgspec.structs import replace

from bot.domain.watch.watch import Feature as Film
from bot.domain.watch.watch import State as Evening
from bot.domain.weekly.occurrences import Posting, State
from bot.domain.weekly.slots import Kind, Slot
from bot.services.watches import NewWatch, Watches
from bot.services.weekly import Weekly
from bot.services.weekly_evenings import NoDate, NoLength, NoWinner, Planned, PlannedBefore
from bot.storage.engine import Database, Transaction
from tests.domain.weekly import EIGHT, SUNDAY
from tests.services.weekly import (
    BEFORE,
    CHANNEL,
    CLUB,
    FREE,
    HOST,
    HOUR,
    OTHER_CLUB,
    WEEK,
    Works,
    added,
    new_slot,
    opened,
    posted,
    week_of,
    won,
)

pytestmark = pytest.mark.asyncio

MONDAY = EIGHT - timedelta(days=6)
THURSDAY, FRIDAY = (
    EIGHT - timedelta(days=3),
    EIGHT - timedelta(days=2),
)  # a weekly evening is planned on Thursday


@pytest.fixture
def week(db: Database) -> Weekly:
    return week_of(db)


@pytest.fixture
def works(db: Database) -> Works:
    return Works(db)


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
    found = await week.dates.slot_and_date(posting.date_id)
    assert found
    assert (found[1].state, found[1].subject) == (State.POSTED, str(outcome.watch.watch_id))
    assert await plan(evening, sunday, posting.date_id, BEFORE) == PlannedBefore(outcome.watch)


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


async def evening_slot(week: Weekly) -> Slot:
    return await added(week, new_slot(Kind.WATCH_ALONG), MONDAY)


async def planned(outcome: object) -> Planned:
    assert isinstance(outcome, Planned), outcome
    return outcome


async def nothing_came(week: Weekly, slot: Slot) -> None:
    """Thursday passes with nothing to plan for Sunday."""
    await week.dates.fell_due(slot.slot_id, slot.turn, THURSDAY)
    found = await week.slots.week(slot.slot_id, CLUB, THURSDAY)
    assert found
    posting = await week.slots.by_hand(slot.slot_id, CLUB, THURSDAY)
    assert not isinstance(posting, Posting) or posting.day != SUNDAY
    due = await week.dates.slot_and_date(1)
    assert due
    await week.dates.nothing(due[1], THURSDAY)


async def test_an_evening_that_came_to_nothing_is_free_for_a_winner(week: Weekly, works: Works) -> None:
    slot = await evening_slot(week)
    await nothing_came(week, slot)
    assert (await works.dates(slot))[SUNDAY] is State.EMPTY
    vote = await won(week, "7번방", now=FRIDAY)
    outcome = await planned(await week.evenings.plan(vote.vote_id, CLUB, HOST, FRIDAY))
    assert outcome.watch.planned_for == EIGHT
    assert (await works.dates(slot))[SUNDAY] is State.POSTED


async def test_an_evening_that_was_missed_can_be_asked_for(week: Weekly, works: Works) -> None:
    slot = await evening_slot(week)
    await works.until(THURSDAY + 10 * HOUR)  # the bot was down
    assert await works.dates(slot) == {SUNDAY: State.MISSED}
    posting = await posted(week, slot, FRIDAY)
    assert posting.day == SUNDAY
    assert [job.subject for job in await works.until(FRIDAY)] == [posting.date_id]


async def test_asking_early_in_vain_does_not_use_up_the_date(week: Weekly, works: Works) -> None:
    slot = await evening_slot(week)
    posting = await posted(week, slot, MONDAY)
    assert posting.day == SUNDAY
    await week.dates.nothing(posting, MONDAY)
    await works.until(THURSDAY)
    assert await works.dates(slot) == {SUNDAY: State.POSTED}


async def test_a_winner_that_was_planned_by_hand_is_not_planned_again(week: Weekly, db: Database) -> None:
    vote = await won(week, "7번방")
    chosen, watches = vote.candidates[0].feature, Watches(db, lambda: None)
    film = Film(chosen.film, chosen.version, chosen.title, timedelta(minutes=127))
    draft = await watches.draft(NewWatch(CLUB, CHANNEL, HOST, film, EIGHT - 24 * HOUR), BEFORE)
    assert await week.evenings.winner_ahead(CLUB, BEFORE) is not None  # a draft is nobody's plan yet
    await watches.confirm(draft.watch_id, CLUB, BEFORE)
    outcome = await week.evenings.plan(vote.vote_id, CLUB, HOST, BEFORE)
    assert isinstance(outcome, PlannedBefore)
    assert outcome.watch.watch_id == draft.watch_id
    assert await week.evenings.winner_ahead(CLUB, BEFORE) is None


async def test_an_evening_that_was_called_off_can_be_planned_again(week: Weekly, db: Database) -> None:
    vote = await won(week, "7번방")
    first = await planned(await week.evenings.plan(vote.vote_id, CLUB, HOST, BEFORE))
    await Watches(db, lambda: None).cancel(first.watch.watch_id, CLUB, BEFORE)
    second = await planned(await week.evenings.plan(vote.vote_id, CLUB, HOST, BEFORE))
    assert second.watch.watch_id != first.watch.watch_id
    assert await week.evenings.plan(vote.vote_id, CLUB, HOST, BEFORE) == PlannedBefore(second.watch)


async def test_a_winner_of_long_ago_is_planned_by_nobody(week: Weekly) -> None:
    await won(week, "7번방")
    assert await week.evenings.winner_ahead(CLUB, BEFORE + 3 * WEEK)
    later = BEFORE + 26 * WEEK
    assert await week.evenings.winner_ahead(CLUB, later) is None
    slot = await added(week, new_slot(Kind.WATCH_ALONG), later)
    posting = await posted(week, slot, later)
    assert posting.day
    outcome = await week.evenings.plan_for(slot, slot.when.on(posting.day), posting.date_id, later)
    assert isinstance(outcome, NoWinner)


async def test_a_winner_waits_for_the_end_of_the_evenings_rest(week: Weekly) -> None:
    evening, tuesday = await evening_slot(week), replace(new_slot().when, weekday=1, time=time(9))
    votes = await added(week, replace(new_slot(Kind.NEXT_FILM), when=tuesday), MONDAY)
    await week.slots.pause(evening.slot_id, CLUB, EIGHT + WEEK - HOUR, MONDAY)
    vote = await won(week, "7번방", votes, MONDAY)
    outcome = await planned(await week.evenings.plan(vote.vote_id, CLUB, HOST, MONDAY))
    assert outcome.watch.planned_for == EIGHT + WEEK


async def test_while_evenings_rest_for_good_a_winner_has_no_date(week: Weekly) -> None:
    evening = await evening_slot(week)
    await week.slots.pause(evening.slot_id, CLUB, None, MONDAY)
    vote = await won(week, "7번방", now=MONDAY)
    assert isinstance(await week.evenings.plan(vote.vote_id, CLUB, HOST, MONDAY), NoDate)
    assert await week.evenings.next_evening(vote.vote_id, MONDAY) is None


async def test_two_winners_never_share_a_moment(week: Weekly) -> None:
    slot = await added(week, new_slot(Kind.NEXT_FILM), BEFORE)
    moments = []
    for title in ("7번방", "7. Koğuş"):
        vote = await won(week, title, slot)
        outcome = await planned(await week.evenings.plan(vote.vote_id, CLUB, HOST, BEFORE))
        moments.append(outcome.watch.planned_for)
    assert moments == [EIGHT, EIGHT + WEEK]
