"""Slots and their dates on a real database: asked for, settled with the next one, killed in between, held back."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.recurrence import WeeklyTime
from bot.domain.weekly.occurrences import NoSuchSlot, NotAhead, Settled, State, TooMany, Week
from bot.domain.weekly.slots import MOST_SLOTS, Kind, Slot
from bot.errors import UserError
from bot.services.clubs import Change as ClubChange
from bot.services.clubs import Clubs
from bot.services.jobs import Jobs
from bot.services.weekly import Weekly
from bot.services.weekly_settling import POST
from bot.services.weekly_slots import Change
from bot.storage.engine import Database
from bot.storage.opening import open_database
from tests.domain.weekly import EIGHT, SUNDAY
from tests.services.weekly import (
    CLUB,
    HOST,
    HOUR,
    OTHER_CLUB,
    WEEK,
    Works,
    added,
    new_slot,
    posted,
    week_of,
)

pytestmark = pytest.mark.asyncio

BEFORE = EIGHT - timedelta(days=2)


@pytest.fixture
def week(db: Database) -> Weekly:
    return week_of(db)


@pytest.fixture
def works(db: Database) -> Works:
    return Works(db)


def settled(outcome: object) -> Week:
    assert isinstance(outcome, Settled)
    return outcome.week


async def test_a_new_slot_is_looked_at_when_its_first_date_comes(week: Weekly, works: Works) -> None:
    slot = await added(week, new_slot(), BEFORE)
    assert slot.next_day == SUNDAY
    assert await works.next() == EIGHT


async def test_each_date_is_posted_once_and_asks_for_the_next(week: Weekly, works: Works) -> None:
    slot = await added(week, new_slot(), BEFORE)
    for number in range(8):
        await works.until(EIGHT + number * WEEK)
        await works.until(EIGHT + number * WEEK + HOUR)
    assert await works.dates(slot) == {SUNDAY + number * WEEK: State.POSTED for number in range(8)}
    assert await works.next() == EIGHT + 8 * WEEK


async def test_after_an_outage_the_newest_is_posted_and_the_others_are_noted(
    week: Weekly, works: Works
) -> None:
    slot = await added(week, new_slot(), BEFORE)
    await works.until(EIGHT + 2 * WEEK + 5 * HOUR)
    assert await works.dates(slot) == {
        SUNDAY: State.MISSED,
        SUNDAY + WEEK: State.MISSED,
        SUNDAY + 2 * WEEK: State.POSTED,
    }


async def test_a_post_that_was_asked_for_and_died_is_not_made_past_its_grace(
    week: Weekly, works: Works
) -> None:
    slot = await added(week, new_slot(), BEFORE)
    await works.until(EIGHT, dies_after=0)
    await works.until(EIGHT + 7 * HOUR)
    assert await works.dates(slot) == {SUNDAY: State.MISSED}


@settings(max_examples=40, deadline=None)
@given(
    steps=st.lists(
        st.tuples(st.integers(0, 9 * 24), st.none() | st.integers(0, 3), st.booleans()), max_size=20
    )
)
async def test_killed_at_any_step_each_date_comes_to_one_end(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, int | None, bool]]
) -> None:
    path = tmp_path_factory.mktemp("weekly") / "bot.db"
    db = await open_database(f"sqlite:///{path}", BEFORE)
    slot, now = await added(week_of(db), new_slot(), BEFORE), BEFORE
    for hours, dies_after, reopened in steps:
        now += timedelta(hours=hours)
        await Works(db).until(now, dies_after=dies_after)
        if reopened:
            await db.close()
            db = await open_database(f"sqlite:///{path}", now)
    await Works(db).until(now)
    dates = await Works(db).dates(slot)
    came = [SUNDAY + number * WEEK for number in range(200) if EIGHT + number * WEEK <= now]
    assert list(dates) == came or sorted(day for day in dates if day) == came
    assert set(dates.values()) <= {State.POSTED, State.MISSED}
    assert await Works(db).next() == EIGHT + len(came) * WEEK
    await db.close()


async def test_a_change_moves_the_date_but_brings_none_back(week: Weekly, works: Works) -> None:
    slot = await added(week, new_slot(), BEFORE)
    await works.until(EIGHT)
    later = Change(at=time(22))
    changed = settled(await week.slots.change(slot.slot_id, CLUB, HOST, later, EIGHT + HOUR))
    assert changed.slot.when == WeeklyTime(6, time(22), "Europe/Berlin")
    assert changed.slot.next_day == SUNDAY + WEEK
    assert await works.next() == EIGHT + WEEK + 2 * HOUR


async def test_a_slots_zone_is_kept_by_its_own_name(week: Weekly) -> None:
    new = new_slot()
    slot = await added(week, replace(new, when=replace(new.when, zone="berlin")), BEFORE)
    assert slot.when.zone == "Europe/Berlin"
    changed = settled(await week.slots.change(slot.slot_id, CLUB, HOST, Change(zone="asia/seoul"), BEFORE))
    assert changed.slot.when.zone == "Asia/Seoul"


async def test_an_unknown_zone_is_refused_and_changes_nothing(week: Weekly) -> None:
    slot = await added(week, new_slot(), BEFORE)
    with pytest.raises(UserError, match=r"club\.zone_unknown"):
        await week.slots.change(slot.slot_id, CLUB, HOST, Change(zone="Asia/Gotham", weekday=1), BEFORE)
    found = await week.slots.week(slot.slot_id, CLUB, BEFORE)
    assert found
    assert found.slot == slot


async def test_a_skipped_date_passes_and_a_skip_can_be_taken_back(week: Weekly, works: Works) -> None:
    slot = await added(week, new_slot(), BEFORE)
    first = settled(await week.slots.skip(slot.slot_id, CLUB, None, BEFORE))
    second = settled(await week.slots.skip(slot.slot_id, CLUB, SUNDAY + 2 * WEEK, BEFORE))
    assert first.skipped == [SUNDAY]
    assert [each.day for each in second.ahead(BEFORE, 2)] == [SUNDAY + WEEK, SUNDAY + 3 * WEEK]
    settled(await week.slots.unskip(slot.slot_id, CLUB, SUNDAY, BEFORE))
    for number in range(4):
        await works.until(EIGHT + number * WEEK)
    dates = await works.dates(slot)
    assert [day for day, state in dates.items() if state is State.POSTED] == [
        SUNDAY,
        SUNDAY + WEEK,
        SUNDAY + 3 * WEEK,
    ]
    assert isinstance(
        await week.slots.unskip(slot.slot_id, CLUB, SUNDAY + 2 * WEEK, EIGHT + 4 * WEEK), NotAhead
    )


@pytest.mark.parametrize("day", [SUNDAY + timedelta(days=1), SUNDAY - WEEK, date(9999, 12, 26)])
async def test_only_dates_ahead_can_be_skipped(week: Weekly, day: date) -> None:
    slot = await added(week, new_slot(), BEFORE)
    assert isinstance(await week.slots.skip(slot.slot_id, CLUB, day, BEFORE), NotAhead)


async def test_a_rest_ends_at_its_moment_or_when_somebody_says_so(week: Weekly, works: Works) -> None:
    slot = await added(week, new_slot(), BEFORE)
    until = EIGHT + WEEK + HOUR
    settled(await week.slots.pause(slot.slot_id, CLUB, until, BEFORE))
    await works.until(EIGHT + 2 * WEEK)
    assert await works.dates(slot) == {SUNDAY + 2 * WEEK: State.POSTED}
    settled(await week.slots.pause(slot.slot_id, CLUB, None, EIGHT + 2 * WEEK))
    assert await works.next() is None
    settled(await week.slots.resume(slot.slot_id, CLUB, HOST, EIGHT + 5 * WEEK + HOUR))
    await works.until(EIGHT + 6 * WEEK)
    assert list(await works.dates(slot)) == [SUNDAY + 2 * WEEK, SUNDAY + 6 * WEEK]


async def test_quiet_hours_hold_a_date_back_and_their_end_releases_it(week: Weekly, works: Works) -> None:
    slot = await added(week, new_slot(), BEFORE)
    await week.slots.set_quiet(CLUB, (time(18), time(23)), BEFORE)
    opened = EIGHT + 2 * HOUR  # the club's zone is UTC
    opened = datetime(2026, 11, 22, 23, tzinfo=EIGHT.tzinfo)
    assert await works.next() == opened
    await works.until(EIGHT + HOUR)
    assert await works.dates(slot) == {}
    await works.until(opened)
    assert await works.dates(slot) == {SUNDAY: State.POSTED}
    await week.slots.set_quiet(CLUB, None, opened)
    assert await works.next() == EIGHT + WEEK


async def held_back(week: Weekly, works: Works) -> Slot:
    """A slot whose date of Sunday, 19:00 by the club's clock, waits for 23:00."""
    slot = await added(week, new_slot(), BEFORE)
    await week.slots.set_quiet(CLUB, (time(18), time(23)), BEFORE)
    await works.until(EIGHT)
    assert await works.dates(slot) == {}
    return slot


