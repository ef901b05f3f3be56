"""Times that members type, understood the same in every week of the year."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.moments import moment_in
from bot.errors import UserError

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("<t:1795464000:F>", datetime(2026, 11, 23, 20, 0, tzinfo=UTC)),
        ("<t:1795464000>", datetime(2026, 11, 23, 20, 0, tzinfo=UTC)),
        ("90m", NOW + timedelta(minutes=90)),
        ("90 min", NOW + timedelta(minutes=90)),
        ("1d 12h", NOW + timedelta(hours=36)),
        ("2W", NOW + timedelta(weeks=2)),
        ("2026-11-24 20:00", datetime(2026, 11, 24, 19, 0, tzinfo=UTC)),
        ("2026-11-24T20:00", datetime(2026, 11, 24, 19, 0, tzinfo=UTC)),
        ("2026-11-24T20:00:00+03:00", datetime(2026, 11, 24, 17, 0, tzinfo=UTC)),
        ("22:30", datetime(2026, 11, 22, 21, 30, tzinfo=UTC)),
        ("20:59", datetime(2026, 11, 23, 19, 59, tzinfo=UTC)),  # past by now: tomorrow's
        ("2027-03-28 02:30", datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),  # skipped: moves on to 03:30
        ("2026-10-25 02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # comes twice: the first
    ],
)
def test_a_time_is_understood(typed: str, meant: datetime) -> None:
    assert moment_in(typed, BERLIN, NOW) == meant


@pytest.mark.parametrize(
    "typed",
    ["", "soon", "2026-11-24", "24.11.2026", "25:00", "20:61", "12", "9999w " * 60, "h"],
)
def test_anything_else_is_refused_with_what_is_accepted(typed: str) -> None:
    with pytest.raises(UserError) as refused:
        moment_in(typed, BERLIN, NOW)
    assert refused.value.key == "time.unclear"
    assert refused.value.params["zone"] == "Europe/Berlin"


@given(st.text(max_size=30))
def test_no_text_breaks_it(typed: str) -> None:
    try:
        assert moment_in(typed, BERLIN, NOW).tzinfo is UTC
    except UserError as refused:
        assert refused.key == "time.unclear"  # noqa: PT017 - either of two endings is right
