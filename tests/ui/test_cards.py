"""The parts that every card is made of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ui.cards import Card, button, menu, pages, rows, small
from bot.ui.persistent import TEMPLATE

entries = st.lists(st.text(min_size=1, max_size=60), max_size=30)


@given(entries, st.integers(20, 200))
def test_pages_hold_every_entry_once_and_in_order(written: list[str], limit: int) -> None:
    cut = pages(written, limit)
    assert [entry for page in cut for entry in page] == written
    assert all(cut) or not written


@given(entries, st.integers(20, 200))
def test_a_page_fits_unless_a_single_entry_does_not(written: list[str], limit: int) -> None:
    for page in pages(written, limit):
        assert len(page) == 1 or len("\n\n".join(page)) <= limit


def test_there_is_always_a_page_to_show() -> None:
    assert pages([]) == [[]]


@given(st.integers(0, 12))
def test_rows_hold_five_buttons_each_and_none_is_lost(count: int) -> None:
    made = rows([button(str(index), f"a:{index}") for index in range(count)])
    assert all(1 <= len(row.children) <= 5 for row in made)
    assert sum(len(row.children) for row in made) == count


def test_a_button_that_does_not_apply_leaves_no_gap() -> None:
    (row,) = rows([None, button("One", "a:1"), None])
    assert len(row.children) == 1
    assert rows([None]) == []


def test_a_card_shows_its_texts_and_leaves_out_empty_ones() -> None:
    card = Card("### Title", "", "Text", *rows([button("Label", "a")]))
    assert card.text == "### Title\nText"


def test_a_card_never_times_out() -> None:
    assert Card("Text").timeout is None


@pytest.mark.parametrize(
    ("address", "route", "args"),
    [
        ("quiz:1:0:2", "quiz", ":1:0:2"),
        ("facts:miracle:search:a b", "facts", ":miracle:search:a b"),
        ("x", "x", ""),
    ],
)
def test_an_address_comes_back_from_its_custom_id(address: str, route: str, args: str) -> None:
    custom_id = button("Label", address).custom_id
    match = TEMPLATE.fullmatch(custom_id)
    assert match is not None
    assert (match["route"], match["args"]) == (route, args)


@pytest.mark.parametrize("foreign", ["tb", "tb:", "other:quiz:1", "tb:Quiz:1", ""])
def test_what_is_not_ours_is_left_alone(foreign: str) -> None:
    assert TEMPLATE.fullmatch(foreign) is None


def test_a_menu_wants_as_many_picks_as_it_is_asked_for() -> None:
    row = menu("Choose two", "pair", [], picks=2)
    (select,) = row.to_component_dict()["components"]
    assert (select["custom_id"], select["min_values"], select["max_values"]) == ("tb:pair", 2, 2)


def test_small_print_is_small_on_every_line() -> None:
    assert small("one\ntwo") == "-# one\n-# two"
    assert small("") == ""
