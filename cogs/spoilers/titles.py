"""What threads and films are called, and which versions a member means."""

from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta

from babel.lists import format_list

from bot.domain.film import Film, Version
from bot.domain.spoilers import Level
from bot.domain.threads.subjects import Subject
from bot.domain.watch.positions import position_in, spoken
from bot.errors import UserError
from bot.i18n import ENGLISH, Speaker
from bot.services.search import fold
from bot.ui.reading import named

ANY = "any"
LONGEST_FILM = timedelta(hours=5)  # where a pack doesn't know how long
NAME_LIMIT = 100


class Titles:
    """The films, by what threads and members call them."""

    def __init__(self, films: Sequence[Film]) -> None:
        self.films = {film.slug: film for film in films}

    def film(self, slug: str) -> Film:
        """UserError where its pack has gone."""
        found = self.films.get(slug)
        if found is None:
            raise UserError("error.old_button")
        return found

    def find(self, typed: str) -> tuple[Film, tuple[str, ...]]:
        """The versions of one film that are meant by `kr2013`, `kr2013, tr2019`, a country, a year or `any`, in
        the pack's order. UserError names those there are."""
        parts = [part.strip() for part in typed.replace("+", ",").split(",") if part.strip()]
        hits = [self._one(part) for part in parts]
        films = {film.slug for film, _ in hits}
        if len(films) != 1:
            raise self._unknown(typed)
        film, meant = hits[0][0], {key for _, keys in hits for key in keys}
        return film, tuple(version.key for version in film.versions if version.key in meant)

    def offered(self, typed: str) -> Iterator[tuple[str, str]]:
        """(what is shown, what is typed) for an option that takes several versions: the last one is being typed."""
        *before, last = typed.split(",")
        kept = "".join(f"{part.strip()}, " for part in before)
        for film in self.films.values():
            for version in film.versions:
                if fold(last.strip()) in fold(f"{version.key} {version.title} {version.romanised}"):
                    yield f"{kept}{named(version)}", f"{kept}{self._key(film, version.key)}"

    def wholes(self, word: str) -> Iterator[tuple[str, str]]:
        """(what is shown, what is typed) for all versions of a film, which `word` calls so."""
        for film in self.films.values():
            name = f"{film.name}: {word}" if len(self.films) > 1 else word
            yield name, self._key(film, ANY)

    def name(self, subject: Subject, t: Speaker) -> str:
        """A thread's name: version and level, never plot."""
        film = self.film(subject.film)
        every = len(subject.versions) == len(film.versions) > 1
        versions = t("spoilers.all_versions", n=len(film.versions)) if every else " + ".join(subject.versions)
        lock = "🔒 " if subject.gated else ""
        return f"{lock}{versions} · {level_name(subject, t)}"[:NAME_LIMIT]

    def titles(self, subject: Subject, keys: Collection[str], t: Speaker) -> str:
        """Versions for people, by title."""
        film = self.film(subject.film)
        found = [named(version) for version in film.versions if version.key in keys]
        return listed(found, t)

    def title(self, slug: str, key: str) -> str:
        film = self.films.get(slug)
        version = film.version(key) if film else None
        return named(version) if version else key

    def minute(self, film: Film, versions: Collection[str], typed: str | None) -> timedelta | None:
        """The place in the shortest of these versions that `typed` names; None for the whole film."""
        if not typed:
            return None
        lengths = [timedelta(minutes=v.minutes) for v in self._of(film, versions) if v.minutes]
        minute = position_in(typed, min(lengths, default=LONGEST_FILM))
        if not minute:
            raise UserError("spoilers.no_minute")
        return minute

    def _of(self, film: Film, versions: Collection[str]) -> list[Version]:
        return [version for version in film.versions if version.key in versions]

    def _one(self, typed: str) -> tuple[Film, tuple[str, ...]]:
        slug, _, key = typed.rpartition(":")
        films = [self.films[slug]] if slug in self.films else list(self.films.values())
        if key == ANY and len(films) == 1:
            return films[0], tuple(version.key for version in films[0].versions)
        every = [(film, version) for film in films for version in film.versions]
        exact = [(f, v) for f, v in every if key == v.key]
        alike = [
            (f, v) for f, v in every if fold(key) in fold(f"{v.title} {v.romanised} {v.country} {v.year}")
        ]
        found = exact or alike
        if len(found) != 1:
            raise self._unknown(typed)
        return found[0][0], (found[0][1].key,)

    def _unknown(self, typed: str) -> UserError:
        known = ", ".join(self._key(film, v.key) for film in self.films.values() for v in film.versions)
        return UserError("spoilers.unknown_versions", typed=typed[:60], known=known)

    def _key(self, film: Film, key: str) -> str:
        return key if len(self.films) == 1 else f"{film.slug}:{key}"


def level_name(subject: Subject, t: Speaker) -> str:
    """`whole film`, `plot`, `to 1:05:00`."""
    if subject.up_to is not None:
        return t("spoilers.up_to", place=spoken(subject.up_to))
    return level_word(subject.level, t)


def level_word(level: Level, t: Speaker) -> str:
    return t(f"spoilers.level.{level.word}")


def listed(items: Sequence[str], t: Speaker) -> str:
    """`a, b and c`; plain English, without the comma that American English puts before the last."""
    return format_list(list(items), locale="en_GB" if t.language == ENGLISH else t.language)
