"""Finding facts, versions, people and claims by what a member types, typos and foreign letters forgiven."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from msgspec import Struct

from bot.domain.film import Film
from bot.domain.spoilers import NOTHING, Room, Spoils

# letters that no Unicode decomposition takes to their plain form
_PLAIN = str.maketrans({"ı": "i", "ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe"})
LONGEST_QUERY = 100  # characters: each keystroke is searched for, on the event loop
MOST_WORDS = 8
_LIKE = 70.0
_NEAREST = 20


class Entry(Struct, frozen=True):
    """Something that can be found: `address` names it (`fact:<key>`, `version:<key>`, …), `label` shows it."""

    address: str
    label: str
    spoils: Spoils
    folded: str


def fold(text: str) -> str:
    """`text` without case, accents and compatibility forms, so that `Koğuş`, `KOGUS` and `koguş` are one.
    Hangul is taken apart into its letters and so forgives a slip in one of them."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).translate(_PLAIN)


def words_of(text: str) -> list[str]:
    """The words of `text`, folded. A word is letters, digits and marks: most vowels of Kannada are marks, which
    `\\w` would cut words at."""
    return "".join(letter if _in_word(letter) else " " for letter in fold(text)).split()


def _in_word(letter: str) -> bool:
    return letter.isalnum() or unicodedata.category(letter).startswith("M")


class Index:
    """All that can be found in one film: its entries as folded text, and its words with the entries they are in."""

    def __init__(self, film: Film) -> None:
        self.entries = tuple(_entries(film))
        self._folded = tuple(entry.folded for entry in self.entries)
        places = defaultdict[str, list[int]](list)
        for index, text in enumerate(self._folded):
            for word in set(text.split()):
                places[word].append(index)
        self._places = dict(places)
        self._words = tuple(places)

    def find(self, query: str, room: Room | None, most: int) -> list[Entry]:
        """The best `most` entries for `query` that may stand in `room` (anywhere where None), best first:
        those with its text as typed, then those with a word like each of its words."""
        words = words_of(query[:LONGEST_QUERY])[:MOST_WORDS]
        if not words:
            return []
        found = list(islice(self._admitted(self._as_typed(words), room), most))
        if len(found) < most:
            alike = islice(self._admitted(self._alike(words), room), most)
            found = list(dict.fromkeys([*found, *alike]))
        return [self.entries[index] for index in found[:most]]

    def _admitted(self, indexes: Iterable[int], room: Room | None) -> Iterator[int]:
        return (index for index in indexes if room is None or room.admits(self.entries[index].spoils))

    def _as_typed(self, words: Sequence[str]) -> Iterator[int]:
        wanted = " ".join(words)
        return (index for index, text in enumerate(self._folded) if wanted in text)

    def _alike(self, words: Sequence[str]) -> list[int]:
        """Entries with a near match for every word, the nearest first."""
        first, *others = (self._near(word) for word in dict.fromkeys(words))
        scores = first
        for near in others:
            scores = {index: score + near[index] for index, score in scores.items() if index in near}
        return sorted(scores, key=lambda index: -scores[index])

    def _near(self, word: str) -> dict[int, float]:
        """The entries that hold a word like `word`, with how like it is (0 to 100)."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - 2.4 MB that a bot carries once somebody mistypes

        alike = process.extract(word, self._words, scorer=fuzz.ratio, score_cutoff=_LIKE, limit=_NEAREST)
        best: dict[int, float] = {}
        for known, score, _ in reversed(alike):  # the best come last and stay
            best.update(dict.fromkeys(self._places[known], score))
        for known in self._words:
            if word in known:
                best.update(dict.fromkeys(self._places[known], 100.0))
        return best


def _entries(film: Film) -> Iterable[Entry]:
    for version in film.versions:
        names = f"{version.title} {version.romanised} {version.english}"
        where = f"{version.country} {version.year} {version.director} {version.key}"
        yield _entry(
            f"version:{version.key}", f"{version.flag} {version.title} ({version.year})", f"{names} {where}"
        )
        for number, role in enumerate(version.cast):
            label = f"{version.flag} {role.actor} · {version.title} ({version.year})"
            yield _entry(f"cast:{version.key}:{number}", label, role.actor)
    for fact in film.facts:
        statement = fact.statement
        yield _entry(f"fact:{fact.key}", statement.text, statement.text, statement.spoils)
    for claim in film.claims:
        yield _entry(f"claim:{claim.key}", claim.claim.text, claim.claim.text, claim.claim.spoils)


def _entry(address: str, label: str, text: str, spoils: Spoils = NOTHING) -> Entry:
    """A name with a hyphen (`Hwan-kyung`) can be found as one word, too."""
    compounds = (part.replace("-", "") for part in text.split() if "-" in part)
    return Entry(address, label, spoils, " ".join(words_of(f"{text} {' '.join(compounds)}")))
