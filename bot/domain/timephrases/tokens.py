"""A typed phrase as a list of meanings, none of its words left over."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from bot.domain.timephrases.meanings import Meaning
from bot.domain.timephrases.phrasebook import PHRASEBOOK

_TOKEN = re.compile(
    r"(?P<date>\d{1,2}/\d{1,2}(?:/\d{4})?(?!\d)|\d{1,2}\.\d{1,2}\.\d{4})"
    r"|(?P<time>\d{1,2}[:.]\d{2}(?!\d))|(?P<number>\d+)|(?P<word>[^\W\d_]+)|(?P<mark>[^\s,.'’])"
)
_PARTICLE = "에"  # Korean "at", written onto the word before it


class Digits(Struct, frozen=True):
    """A number in digits; `padded` where it was written with a leading zero."""

    value: int
    padded: bool = False


class TimeOfDay(Struct, frozen=True):
    """Hours and minutes in digits, before it is known which half of the day is meant."""

    hour: int
    minute: int
    padded: bool


class DayMonth(Struct, frozen=True):
    """Two numbers of a date whose order is not known, and the year if it was given."""

    one: int
    other: int
    year: int | None


Token = Meaning | Digits | TimeOfDay | DayMonth


def fold(text: str) -> str:
    """`text` without case and accents: phones make both up."""
    apart = unicodedata.normalize("NFKD", text.replace("ı", "i").replace("İ", "i")).lower()
    bare = "".join(letter for letter in apart if unicodedata.category(letter) != "Mn")
    return unicodedata.normalize("NFC", bare)


def tokens(typed: str, language: str) -> list[Token] | None:
    """All that `typed` says in `language`; None where a part of it has no meaning there."""
    found = list(_TOKEN.finditer(fold(typed)))
    phrases = _phrases(language)
    longest = max(map(len, phrases))
    read: list[Token] = []
    place = 0
    while place < len(found):
        match = found[place]
        if match.lastgroup == "word":
            taken = _longest([m["word"] or "" for m in found[place : place + longest]], phrases)
            if taken is None:
                return None
            meaning, words = taken
            read.append(meaning)
            place += words
        elif match.lastgroup == "mark":
            return None
        else:
            read.append(_figures(match))
            place += 1
    return read


def _longest(words: list[str], phrases: Mapping[tuple[str, ...], Meaning]) -> tuple[Meaning, int] | None:
    for length in range(len(words), 0, -1):
        said = tuple(words[:length])
        meaning = phrases.get(said) or phrases.get((*said[:-1], said[-1].removesuffix(_PARTICLE)))
        if meaning is not None:
            return meaning, length
    return None


def _figures(match: re.Match[str]) -> Token:
    text = match[0]
    if match["date"]:
        one, other, *year = re.split(r"[/.]", text)
        return DayMonth(int(one), int(other), int(year[0]) if year else None)
    if match["time"]:
        hour, minute = re.split(r"[:.]", text)
        return TimeOfDay(int(hour), int(minute), padded=hour.startswith("0"))
    return Digits(int(text), padded=text.startswith("0"))


@cache
def _phrases(language: str) -> Mapping[tuple[str, ...], Meaning]:
    """The table of one language by its words."""
    return {
        tuple(match[0] for match in _TOKEN.finditer(fold(phrase))): meaning
        for phrase, meaning in PHRASEBOOK[language].items()
    }
