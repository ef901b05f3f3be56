"""Film packs: reads the files under data/films, tells their authors every fault, and gives the bot its films."""

import re
import tomllib
from pathlib import Path
from typing import Any

import msgspec

from bot.domain.film import Film
from bot.errors import PackError, SetupError
from bot.packs.checks import book_of, names_of, pack_faults
from bot.packs.lines import line_at, lines_of
from bot.packs.report import counts, public_list, texts
from bot.packs.resolve import Resolver
from bot.packs.schema import PackFile
from bot.packs.walk import Scope, Walk

__all__ = ["check", "counts", "load", "load_all", "public_list", "texts"]


def load(path: Path) -> Film:
    """The film of the pack at `path`; PackError with every fault if there is one."""
    raw, faults = read(path)
    if faults:
        raise PackError(faults)
    return Resolver(msgspec.convert(raw, PackFile)).resolved()


def load_all(directory: Path) -> tuple[Film, ...]:
    """The films of all packs in `directory`, by file name; PackError with the faults of all of them, SetupError
    where it holds none."""
    paths = sorted(directory.glob("*.toml"))
    if not paths:
        raise SetupError(f"PACKS_DIR: {str(directory)!r} holds no pack (*.toml)")
    films: dict[str, Film] = {}
    faults: list[str] = []
    for path in paths:
        try:
            film = load(path)
        except PackError as error:
            faults.extend(error.faults)
            continue
        if film.slug in films:
            faults.append(f"{path}: slug: another pack is named {film.slug!r}, a slug of its own is needed")
        films[film.slug] = film
    if faults:
        raise PackError(faults)
    return tuple(films.values())


def check(path: Path) -> list[str]:
    """Every fault of the pack at `path`, one line each; none for a good pack."""
    return read(path)[1]


def read(path: Path) -> tuple[dict[str, Any], list[str]]:
    """The raw tables of a pack and its faults; a file that can't be decoded has one."""
    try:
        source = path.read_bytes().decode()
        raw = tomllib.loads(source)
    except OSError as error:
        fault = f"can't be read ({error.strerror}), a readable file is needed"
    except UnicodeDecodeError as error:
        fault = f"byte {error.start:,} is not UTF-8, a file saved as UTF-8 is accepted"
    except tomllib.TOMLDecodeError as error:
        fault = f"not valid TOML: {error}"
    except ValueError as error:  # a number of thousands of digits
        fault = f"a value can't be read: {error}"
    except RecursionError:
        fault = "tables nested too deep, the tables of a pack are accepted"
    else:
        return raw, [f"{path}: {line}" for line in faults_of(raw, source)]
    return {}, [f"{path}: {fault}"]


def faults_of(raw: dict[str, Any], source: str) -> list[str]:
    """Every fault of a decoded pack, with the line of its table."""
    names = names_of(raw)
    walk = Walk(names)
    walk.row(raw, PackFile, "", Scope())
    faults = [*walk.faults, *pack_faults(raw, walk.sites, book_of(raw, names))]
    lines = lines_of(source) if faults else {}
    return [
        told(where, message, line_at(where, lines)) for where, message in sorted(faults, key=reading_order)
    ]


def told(where: str, message: str, line: int | None) -> str:
    return f"{where}: {message}" + (f" (line {line})" if line else "")


def reading_order(fault: tuple[str, str]) -> list[tuple[int, str]]:
    """Sorts `fact[10]` after `fact[9]`."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", fault[0])]
