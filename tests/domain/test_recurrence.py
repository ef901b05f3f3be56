"""Weekly dates by the clock on a wall, over clock changes: a table worked out from the zones' published changes, and
what holds for any zone, day, time and start."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.clubs import zones
from bot.domain.recurrence import WEEK, ClockChange, Occurrence, Wall, WeeklyTime, clock_changes

# zone, the wall time asked for, the instant in UTC
TABLE = [
    ("America/New_York", "2026-03-01 20:00", "2026-03-02 01:00"),
    ("America/New_York", "2026-03-08 20:00", "2026-03-09 00:00"),
    ("America/New_York", "2026-03-08 02:30", "2026-03-08 07:30"),
    ("America/New_York", "2026-03-08 02:00", "2026-03-08 07:00"),
    ("America/New_York", "2026-03-08 03:00", "2026-03-08 07:00"),
    ("America/New_York", "2026-10-25 20:00", "2026-10-26 00:00"),
    ("America/New_York", "2026-11-01 01:30", "2026-11-01 05:30"),
    ("America/New_York", "2026-11-01 20:00", "2026-11-02 01:00"),
    ("America/New_York", "2026-11-01 02:00", "2026-11-01 07:00"),
    ("Europe/Berlin", "2026-03-22 20:00", "2026-03-22 19:00"),
    ("Europe/Berlin", "2026-03-29 02:30", "2026-03-29 01:30"),
    ("Europe/Berlin", "2026-03-29 20:00", "2026-03-29 18:00"),
    ("Europe/Berlin", "2026-10-18 20:00", "2026-10-18 18:00"),
    ("Europe/Berlin", "2026-10-25 02:30", "2026-10-25 00:30"),
    ("Europe/Berlin", "2026-10-25 02:00", "2026-10-25 00:00"),
    ("Europe/Berlin", "2026-10-25 20:00", "2026-10-25 19:00"),
    ("Europe/Istanbul", "2026-03-29 20:00", "2026-03-29 17:00"),
    ("Europe/Istanbul", "2026-10-25 20:00", "2026-10-25 17:00"),
    ("Europe/Istanbul", "2016-03-20 03:30", "2016-03-20 01:30"),
    ("Europe/Istanbul", "2016-03-27 03:30", "2016-03-27 01:30"),
    ("Europe/Istanbul", "2016-11-06 20:00", "2016-11-06 17:00"),
    ("Europe/London", "2026-03-22 01:15", "2026-03-22 01:15"),
    ("Europe/London", "2026-03-29 01:15", "2026-03-29 01:15"),
    ("Europe/London", "2026-10-25 01:15", "2026-10-25 00:15"),
    ("Europe/London", "2026-10-25 20:00", "2026-10-25 20:00"),
    ("Europe/London", "2027-03-28 01:00", "2027-03-28 01:00"),
    ("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04 14:45"),
    ("Australia/Lord_Howe", "2026-04-05 20:00", "2026-04-05 09:30"),
    ("Australia/Lord_Howe", "2026-09-27 02:15", "2026-09-26 15:45"),
    ("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03 15:45"),
    ("Australia/Lord_Howe", "2026-10-04 20:00", "2026-10-04 09:00"),
    ("America/Santiago", "2026-04-04 23:30", "2026-04-05 02:30"),
    ("America/Santiago", "2026-04-05 20:00", "2026-04-06 00:00"),
    ("America/Santiago", "2026-08-30 00:30", "2026-08-30 04:30"),
    ("America/Santiago", "2026-09-06 00:30", "2026-09-06 04:30"),
    ("America/Santiago", "2026-09-06 20:00", "2026-09-06 23:00"),
    ("Africa/Cairo", "2026-04-24 00:30", "2026-04-23 22:30"),
    ("Africa/Cairo", "2026-04-24 20:00", "2026-04-24 17:00"),
    ("Africa/Cairo", "2026-10-22 23:30", "2026-10-22 20:30"),
    ("Africa/Cairo", "2026-10-29 23:30", "2026-10-29 20:30"),
    ("Africa/Cairo", "2026-10-30 20:00", "2026-10-30 18:00"),
    ("Australia/Sydney", "2026-04-05 02:30", "2026-04-04 15:30"),
    ("Australia/Sydney", "2026-04-05 20:00", "2026-04-05 10:00"),
    ("Australia/Sydney", "2026-10-04 02:30", "2026-10-03 16:30"),
    ("Australia/Sydney", "2026-10-04 20:00", "2026-10-04 09:00"),
    ("Asia/Manila", "2026-03-29 20:00", "2026-03-29 12:00"),
    ("Asia/Manila", "2026-10-25 20:00", "2026-10-25 12:00"),
    ("Asia/Kolkata", "2026-03-29 20:00", "2026-03-29 14:30"),
    ("Asia/Kolkata", "2026-10-25 00:15", "2026-10-24 18:45"),
    ("America/Scoresbysund", "2026-03-28 23:30", "2026-03-29 01:30"),
    ("America/Scoresbysund", "2026-10-24 23:30", "2026-10-25 00:30"),
]
SKIPPED = {
    ("America/New_York", "2026-03-08 02:30"),
    ("America/New_York", "2026-03-08 02:00"),
    ("Europe/Berlin", "2026-03-29 02:30"),
    ("Europe/Istanbul", "2016-03-27 03:30"),
    ("Europe/London", "2026-03-29 01:15"),
    ("Europe/London", "2027-03-28 01:00"),
    ("Australia/Lord_Howe", "2026-10-04 02:15"),
    ("America/Santiago", "2026-09-06 00:30"),
    ("Africa/Cairo", "2026-04-24 00:30"),
    ("Australia/Sydney", "2026-10-04 02:30"),
    ("America/Scoresbysund", "2026-03-28 23:30"),
}
TWICE = {
    ("America/New_York", "2026-11-01 01:30"),
    ("Europe/Berlin", "2026-10-25 02:30"),
    ("Europe/Berlin", "2026-10-25 02:00"),
    ("Europe/London", "2026-10-25 01:15"),
    ("Australia/Lord_Howe", "2026-04-05 01:45"),
    ("America/Santiago", "2026-04-04 23:30"),
    ("Africa/Cairo", "2026-10-29 23:30"),
    ("Australia/Sydney", "2026-04-05 02:30"),
    ("America/Scoresbysund", "2026-10-24 23:30"),
}


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


def weekly(zone: str, wall: datetime) -> WeeklyTime:
    return WeeklyTime(wall.weekday(), wall.time(), zone)


@pytest.mark.parametrize(("zone", "written", "expected"), TABLE)
def test_the_table_of_clock_changes(zone: str, written: str, expected: str) -> None:
    wall = datetime.fromisoformat(written)
    occurrence = weekly(zone, wall).next_after(at(expected) - timedelta(minutes=1))
    assert (occurrence.day, occurrence.at) == (wall.date(), at(expected))
    kind = (
        Wall.SKIPPED if (zone, written) in SKIPPED else Wall.TWICE if (zone, written) in TWICE else Wall.ONCE
    )
    assert occurrence.wall is kind


@pytest.mark.parametrize(("zone", "written", "expected"), TABLE)
def test_what_happened_does_not_come_again_with_the_second_hour(
    zone: str, written: str, expected: str
) -> None:
    wall = datetime.fromisoformat(written)
    following = weekly(zone, wall).next_after(at(expected))
    assert following.day == wall.date() + WEEK


def test_the_table_is_long_enough_and_knows_every_kind_of_zone() -> None:
    assert len(TABLE) >= 40
    assert len({zone for zone, _, _ in TABLE}) >= 10
    assert {(zone, written) for zone, written, _ in TABLE} >= SKIPPED | TWICE


FIRST, LAST = at("2020-01-01 00:00"), at("2035-12-01 00:00")
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
starts = st.integers(0, (LAST - FIRST) // MINUTE).map(lambda minutes: FIRST + minutes * MINUTE)


@given(
    zone=st.sampled_from(sorted(zones())),
    weekday=st.integers(0, 6),
    wall=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    start=starts,
)
def test_any_weekly_time(zone: str, weekday: int, wall: time, start: datetime) -> None:
    found = WeeklyTime(weekday, wall, zone).next_days(start, 60)
    assert start < found[0].at <= start + WEEK + 3 * HOUR
    for before, after in pairwise(found):
        assert before.at < after.at
        assert after.day - before.day == WEEK
    for occurrence in found:
        assert occurrence.day.weekday() == weekday
        assert_at_its_wall_time(occurrence, wall, ZoneInfo(zone))


def assert_at_its_wall_time(occurrence: Occurrence, wall: time, tz: ZoneInfo) -> None:
    """The clocks show the wanted time for the first time that day, or have just jumped over it."""
    wanted = datetime.combine(occurrence.day, wall)
    earlier = [occurrence.at - minutes * MINUTE for minutes in (30, 60, 120)]
    assert wanted not in [shown(moment, tz) for moment in earlier]
    if occurrence.wall is Wall.SKIPPED:
        gap = shown(occurrence.at, tz) - wanted
        assert timedelta() < gap == offset(occurrence.at, tz) - offset(earlier[-1], tz)
    else:
        assert shown(occurrence.at, tz) == wanted


def shown(moment: datetime, tz: ZoneInfo) -> datetime:
    return moment.astimezone(tz).replace(tzinfo=None)


def offset(moment: datetime, tz: ZoneInfo) -> timedelta:
    return moment.astimezone(tz).utcoffset() or timedelta()


@given(
    zone=st.sampled_from(["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "America/Santiago"]),
    weekday=st.integers(0, 6),
    hour=st.integers(0, 23),
    start=starts,
)
def test_none_is_left_out_between_the_start_and_the_first(
    zone: str, weekday: int, hour: int, start: datetime
) -> None:
    rule = WeeklyTime(weekday, time(hour, 30), zone)
    first = rule.next_after(start)
    assert rule.on(first.day - WEEK).at <= start


def test_the_changes_of_a_zones_clocks_are_found_to_the_minute() -> None:
    found = list(clock_changes("Europe/Berlin", at("2026-01-05 17:23"), at("2026-12-01 00:00")))
    hour = timedelta(hours=1)
    assert found == [
        ClockChange(at("2026-03-29 01:00"), hour),
        ClockChange(at("2026-10-25 01:00"), -hour),
    ]
    half = timedelta(minutes=30)
    assert list(clock_changes("Australia/Lord_Howe", at("2026-10-03 00:00"), at("2026-10-04 00:00"))) == [
        ClockChange(at("2026-10-03 15:30"), half)
    ]
    assert list(clock_changes("Asia/Kolkata", at("2020-01-01 00:00"), at("2035-12-31 00:00"))) == []


def test_a_date_is_worked_out_by_its_day_alone() -> None:
    rule = WeeklyTime(6, time(20), "Europe/Berlin")
    assert rule.on(date(2026, 3, 29)).at == at("2026-03-29 18:00")
