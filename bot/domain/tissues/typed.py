"""The number a member types, understood in any script's digits or refused with a sentence that says why."""

import re
import unicodedata

from bot.errors import UserError

MOST = 999

# signs as other keyboards write them, and the marks that make a digit an emoji
_SIGNS = str.maketrans(
    {"−": "-", "–": "-", "－": "-", "﹣": "-", "＋": "+", "，": ",", "．": ".", "٬": ",", "٫": "."}
)
_KEYCAP = "\ufe0f\u20e3"
_ALONE = {"🔟": "10", "💯": "100"}
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:[.,'’ \u00a0\u202f]\d{3})+")
_DECIMAL = re.compile(r"\d*[.,]\d+|\d+[.,]")


def tissues_in(typed: str) -> int:
    """The number of tissues, 0 to MOST, that `typed` says; UserError names what is accepted instead."""
    text = _plain(typed)
    if text.startswith("-"):
        raise UserError("tissues.typed_negative", most=MOST)
    text = text.removeprefix("+").strip()
    if text.isdecimal():
        return _in_range(text)
    if _GROUPED.fullmatch(text):
        raise UserError("tissues.typed_too_many", most=MOST)
    if _DECIMAL.fullmatch(text) or _has_fraction(text):
        raise UserError("tissues.typed_fraction", most=MOST)
    raise UserError("tissues.typed_words", most=MOST)


def _plain(typed: str) -> str:
    """`typed` with every script's decimal digits as 0 to 9; what only looks like a digit (², Ⅳ) stays as it is.
    Marks of writing direction, which some keyboards add unseen, go."""
    visible = "".join(letter for letter in typed if unicodedata.category(letter) != "Cf")
    bare = visible.translate(dict.fromkeys(map(ord, _KEYCAP))).strip()
    return "".join(map(_digit, _ALONE.get(bare, bare).translate(_SIGNS)))


def _digit(letter: str) -> str:
    value = unicodedata.decimal(letter, None)
    return letter if value is None else str(value)


def _in_range(digits: str) -> int:
    significant = digits.lstrip("0")
    if len(significant) > len(str(MOST)):
        raise UserError("tissues.typed_too_many", most=MOST)
    return int(significant or "0")


def _has_fraction(text: str) -> bool:
    """Whether `text` is written with ½ or its like, alone or after digits."""
    whole, last = text[:-1].strip(), text[-1:]
    return (
        bool(last)
        and unicodedata.decomposition(last).startswith("<fraction>")
        and whole.isdecimal() | (not whole)
    )
