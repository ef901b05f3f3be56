"""When an evening is to be: timestamps, ISO, words in two languages, and what is refused."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.errors import UserError
from bot.services.timephrases import when

pytestmark = pytest.mark.asyncio

ISTANBUL = ZoneInfo("Europe/Istanbul")
NOW = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)  # Sunday, 20:00 in Istanbul


@pytest.mark.parametrize(
    ("language", "typed", "local"),
    [
        ("tr", "<t:1795719600:F>", "2026-11-26T22:00"),
        ("tr", "<t:1795719600>", "2026-11-26T22:00"),
        ("tr", "2026-11-27 20:00", "2026-11-27T20:00"),
        ("tr", "2026-11-27T20:00+09:00", "2026-11-27T14:00"),
        ("tr", "2026-11-27T17:00Z", "2026-11-27T20:00"),
        ("tr", "cuma 20:00", "2026-11-27T20:00"),
        ("tr", "friday 8pm", "2026-11-27T20:00"),
        ("es", "viernes 20:00", "2026-11-27T20:00"),
        ("es", "28 de noviembre 20:00", "2026-11-28T20:00"),
        ("de", "Samstag 28. November 20:00", "2026-11-28T20:00"),
        ("fil", "bukas 20:00", "2026-11-23T20:00"),
    ],
)
async def test_what_is_understood(language: str, typed: str, local: str) -> None:
    found = await when(typed, [language], ISTANBUL, NOW)
    assert found.astimezone(ISTANBUL).strftime("%Y-%m-%dT%H:%M") == local


@pytest.mark.parametrize(
    ("language", "typed", "key"),
    [
        ("tr", "bir ara", "watch.when_unclear"),
        ("tr", "2026-11-27", "watch.when_unclear"),
        ("tr", "2026-13-27 20:00", "watch.when_unclear"),
        ("tr", "<t:99999999999:F>", "watch.when_too_far"),
        ("tr", "<t:1795719600:F> belki", "watch.when_unclear"),
        ("en", "21 november 20:00", "watch.when_past"),
        ("en", "2026-11-22 19:59", "watch.when_past"),
        ("en", "2028-01-01 20:00", "watch.when_too_far"),
        ("ko", "이번 주 금요일 저녁 8시", "watch.when_past"),
        ("es", "noviembre 20:00", "watch.when_unclear"),
        ("es", "domingo 28 noviembre 20:00", "watch.when_unclear"),
        ("es", "perro 20:00", "watch.when_unclear"),
        ("es", "viernes", "watch.when_unclear"),
        ("es", "viernes 8:30", "watch.when_unclear"),
        ("es", "28 20:00", "watch.when_unclear"),
        ("tlh", "wa'leS 20:00", "watch.when_unclear"),
    ],
)
async def test_what_is_refused(language: str, typed: str, key: str) -> None:
    with pytest.raises(UserError) as refused:
        await when(typed, [language], ISTANBUL, NOW)
    assert refused.value.key == key


async def test_the_clubs_language_and_the_hosts_are_both_read() -> None:
    turkish, korean = "cuma akşamı 8'de", "금요일 저녁 8시"
    found = [await when(said, ["tr", "ko"], ISTANBUL, NOW) for said in (turkish, korean)]
    assert found[0] == found[1]
    with pytest.raises(UserError, match=r"watch\.when_unclear"):
        await when(korean, ["tr", "de"], ISTANBUL, NOW)


async def test_the_wall_clock_is_the_clubs() -> None:
    new_york = ZoneInfo("America/New_York")
    skipped = await when("2026-03-08 02:30", ["en"], new_york, datetime(2026, 3, 1, tzinfo=UTC))
    twice = await when("2026-11-01 01:30", ["en"], new_york, datetime(2026, 3, 1, tzinfo=UTC))
    assert skipped == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)
    assert twice == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
