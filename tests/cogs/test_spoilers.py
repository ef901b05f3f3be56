"""Names and cards of spoiler threads: which versions are meant, and that neither name nor card tells plot."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.film import Film
from bot.domain.spoilers import Level, Room
from bot.domain.threads.subjects import LEVELS, Privacy, Subject
from bot.domain.threads.thread import Parting, SpoilerThread
from bot.errors import UserError
from bot.ui.webhooks import NAME, fit_name
from cogs.spoilers import cards
from cogs.spoilers.opening import Request
from cogs.spoilers.titles import Titles
from tests.cogs.reading import ENGLISH, all_of, components
from tests.cogs.spoken import forbidden
from tests.domain.films import made_up, shipped
from tests.services.times import NOW

FILMS = {"shipped": shipped(), "made up": made_up()}
KEYS = [version.key for version in shipped().versions]
TITLES = Titles([shipped()])
CUSTOM_ID = 100


def subjects(film: Film) -> st.SearchStrategy[Subject]:
    keys = [version.key for version in film.versions]
    chosen = st.sets(st.sampled_from(keys), min_size=1).map(lambda some: tuple(k for k in keys if k in some))
    places = st.none() | st.timedeltas(timedelta(seconds=1), timedelta(hours=5))
    return st.builds(
        Subject, st.just(film.slug), chosen, st.sampled_from(LEVELS), places, st.sampled_from(Privacy)
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kr2013", ("kr2013",)),
        ("tr2019, kr2013", ("kr2013", "tr2019")),
        ("kr2013+tr2019", ("kr2013", "tr2019")),
        (" mexico ", ("mx2025",)),
        ("miracle:tr2019", ("tr2019",)),
        ("any", tuple(KEYS)),
        ("kr2013, any", tuple(KEYS)),
    ],
)
def test_versions_are_meant_by_key_country_or_all_at_once(typed: str, meant: tuple[str, ...]) -> None:
    film, keys = TITLES.find(typed)
    assert film is shipped()
    assert keys == meant


@pytest.mark.parametrize("typed", ["", ",", "matrix", "kr2013, matrix", "2019"])
def test_what_could_be_none_or_several_is_refused_with_those_there_are(typed: str) -> None:
    with pytest.raises(UserError) as refused:
        TITLES.find(typed)
    assert "kr2013" in str(refused.value.params["known"])


def test_the_last_of_several_is_offered_while_it_is_typed() -> None:
    offered = dict(TITLES.offered("kr2013, ülke"))
    assert offered == {}
    assert "kr2013, tr2019" in dict(map(reversed, TITLES.offered("kr2013, tr")))  # type: ignore[arg-type]


@given(subjects(shipped()))
def test_a_name_says_version_and_level_and_fits(subject: Subject) -> None:
    name = TITLES.name(subject, ENGLISH)
    assert 1 <= len(name) <= 100
    assert name.startswith("🔒") == subject.gated
    assert ("all 7 films" in name) or all(key in name for key in subject.versions)


@pytest.mark.parametrize("film", FILMS.values(), ids=FILMS)
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_no_card_at_a_door_tells_more_than_nothing(film: Film, data: st.DataObject) -> None:
    subject, titles = data.draw(subjects(film)), Titles([film])
    name = titles.name(subject, ENGLISH)
    thread = SpoilerThread(1, 7, 70, subject, name, prompts=True, opened_at=NOW, thread_id=8, gate_id=9)
    pieces = forbidden(film, Room(Level.NONE))
    for card in (
        cards.gate_card(thread, 3, titles, ENGLISH),
        cards.door_card(thread, subject.versions, titles, ENGLISH),
        cards.not_yet_card(thread, ENGLISH),
        cards.intro_card(thread, titles, ENGLISH),
        cards.closed_gate_card(thread, ENGLISH),
        cards.parting_card(thread, Parting(3, 20, 2), ENGLISH),
        cards.warning_card(subject, "spoilers-public:x", titles, ENGLISH),
    ):
        assert [piece for piece in pieces if piece in all_of(card)] == []


@given(subjects(shipped()), st.booleans())
def test_what_is_asked_for_fits_a_buttons_address_and_comes_back_the_same(
    subject: Subject, prompts: bool
) -> None:
    wanted = Request(_whole_seconds(subject), prompts)
    card = cards.warning_card(subject, f"spoilers-public:{wanted.address}", TITLES, ENGLISH)
    addresses = [each["custom_id"] for each in components(card) if "custom_id" in each]
    assert all(len(address) <= CUSTOM_ID for address in addresses)
    assert Request.of(tuple(wanted.address.split(":")), subject.privacy) == wanted


def _whole_seconds(subject: Subject) -> Subject:
    up_to = subject.up_to and timedelta(seconds=int(subject.up_to.total_seconds()))
    return Subject(subject.film, subject.versions, subject.level, up_to, subject.privacy)


def test_people_are_counted_as_far_as_discord_does() -> None:
    public = Subject("miracle", ("kr2013",), Level.ENDING, None, Privacy.PUBLIC)
    thread = SpoilerThread(1, 7, 70, public, "kr2013 · whole film", prompts=True, opened_at=NOW)
    assert "50 people or more" in cards.parting_card(thread, Parting(50, 1, 1), ENGLISH).text
    assert "49 people, 1 message, 1 day" in cards.parting_card(thread, Parting(49, 1, 1), ENGLISH).text


@given(st.text(max_size=120))
def test_any_name_becomes_one_that_discord_takes_for_a_webhook(name: str) -> None:
    fitted = fit_name(name)
    assert 1 <= len(fitted) <= 80
    assert not {"discord", "clyde"} & {
        fitted.lower()[at : at + n] for at in range(len(fitted)) for n in (5, 7)
    }


@pytest.mark.parametrize(
    ("name", "fitted"), [("Alice", "Alice"), ("DiscordFan", "Disc·ordFan"), ("clyde", "cly·de"), ("  ", NAME)]
)
def test_how_a_name_is_changed(name: str, fitted: str) -> None:
    assert fit_name(name) == fitted
