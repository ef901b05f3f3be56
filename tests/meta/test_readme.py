"""The pages that a newcomer reads keep up with the code."""

import re

import discord
import pytest

from bot.settings import Settings
from bot.storage.ownership import HOLDS
from tests.meta.files import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
# an admin's own right, and one that only tags in forums need, which the bot does without
NOT_ASKED_FOR = {"manage_guild", "manage_channels"}
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["make demo", "make test"])
def test_the_readme_shows_the_two_commands(command: str) -> None:
    assert command in README
    assert re.search(rf"^{command.removeprefix('make ')}:", MAKEFILE, re.MULTILINE)


def test_the_readme_lists_every_setting_and_no_other() -> None:
    listed = set(re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE))
    assert listed == {name.upper() for name in Settings.__dataclass_fields__}


def test_every_make_target_that_the_pages_name_is_there() -> None:
    pages = README + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`make (\w+)", pages)) | set(re.findall(r"^make (\w+)", pages, re.MULTILINE))
    assert named
    assert {target for target in named if not re.search(rf"^{target}:", MAKEFILE, re.MULTILINE)} == set()


def test_every_file_that_the_pages_name_is_there() -> None:
    for page in ("README.md", "CONTRIBUTING.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        named = re.findall(r"`((?:bot|cogs|tests|data)/[\w./-]+)`", text) + re.findall(
            r"\]\(([\w./-]+)\)", text
        )
        assert [name for name in named if not (ROOT / name).exists()] == []


def test_ci_runs_what_a_newcomer_runs() -> None:
    assert "make test" in (ROOT / ".ci/run").read_text(encoding="utf-8")


def test_the_invite_asks_for_every_right_the_bot_looks_for() -> None:
    asked = re.search(r"permissions=(\d+)", README)
    assert asked is not None
    invited = discord.Permissions(int(asked[1]))
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for path in (*(ROOT / "cogs").rglob("*.py"), *(ROOT / "bot/ui").glob("*.py"))
    )
    rights = {right for right in discord.Permissions.VALID_FLAGS if re.search(rf"\b{right}=True", code)}
    assert [right for right in sorted(rights - NOT_ASKED_FOR) if not getattr(invited, right)] == []
    assert not invited.administrator


def test_every_table_says_whose_data_it_holds() -> None:
    migrations = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "bot/storage/migrations").glob("*.sql")
    )
    tables = set(re.findall(r"^CREATE TABLE (\w+)", migrations, re.MULTILINE))
    assert tables <= set(HOLDS)
