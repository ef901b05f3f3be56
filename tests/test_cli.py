"""The command line as an operator or a pack author meets it, in a process of its own."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.storage.sqlite.file import hold
from tests.packs.builder import write_pack
from tests.test_settings import ROOT, TOKEN


def bot(*args: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """`python -m bot …` with no setting but these."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "bot", *args],
        cwd=cwd,
        env={**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_a_missing_token_ends_with_two_and_one_line(tmp_path: Path) -> None:
    ended = bot("run", cwd=tmp_path)
    assert ended.returncode == 2
    (line,) = ended.stderr.splitlines()
    assert line.startswith("DISCORD_TOKEN: missing")
    assert ended.stdout == ""


def test_every_wrong_setting_is_a_line_and_the_token_in_none(tmp_path: Path) -> None:
    ended = bot("run", cwd=tmp_path, DISCORD_TOKEN=TOKEN, LOG_LEVEL="LOUD", METRICS_PORT="x")
    assert ended.returncode == 2
    assert [line.partition(":")[0] for line in ended.stderr.splitlines()] == ["LOG_LEVEL", "METRICS_PORT"]
    assert TOKEN not in ended.stderr


def test_settings_come_from_a_file_and_the_environment_goes_before_it(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"DISCORD_TOKEN={TOKEN}\nLOG_LEVEL=LOUD\nMETRICS_PORT=x\n")
    ended = bot("run", cwd=tmp_path, METRICS_PORT="y")
    assert ended.returncode == 2
    assert [line.partition(" is ")[0] for line in ended.stderr.splitlines()] == [
        "LOG_LEVEL: 'LOUD'",
        "METRICS_PORT: 'y'",
    ]


def test_a_settings_file_that_is_no_text_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"DISCORD_TOKEN=\xff\xfe\n")
    ended = bot("run", cwd=tmp_path)
    assert ended.returncode == 2
    (line,) = ended.stderr.splitlines()
    assert line.startswith(".env can't be read")


def test_a_database_that_is_none_ends_with_two_and_one_line(tmp_path: Path) -> None:
    (tmp_path / "bot.db").write_text("these are not the rows you are looking for " * 50)
    ended = bot("run", cwd=tmp_path, DISCORD_TOKEN=TOKEN, DATABASE_URL="sqlite:///bot.db")
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr
    assert "bot.db" in ended.stderr.splitlines()[-1]


def test_a_broken_pack_ends_the_start_with_two_and_its_faults(tmp_path: Path) -> None:
    (tmp_path / "film.toml").write_text("slug = 1\n")
    ended = bot("run", cwd=tmp_path, DISCORD_TOKEN=TOKEN, PACKS_DIR=str(tmp_path))
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr
    assert all(line.startswith(f"{tmp_path / 'film.toml'}: ") for line in ended.stderr.splitlines())


def test_a_folder_without_packs_ends_the_start_with_two_and_one_line(tmp_path: Path) -> None:
    empty = tmp_path / "films"
    empty.mkdir()
    ended = bot("run", cwd=tmp_path, DISCORD_TOKEN=TOKEN, PACKS_DIR=str(empty))
    assert ended.returncode == 2
    (line,) = ended.stderr.splitlines()
    assert line == f"PACKS_DIR: {str(empty)!r} holds no pack (*.toml)"


def test_a_good_pack_is_counted_and_ends_with_zero(tmp_path: Path) -> None:
    ended = bot("check-pack", str(write_pack(tmp_path)))
    assert ended.returncode == 0
    assert "miracle fact: " in ended.stdout
    assert ended.stderr == ""


def test_the_public_texts_are_listed_and_none_above_the_premise(tmp_path: Path) -> None:
    ended = bot("check-pack", "--public", str(write_pack(tmp_path)))
    assert ended.returncode == 0
    assert "zqpremise" in ended.stdout
    assert "ZQ" not in ended.stdout


def test_one_faulty_pack_among_good_ones_ends_with_one(tmp_path: Path) -> None:
    good = write_pack(tmp_path)
    bad = tmp_path / "bad.toml"
    bad.write_text("slug =\n")
    ended = bot("check-pack", str(good), str(bad), str(tmp_path / "none.toml"))
    assert ended.returncode == 1
    assert "miracle fact: " in ended.stdout
    assert [line.partition(":")[0] for line in ended.stderr.splitlines()] == [
        str(bad),
        str(tmp_path / "none.toml"),
    ]
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("args", [("check-pack",), ("fly",), ("run", "--fast")])
def test_wrong_usage_ends_with_two_and_no_trace(args: tuple[str, ...]) -> None:
    ended = bot(*args)
    assert ended.returncode == 2
    assert "Usage: " in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("script", [(), ("--script",)])
def test_a_demo_whose_bot_can_not_start_ends_with_two_and_one_line(
    tmp_path: Path, script: tuple[str, ...]
) -> None:
    ended = bot("demo", *(script or ("--no-browser",)), cwd=tmp_path, PACKS_DIR=str(tmp_path / "nope"))
    assert ended.returncode == 2
    (line,) = ended.stderr.splitlines()
    assert line.startswith("PACKS_DIR: ")


@pytest.mark.parametrize("fresh", [(), ("--fresh",)])
def test_a_second_demo_says_in_a_line_that_one_runs_and_takes_nothing_from_it(
    tmp_path: Path, fresh: tuple[str, ...]
) -> None:
    database = tmp_path / "var/demo/bot.db"
    with closing(hold(database)):
        database.touch()
        ended = bot("demo", "--no-browser", *fresh, cwd=tmp_path)
    assert ended.returncode == 2
    (line,) = ended.stderr.splitlines()
    assert line == f"DATABASE_URL: {database}: another running bot uses this file; stop that one first"
    assert database.is_file()


@pytest.mark.parametrize("other", [("--port", "8080"), ("--no-browser",), ("--fresh",)])
def test_a_scripted_demo_takes_no_option_of_the_page(tmp_path: Path, other: tuple[str, ...]) -> None:
    ended = bot("demo", "--script", *other, cwd=tmp_path)
    assert ended.returncode == 2
    assert "--script shows no page" in ended.stderr


def test_help_names_every_command() -> None:
    ended = bot("--help")
    assert ended.returncode == 0
    assert {"run", "check-pack"} <= set(ended.stdout.split())
