"""A watch-along from plan to end: every step once, everything that follows from it asked for, nothing in memory."""

from datetime import datetime, timedelta

import pytest
import pytest_asyncio

from bot.domain.watch.outcomes import ChannelTaken, NoSuchWatch, NotNow
from bot.domain.watch.watch import COUNTDOWN, Feature, State
from bot.services.watches import END, EVENT, FORGET, LAPSE, PANEL, POST, REDRAW, REMIND, ZERO, NewWatch
from bot.storage import watches as table
from bot.storage.engine import Database
from bot.storage.opening import open_database
from tests.services.times import NOW, SECOND
from tests.services.watching import (
    ALICE,
    CHANNEL,
    CLUB,
    EVENING,
    LENGTH,
    MINUTE,
    OTHER_CHANNEL,
    House,
    house,
    moved,
)

pytestmark = pytest.mark.asyncio

DAY, SOON = REMIND.values()


@pytest_asyncio.fixture
async def at(db: Database) -> House:
    return house(db)


async def kinds(at: House, until: datetime = NOW) -> list[str]:
    return [job.kind for job in await at.due(until)]


async def test_a_plan_is_announced_reminded_of_and_called_off_if_nobody_starts_it(at: House) -> None:
    watch = await at.planned()
    assert await kinds(at, NOW) == [POST, EVENT]
    late = await at.due(EVENING + timedelta(hours=6))
    assert [(job.kind, job.due_at) for job in late] == [
        (DAY, EVENING - timedelta(hours=24)),
        (SOON, EVENING - timedelta(minutes=15)),
        (LAPSE, EVENING + timedelta(hours=6)),
    ]
    await at.watches.lapse(watch.watch_id, CLUB, EVENING + timedelta(hours=6))
    found = await at.reports.watch(watch.watch_id)
    assert found is not None
    assert found.state is State.CANCELLED


async def test_moving_an_evening_moves_its_reminders(at: House) -> None:
    watch = await at.planned()
    await kinds(at)
    later = EVENING + timedelta(days=1)
    await at.watches.move(watch.watch_id, CLUB, watch.plan, later, NOW)
    assert await kinds(at) == [REDRAW, EVENT]
    reminders = [job for job in await at.due(later) if job.kind in {DAY, SOON}]
    assert [(job.kind, job.due_at, job.generation) for job in reminders] == [
        (DAY, later - timedelta(hours=24), 1),
        (SOON, later - timedelta(minutes=15), 1),
    ]


async def test_a_confirmation_of_an_older_plan_moves_nothing(at: House) -> None:
    watch = await at.planned()
    await at.watches.move(watch.watch_id, CLUB, 0, EVENING + timedelta(days=1), NOW)
    again = await at.watches.move(watch.watch_id, CLUB, 0, EVENING + timedelta(days=2), NOW)
    assert isinstance(again, NotNow)
    assert again.watch.planned_for == EVENING + timedelta(days=1)


async def test_another_film_has_another_length(at: House) -> None:
    watch = await at.planned()
    other = Feature("", "", "Dancer in the Dark", 140 * MINUTE)
    changed = moved(await at.watches.change(watch.watch_id, CLUB, other, NOW))
    assert (changed.feature, changed.clock.length) == (other, 140 * MINUTE)
    assert (await at.reports.watch(watch.watch_id)) == changed


async def test_from_the_lobby_to_the_films_first_second(at: House) -> None:
    watch = await at.planned()
    await kinds(at)
    moved(await at.watches.open_lobby(watch.watch_id, CLUB, NOW))
    assert await kinds(at) == [REDRAW, PANEL, EVENT]
    started = moved(await at.watches.start(watch.watch_id, CLUB, NOW))
    (zero,) = await at.due(NOW + COUNTDOWN)
    assert (zero.kind, zero.due_at) == (ZERO, NOW + COUNTDOWN)
    assert started.clock.position(NOW + COUNTDOWN + SECOND) == SECOND


async def test_one_evening_at_a_time_in_a_channel_and_two_in_a_club(at: House) -> None:
    first, second = await at.planned(), await at.planned()
    elsewhere = await at.planned(channel=OTHER_CHANNEL)
    moved(await at.watches.open_lobby(first.watch_id, CLUB, NOW))
    taken = await at.watches.open_lobby(second.watch_id, CLUB, NOW)
    assert isinstance(taken, ChannelTaken)
    assert taken.watch.watch_id == first.watch_id
    assert moved(await at.watches.open_lobby(elsewhere.watch_id, CLUB, NOW)).state is State.LOBBY


async def test_steps_are_kept_through_a_restart(url: str) -> None:
    db = await open_database(url, NOW)
    watch = await house(db).playing()
    paused = moved(await house(db).watches.pause(watch.watch_id, CLUB, EVENING + 30 * MINUTE))
    await db.close()
    db = await open_database(url, NOW)
    try:
        again = house(db)
        assert await again.reports.watch(watch.watch_id) == paused
        resumed = moved(await again.watches.resume(watch.watch_id, CLUB, EVENING + 40 * MINUTE))
        assert resumed.clock.position(EVENING + 41 * MINUTE + COUNTDOWN) == 31 * MINUTE
    finally:
        await db.close()


