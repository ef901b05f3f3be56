"""What the film's cards say beyond keeping quiet: endings side by side, pages that turn, unknown said."""

import pytest
from msgspec.structs import replace

from bot.domain.film import Film
from bot.domain.spoilers import Eyes, Level, Room
from bot.errors import UserError
from bot.ui.cards import Card
from bot.ui.reading import Reading
from cogs.facts.places import Places
from tests.cogs.reading import ENGLISH, bare_texts, components
from tests.domain.films import made_up, shipped

FILM = made_up()


def card(*address: str, film: Film = FILM, room: Room | None = None, eyes: Eyes = Eyes.EVERYBODY) -> Card:
    return Places(film).card(Reading(film, room or Room(), eyes, ENGLISH), *address)


def labels(shown: Card) -> list[str]:
    return [each["label"] for each in components(shown) if each.get("label")]


def test_endings_are_compared_only_where_both_may_be_known() -> None:
    seen_one = Room(Level.PREMISE, FILM.cover(frozenset({"kr2013"}), Level.ENDING))
    seen_both = Room(Level.PREMISE, FILM.cover(frozenset({"kr2013", "tr2019"}), Level.ENDING))
    assert "**Ending**" not in card("compare", "kr2013", "tr2019").text
    assert "**Ending**" not in card("compare", "kr2013", "tr2019", room=seen_one).text
    assert "**Ending**" in card("compare", "kr2013", "tr2019", room=seen_both).text


def test_who_asks_alone_compares_endings_behind_a_spoiler_tag() -> None:
    _, ending = card("compare", "kr2013", "tr2019", eyes=Eyes.ONE_MEMBER).text.split("**Ending**")
    assert ending.count("||") == 4


@pytest.mark.parametrize("place", ["fact", "source", "claim"])
def test_a_thing_that_is_gone_says_that_the_button_is_old(place: str) -> None:
    for args in ((), ("gone",)):
        with pytest.raises(UserError, match=r"error\.old_button"):
            card(place, *args)


def test_a_place_that_is_gone_says_that_the_button_is_old() -> None:
    with pytest.raises(UserError, match=r"error\.old_button"):
        card("attic")


@pytest.mark.parametrize("wanted", ["tr2019", "영화 tr2019", "country of TR2019"])
def test_a_version_is_known_by_key_title_or_country(wanted: str) -> None:
    assert "tr2019" in card("version", wanted).text


@pytest.mark.parametrize("wanted", ["", "fr1999", "x" * 100])
def test_a_version_nobody_knows_is_named_with_those_there_are(wanted: str) -> None:
    with pytest.raises(UserError) as refusal:
        card("version", wanted)
    assert refusal.value.key == "error.unknown_version"
    assert refusal.value.params["version"] == wanted
    assert "tr2019" in str(refusal.value.params["known"])


def test_a_version_is_not_compared_with_itself() -> None:
    with pytest.raises(UserError, match=r"error\.same_version"):
        card("compare", "tr2019", "tr2019")


@pytest.mark.parametrize(
    "place", ["claims", "where:all", "warnings:all", "sources:all", "version:kr2013", "case"]
)
@pytest.mark.parametrize("page", ["-1", "x", "9999", "٣"])
def test_a_page_that_is_not_there_is_the_nearest_that_is(place: str, page: str) -> None:
    name, *args = place.split(":")
    if page == "9999" or not page.isdecimal():
        assert card(name, *args, page).text
    assert card(name, *args).text == card(name, *args, "0").text


def test_every_page_of_a_long_card_can_be_reached_by_its_buttons() -> None:
    claims = tuple(replace(claim, key=f"{claim.key}-{n}") for n in range(12) for claim in FILM.claims)
    long = replace(FILM, claims=claims)
    texts, address = [], ["claims", "0"]
    while True:
        shown = card(*address, film=long, eyes=Eyes.ONE_MEMBER)
        texts.append(shown.text)
        further = f"tb:facts:miracle:claims:{len(texts)}"
        if further not in bare_texts(shown):
            break
        address = ["claims", str(len(texts))]
    assert len(texts) > 1
    assert sum(text.count("“") for text in texts) == len(claims)


def test_the_sources_of_a_fact_have_pages_of_their_own() -> None:
    first = FILM.facts[0]
    statement = replace(first.statement, sources=first.statement.sources * 60)
    film = replace(FILM, facts=(replace(first, statement=statement),))
    shown = card("source", first.key, film=film)
    assert f"tb:facts:miracle:source:{first.key}:1" in set(bare_texts(shown))
    assert card("source", first.key, "1", film=film).text != shown.text


def test_unknown_is_said_and_what_is_withheld_is_not_called_unknown() -> None:
    assert "not known" in card("where", "kr2013", film=replace(FILM, availability=())).text
    only_told = tuple(place for place in FILM.availability if place.statement.spoils.parts)
    shown = card("where", "kr2013", film=replace(FILM, availability=only_told))
    assert "not known" not in shown.text
    assert "Show me, only me" in labels(shown)


def test_a_search_offers_what_is_hidden_by_its_number_only() -> None:
    hidden = next(fact for fact in FILM.facts if fact.statement.spoils.level is Level.ENDING)
    shown = card("search", hidden.statement.text, eyes=Eyes.ONE_MEMBER)
    assert "Number 1: gives more away" in bare_texts(shown)
    assert f"||{hidden.statement.text[:40]}" in shown.text


def test_support_comes_worldwide_first_then_where_one_is() -> None:
    text = card("support", "NO").text
    assert text.index("Worldwide") < text.index("Norway")
    assert "South Korea" not in text
    assert {"Norway", "South Korea"} <= {
        word for word in ("Norway", "South Korea") if word in card("support").text
    }


def test_the_shipped_versions_stand_on_one_card_in_their_own_script() -> None:
    text = card("versions", film=shipped()).text
    assert [version.title for version in shipped().versions if version.title not in text] == []
    assert [version.director for version in shipped().versions if version.director not in text] == []
