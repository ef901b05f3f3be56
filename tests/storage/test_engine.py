"""Times as tables hold them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage.engine import from_ms, to_ms

whole_milliseconds = st.integers(-62_000_000_000_000, 250_000_000_000_000)


@given(whole_milliseconds)
def test_milliseconds_survive_the_way_there_and_back(milliseconds: int) -> None:
    assert to_ms(from_ms(milliseconds)) == milliseconds


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2500, 1, 1), timezones=st.timezones()))  # noqa: DTZ001
def test_a_moment_comes_back_in_utc_to_the_millisecond(moment: datetime) -> None:
    back = from_ms(to_ms(moment))
    assert back.tzinfo is UTC
    assert timedelta() <= moment - back < timedelta(milliseconds=1)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="has no time zone"):
        to_ms(datetime(2025, 1, 1))  # noqa: DTZ001
