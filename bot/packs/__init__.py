"""Film packs: reads the files under data/films, tells their authors every fault, and gives the bot its films."""

import re
import tomllib
from pathlib import Path
from typing import Any

import msgspec

from bot.domain.film import Film
from bot.errors import PackError
from bot.packs.checks import book_of, names_of, pack_faults
from bot.packs.report import counts, public_list, texts
from bot.packs.resolve import Resolver
from bot.packs.schema import PackFile
from bot.packs.walk import Scope, Walk

__all__ = ["check", "counts", "load", "load_all", "public_list", "texts"]


def load(path: Path) -> Film:
    """The film of the pack at `path`; PackError with every fault if there is one."""
    raw, faults = decode(path)
    if not faults:
        faults = faults_of(raw, path.name)
    if faults:
        raise PackError(faults)
    return Resolver(msgspec.convert(raw, PackFile)).resolved()


def load_all(directory: Path) -> tuple[Film, ...]:
    """The films of all packs in `directory`, by file name; PackError with the faults of all of them."""
    films: dict[str, Film] = {}
    faults: list[str] = []
    for path in sorted(directory.glob("*.toml")):
        try:
            film = load(path)
        except PackError as error:
            faults.extend(error.faults)
            continue
        if film.slug in films:
            faults.append(
                f"{path.name}: slug: another pack is named {film.slug!r}, a slug of its own is needed"
            )
        films[film.slug] = film
    if faults:
        raise PackError(faults)
    return tuple(films.values())


def check(path: Path) -> list[str]:
    """Every fault of the pack at `path`, one line each; none for a good pack."""
    raw, faults = decode(path)
    return faults or faults_of(raw, path.name)


def decode(path: Path) -> tuple[dict[str, Any], list[str]]:
    """The raw tables of a pack, or the one fault that keeps it from being read."""
    try:
        return tomllib.loads(path.read_bytes().decode()), []
    except OSError as error:
        return {}, [f"{path.name}: can't be read ({error.strerror}), a readable file is needed"]
    except UnicodeDecodeError as error:
        return {}, [f"{path.name}: byte {error.start:,} is not UTF-8, a file saved as UTF-8 is accepted"]
    except tomllib.TOMLDecodeError as error:
        return {}, [f"{path.name}: not valid TOML: {error}"]
    except RecursionError:
        return {}, [f"{path.name}: tables nested too deep, the tables of a pack are accepted"]


def faults_of(raw: dict[str, Any], file: str) -> list[str]:
    """Every fault of a decoded pack."""
    names = names_of(raw)
    walk = Walk(names)
    walk.row(raw, PackFile, "", Scope())
    faults = [*walk.faults, *pack_faults(raw, walk.sites, book_of(raw, names))]
    return [f"{file}: {where}: {message}" for where, message in sorted(faults, key=in_reading_order)]


def in_reading_order(fault: tuple[str, str]) -> list[tuple[int, str]]:
    """Sorts `fact[10]` after `fact[9]`."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", fault[0])]
