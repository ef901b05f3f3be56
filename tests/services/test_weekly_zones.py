"""Zones found by city, country or name."""

from datetime import UTC, datetime

import pytest

from bot.domain.clubs import known_zone
from bot.services.weekly_zones import find_zones


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("istanbul", "Europe/Istanbul"),
        ("new york", "America/New_York"),
        ("New_York", "America/New_York"),
        ("america/sao", "America/Sao_Paulo"),
        ("south korea", "Asia/Seoul"),
        ("philippines", "Asia/Manila"),
        ("são paulo", "America/Sao_Paulo"),
    ],
)
def test_a_zone_is_found_by_what_people_call_it(typed: str, first: str) -> None:
    assert find_zones(typed, 25)[0].name == first


def test_places_come_before_old_names_and_nothing_before_anything_known() -> None:
    assert [zone.name for zone in find_zones("kolkata", 25)] == ["Asia/Kolkata"]
    assert find_zones("atlantis", 25) == []
    assert len(find_zones("", 25)) == 25
    assert all(known_zone(zone.name) for zone in find_zones("", 1000))


def test_a_zone_says_its_country_and_its_offset_at_that_moment() -> None:
    (zone,) = find_zones("Europe/Berlin", 25)
    assert zone.countries == ("Germany",)
    assert zone.offset(datetime(2026, 7, 1, tzinfo=UTC)) == "+02:00"
    assert zone.offset(datetime(2026, 12, 1, tzinfo=UTC)) == "+01:00"
