"""What stands in the way of opening a database is said in one line, and the file is left alone."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import SetupError
from bot.storage.opening import open_database, sqlite_path
from bot.storage.sqlite import thread
from tests.storage.times import NOW

pytestmark = pytest.mark.asyncio

PAGE = 4096
KEEP = "INSERT INTO meta (key, value) VALUES (?, ?)"


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite:///var/tissuebox.db", Path("var/tissuebox.db").resolve()),
        ("sqlite:////srv/bot/tissuebox.db", Path("/srv/bot/tissuebox.db").resolve()),
    ],
)
async def test_an_sqlite_url_names_a_file(url: str, path: Path) -> None:
    assert sqlite_path(url) == path


@pytest.mark.parametrize(
    "url",
    [
        "",
        "var/bot.db",
        "sqlite://bot.db",
        "sqlite:///",
        "sqlite:///:memory:",
        "postgresql://me:secret@host/bot",
    ],
)
async def test_any_other_url_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(SetupError, match="DATABASE_URL must be sqlite:///") as refusal:
        await open_database(url, NOW)
    assert "secret" not in str(refusal.value)


async def refusal(path: Path) -> str:
    with pytest.raises(SetupError) as refused:
        await (await open_database(f"sqlite:///{path}", NOW)).close()
    said = str(refused.value)
    assert said.startswith(f"DATABASE_URL: {path}: ")
    assert "\n" not in said
    return said


@pytest.mark.parametrize("url", ["sqlite:///~nosuchuser/x.db", "sqlite:////", "sqlite:///a\0b.db"])
async def test_a_path_that_cannot_be_is_refused_in_a_line(url: str) -> None:
    with pytest.raises(SetupError, match="DATABASE_URL: that"):
        sqlite_path(url)


async def test_a_missing_directory_is_made(tmp_path: Path) -> None:
    path = tmp_path / "var" / "deep" / "bot.db"
    await (await open_database(f"sqlite:///{path}", NOW)).close()
    assert path.exists()


async def test_a_directory_in_the_files_place(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    path.mkdir()
    assert f"can't make or write {path} (Is a directory)" in await refusal(path)


async def test_a_file_in_the_directorys_place(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("")
    assert f"can't make or write {tmp_path / 'var'} (" in await refusal(tmp_path / "var" / "bot.db")


@pytest.mark.skipif(
    not Path("/proc/self").exists(), reason="needs a directory in which nobody can make a file"
)
async def test_a_directory_that_takes_no_file() -> None:
    assert "give the bot's user write access" in await refusal(Path("/proc/bot.db"))


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
async def test_a_file_that_may_only_be_read(path: Path) -> None:
    path.touch(mode=0o400)
    assert f"can't make or write {path} (Permission denied)" in await refusal(path)


async def test_a_file_that_is_no_database(path: Path) -> None:
    path.write_text("Dear diary, today we cried a lot. " * 100)
    assert "not an SQLite database" in await refusal(path)
    assert path.read_text().startswith("Dear diary")


async def test_another_programs_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE moz_cookies (name TEXT)")
    before = path.read_bytes()
    assert "another program's tables" in await refusal(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("page", [1, -1], ids=["where it is read at once", "where nobody looks yet"])
async def test_a_damaged_file(path: Path, page: int) -> None:
    database = await open_database(f"sqlite:///{path}", NOW)
    await database.write(lambda tx: tx.many(KEEP, [(f"{n}", "x" * 100) for n in range(1000)]))
    await database.close()
    content = bytearray(path.read_bytes())
    start = page * PAGE % len(content)
    content[start : start + PAGE] = b"\xa5" * PAGE
    path.write_bytes(content)
    assert "damaged" in await refusal(path)


async def test_a_file_locked_by_another_program(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thread, "BUSY_SECONDS", 0.01)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("CREATE TABLE of_another (name TEXT)")
        other.execute("BEGIN EXCLUSIVE")
        assert "locked by another program" in await refusal(path)


async def test_a_refused_file_can_be_opened_once_it_is_mended(path: Path) -> None:
    path.write_text("no database")
    await refusal(path)
    path.unlink()
    await (await open_database(f"sqlite:///{path}", NOW)).close()
