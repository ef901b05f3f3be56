"""The film clock: continuous, never before the start, never past the end by more than the overtime."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.watch.clock import OVERTIME, START, FilmClock

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
LENGTH = timedelta(minutes=127)
SECOND = timedelta(seconds=1)
NEW = FilmClock(LENGTH)

Step = tuple[str, timedelta, timedelta]  # what, how long after the step before, where to (for a seek)

waits = st.timedeltas(START, timedelta(hours=2))
steps = st.lists(
    st.tuples(
        st.sampled_from(("play", "count down", "pause", "seek")),
        waits,
        st.timedeltas(-timedelta(hours=1), timedelta(hours=4)),
    ),
    max_size=12,
)


def take(clock: FilmClock, step: Step, now: datetime) -> FilmClock:
    what, _, to = step
    match what:
        case "play":
            return clock.play(now)
        case "count down":
            return clock.play(now + 15 * SECOND)
        case "pause":
            return clock.pause(now)
        case _:
            return clock.seek(to, now)


def walk(taken: Sequence[Step], each: Callable[[FilmClock, FilmClock, Step, datetime], None]) -> FilmClock:
    """Takes the steps one after another; `each` sees the clock before and after every one."""
    clock, now = NEW, NOW
    for step in taken:
        now += step[1]
        after = take(clock, step, now)
        each(clock, after, step, now)
        clock = after
    return clock


@given(steps)
def test_nothing_but_a_seek_makes_the_film_jump(taken: list[Step]) -> None:
    def check(before: FilmClock, after: FilmClock, step: Step, now: datetime) -> None:
        if step[0] == "seek":
            assert after.position(now) == min(max(step[2], START), LENGTH)
        else:
            assert after.position(now) == before.position(now)

    walk(taken, check)


@given(steps, waits, waits)
def test_it_never_runs_backwards_nor_out_of_the_film(
    taken: list[Step], first: timedelta, more: timedelta
) -> None:
    clock = walk(taken, lambda *_: None)
    now = NOW + sum((wait for _, wait, _ in taken), START) + first
    here, later = clock.position(now), clock.position(now + more)
    assert START <= here <= later <= LENGTH + OVERTIME
    assert later - here <= more


@given(steps, waits)
def test_it_is_the_same_clock_after_a_restart(taken: list[Step], later: timedelta) -> None:
    """What is kept (length, offset, since when it plays) says everything."""
    clock = walk(taken, lambda *_: None)
    kept = (clock.length, clock.offset, clock.playing_since)
    now = NOW + later
    assert FilmClock(*kept).position(now) == clock.position(now)


@given(st.lists(st.tuples(waits, waits), max_size=6))
def test_pauses_are_taken_out(stretches: list[tuple[timedelta, timedelta]]) -> None:
    clock, now, played = NEW, NOW, START
    for playing, pausing in stretches:
        clock = clock.play(now)
        now += playing
        clock = clock.pause(now)
        now += pausing
        played += playing
    assert clock.position(now) == min(played, LENGTH + OVERTIME)


def test_a_countdown_stands_still_until_its_end() -> None:
    clock = NEW.play(NOW + 15 * SECOND)
    assert clock.position(NOW) == clock.position(NOW + 15 * SECOND) == START
    assert clock.position(NOW + 16 * SECOND) == SECOND


def test_a_pause_during_the_countdown_loses_nothing() -> None:
    assert NEW.play(NOW + 15 * SECOND).pause(NOW) == NEW


def test_the_anchor_says_when_the_films_first_second_was() -> None:
    clock = NEW.play(NOW).pause(NOW + 600 * SECOND).play(NOW + 840 * SECOND)
    assert clock.zero_at == NOW + 240 * SECOND
    assert NEW.zero_at is None


def test_it_knows_when_it_will_be_out_of_film() -> None:
    clock = NEW.play(NOW)
    assert clock.ends_at == NOW + LENGTH + OVERTIME
    assert clock.position(NOW + timedelta(days=3)) == LENGTH + OVERTIME
    assert clock.left(NOW + LENGTH) == START
    assert clock.left(NOW + LENGTH - SECOND) == SECOND


@pytest.mark.parametrize("running", [True, False])
def test_a_seek_keeps_it_running_or_standing(running: bool) -> None:
    clock = replace(NEW, playing_since=NOW if running else None)
    sought = clock.seek(timedelta(minutes=60), NOW + 30 * SECOND)
    assert sought.position(NOW + 31 * SECOND) == timedelta(minutes=60) + (SECOND if running else START)
