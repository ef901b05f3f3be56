"""The bot played in a made-up language: what still reads English has bypassed the catalogues."""

import re
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from bot import packs
from bot.domain.film import TOPICS, Film
from bot.rehearsal import Answer, Rehearsal
from tests.stories.conftest import ROOT, Club, bot_process, found_club

LOCALES = ROOT / "data" / "locales"
PACK = ROOT / "data" / "films" / "miracle.toml"

# circled letters: nothing else in the bot or its packs uses them
MADE_UP = {ord(letter): 0x24B6 + index for index, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ")} | {
    ord(letter): 0x24D0 + index for index, letter in enumerate("abcdefghijklmnopqrstuvwxyz")
}
PLACEHOLDER = re.compile(r"(\{[^}]*\})")
# what is no language: commands, timestamps, mentions, links, zones, a title cut short
NEUTRAL = re.compile(r"\w+…|`/[^`]+`|<[^>]+>|\(<[^>]+>\)|\b[A-Z][a-z]+/[A-Za-z_/]+\b|\bUTC\b|https?://\S+")
ENGLISH = re.compile(r"[A-Za-z]{2,}")


def made_up(text: str) -> str:
    parts = PLACEHOLDER.split(text)
    return "".join(part if part.startswith("{") else part.translate(MADE_UP) for part in parts)


def write_made_up(directory: Path) -> None:
    """English as it is, and a Korean catalogue in the made-up language."""
    shutil.copy(LOCALES / "en.po", directory)
    with (LOCALES / "en.po").open("rb") as file:
        english = read_po(file)
    other = Catalog(locale="ko")
    for entry in english:
        if entry.id:
            text = made_up(entry.string if isinstance(entry.string, str) else tuple(entry.string or ())[-1])
            other.add(entry.id, text if isinstance(entry.id, str) else (text,))
    with (directory / "ko.po").open("wb") as target:
        write_po(target, other)


def pack_words(film: Film) -> Iterator[str]:
    """What a pack says, which has no translation yet."""
    for text in packs.texts(film):
        yield from ENGLISH.findall(text.text)
    for version in film.versions:
        for name in (version.key, version.title, version.romanised, version.english, version.director):
            yield from ENGLISH.findall(name)
        yield from ENGLISH.findall(f"{version.country} {version.label} {version.kind}")
        for role in version.cast:
            yield from ENGLISH.findall(role.actor)
    for source in film.sources:
        yield from ENGLISH.findall(source.name)
    for claim in film.claims:
        yield from ENGLISH.findall(claim.article)
    for line in film.support:
        yield from ENGLISH.findall(f"{line.region} {line.name} {line.contact} {line.note}")
    for place in film.availability:
        yield from ENGLISH.findall(place.country)
    yield from ENGLISH.findall(film.name)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def korean_club(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Club]:
    home = tmp_path_factory.mktemp("made-up")
    (home / "locales").mkdir()
    write_made_up(home / "locales")
    async with (
        Rehearsal.start() as discord_,
        bot_process(discord_, home, LOCALES_DIR=str(home / "locales")) as bot,
    ):
        await bot.ready()
        club = found_club(discord_, bot, "영화")
        club.guild.set_locale("ko")
        yield club


def english_in(answer: Answer, known: set[str]) -> set[str]:
    return english_in_text(answer.text, known)


def english_in_text(text: str, known: set[str]) -> set[str]:
    said = ENGLISH.findall(NEUTRAL.sub(" ", text))
    return {word for word in said if word not in known}


# an answer to an unknown topic names the accepted ones as they are typed
TOPIC_KEYS = {word for topic in TOPICS for word in topic.split("_")}

PLAYED: tuple[tuple[str, dict[str, str]], ...] = (
    ("miracle versions", {}),
    ("miracle version", {"version": "tr2019"}),
    ("miracle version", {"version": "nowhere"}),
    ("miracle compare", {"one": "kr2013", "other": "tr2019"}),
    ("miracle compare", {"one": "kr2013", "other": "kr2013"}),
    ("miracle cast", {"version": "kr2013"}),
    ("miracle fact", {}),
    ("miracle fact", {"topic": "nothing"}),
    ("miracle search", {"query": "director"}),
    ("miracle search", {"query": "xyzzy"}),
    ("miracle truestory", {}),
    ("miracle claims", {}),
    ("miracle where", {}),
    ("miracle warnings", {}),
    ("miracle support", {}),
    ("miracle quiz", {}),
    ("miracle quiz", {}),
    ("miracle sources", {}),
    ("watch list", {}),
    ("watch clock", {}),
    ("watch report", {}),
    ("watch plan", {"version": "miracle:tr2019", "when": "cuma"}),
    ("help", {}),
)


@pytest.mark.asyncio
@pytest.mark.parametrize(("command", "options"), PLAYED)
async def test_every_text_comes_from_the_catalogues(
    korean_club: Club, command: str, options: dict[str, str]
) -> None:
    korean = korean_club.guild.member("지은", locale="ko")
    known = set(pack_words(packs.load(PACK))) | {*options.values(), "xyzzy", "nowhere", "nothing"}
    answer = await korean.slash(korean_club.cinema, command, **options)
    assert english_in(answer, known | TOPIC_KEYS) == set()


@pytest.mark.asyncio
async def test_settings_are_in_the_members_language(korean_club: Club) -> None:
    shown = await korean_club.guild.member("관리", locale="ko", roles=korean_club.admin.roles).slash(
        korean_club.cinema, "club settings", zone="Asia/Seoul"
    )
    assert english_in(shown, {"ko"}) == set()
