"""The one version that a member means by what they typed."""

from collections.abc import Sequence

from bot.domain.film import Film, Version
from bot.errors import UserError
from bot.services.search import fold

LONGEST_SHOWN = 100
MOST_NAMED = 10


def find_version(films: Sequence[Film], typed: str) -> tuple[Film, Version]:
    """The version with that key (or `film:key`), else the only one with it in a name, the country or the year;
    UserError names those there are, or those that fit."""
    every = [(film, version) for film in films for version in film.versions]
    exact = [
        (film, version) for film, version in every if typed in {version.key, f"{film.slug}:{version.key}"}
    ]
    wanted = fold(typed).strip()
    found = exact or [(film, version) for film, version in every if wanted and wanted in _called(version)]
    if len(found) == 1:
        return found[0]
    said = typed[:LONGEST_SHOWN]
    if found:
        fitting = ", ".join(f"{version.title} ({version.key})" for _, version in found[:MOST_NAMED])
        raise UserError("error.several_versions", version=said, fitting=fitting)
    known = ", ".join(version.key for _, version in every)
    raise UserError("error.unknown_version", version=said, known=known)


def _called(version: Version) -> str:
    names = (version.title, version.romanised, version.english, version.country, str(version.year))
    return fold("\n".join(names))
