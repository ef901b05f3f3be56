"""What an evening may do next, and what happens to one that everybody forgot."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.watch.breaks import BREAK, needed
from bot.domain.watch.clock import OVERTIME, FilmClock
from bot.domain.watch.reminders import Reminder, ahead_of
from bot.domain.watch.taps import EVERY, too_soon
from bot.domain.watch.watch import COUNTDOWN, IDLE, UNCONFIRMED, UNSTARTED, Feature, State, Watch

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
LENGTH = 120 * MINUTE
PLANNED = Watch(
    watch_id=1,
    club_id=2,
    channel_id=3,
    feature=Feature("miracle", "tr2019", "7. Koğuştaki Mucize", LENGTH),
    host_id=4,
    planned_for=NOW,
    state=State.PLANNED,
    since=NOW - timedelta(days=2),
    clock=FilmClock(LENGTH),
)


def must(step: Watch | None) -> Watch:
    assert step is not None
    return step


LOBBY = must(PLANNED.open_lobby(NOW))
PLAYING = must(LOBBY.start(NOW - COUNTDOWN))  # 0:00 is at NOW
PAUSED = must(PLAYING.pause(NOW + 30 * MINUTE))
FINISHED = must(PLAYING.finish(NOW + LENGTH))
CANCELLED = must(PLANNED.cancel(NOW))

DRAFT = replace(PLANNED, state=State.DRAFT, planned_for=NOW + timedelta(days=1))

ALLOWED = {
    "confirm": {State.DRAFT},
    "open_lobby": {State.PLANNED},
    "start": {State.LOBBY},
    "pause": {State.PLAYING},
    "resume": {State.PAUSED},
    "rest": {State.PLAYING},
    "finish": {State.PLAYING, State.PAUSED},
    "cancel": {State.DRAFT, State.PLANNED, State.LOBBY},
}


@pytest.mark.parametrize("step", ALLOWED)
@pytest.mark.parametrize(
    "watch", [DRAFT, PLANNED, LOBBY, PLAYING, PAUSED, FINISHED, CANCELLED], ids=lambda w: w.state.value
)
def test_each_state_allows_its_steps_and_no_others(watch: Watch, step: str) -> None:
    taken: Watch | None = getattr(watch, step)(NOW + 40 * MINUTE)
    assert (taken is not None) == (watch.state in ALLOWED[step])
    if taken:
        assert taken.turn == watch.turn + 1


def test_the_film_begins_when_the_countdown_ends() -> None:
    started = must(LOBBY.start(NOW))
    assert started.counting(NOW) == NOW + COUNTDOWN
    assert started.clock.position(NOW + COUNTDOWN + SECOND) == SECOND
    assert started.counting(NOW + COUNTDOWN) is None


def test_an_intermission_ends_by_itself_or_early() -> None:
    resting = must(PLAYING.rest(NOW + 50 * MINUTE))
    assert resting.counting(NOW + 50 * MINUTE) == NOW + 50 * MINUTE + BREAK
    assert resting.clock.position(NOW + 50 * MINUTE + BREAK + MINUTE) == 51 * MINUTE
    early = must(resting.resume(NOW + 51 * MINUTE))
    assert early.clock.position(NOW + 51 * MINUTE + COUNTDOWN) == 50 * MINUTE
    assert resting.rest(NOW + 51 * MINUTE) is None
    assert must(resting.pause(NOW + 52 * MINUTE)).clock.position(NOW + 60 * MINUTE) == 50 * MINUTE


def test_a_draft_whose_time_has_passed_can_not_be_confirmed() -> None:
    assert DRAFT.confirm(DRAFT.planned_for) is None


def test_a_running_film_can_not_be_resumed() -> None:
    assert PLAYING.resume(NOW + MINUTE) is None


@pytest.mark.parametrize(
    ("watch", "due", "ends"),
    [
        (DRAFT, DRAFT.since + UNCONFIRMED, State.CANCELLED),
        (PLANNED, NOW + UNSTARTED, State.CANCELLED),
        (LOBBY, NOW + IDLE, State.CANCELLED),
        (PLAYING, NOW + LENGTH + OVERTIME, State.FINISHED),
        (PAUSED, NOW + 30 * MINUTE + IDLE, State.FINISHED),
    ],
)
def test_a_forgotten_evening_ends_by_itself(watch: Watch, due: datetime, ends: State) -> None:
    assert watch.lapse(due - SECOND) is None
    ended = must(watch.lapse(due + timedelta(days=1)))
    assert ended.state is ends
    assert ended.since == due
    assert ended.lapses_at is None


def test_only_an_evening_that_came_near_the_end_asks_who_saw_it() -> None:
    assert must(PLAYING.finish(NOW + 108 * MINUTE)).seen_to_the_end()
    assert not must(PLAYING.finish(NOW + 108 * MINUTE - SECOND)).seen_to_the_end()


def test_a_step_ends_the_stretch_that_was_played() -> None:
    spell = PLAYING.spell(NOW + 30 * MINUTE)
    assert spell is not None
    assert (spell.position, spell.began, spell.ended) == (timedelta(), NOW, NOW + 30 * MINUTE)
    assert PAUSED.spell(NOW + 40 * MINUTE) is None
    assert must(LOBBY.start(NOW)).spell(NOW) is None


def test_moving_an_evening_is_a_new_plan() -> None:
    moved = must(PLANNED.replan(NOW + timedelta(days=1), NOW))
    assert (moved.planned_for, moved.plan) == (NOW + timedelta(days=1), PLANNED.plan + 1)
    assert LOBBY.replan(NOW + timedelta(days=1), NOW) is None


@given(st.integers(0, 500))
def test_a_break_needs_a_third_and_never_one_alone(watchers: int) -> None:
    votes = needed(watchers)
    assert votes >= 2
    assert 3 * votes >= watchers
    assert votes == 2 or 3 * (votes - 1) < watchers


def test_reminders_a_day_and_a_quarter_of_an_hour_before() -> None:
    evening = NOW + timedelta(days=3)
    assert ahead_of(evening, NOW) == {
        Reminder.DAY: evening - timedelta(hours=24),
        Reminder.SOON: evening - timedelta(minutes=15),
    }
    assert set(ahead_of(evening, evening - timedelta(hours=20))) == {Reminder.SOON}
    assert ahead_of(evening, evening - timedelta(minutes=10)) == {}


def test_a_late_reminder_is_sent_only_while_it_helps() -> None:
    assert Reminder.DAY.worth_sending(NOW, NOW - timedelta(hours=2))
    assert not Reminder.DAY.worth_sending(NOW, NOW - timedelta(minutes=15))
    assert Reminder.SOON.worth_sending(NOW, NOW - SECOND)
    assert not Reminder.SOON.worth_sending(NOW, NOW)


def test_one_tap_in_five_seconds() -> None:
    assert not too_soon(None, NOW)
    assert too_soon(NOW, NOW + EVERY - timedelta(milliseconds=1))
    assert not too_soon(NOW, NOW + EVERY)


def test_seeking_keeps_an_intermission_and_a_pause() -> None:
    resting = must(PLAYING.rest(NOW + 50 * MINUTE))
    sought = must(resting.seek(20 * MINUTE, NOW + 51 * MINUTE))
    assert sought.resting
    assert sought.clock.position(NOW + 50 * MINUTE + BREAK) == 20 * MINUTE
    assert must(replace(PAUSED).seek(20 * MINUTE, NOW + 31 * MINUTE)).state is State.PAUSED
