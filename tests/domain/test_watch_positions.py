"""Places in a film as members type them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.watch.positions import position_in, spoken
from bot.errors import UserError

LENGTH = timedelta(minutes=127)


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [
        ("0:00", 0),
        ("4:07", 247),
        (" 61:05 ", 3665),
        ("1:01:05", 3665),
        ("01:01:05", 3665),
        ("٤:٠٧", 247),
        ("４：０７", 247),
        ("1.01.05", 3665),
    ],
)
def test_what_is_understood(typed: str, seconds: int) -> None:
    assert position_in(typed, LENGTH) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "typed", ["", "12", "4:7", "4:60", "1:60:00", "-4:07", "four", "4:07pm", "1:2:3:4", "²:07"]
)
def test_what_is_unclear_is_refused(typed: str) -> None:
    with pytest.raises(UserError, match="position_unclear"):
        position_in(typed, LENGTH)


def test_what_is_past_the_end_is_refused() -> None:
    with pytest.raises(UserError, match="position_past_end"):
        position_in("2:07:01", LENGTH)


@given(st.integers(0, int(LENGTH.total_seconds())))
def test_what_is_shown_can_be_typed(seconds: int) -> None:
    place = timedelta(seconds=seconds)
    assert position_in(spoken(place), LENGTH) == place
