"""Which question a weekly slot asks: one that may stand there, none twice before all were, as the preview says."""

from datetime import datetime

import pytest

from bot.domain.spoilers import Level, Room
from bot.domain.weekly.occurrences import Posting
from bot.domain.weekly.slots import Slot
from bot.services.weekly import Weekly
from bot.storage.engine import Database
from tests.domain.weekly import EIGHT, SUNDAY
from tests.services.weekly import BEFORE, CLUB, FILMS, WEEK, added, new_slot, posted, week_of

pytestmark = pytest.mark.asyncio


@pytest.fixture
def week(db: Database) -> Weekly:
    return week_of(db)


async def question(week: Weekly, slot: Slot, ceiling: Level, now: datetime) -> str | None:
    posting = await posted(week, slot, now)
    found = await week.dates.question(slot, posting, FILMS, Room(ceiling))
    again = await week.dates.question(slot, posting, FILMS, Room(ceiling))
    assert found == again
    return found.key if found else None


async def test_every_question_that_may_be_asked_comes_before_one_comes_again(week: Weekly) -> None:
    slot = await added(week, new_slot(), BEFORE)
    fitting = {each.key for each in FILMS[0].questions if Room(Level.PREMISE).admits(each.text.spoils)}
    asked = [await question(week, slot, Level.PREMISE, BEFORE) for _ in range(2 * len(fitting))]
    assert set(asked[: len(fitting)]) == fitting
    assert asked[len(fitting) :] == asked[: len(fitting)]


async def test_a_question_that_was_noted_is_dropped_where_the_room_knows_less_by_now(week: Weekly) -> None:
    slot = await added(week, new_slot(), BEFORE)
    everything, nothing = Room(Level.ENDING), Room(Level.NONE)
    late = 0
    for _ in range(30):
        posting = await posted(week, slot, BEFORE)
        noted = await week.dates.question(slot, posting, FILMS, everything)  # and the process dies
        assert noted
        again = await week.dates.question(slot, posting, FILMS, nothing)
        assert again is None or nothing.admits(again.text.spoils)
        late += not nothing.admits(noted.text.spoils)
    assert late > 0


async def test_what_the_preview_shows_is_what_is_posted(week: Weekly) -> None:
    slots = [await added(week, new_slot(), BEFORE) for _ in range(2)]
    for number in range(6):
        now, day = EIGHT + number * WEEK, SUNDAY + number * WEEK
        for slot in slots:
            shown = await week.dates.question_ahead(slot, day, FILMS, Room(Level.PREMISE))
            posting = await dated(week, slot, now)
            asked = await week.dates.question(slot, posting, FILMS, Room(Level.PREMISE))
            assert asked == shown


async def dated(week: Weekly, slot: Slot, now: datetime) -> Posting:
    """The slot's date that comes now."""
    found = await week.slots.week(slot.slot_id, CLUB, now)
    assert found
    await week.dates.fell_due(slot.slot_id, found.slot.turn, now)
    number = 1
    while date := await week.dates.slot_and_date(number):
        if date[1].slot_id == slot.slot_id and date[1].due_at == now:
            return date[1]
        number += 1
    raise AssertionError(f"nothing came at {now}")
