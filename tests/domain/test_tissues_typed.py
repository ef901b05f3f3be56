"""What members type into the form: understood, or refused with a sentence that says what is accepted."""

import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.tissues.typed import MOST, tissues_in
from bot.errors import UserError

SCRIPTS = [0x30, 0x660, 0x6F0, 0x966, 0xCE6, 0xE50, 0xFF10]  # where the zeros of some scripts stand


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("0", 0),
        ("12", 12),
        (" 7 ", 7),
        ("007", 7),
        ("+5", 5),
        ("999", 999),
        ("１２", 12),  # full-width, as Korean and Japanese keyboards give them
        ("٣٤", 34),
        ("\u200f٣\u200e", 3),  # marks of direction that an Arabic keyboard may add
        ("೧೨", 12),
        ("4️⃣2️⃣", 42),
        ("🔟", 10),
        ("💯", 100),
    ],
)
def test_a_number_is_understood(typed: str, meant: int) -> None:
    assert tissues_in(typed) == meant


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("", "words"),
        ("a lot", "words"),
        ("열두", "words"),
        ("🧻🧻🧻", "words"),
        ("12 tissues", "words"),
        ("1e3", "words"),
        ("5²", "words"),  # not fifty-two
        ("Ⅳ", "words"),
        ("1🔟", "words"),
        (".", "words"),
        ("1-2", "words"),
        ("-3", "negative"),
        ("−3", "negative"),
        ("－３", "negative"),
        ("2.5", "fraction"),
        ("2,5", "fraction"),
        ("٢٫٥", "fraction"),
        ("4.0", "fraction"),
        ("½", "fraction"),
        ("3 ½", "fraction"),
        ("0,005", "fraction"),
        ("1000", "too_many"),
        ("10,000", "too_many"),
        ("10.000", "too_many"),
        ("10 000", "too_many"),
        ("9" * 5000, "too_many"),
    ],
)
def test_anything_else_is_refused_by_what_is_wrong_with_it(typed: str, key: str) -> None:
    with pytest.raises(UserError) as refused:
        tissues_in(typed)
    assert refused.value.key == f"tissues.typed_{key}"
    assert refused.value.params == {"most": MOST}


@given(number=st.integers(0, MOST), zero=st.sampled_from(SCRIPTS))
def test_every_scripts_digits_are_understood(number: int, zero: int) -> None:
    assert tissues_in("".join(chr(zero + int(digit)) for digit in str(number))) == number


@given(st.text(max_size=12))
def test_no_text_is_taken_for_a_number_that_it_does_not_write(typed: str) -> None:
    with suppress(UserError):
        understood = tissues_in(typed)
        digits = [unicodedata.decimal(letter, None) for letter in typed]
        written = "".join(str(digit) for digit in digits if digit is not None)
        assert 0 <= understood <= MOST
        assert (written and int(written) == understood) or typed.strip() in {"🔟", "💯"}
