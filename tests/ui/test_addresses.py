"""Only numbers that a database of ours can hold are numbers here."""

import pytest

from bot.ui.addresses import LARGEST, number_in


@pytest.mark.parametrize("text", ["0", "7", "1300000000000000000", str(LARGEST)])
def test_plain_digits_are_a_number(text: str) -> None:
    assert number_in(text) == int(text)


@pytest.mark.parametrize("text", ["", "x", "-1", "+1", " 1", "1_0", "٣", "1.5", str(LARGEST + 1), "9" * 5000])
def test_anything_else_is_none(text: str) -> None:
    assert number_in(text) is None
