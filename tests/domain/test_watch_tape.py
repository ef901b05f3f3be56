"""The tape: every tap in its film minute, the pauses taken out, nothing where too few watched."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.watch.tape import Flow, Tape, Wet, tape
from bot.domain.watch.taps import Spell

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LENGTH = 12 * MINUTE
WHOLE = [Spell(timedelta(), NOW, NOW + LENGTH)]


def at(*minutes: float) -> list[timedelta]:
    return [MINUTE * minute for minute in minutes]


def test_taps_fall_into_their_minute() -> None:
    made = tape(LENGTH, at(0, 0.99, 1, 11.5), WHOLE, [NOW] * 3)
    assert made.minutes == (2, 1, *[0] * 9, 1)
    assert made.total == 4


def test_what_comes_after_the_length_counts_for_the_last_minute() -> None:
    assert tape(LENGTH, at(12, 25), WHOLE, [NOW] * 3).minutes[-1] == 2


def test_a_minute_that_two_watched_is_not_shown_and_in_no_figure() -> None:
    late = NOW + 5 * MINUTE
    made = tape(LENGTH, at(2, 3, 6, 7), WHOLE, [NOW, NOW, late])
    assert made.minutes == (*[None] * 5, 0, 1, 1, *[0] * 4)
    assert made.total == 2
    assert made.hidden == 5


def test_pauses_and_jumps_are_taken_out() -> None:
    spells = [
        Spell(timedelta(), NOW, NOW + 2 * MINUTE),
        Spell(2 * MINUTE, NOW + 30 * MINUTE, NOW + 32 * MINUTE),
        Spell(10 * MINUTE, NOW + 32 * MINUTE, NOW + 34 * MINUTE),
    ]
    made = tape(LENGTH, at(1, 3, 10), spells, [NOW] * 3)
    assert made.minutes == (0, 1, 0, 1, *[None] * 6, 1, 0)


def test_a_part_played_twice_is_watched_once_by_each() -> None:
    again = [*WHOLE, Spell(timedelta(), NOW + 20 * MINUTE, NOW + 22 * MINUTE)]
    assert tape(LENGTH, [], again, [NOW] * 2).minutes[0] is None


@given(
    st.lists(st.timedeltas(timedelta(), 30 * MINUTE)),
    st.lists(st.datetimes(NOW.replace(tzinfo=None), (NOW + LENGTH).replace(tzinfo=None)), max_size=8),
)
def test_it_shows_all_taps_of_the_minutes_it_shows(taps: list[timedelta], joined: list[datetime]) -> None:
    made = tape(LENGTH, taps, WHOLE, [each.replace(tzinfo=UTC) for each in joined])
    shown = {minute for minute, count in enumerate(made.minutes) if count is not None}
    assert made.total == sum(min(tap // MINUTE, 11) in shown for tap in taps)
    assert (len(joined) >= 3) >= bool(shown)


def test_the_three_wettest_in_the_films_order_earlier_first_of_equals() -> None:
    made = Tape((0, 2, 9, 2, 5, 2))
    assert made.wettest == (Wet(1, 2), Wet(2, 9), Wet(4, 5))
    assert Tape((0, 0)).wettest == ()


@pytest.mark.parametrize(
    ("minutes", "flow"),
    [
        ((0, 0, 0), Flow.DRY),
        ((None, None, None), Flow.DRY),
        ((5, 1, 1), Flow.EARLY),
        ((1, 5, 1), Flow.MIDDLE),
        ((1, 1, 5), Flow.LATE),
        ((2, 2, 2), Flow.SPREAD),
    ],
)
def test_where_most_of_it_fell(minutes: tuple[int | None, ...], flow: Flow) -> None:
    assert Tape(minutes).flow is flow
