"""A member's own copy beside the film clock: offset from one reading, speed from two."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.watch.copies import APART, OwnCopy, Reading

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
LAST = timedelta(minutes=147)


def test_who_says_nothing_is_in_step() -> None:
    assert OwnCopy().shows(40 * MINUTE, LAST) == 40 * MINUTE


def test_one_reading_gives_the_offset() -> None:
    behind = OwnCopy().read(Reading(10 * MINUTE, 9 * MINUTE + 52 * SECOND))
    assert behind.offset == -8 * SECOND
    assert behind.shows(30 * MINUTE, LAST) == 30 * MINUTE - 8 * SECOND


def test_two_readings_give_the_speed_of_a_25_fps_copy_five_minutes_over_a_film() -> None:
    fast = OwnCopy().read(Reading(0 * MINUTE, 0 * MINUTE)).read(Reading(24 * MINUTE, 25 * MINUTE))
    assert fast.speed == pytest.approx(25 / 24)
    drift = fast.shows(120 * MINUTE, LAST) - 120 * MINUTE
    assert drift.total_seconds() == pytest.approx(300, abs=1)


@given(
    st.timedeltas(-30 * SECOND, 30 * SECOND),
    st.floats(0.95, 1.05),
    st.timedeltas(2 * MINUTE, 30 * MINUTE),
    st.timedeltas(APART, 60 * MINUTE),
    st.timedeltas(timedelta(), 120 * MINUTE),
)
def test_two_readings_of_any_copy_predict_all_others(
    offset: timedelta, speed: float, first: timedelta, apart: timedelta, later: timedelta
) -> None:
    def truth(room: timedelta) -> timedelta:
        return offset + room * speed

    copy = OwnCopy()
    for room in (first, first + apart):
        copy = copy.read(Reading(room, truth(room)))
    expected = min(max(truth(later), timedelta()), LAST)
    assert abs(copy.shows(later, LAST) - expected) < timedelta(milliseconds=1)


def test_near_readings_say_nothing_of_the_speed() -> None:
    copy = OwnCopy().read(Reading(10 * MINUTE, 10 * MINUTE)).read(Reading(12 * MINUTE, 12 * MINUTE + SECOND))
    assert copy.speed == 1
    assert copy.offset == SECOND


def test_a_break_of_ones_own_is_no_slow_copy() -> None:
    before = OwnCopy().read(Reading(10 * MINUTE, 10 * MINUTE))
    after = before.read(Reading(20 * MINUTE, 16 * MINUTE))
    assert after.speed == 1
    assert after.offset == -4 * MINUTE
    short = before.read(Reading(12 * MINUTE, 11 * MINUTE)).read(Reading(40 * MINUTE, 39 * MINUTE))
    assert short.speed == 1


@given(st.lists(st.tuples(st.timedeltas(timedelta(), LAST), st.timedeltas(timedelta(), LAST)), max_size=6))
def test_whatever_is_typed_the_film_stays_within_itself(readings: list[tuple[timedelta, timedelta]]) -> None:
    copy = OwnCopy()
    for room, shown in readings:
        copy = copy.read(Reading(room, shown))
        assert abs(copy.shows(room, LAST) - shown) < timedelta(milliseconds=1)
    assert timedelta() <= copy.shows(50 * MINUTE, LAST) <= LAST
