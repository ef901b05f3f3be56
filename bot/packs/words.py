"""Folding texts, so that spoiler words are found whatever their case, accents or punctuation."""

import re
import unicodedata

# letters that Unicode doesn't take apart
PLAIN = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"})
SPACES = re.compile(r"[\W_]+", re.ASCII)


def fold(text: str) -> str:
    """`text` in small letters without accents, its words parted by single spaces."""
    if text.isascii():
        return SPACES.sub(" ", text.casefold()).strip()
    apart = unicodedata.normalize("NFKD", text).casefold().translate(PLAIN)
    kept = "".join(letter if is_kept(letter) else " " for letter in apart if not is_dropped(letter))
    return " ".join(unicodedata.normalize("NFC", kept).split())


def is_dropped(letter: str) -> bool:
    """Accents and invisible marks; the vowel signs of Indian scripts are no accents (combining class 0)."""
    return unicodedata.combining(letter) != 0 or unicodedata.category(letter) == "Cf"


def is_kept(letter: str) -> bool:
    return letter.isalnum() or unicodedata.category(letter).startswith("M")
