"""Dates and moments as each reader sees them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.ui.dates import as_of, day, moment
from tests.cogs.reading import ENGLISH


def test_a_moment_is_shown_in_the_readers_own_zone() -> None:
    at = datetime(2026, 11, 22, 20, 0, 0, 900_000, tzinfo=UTC)
    assert moment(at) == "<t:1795377600:F>"
    assert moment(at.astimezone(timezone(timedelta(hours=9))), "R") == "<t:1795377600:R>"


@pytest.mark.parametrize(
    ("written", "shown"),
    [("2013", "2013"), ("2020-03", "2020-03"), ("1970-01-02", f"<t:{36 * 3600}:D>")],
)
def test_a_date_is_as_exact_as_it_was_written(written: str, shown: str) -> None:
    assert day(written) == shown
    assert as_of(written, ENGLISH) == f"as of {shown}"


def test_a_page_without_a_date_is_said_to_have_none() -> None:
    assert as_of("undated", ENGLISH) == "undated page"
