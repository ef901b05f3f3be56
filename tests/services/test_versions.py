"""The version a member means, by whatever name it goes."""

import pytest

from bot.errors import UserError
from bot.services.versions import find_version
from tests.domain.films import shipped

FILM = shipped()


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("tr2019", "tr2019"),
        ("miracle:tr2019", "tr2019"),
        ("kogustaki", "tr2019"),
        ("7beonbang", "kr2013"),
        ("pushpaka", "in2017"),
        ("father's miracle", "mx2025"),
        ("Türkiye", "tr2019"),
        (" 2013 ", "kr2013"),
    ],
)
def test_a_version_is_found_by_every_name_it_has(typed: str, key: str) -> None:
    film, version = find_version([FILM], typed)
    assert (film.slug, version.key) == (FILM.slug, key)


@pytest.mark.parametrize(
    ("typed", "fitting"), [("2019", {"tr2019", "ph2019"}), ("indonesia", {"id2022", "id2024"})]
)
def test_where_several_fit_they_are_named(typed: str, fitting: set[str]) -> None:
    with pytest.raises(UserError) as refusal:
        find_version([FILM], typed)
    assert refusal.value.key == "error.several_versions"
    told = str(refusal.value.params["fitting"])
    assert {version.key for version in FILM.versions if version.key in told} == fitting


@pytest.mark.parametrize("typed", ["", " ", "fr1999", "x" * 6000])
def test_what_fits_nothing_is_answered_with_all_there_are(typed: str) -> None:
    with pytest.raises(UserError) as refusal:
        find_version([FILM], typed)
    assert refusal.value.key == "error.unknown_version"
    assert len(str(refusal.value.params["version"])) <= 100
    assert all(version.key in str(refusal.value.params["known"]) for version in FILM.versions)
