"""Times of day as hosts type them."""

from datetime import time

import pytest

from bot.domain.weekly.typed import quiet_hours, time_of_day
from bot.errors import UserError


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("20:00", time(20)),
        ("8:05", time(8, 5)),
        (" 20.30 ", time(20, 30)),
        ("20h30", time(20, 30)),
        ("20h", time(20)),
        ("8pm", time(20)),
        ("8:30 PM", time(20, 30)),
        ("12am", time(0)),
        ("12 p.m.", time(12)),
        ("0:00", time(0)),
    ],
)
def test_a_time_of_day_is_read_as_it_is_written(typed: str, meant: time) -> None:
    assert time_of_day(typed) == meant


@pytest.mark.parametrize(
    "typed", ["", "8", "2000", "24:00", "20:60", "13pm", "0am", "eight", "20:00:00", "-8pm"]
)
def test_what_could_be_two_times_or_none_is_refused(typed: str) -> None:
    with pytest.raises(UserError, match=r"weekly\.time_unclear"):
        time_of_day(typed)


def test_quiet_hours_are_two_times() -> None:
    assert quiet_hours("22:00-08:00") == quiet_hours("10pm – 8am") == (time(22), time(8))
    assert quiet_hours(" - ") is None
    for typed in ("", "22:00", "22:00-22:00", "late-early"):
        with pytest.raises(UserError):
            quiet_hours(typed)
