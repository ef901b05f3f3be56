"""The commands as Discord is told them: every name and text in its limits, in every language."""

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.app import COGS, TissueBox
from bot.clock import Clock
from bot.i18n import CommandTexts, load_texts
from bot.packs.schema import OWN_COMMANDS
from bot.storage.opening import open_database
from bot.ui.command_sync import with_default_texts
from tests.domain.films import ROOT, shipped

pytestmark = pytest.mark.asyncio

NAME = re.compile(r"[-_'\w]{1,32}")
SUBCOMMAND_TYPES = {1, 2}
MESSAGE_MENU = 3
Node = dict[str, Any]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def told(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[list[Node]]:
    """What would be sent to Discord."""
    clock, texts = Clock(), load_texts(ROOT / "data/locales")
    db = await open_database(f"sqlite:///{tmp_path_factory.mktemp('db')}/bot.db", clock.now())
    try:
        async with TissueBox(db, [shipped()], texts, clock) as bot:
            for cog in COGS:
                await bot.load_extension(cog)
            translator = CommandTexts(texts)
            yield [
                with_default_texts(await command.get_translated_payload(bot.tree, translator))
                for command in bot.tree.get_commands()
            ]
    finally:
        await db.close()


def walked(commands: list[Node], above: str = "/") -> Iterator[tuple[str, Node]]:
    """Every command, subcommand, option and choice, with its path."""
    for node in commands:
        path = f"{above}{node['name']} "
        yield path.strip(), node
        yield from walked([*node.get("options", []), *node.get("choices", [])], path)


def spoken(node: Node, what: str) -> list[str]:
    """A name or description in every language."""
    return [node[what], *(node.get(f"{what}_localizations") or {}).values()]


def usable(commands: list[Node]) -> list[str]:
    """Every command that can be typed, by its full name."""
    return [
        path
        for path, node in walked(commands)
        if node.get("type") in SUBCOMMAND_TYPES | {None}
        and not any(option["type"] in SUBCOMMAND_TYPES for option in node.get("options", []))
        and "value" not in node
    ]


async def test_names_are_what_discord_accepts(told: list[Node]) -> None:
    wrong = [
        f"{path}: {name}"
        for path, node in walked(told)
        if "description" in node
        for name in spoken(node, "name")
        if not NAME.fullmatch(name) or name != name.lower()
    ]
    assert wrong == []


async def test_menus_have_names_that_people_read(told: list[Node]) -> None:
    menus = [node for node in told if node.get("type") == MESSAGE_MENU]
    names = [name for node in menus for name in spoken(node, "name")]
    assert "Hide as spoiler" in names
    assert [name for name in names if not 1 <= len(name) <= 32] == []


async def test_descriptions_are_texts_of_at_most_a_hundred_characters(told: list[Node]) -> None:
    wrong = [
        f"{path}: {text}"
        for path, node in walked(told)
        if "description" in node
        for text in spoken(node, "description")
        if not 1 <= len(text) <= 100 or re.fullmatch(r"(command|option)\.\S+", text) or "{" in text
    ]
    assert wrong == []


async def test_choices_have_names_of_at_most_a_hundred_characters(told: list[Node]) -> None:
    names = [(path, name) for path, node in walked(told) if "value" in node for name in spoken(node, "name")]
    assert names
    assert [path for path, name in names if not 1 <= len(name) <= 100 or name.startswith("level.")] == []


async def test_nothing_has_more_than_twenty_five_options_or_choices(told: list[Node]) -> None:
    for path, node in walked(told):
        assert len(node.get("options", [])) <= 25, path
        assert len(node.get("choices", [])) <= 25, path


async def test_a_commands_texts_are_at_most_eight_thousand_characters(told: list[Node]) -> None:
    for command in told:
        nodes = [node for _, node in walked([command])]
        total = sum(
            len(node["name"]) + len(node.get("description", "")) + len(str(node.get("value", "")))
            for node in nodes
        )
        assert total <= 8000, command["name"]


async def test_no_two_commands_clash(told: list[Node]) -> None:
    names = usable(told)
    assert len(set(names)) == len(names)


async def test_only_what_is_ones_own_can_be_asked_outside_a_server(told: list[Node]) -> None:
    anywhere = {command["name"] for command in told if command["dm_permission"]}
    assert anywhere <= {"mydata"}


async def test_the_film_has_its_thirteen_commands(told: list[Node]) -> None:
    film = [name.split()[1] for name in usable(told) if name.startswith("/miracle ")]
    assert set(film) == {
        "versions", "version", "compare", "cast", "fact", "search", "truestory", "claims", "where", "warnings",
        "support", "quiz", "sources",
    }  # fmt: skip


async def test_the_readme_names_every_command_and_no_other(told: list[Node]) -> None:
    readme = (Path(ROOT) / "README.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `(/[^`]+)` \|", readme, re.MULTILINE))
    assert listed == set(usable(told))


async def test_no_film_can_take_the_name_of_a_command(told: list[Node]) -> None:
    own = {node["name"] for node in told if "description" in node} - {shipped().slug}
    assert own <= set(OWN_COMMANDS)