@pytest.mark.parametrize(
    ("hours", "comes_after"),
    [(None, HOUR), ((time(18), time(21)), 2 * HOUR), ((time(18), time(23)), 4 * HOUR)],
)
async def test_what_is_held_back_comes_when_the_new_quiet_hours_let_it(
    week: Weekly, works: Works, hours: tuple[time, time] | None, comes_after: timedelta
) -> None:
    slot = await held_back(week, works)
    await week.slots.set_quiet(CLUB, hours, EIGHT + HOUR)
    assert await works.next() == EIGHT + (timedelta() if hours is None else comes_after)
    await works.until(EIGHT + comes_after)
    assert await works.dates(slot) == {SUNDAY: State.POSTED}


async def test_what_is_held_back_outlives_a_change_of_anything_but_its_time(
    week: Weekly, works: Works
) -> None:
    slot = await held_back(week, works)
    changed = settled(
        await week.slots.change(slot.slot_id, CLUB, HOST, Change(grace=timedelta(days=1)), EIGHT + HOUR)
    )
    assert changed.held(EIGHT + HOUR)
    await works.until(EIGHT + 4 * HOUR)
    assert await works.dates(slot) == {SUNDAY: State.POSTED}


@pytest.mark.parametrize("change", ["moved", "rests"])
async def test_what_is_held_back_is_noted_as_passed_when_its_slot_is_moved_or_rests(
    week: Weekly, works: Works, change: str
) -> None:
    slot = await held_back(week, works)
    if change == "moved":
        outcome = await week.slots.change(slot.slot_id, CLUB, HOST, Change(weekday=0), EIGHT + HOUR)
    else:
        outcome = await week.slots.pause(slot.slot_id, CLUB, None, EIGHT + HOUR)
    assert not settled(outcome).held(EIGHT + HOUR)
    await works.until(EIGHT + 4 * HOUR)
    assert await works.dates(slot) == {SUNDAY: State.MISSED}


