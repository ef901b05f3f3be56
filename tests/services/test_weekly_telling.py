"""What rests, and what came to nothing: told of once, and by whom the slot belongs to."""

from datetime import datetime, time, timedelta

import pytest

from bot.domain.weekly.occurrences import Settled, Week
from bot.domain.weekly.slots import Reason
from bot.services.jobs import Jobs
from bot.services.weekly import Weekly
from bot.services.weekly_dates import TELL
from bot.services.weekly_slots import Change
from bot.storage.engine import Database
from tests.domain.weekly import EIGHT
from tests.services.weekly import (
    CHANNEL,
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


async def told(works: Works, now: datetime) -> list[int]:
    return [job.subject for job in await works.until(now) if job.kind == TELL]


async def test_what_rests_for_one_reason_is_told_of_once(week: Weekly, works: Works) -> None:
    slots = [await added(week, new_slot(), BEFORE) for _ in range(3)]
    await week.dates.rest_channel(CHANNEL, BEFORE)
    await week.dates.rest_channel(CHANNEL, BEFORE)
    assert await told(works, BEFORE) == [slots[0].slot_id]
    resting = await week.dates.to_tell(slots[0].slot_id)
    assert [slot.pause.why for slot in resting if slot.pause] == [Reason.CHANNEL_GONE] * 3
    assert await works.next() is None


async def test_a_club_that_was_left_hears_of_it_when_the_bot_is_back_once(week: Weekly, works: Works) -> None:
    slot = await added(week, new_slot(), BEFORE)
    await week.dates.rest_club(CLUB, BEFORE)
    assert await told(works, BEFORE) == []
    await week.dates.returned([OTHER_CLUB], BEFORE)
    assert await told(works, BEFORE) == []
    await week.dates.returned([CLUB, OTHER_CLUB], BEFORE)
    assert await told(works, BEFORE) == [slot.slot_id]
    await week.dates.returned([CLUB], BEFORE)
    assert await told(works, BEFORE) == []


async def test_what_was_told_long_ago_is_not_told_again(week: Weekly, works: Works, db: Database) -> None:
    slot = await added(week, new_slot(), BEFORE)
    await week.dates.rest_club(CLUB, BEFORE)
    await week.dates.returned([CLUB], BEFORE)
    assert await told(works, BEFORE) == [slot.slot_id]
    await week.dates.told([slot])
    later = BEFORE + 26 * WEEK
    await Jobs(db).sweep(later)
    await week.dates.returned([CLUB], later)
    assert await told(works, later) == []


@pytest.mark.parametrize("change", ["edit", "quiet hours"])
async def test_what_was_told_is_not_told_again_after_a_change(
    week: Weekly, works: Works, change: str
) -> None:
    slot = await added(week, new_slot(), BEFORE)
    await week.dates.rest_club(CLUB, BEFORE)
    await week.dates.returned([CLUB], BEFORE)
    assert await told(works, BEFORE) == [slot.slot_id]
    if change == "edit":
        await week.slots.change(slot.slot_id, CLUB, HOST, Change(grace=HOUR), BEFORE)
    else:
        await week.slots.set_quiet(CLUB, (time(22), time(8)), BEFORE)
    await week.dates.returned([CLUB], BEFORE)
    assert await told(works, BEFORE) == []


async def test_whoever_changes_or_resumes_a_slot_is_who_is_told(week: Weekly) -> None:
    slot = await added(week, new_slot(), BEFORE)
    changed = settled(await week.slots.change(slot.slot_id, CLUB, HOST + 1, Change(grace=HOUR), BEFORE))
    assert changed.slot.made_by == HOST + 1
    await week.slots.pause(slot.slot_id, CLUB, None, BEFORE)
    resumed = settled(await week.slots.resume(slot.slot_id, CLUB, HOST + 2, BEFORE))
    assert resumed.slot.made_by == HOST + 2


async def test_nothing_to_post_is_told_of_once(week: Weekly, works: Works) -> None:
    posting = await posted(week, await added(week, new_slot(), BEFORE), BEFORE)
    await week.dates.nothing(posting, BEFORE)
    await week.dates.nothing(posting, BEFORE)
    assert [job.kind for job in await works.until(BEFORE)].count("weekly-nothing") == 1