async def test_what_the_state_does_not_allow_changes_nothing(at: House) -> None:
    watch = await at.playing()
    refused = await at.watches.resume(watch.watch_id, CLUB, EVENING + MINUTE)
    assert isinstance(refused, NotNow)
    assert (await at.reports.watch(watch.watch_id)) == watch


async def test_another_clubs_evening_is_out_of_reach(at: House) -> None:
    watch = await at.playing()
    assert isinstance(await at.watches.pause(watch.watch_id, CLUB + 1, EVENING), NoSuchWatch)
    assert isinstance(await at.presence.tap(watch.watch_id, CLUB + 1, ALICE, EVENING), NoSuchWatch)


async def test_an_evening_nobody_finishes_finishes_itself_at_its_overtime(at: House) -> None:
    watch = await at.playing()
    over = EVENING + LENGTH + timedelta(minutes=20)
    assert LAPSE in await kinds(at, over)
    late = await at.watches.lapse(watch.watch_id, CLUB, over + timedelta(hours=8))
    assert isinstance(late, NotNow)
    assert (late.watch.state, late.watch.since) == (State.FINISHED, over)
    assert {END, EVENT} <= set(await kinds(at, over + timedelta(hours=8)))


async def test_a_lobby_opened_early_waits_for_its_evening(at: House) -> None:
    watch = await at.planned()
    lobby = moved(await at.watches.open_lobby(watch.watch_id, CLUB, EVENING - timedelta(hours=5)))
    assert lobby.lapses_at is not None
    assert lobby.lapses_at > EVENING


async def test_what_was_played_ends_when_the_film_did_however_late_that_is_noted(at: House) -> None:
    watch = await at.playing()
    await at.watches.lapse(watch.watch_id, CLUB, EVENING + timedelta(days=30))
    (spell,) = await at.db.read(lambda tx: table.spells(tx, watch.watch_id))
    assert spell.ended - spell.began < timedelta(hours=3)


async def test_only_a_draft_is_dropped_as_if_nobody_knew(at: House) -> None:
    watch = await at.planned()
    assert isinstance(await at.watches.discard(watch.watch_id, CLUB, NOW), NotNow)


async def test_a_step_on_an_evening_that_is_over_finds_it_ended(at: House) -> None:
    watch = await at.playing()
    long_after = EVENING + timedelta(days=1)
    paused = await at.watches.pause(watch.watch_id, CLUB, long_after)
    assert isinstance(paused, NotNow)
    assert paused.watch.state is State.FINISHED


async def test_a_stale_end_of_an_old_pause_ends_nothing(at: House) -> None:
    """The job that would have ended the pause comes when the film has long gone on."""
    watch = await at.playing()
    await at.watches.pause(watch.watch_id, CLUB, EVENING + 10 * MINUTE)
    await at.watches.resume(watch.watch_id, CLUB, EVENING + 170 * MINUTE)
    now = EVENING + 10 * MINUTE + timedelta(hours=3)
    lapsed = await at.watches.lapse(watch.watch_id, CLUB, now)
    assert isinstance(lapsed, NotNow)
    assert lapsed.watch.state is State.PLAYING


async def test_a_finished_evenings_taps_are_forgotten_in_ninety_days(at: House) -> None:
    watch = await at.playing()
    await at.presence.tap(watch.watch_id, CLUB, ALICE, EVENING + MINUTE)
    await at.watches.finish(watch.watch_id, CLUB, EVENING + LENGTH)
    await at.reports.wrap_up(watch.watch_id)
    (job,) = [job for job in await at.due(EVENING + LENGTH + timedelta(days=90)) if job.kind == FORGET]
    assert job.due_at == EVENING + LENGTH + timedelta(days=90)
    assert await at.reports.forget_taps(job.subject) == 1
    assert await at.reports.forget_taps(job.subject) == 0
    report = await at.reports.report(watch.watch_id)
    assert report is not None
    assert report.tape is not None


async def test_a_deleted_channel_ends_what_was_planned_and_running_there(at: House) -> None:
    playing, planned = await at.playing(), await at.planned()
    elsewhere = await at.planned(channel=OTHER_CHANNEL)
    ended = await at.watches.leave_channel(CHANNEL, EVENING + MINUTE)
    assert {(watch.watch_id, watch.state) for watch in ended} == {
        (playing.watch_id, State.FINISHED),
        (planned.watch_id, State.CANCELLED),
    }
    assert [watch.watch_id for watch in await at.reports.ahead(CLUB)] == [elsewhere.watch_id]


async def test_a_draft_is_in_no_list_and_goes_by_itself(at: House) -> None:
    watch = await at.planned()
    draft = await at.watches.draft(NewWatch(CLUB, CHANNEL, ALICE, watch.feature, EVENING), NOW)
    assert [each.watch_id for each in await at.reports.ahead(CLUB)] == [watch.watch_id]
    late = await at.watches.confirm(draft.watch_id, CLUB, NOW + timedelta(hours=1))
    assert isinstance(late, NotNow)
    assert late.watch.state is State.CANCELLED


async def test_a_handover_names_another_host_at_any_time_before_the_end(at: House) -> None:
    watch = await at.playing()
    assert moved(await at.watches.hand_over(watch.watch_id, CLUB, ALICE, EVENING)).host_id == ALICE
    await at.watches.finish(watch.watch_id, CLUB, EVENING + MINUTE)
    assert isinstance(await at.watches.hand_over(watch.watch_id, CLUB, 9, EVENING + MINUTE), NotNow)
