"""The two films that tests read: the shipped one, and a made-up one whose texts say how much they give away."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

from msgspec.structs import replace

from bot import packs
from bot.domain.film import (
    Availability,
    Claim,
    ContentWarning,
    Fact,
    Film,
    Role,
    Source,
    Statement,
    Text,
    TrueStory,
    Version,
)
from tests.packs.builder import write_pack

ROOT = Path(__file__).resolve().parents[2]


@cache
def shipped() -> Film:
    return packs.load(ROOT / "data/films/miracle.toml")


@cache
def telling() -> Film:
    """The made-up film, with sources whose names and addresses give away as much as what cites them."""
    told = _telling(made_up())
    assert isinstance(told, Film)
    return told


def _telling(value: object) -> object:
    match value:
        case Statement(text=text, spoils=spoils) | Claim(claim=Text(text=text, spoils=spoils)):
            source = Source(text, text[:60], f"https://example.org/{quote(text)}", spoils)
            return replace(value, sources=(source,))
        case Mapping():
            return {key: _telling(item) for key, item in value.items()}
        case tuple():
            return tuple(map(_telling, value))
        case Version() | Fact() | Role() | TrueStory() | Availability() | ContentWarning() | Film():
            told: dict[str, Any] = {name: _telling(getattr(value, name)) for name in value.__struct_fields__}
            return _made_of(value, told)
    return value


def _made_of(value: Any, told: dict[str, Any]) -> object:
    return replace(value, **told)


def alone() -> Film:
    """The made-up film when it had one version only."""
    film = made_up()
    return replace(film, versions=film.versions[:1])


@cache
def made_up(facts: int = 50) -> Film:
    with TemporaryDirectory() as directory:
        return packs.load(write_pack(Path(directory), facts=facts))
