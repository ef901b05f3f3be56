"""Which dates of a slot are posted, late, held back or let go."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.recurrence import WEEK, WeeklyTime
from bot.domain.weekly.due import Due, look
from bot.domain.weekly.slots import AHEAD, Kind, Pause, Quiet, Reason, by_day
from tests.domain.weekly import EIGHT, SUNDAY, at, slot

HOUR = timedelta(hours=1)
NIGHT = Quiet(time(22), time(8), "Europe/Berlin")


def days(due: Due) -> tuple[date | None, list[date], date]:
    return due.post.day if due.post else None, [each.day for each in due.missed], due.next_day


def test_before_its_time_nothing_happens() -> None:
    due = look(slot(), (), None, EIGHT - timedelta(seconds=1))
    assert days(due) == (None, [], SUNDAY)
    assert due.look_at == EIGHT


@pytest.mark.parametrize("late", [timedelta(), HOUR, 6 * HOUR])
def test_within_its_grace_it_is_posted_late(late: timedelta) -> None:
    due = look(slot(), (), None, EIGHT + late)
    assert days(due) == (SUNDAY, [], SUNDAY + WEEK)
    assert due.look_at == EIGHT + WEEK


def test_past_its_grace_it_is_noted_and_let_go() -> None:
    assert days(look(slot(), (), None, EIGHT + 6 * HOUR + timedelta(seconds=1))) == (
        None,
        [SUNDAY],
        SUNDAY + WEEK,
    )


def test_of_an_outage_over_several_dates_only_the_newest_is_posted() -> None:
    due = look(slot(), (), None, EIGHT + 3 * WEEK + HOUR)
    assert days(due) == (SUNDAY + 3 * WEEK, [SUNDAY, SUNDAY + WEEK, SUNDAY + 2 * WEEK], SUNDAY + 4 * WEEK)


def test_a_skipped_date_passes_without_a_word() -> None:
    assert days(look(slot(), {SUNDAY}, None, EIGHT)) == (None, [], SUNDAY + WEEK)


def test_quiet_hours_hold_back_what_came_late_as_far_as_its_grace_goes() -> None:
    late = slot(grace=timedelta(hours=12))
    due = look(late, (), NIGHT, EIGHT + 3 * HOUR)
    assert (due.post, due.next_day, due.look_at) == (None, SUNDAY, at("2026-11-23 07:00"))
    assert days(look(late, (), NIGHT, due.look_at)) == (SUNDAY, [], SUNDAY + WEEK)
    assert days(look(slot(), (), NIGHT, EIGHT + 3 * HOUR)) == (None, [SUNDAY], SUNDAY + WEEK)


def test_a_time_inside_quiet_hours_waits_for_their_end_and_loses_no_grace_by_it() -> None:
    night_owl = slot(when=WeeklyTime(6, time(23), "Europe/Berlin"))
    before = look(night_owl, (), NIGHT, EIGHT)
    assert before.look_at == at("2026-11-23 07:00")
    assert look(night_owl, (), NIGHT, EIGHT + 4 * HOUR).look_at == at("2026-11-23 07:00")
    assert days(look(night_owl, (), NIGHT, at("2026-11-23 12:00"))) == (SUNDAY, [], SUNDAY + WEEK)


@pytest.mark.parametrize(
    ("local", "lifted"),
    [
        ("2026-11-22 21:59", "2026-11-22 21:59"),
        ("2026-11-22 22:00", "2026-11-23 08:00"),
        ("2026-11-23 07:59", "2026-11-23 08:00"),
        ("2026-11-23 08:00", "2026-11-23 08:00"),
    ],
)
def test_quiet_hours_go_over_midnight(local: str, lifted: str) -> None:
    assert NIGHT.lifted(at(local) - HOUR) == at(lifted) - HOUR


def test_quiet_hours_end_by_the_clock_on_the_wall_though_it_was_changed_that_night() -> None:
    assert NIGHT.lifted(at("2026-10-24 22:00")) == at("2026-10-25 07:00")


def test_a_watch_along_is_planned_days_ahead() -> None:
    planned = slot(Kind.WATCH_ALONG)
    assert days(look(planned, (), None, EIGHT - AHEAD - HOUR)) == (None, [], SUNDAY)
    assert days(look(planned, (), None, EIGHT - AHEAD))[0] == SUNDAY


@pytest.mark.parametrize(
    ("closes", "expected"),
    [
        ("2026-11-23 06:30", "2026-11-23 07:00"),  # 07:30 in Berlin: its end comes before the next date
        ("2026-11-22 23:00", "2026-11-23 07:00"),
        ("2026-11-23 12:00", "2026-11-23 12:00"),
    ],
)
def test_what_would_close_in_quiet_hours_closes_at_their_end(closes: str, expected: str) -> None:
    latest = at("2026-11-23 07:30")
    assert by_day(NIGHT, at(closes), latest, at("2026-11-20 00:00")) == at(expected)
    assert by_day(None, at(closes), latest, at("2026-11-20 00:00")) == at(closes)


def test_or_at_their_beginning_where_the_next_date_comes_first_but_not_at_once() -> None:
    closes, latest = at("2026-11-23 06:30"), at("2026-11-23 07:00")
    assert by_day(NIGHT, closes, latest, at("2026-11-20 00:00")) == at("2026-11-22 21:00")
    assert by_day(NIGHT, closes, latest, at("2026-11-22 23:00")) == at("2026-11-22 23:00")


def test_a_rest_ends_by_itself_at_its_moment() -> None:
    resting = slot()
    assert not resting.rests(EIGHT)
    until = replace(resting, pause=Pause(Reason.ASKED, EIGHT))
    assert until.rests(EIGHT - HOUR)
    assert not until.rests(EIGHT)
    assert replace(resting, pause=Pause(Reason.AWAY)).rests(EIGHT + 100 * WEEK)


def test_a_vote_closes_in_time_and_before_the_next_date() -> None:
    assert slot().closes_at(EIGHT, EIGHT) == EIGHT + 48 * HOUR
    assert slot().closes_at(EIGHT - 6 * WEEK, EIGHT - 20 * HOUR) == EIGHT - HOUR
    assert slot().closes_at(EIGHT - HOUR / 2, EIGHT - HOUR / 2) == EIGHT + HOUR / 2


@given(
    looks=st.lists(st.integers(0, 60 * 24 * 20), min_size=1, max_size=30),
    start=st.integers(0, 23),
    end=st.integers(0, 23),
    grace=st.integers(0, 72),
)
def test_however_the_bot_comes_and_goes_no_date_is_posted_twice_or_passed_over(
    looks: list[int], start: int, end: int, grace: int
) -> None:
    """Looks at any moments: every date that came is posted or missed, once, in order; never in quiet hours, never
    past its grace."""
    quiet = Quiet(time(start), time(end), "Europe/Berlin")
    state, handled = slot(grace=grace * HOUR), list[date]()
    now: datetime = EIGHT - WEEK
    for minutes in looks:
        now += timedelta(minutes=minutes)
        due = look(state, (), quiet, now)
        handled += [each.day for each in due.missed]
        if due.post:
            handled.append(due.post.day)
            assert quiet.lifted(now) == now
            assert now - quiet.lifted(due.post.at) <= grace * HOUR
        assert due.look_at > now
        state = replace(state, next_day=due.next_day)
    assert handled == [SUNDAY + week * WEEK for week in range(len(handled))]
    left = state.when.on(SUNDAY + len(handled) * WEEK)
    assert quiet.lifted(left.at) > now or quiet.lifted(now) > now
