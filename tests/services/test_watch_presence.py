"""What members do at an evening: each tap once and at the right second, a break when a third asks for it."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta

import pytest
import pytest_asyncio

from bot.domain.tissues.outcomes import Opened
from bot.domain.tissues.polls import Poll
from bot.domain.watch.breaks import BREAK
from bot.domain.watch.outcomes import (
    BreakAsked,
    BreakBegun,
    Noted,
    NotNow,
    TapOutcome,
    Tapped,
    TooSoon,
    WhereAt,
)
from bot.domain.watch.reminders import Reminder
from bot.domain.watch.tape import Wet
from bot.domain.watch.watch import COUNTDOWN, Watch
from bot.services.seen import Seen
from bot.services.tissues import NewPoll, Tissues
from bot.services.watches import TAPE
from bot.storage.engine import Database
from tests.services.times import NOW, SECOND
from tests.services.watching import (
    ALICE,
    BELA,
    CEM,
    CHANNEL,
    CLUB,
    EVENING,
    HANA,
    LENGTH,
    MINUTE,
    House,
    house,
    moved,
)

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def at(db: Database) -> House:
    return house(db)


def tapped(outcome: TapOutcome) -> Tapped:
    assert isinstance(outcome, Tapped), outcome
    return outcome


async def where(at: House, watch: Watch, member: int, now: datetime) -> WhereAt:
    found = await at.presence.where(watch.watch_id, CLUB, member, now)
    assert isinstance(found, WhereAt), found
    return found


async def test_a_tap_is_at_the_films_second_with_the_pauses_taken_out(at: House) -> None:
    watch = await at.playing()
    await at.watches.pause(watch.watch_id, CLUB, EVENING + 30 * MINUTE)
    await at.watches.resume(watch.watch_id, CLUB, EVENING + 40 * MINUTE - COUNTDOWN)
    tap = await at.presence.tap(watch.watch_id, CLUB, ALICE, EVENING + 50 * MINUTE)
    assert tapped(tap).position == 40 * MINUTE
    await at.watches.seek(watch.watch_id, CLUB, 90 * MINUTE, EVENING + 51 * MINUTE)
    tap = await at.presence.tap(watch.watch_id, CLUB, ALICE, EVENING + 52 * MINUTE)
    assert (tapped(tap).position, tapped(tap).taps) == (91 * MINUTE, 2)


async def test_of_ten_taps_at_once_one_is_recorded(at: House) -> None:
    watch = await at.playing()
    outcomes = await asyncio.gather(
        *(at.presence.tap(watch.watch_id, CLUB, ALICE, EVENING + MINUTE) for _ in range(10))
    )
    assert Counter(type(outcome) for outcome in outcomes) == {Tapped: 1, TooSoon: 9}
    later = await at.presence.tap(watch.watch_id, CLUB, ALICE, EVENING + MINUTE + 5 * SECOND)
    assert tapped(later).taps == 2


async def test_before_the_first_second_and_after_the_end_nothing_is_recorded(at: House) -> None:
    watch = await at.playing()
    early = await at.presence.tap(watch.watch_id, CLUB, ALICE, EVENING - SECOND)
    late = await at.presence.tap(watch.watch_id, CLUB, ALICE, EVENING + LENGTH + 21 * MINUTE)
    assert isinstance(early, NotNow)
    assert isinstance(late, NotNow)


async def test_a_copys_offset_and_speed_are_in_ones_position_and_taps(at: House) -> None:
    watch = await at.playing()
    for room, shown in ((24 * MINUTE, 25 * MINUTE), (48 * MINUTE, 50 * MINUTE)):
        await at.presence.resync(watch.watch_id, CLUB, ALICE, shown, EVENING + room)
    mine = await where(at, watch, ALICE, EVENING + 72 * MINUTE)
    assert (mine.room, mine.own) == (72 * MINUTE, 75 * MINUTE)
    assert mine.left == LENGTH - 75 * MINUTE
    tap = await at.presence.tap(watch.watch_id, CLUB, ALICE, EVENING + 96 * MINUTE)
    assert tapped(tap).position == 100 * MINUTE
    others = await where(at, watch, BELA, EVENING + 72 * MINUTE)
    assert others.own == 72 * MINUTE


async def test_a_late_joiner_counts_from_joining(at: House) -> None:
    watch = await at.playing()
    await where(at, watch, ALICE, EVENING + 40 * MINUTE)
    await where(at, watch, ALICE, EVENING + 60 * MINUTE)
    found = await at.reports.with_crowd(watch.watch_id)
    assert found is not None
    assert (found[1].watching, found[1].taps) == (1, None)


async def test_the_sum_of_taps_shows_from_three_watchers_on(at: House) -> None:
    watch = await at.playing()
    for watching, member in enumerate((ALICE, BELA, CEM), 1):
        await at.presence.tap(watch.watch_id, CLUB, member, EVENING + MINUTE)
        found = await at.reports.with_crowd(watch.watch_id)
        assert found is not None
        assert found[1].taps == (3 if watching == 3 else None)


async def test_what_was_tapped_before_the_third_came_is_in_no_live_sum(at: House) -> None:
    watch = await at.playing()
    for number in range(7):
        await at.presence.tap(watch.watch_id, CLUB, ALICE, EVENING + number * MINUTE)
    for member in (BELA, CEM):
        await at.presence.where(watch.watch_id, CLUB, member, EVENING + 20 * MINUTE)
    found = await at.reports.with_crowd(watch.watch_id)
    assert found is not None
    assert (found[1].watching, found[1].taps) == (3, 0)
    await at.presence.tap(watch.watch_id, CLUB, BELA, EVENING + 21 * MINUTE)
    found = await at.reports.with_crowd(watch.watch_id)
    assert found is not None
    assert found[1].taps == 1


async def test_a_break_takes_a_third_and_goes_on_by_itself(at: House) -> None:
    watch = await at.playing()
    for member in range(10, 19):
        await where(at, watch, member, EVENING + MINUTE)
    now = EVENING + 60 * MINUTE
    outcomes = [
        await at.presence.ask_for_break(watch.watch_id, CLUB, member, now) for member in (10, 10, 11, 12)
    ]
    asked = [(o.asked, o.needed) for o in outcomes if isinstance(o, BreakAsked)]
    assert asked == [(1, 3), (1, 3), (2, 3)]
    begun = outcomes[-1]
    assert isinstance(begun, BreakBegun)
    assert begun.until == now + BREAK
    assert begun.watch.clock.position(now + BREAK + MINUTE) == 61 * MINUTE
    again = await at.presence.ask_for_break(watch.watch_id, CLUB, 13, now + SECOND)
    assert isinstance(again, NotNow)


async def test_wishes_for_a_break_end_with_the_stretch_they_were_made_in(at: House) -> None:
    watch = await at.playing()
    await at.presence.ask_for_break(watch.watch_id, CLUB, ALICE, EVENING + MINUTE)
    await at.watches.pause(watch.watch_id, CLUB, EVENING + 2 * MINUTE)
    await at.watches.resume(watch.watch_id, CLUB, EVENING + 3 * MINUTE)
    later = await at.presence.ask_for_break(watch.watch_id, CLUB, BELA, EVENING + 4 * MINUTE)
    assert isinstance(later, BreakAsked)
    assert later.asked == 1


async def test_coming_ready_and_reminders_can_be_taken_back_while_they_mean_something(at: House) -> None:
    watch = await at.planned()
    came = [await at.presence.come(watch.watch_id, CLUB, ALICE, NOW) for _ in range(3)]
    assert [isinstance(o, Noted) and o.on for o in came] == [True, False, True]
    wished = [await at.presence.wish_reminder(watch.watch_id, CLUB, member) for member in (ALICE, BELA, BELA)]
    assert [isinstance(o, Noted) and o.on for o in wished] == [True, True, False]
    assert await at.presence.to_remind(watch, Reminder.SOON) == [ALICE]
    await at.presence.reminded(watch, Reminder.SOON, ALICE)
    assert await at.presence.to_remind(watch, Reminder.SOON) == []
    again = moved(await at.watches.move(watch.watch_id, CLUB, 0, EVENING + MINUTE, NOW))
    assert await at.presence.to_remind(again, Reminder.SOON) == [ALICE]
    await at.watches.open_lobby(watch.watch_id, CLUB, EVENING)
    assert isinstance(await at.presence.come(watch.watch_id, CLUB, ALICE, EVENING), NotNow)
    assert isinstance(await at.presence.get_ready(watch.watch_id, CLUB, BELA, EVENING), Noted)
    found = await at.reports.with_crowd(watch.watch_id)
    assert found is not None
    assert (found[1].coming, found[1].ready, found[1].watching) == (1, 1, 1)


async def cried(at: House) -> Watch:
    """An evening of three with taps, finished after the whole film."""
    watch = await at.playing()
    for member, minute in ((ALICE, 10), (BELA, 60), (CEM, 60), (ALICE, 100), (BELA, 100), (CEM, 100)):
        if minute == 10:
            for each in (ALICE, BELA, CEM):
                await where(at, watch, each, EVENING)
        await at.presence.tap(watch.watch_id, CLUB, member, EVENING + minute * MINUTE)
    finished = moved(await at.watches.finish(watch.watch_id, CLUB, EVENING + LENGTH))
    await at.reports.wrap_up(watch.watch_id)
    return finished


async def poll_for(at: House, watch: Watch, *, live: bool = False) -> Poll:
    tissues = Tissues(at.db, at.wakes)
    now = EVENING + LENGTH
    new = NewPoll(
        CLUB, CHANNEL, "miracle", "tr2019", live=live, opened_by=HANA, closes_at=now + timedelta(hours=48)
    )
    opened = await tissues.open(new, now)
    assert isinstance(opened, Opened)
    await at.reports.poll_opened(watch, opened.poll, now)
    return opened.poll


async def test_the_tape_is_kept_and_sealed_while_its_poll_is_open_and_hidden(at: House) -> None:
    watch = await cried(at)
    await poll_for(at, watch)
    sealed = await at.reports.report(watch.watch_id)
    assert sealed is not None
    assert (sealed.sealed, sealed.tape) == (True, None)
    tissues = Tissues(at.db, at.wakes)
    await at.due(EVENING + LENGTH)
    found = await at.reports.watch(watch.watch_id)
    assert found is not None
    assert found.poll_id is not None
    await tissues.close(found.poll_id, 0, HANA, EVENING + LENGTH + MINUTE)
    (result,) = [job for job in await at.due(EVENING + LENGTH + MINUTE) if job.kind == "tissues-result"]
    await at.reports.poll_closed(result)
    assert [job.kind for job in await at.due(EVENING + LENGTH + MINUTE)] == [TAPE]
    shown = await at.reports.report(watch.watch_id)
    assert shown is not None
    assert shown.tape is not None
    assert shown.tape.wettest == (Wet(10, 1), Wet(60, 2), Wet(100, 3))


async def test_the_tape_is_sealed_until_it_is_known_whether_its_poll_hides_anything(at: House) -> None:
    watch = await cried(at)
    await at.reports.wrap_up(watch.watch_id)  # the first thing at the end; the poll comes next
    report = await at.reports.report(watch.watch_id)
    assert report is not None
    assert (report.tape, report.sealed) == (None, True)


async def test_where_the_poll_hides_nothing_the_tape_comes_at_once(at: House) -> None:
    watch = await cried(at)
    await at.due(EVENING + LENGTH)
    await poll_for(at, watch, live=True)
    assert TAPE in [job.kind for job in await at.due(EVENING + LENGTH)]


async def test_a_tape_is_kept_once(at: House) -> None:
    watch = await cried(at)
    first = await at.reports.wrap_up(watch.watch_id)
    await at.reports.forget_taps(watch.watch_id)
    assert first is not None
    assert first.total == 6
    assert await at.reports.wrap_up(watch.watch_id) == first


async def test_only_a_watchers_yes_marks_the_film_as_seen(at: House) -> None:
    watch = await cried(at)
    now, seen = EVENING + LENGTH, Seen(at.db, at.wakes)
    yes = await at.presence.saw_the_end(watch.watch_id, CLUB, ALICE, now, to_the_end=True)
    no = await at.presence.saw_the_end(watch.watch_id, CLUB, BELA, now, to_the_end=False)
    stranger = await at.presence.saw_the_end(watch.watch_id, CLUB, 99, now, to_the_end=True)
    assert [isinstance(answer, Noted) for answer in (yes, no, stranger)] == [True, True, False]
    lists = [await seen.of(member, "miracle") for member in (ALICE, BELA, 99)]
    assert lists == [frozenset({"tr2019"}), frozenset(), frozenset()]