async def test_what_is_held_back_can_be_skipped(week: Weekly, works: Works) -> None:
    slot = await held_back(week, works)
    skipped = settled(await week.slots.skip(slot.slot_id, CLUB, SUNDAY, EIGHT + HOUR))
    assert skipped.skipped == [SUNDAY]
    assert not skipped.held(EIGHT + HOUR)
    await works.until(EIGHT + 4 * HOUR)
    assert await works.dates(slot) == {SUNDAY: State.SKIPPED}
    passed = await week.slots.week(slot.slot_id, CLUB, EIGHT + 4 * HOUR)
    assert passed
    assert passed.skipped == []


async def test_a_post_that_died_waits_for_the_end_of_quiet_hours_too(week: Weekly, works: Works) -> None:
    slot = await added(week, new_slot(), BEFORE)
    await week.slots.set_quiet(CLUB, (time(20), time(22)), BEFORE)
    await works.until(EIGHT, dies_after=0)
    await works.until(EIGHT + 2 * HOUR)
    assert await works.dates(slot) == {SUNDAY: State.DUE}
    await works.until(EIGHT + 3 * HOUR)
    assert await works.dates(slot) == {SUNDAY: State.POSTED}


async def test_a_post_that_quiet_hours_held_back_was_not_tried(
    week: Weekly, works: Works, db: Database
) -> None:
    await added(week, new_slot(), BEFORE)
    await works.until(EIGHT, dies_after=0)
    await week.slots.set_quiet(CLUB, (time(19), time(21)), EIGHT)
    await works.until(EIGHT + HOUR)
    (job,) = [each for each in await Jobs(db).claim(EIGHT + 2 * HOUR, 10) if each.kind == POST]
    assert not job.again


