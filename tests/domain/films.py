"""The two films that tests read: the shipped one, and a made-up one whose texts say how much they give away."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import packs
from bot.domain.film import Film
from tests.packs.builder import write_pack

ROOT = Path(__file__).resolve().parents[2]


@cache
def shipped() -> Film:
    return packs.load(ROOT / "data/films/miracle.toml")


@cache
def made_up(facts: int = 50) -> Film:
    with TemporaryDirectory() as directory:
        return packs.load(write_pack(Path(directory), facts=facts))
