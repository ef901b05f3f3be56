"""The cards of a poll: what they say, what they keep to themselves, and that Discord takes them."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.domain.tissues.comparing import NONE, Comparisons, Tally, compare
from bot.domain.tissues.counts import Counts
from bot.domain.tissues.polls import Poll
from bot.domain.tissues.results import Board, BoardRow, Figures, PeopleOnly, Result
from bot.rehearsal.faults import Faults
from bot.rehearsal.limits_components import Checker
from bot.ui.cards import Card
from bot.ui.pictures import ALT_LIMIT, Figure, Picture, Pictures
from cogs.tissues import cards
from cogs.tissues.showing import board_card, versions_card
from cogs.tissues.words import Names, histogram_alt, total
from tests.cogs.reading import ENGLISH, components, payload, texts
from tests.cogs.test_limits import PHONE
from tests.domain.films import shipped
from tests.services.times import NOW

NAMES = Names([shipped()])
POLL = Poll(
    poll_id=7,
    club_id=70,
    channel_id=71,
    film="miracle",
    version="tr2019",
    live=False,
    opened_at=NOW,
    closes_at=NOW + timedelta(hours=48),
    message_id=72,
)
LIVE = replace(POLL, live=True)
CLOSED = replace(POLL, closed_at=NOW, result_id=73)
REOPENED = replace(POLL, generation=1, result_id=73)
COUNTS = Counts({0: 3, 1: 2, 2: 4, 3: 6, 4: 5, 6: 8, 21: 3})
EARLIER = [
    Tally("miracle", "kr2013", 27, 70),
    Tally("miracle", "ph2019", 9, 9),
    Tally("miracle", "id2022", 9, 0),
    Tally("miracle", "mx2025", 31, 160),
]
COMPARED = compare(Tally("miracle", "tr2019", COUNTS.people, COUNTS.total), EARLIER)
PICTURE = Picture("tissues.png", b"", "alt")
RESULTS: list[Result] = [
    PeopleOnly(POLL, 0),
    PeopleOnly(LIVE, 2),
    PeopleOnly(REOPENED, 12),
    PeopleOnly(CLOSED, 2),
    Figures(LIVE, COUNTS, NONE),
    Figures(CLOSED, COUNTS, COMPARED),
    Figures(CLOSED, Counts({999: 1_000_000}), COMPARED),
    PeopleOnly(replace(POLL, film="", version=""), 3),
    PeopleOnly(replace(POLL, version="gone"), 3),
]


def every_card() -> list[Card]:
    return [
        *(cards.poll_card(result, NAMES, ENGLISH) for result in RESULTS),
        *(cards.result_card(result, NAMES, ENGLISH, PICTURE, mark=True) for result in RESULTS),
        cards.reopened_card(REOPENED, NAMES, ENGLISH),
        cards.vote_card(POLL, NAMES, ENGLISH, "Recorded."),
        versions_card(shipped(), EARLIER, NAMES, ENGLISH, PICTURE),
        board_card(Board(tuple(BoardRow(n, 900 - n, n) for n in range(10)), joined=True), ENGLISH),
        board_card(Board((), joined=False), ENGLISH),
    ]


def said(card: Card) -> str:
    return "\n".join(texts(card))


def addresses(card: Card) -> set[str]:
    return {each["custom_id"] for each in components(card) if "custom_id" in each}


def test_every_card_fits_discord_and_a_phone() -> None:
    for card in every_card():
        faults = Faults()
        Checker(faults, {PICTURE.name}).message(payload(card), v2=True)
        faults.raise_if_any()
        assert [each["label"] for each in components(card) if len(each.get("label") or "") > PHONE] == []


def test_an_open_poll_says_how_many_and_not_what() -> None:
    text = said(cards.poll_card(PeopleOnly(POLL, 23), NAMES, ENGLISH))
    assert "23 people have answered. The counts stay hidden until the close." in text
    assert "7. Koğuştaki Mucize" in text


def test_a_live_poll_says_when_its_counts_show_and_then_shows_them() -> None:
    few = said(cards.poll_card(PeopleOnly(LIVE, 2), NAMES, ENGLISH))
    assert "2 people have answered. The counts show from 3 people on." in few
    enough = said(cards.poll_card(Figures(LIVE, COUNTS, NONE), NAMES, ENGLISH))
    assert "0: 3 · 1: 2 · 2: 4 · 3: 6 · 4: 5 · 5-9: 8 · 10+: 3" in enough


def test_a_closed_poll_takes_no_presses_and_links_to_its_result() -> None:
    card = cards.poll_card(Figures(CLOSED, COUNTS, NONE), NAMES, ENGLISH)
    assert addresses(card) == {"tb:tissues-mine:7"}
    assert "https://discord.com/channels/70/71/73" in said(card)


def test_a_result_says_all_its_figures() -> None:
    text = said(cards.result_card(Figures(CLOSED, COUNTS, COMPARED), NAMES, ENGLISH, PICTURE, mark=True))
    assert "### 🧻 159 tissues. A box and two thirds." in text
    assert "31 people · 5.1 each (median 4)" in text
    assert "The record stays with 🇲🇽 mx2025: 5.2 each, n = 31." in text
    assert "Usual here: 3.1 each over 4 polls, n = 76." in text
    assert "cries 2.0 × more at 🇹🇷 tr2019 than at 🇰🇷 kr2013 (5.1 and 2.6 each, n = 31 and 27)" in text
    assert "0: 3 · 1: 2 · 2: 4 · 3: 6 · 4: 5 · 5-9: 8 · 10+: 3" in text


def test_two_people_are_two_people() -> None:
    text = said(cards.result_card(PeopleOnly(CLOSED, 2), NAMES, ENGLISH, None, mark=True))
    assert "2 people answered." in text
    assert "Fewer than 3" in text or "fewer than 3" in text


def test_a_record_is_told_with_the_one_before() -> None:
    earlier = [Tally("miracle", "kr2013", 27, 70)]
    found = compare(Tally("miracle", "tr2019", 31, 159), earlier)
    text = said(cards.result_card(Figures(CLOSED, COUNTS, found), NAMES, ENGLISH, None, mark=True))
    assert "The wettest film here so far (before: 🇰🇷 kr2013, 2.6 each, n = 27)." in text


def test_what_cannot_be_a_ratio_is_told_in_words() -> None:
    for other, sentence in (
        (Tally("miracle", "id2022", 9, 0), "and not at all at 🇮🇩 id2022 (n = 9)"),
        (Tally("miracle", "id2022", 31, 158), "cries as much at 🇹🇷 tr2019 as at 🇮🇩 id2022"),
    ):
        found: Comparisons = compare(Tally("miracle", "tr2019", 31, 159), [other])
        text = said(cards.result_card(Figures(CLOSED, COUNTS, found), NAMES, ENGLISH, None, mark=True))
        assert sentence in text


def test_each_message_carries_the_mark_that_finds_it_again_and_no_copy_does() -> None:
    assert "tb:tissues-mine:7" in addresses(cards.poll_card(PeopleOnly(POLL, 3), NAMES, ENGLISH))
    marked = "tb:tissues-all:7:result"
    for result in (PeopleOnly(CLOSED, 2), Figures(CLOSED, COUNTS, NONE)):
        assert marked in addresses(cards.result_card(result, NAMES, ENGLISH, None, mark=True))
        assert marked not in addresses(cards.result_card(result, NAMES, ENGLISH, None, mark=False))
    assert marked in addresses(cards.reopened_card(REOPENED, NAMES, ENGLISH))
    assert "tb:tissues-mine:7" not in addresses(cards.vote_card(POLL, NAMES, ENGLISH))


def test_a_reopened_poll_says_that_its_counts_have_been_seen() -> None:
    assert "have been seen" in said(cards.reopened_card(REOPENED, NAMES, ENGLISH))
    assert "have been seen" in said(cards.poll_card(PeopleOnly(REOPENED, 3), NAMES, ENGLISH))


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 tissues."),
        (1, "1 tissue."),
        (12, "12 tissues."),
        (33, "33 tissues. A third of a box."),
        (100, "100 tissues. About a box."),
        (137, "137 tissues. A box and a third."),
        (266, "266 tissues. 2 boxes and two thirds."),
    ],
)
def test_a_total_is_said_in_boxes_too(count: int, words: str) -> None:
    assert total(Counts({count: 1}), ENGLISH) == words


def test_the_alt_text_says_all_that_the_picture_shows() -> None:
    alt = histogram_alt(COUNTS, ENGLISH)
    assert len(alt) <= ALT_LIMIT
    for piece in ("31 answers", "159 tissues", "5.1 each", "median 4", "10+: 3", "5-9: 8", "0: 3"):
        assert piece in alt


def test_versions_are_numbered_as_in_the_picture_and_too_few_answers_are_not_compared() -> None:
    tallies = [
        Tally("miracle", "tr2019", 31, 137),
        Tally("miracle", "kr2013", 27, 70),
        Tally("miracle", "mx2025", 4, 4),
    ]
    text = said(versions_card(shipped(), tallies, NAMES, ENGLISH, None))
    assert "**1.** 🇹🇷 7. Koğuştaki Mucize (2019): 4.4 each, n = 31" in text
    assert "**2.** 🇰🇷 7번방의 선물 (2013): 2.6 each, n = 27" in text
    assert "n = 4, too few to compare" in text
    assert text.count("not asked yet") == len(shipped().versions) - 3


def test_the_board_names_members_and_pings_nobody_by_role() -> None:
    text = said(board_card(Board((BoardRow(5, 41, 7),), joined=False), ENGLISH))
    assert "🥇 <@5>: 41 tissues · polls: 7" in text


@pytest.mark.asyncio
async def test_a_picture_is_drawn_with_its_words() -> None:
    picture = await Pictures().bars("tissues", "x" * 2000, [Figure("0", "3", 3)])
    assert picture.png.startswith(b"\x89PNG")
    assert len(picture.alt) == ALT_LIMIT
    assert picture.file().filename == "tissues.png"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (None, ("miracle", "")),
        ("tr2019", ("miracle", "tr2019")),
        ("miracle:tr2019", ("miracle", "tr2019")),
        ("kogustaki", ("miracle", "tr2019")),
    ],
)
def test_a_version_is_found_by_what_members_call_it(typed: str | None, found: tuple[str, str]) -> None:
    assert NAMES.find(typed) == found