@pytest.mark.parametrize("held", [False, True])
async def test_another_clock_of_the_club_moves_its_quiet_hours(
    week: Weekly, works: Works, db: Database, held: bool
) -> None:
    """23:00 in Berlin is quiet there, and 17:00 in New York is not."""
    clubs, eleven = Clubs(db, ["en"]), EIGHT + 3 * HOUR
    await clubs.change(CLUB, ClubChange(zone="Europe/Berlin"), BEFORE)
    new = new_slot()
    slot = await added(week, replace(new, when=replace(new.when, time=time(23))), BEFORE)
    await week.slots.set_quiet(CLUB, (time(22), time(8)), BEFORE)
    assert await works.next() == eleven + 9 * HOUR
    if held:
        await works.until(eleven)
    await clubs.change(CLUB, ClubChange(zone="America/New_York"), eleven + HOUR if held else BEFORE)
    await works.until(eleven + HOUR)
    assert await works.dates(slot) == {SUNDAY: State.POSTED}


async def test_what_a_host_asks_for_now_heeds_no_quiet_hours_and_takes_no_date(
    week: Weekly, works: Works
) -> None:
    slot = await added(week, new_slot(), BEFORE)
    await week.slots.set_quiet(CLUB, (time(0), time(23, 59)), BEFORE)
    await posted(week, slot, BEFORE)
    await works.until(BEFORE)
    assert await works.dates(slot) == {None: State.POSTED}


async def test_a_watch_along_asked_for_now_is_its_next_dates(week: Weekly, works: Works) -> None:
    slot = await added(week, new_slot(Kind.WATCH_ALONG), BEFORE)
    assert slot.next_day == SUNDAY + WEEK
    posting = await posted(week, slot, BEFORE)
    assert posting.day == SUNDAY


async def test_slots_of_another_club_are_out_of_reach(week: Weekly) -> None:
    slot = await added(week, new_slot(), BEFORE)
    number = slot.slot_id
    assert isinstance(
        await week.slots.change(number, OTHER_CLUB, HOST, Change(weekday=1), BEFORE), NoSuchSlot
    )
    assert isinstance(await week.slots.skip(number, OTHER_CLUB, None, BEFORE), NoSuchSlot)
    assert isinstance(await week.slots.by_hand(number, OTHER_CLUB, BEFORE), NoSuchSlot)
    assert not await week.slots.remove(number, OTHER_CLUB, BEFORE)
    assert await week.slots.weeks(OTHER_CLUB, BEFORE) == []


async def test_a_club_has_as_many_slots_as_one_message_can_show(week: Weekly) -> None:
    for _ in range(MOST_SLOTS):
        await added(week, new_slot(), BEFORE)
    assert isinstance(await week.slots.add(new_slot(), BEFORE), TooMany)
    await added(week, new_slot(club=OTHER_CLUB), BEFORE)


async def test_a_removed_slot_does_nothing_more(week: Weekly, works: Works) -> None:
    slot = await added(week, new_slot(), BEFORE)
    assert await week.slots.remove(slot.slot_id, CLUB, BEFORE)
    assert await works.next() is None


async def test_skips_of_a_day_it_was_moved_from_are_forgotten(week: Weekly) -> None:
    slot = await added(week, new_slot(), BEFORE)
    await week.slots.skip(slot.slot_id, CLUB, SUNDAY + WEEK, BEFORE)
    moved = settled(await week.slots.change(slot.slot_id, CLUB, HOST, Change(weekday=2), BEFORE))
    assert moved.skipped == []


async def test_a_day_that_passed_during_a_rest_cannot_be_skipped(week: Weekly) -> None:
    slot = await added(week, new_slot(), BEFORE)
    await week.slots.pause(slot.slot_id, CLUB, None, BEFORE)
    passed = await week.slots.skip(slot.slot_id, CLUB, SUNDAY + WEEK, EIGHT + 4 * WEEK)
    assert isinstance(passed, NotAhead)
