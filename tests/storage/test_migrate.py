"""Migrations go forward only, each of them wholly or not at all, and never without a copy."""

import logging
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import SetupError
from bot.storage.engine import to_ms
from bot.storage.meta import set_value
from bot.storage.migrate import SHIPPED, Migration, lacking, read_migrations
from bot.storage.sqlite.database import open_sqlite
from tests.storage.conftest import Stored
from tests.storage.times import NOW

FIRST = read_migrations()[0]
BOXES = Migration(2, "boxes", "CREATE TABLE boxes (box_id INTEGER NOT NULL PRIMARY KEY) STRICT;")


async def migrated(path: Path, *steps: Migration) -> None:
    await (await open_sqlite(path, NOW, steps)).close()


async def filled(path: Path) -> None:
    """A database of the first release, with something in it."""
    database = await open_sqlite(path, NOW, [FIRST])
    await database.write(lambda tx: set_value(tx, "a", "kept"))
    await database.close()


def schema(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as beside:
        return {name for (name,) in beside.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}


def test_the_shipped_ones_are_in_order() -> None:
    assert [migration.number for migration in read_migrations()] == [
        int(path.name[:3]) for path in sorted(SHIPPED.iterdir())
    ]


@pytest.mark.parametrize("migration", read_migrations(), ids=str)
def test_the_shipped_ones_leave_transactions_to_the_engine(migration: Migration) -> None:
    code = re.sub(r"--.*", "", migration.sql)
    assert not re.search(r"\b(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|PRAGMA|DEFERRABLE)\b", code, re.IGNORECASE)


@pytest.mark.asyncio
async def test_every_table_is_strict(path: Path) -> None:
    await migrated(path, *read_migrations())
    with closing(sqlite3.connect(path)) as beside:
        loose = beside.execute(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND NOT strict AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
    assert loose == []


@pytest.mark.parametrize(
    "names",
    [["001_meta.sql", "003_jobs.sql"], ["002_clubs.sql"], ["001_meta.sql", "001_clubs.sql"], ["first.sql"]],
    ids=["gap", "late start", "double", "no number"],
)
def test_wrong_numbers_are_refused(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        (tmp_path / name).write_text("")
    with pytest.raises(SetupError, match=r"numbered from 001 without gap or double|named like 001_meta\.sql"):
        read_migrations(tmp_path)


def test_only_what_is_lacking_is_applied() -> None:
    assert lacking([FIRST, BOXES], 0) == [FIRST, BOXES]
    assert lacking([FIRST, BOXES], 1) == [BOXES]
    assert lacking([FIRST, BOXES], 2) == []


@pytest.mark.asyncio
async def test_each_applied_one_is_noted(path: Path) -> None:
    await migrated(path, FIRST)
    await migrated(path, FIRST, BOXES)
    with closing(sqlite3.connect(path)) as beside:
        noted = beside.execute("SELECT number, name, applied_at FROM schema_migrations").fetchall()
    assert noted == [(1, "meta", to_ms(NOW)), (2, "boxes", to_ms(NOW))]


@pytest.mark.asyncio
async def test_a_newer_schema_is_refused_and_left_alone(path: Path) -> None:
    await migrated(path, FIRST, BOXES)
    before = path.read_bytes()
    with pytest.raises(SetupError, match="has schema 2, this release knows schemas up to 1"):
        await migrated(path, FIRST)
    assert path.read_bytes() == before


@pytest.mark.asyncio
async def test_a_copy_is_kept_from_before(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    await filled(path)
    with caplog.at_level(logging.INFO):
        await migrated(path, FIRST, BOXES)
    copy = path.with_name("bot.db.before-002.bak")
    assert f"copied {path} to {copy} before migrating" in caplog.messages
    assert schema(copy) == {"schema_migrations", "meta"}
    assert schema(path) == {"schema_migrations", "meta", "boxes"}
    with closing(sqlite3.connect(copy)) as beside:
        assert beside.execute("SELECT key, value FROM meta").fetchall() == [("a", "kept")]


@pytest.mark.asyncio
async def test_where_nothing_is_at_stake_nothing_is_copied(path: Path) -> None:
    await migrated(path, FIRST, BOXES)
    await migrated(path, FIRST, BOXES)
    assert list(path.parent.glob("*.bak*")) == []


@pytest.mark.asyncio
async def test_without_a_copy_there_is_no_migration(path: Path) -> None:
    await filled(path)
    path.with_name("bot.db.before-002.bak").mkdir()
    with pytest.raises(SetupError, match=r"can't make or write .*\.bak"):
        await migrated(path, FIRST, BOXES)
    assert schema(path) == {"schema_migrations", "meta"}


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "fault",
    ["INSERT INTO nowhere VALUES (1);", "CREATE TABEL oops;", "INSERT INTO parts (whole) VALUES ('none');"],
    ids=["fails", "doesn't parse", "points nowhere"],
)
async def test_a_migration_that_fails_changes_nothing(path: Path, stored: Stored, fault: str) -> None:
    await filled(path)
    half = "CREATE TABLE parts (whole TEXT REFERENCES meta (key)) STRICT; DELETE FROM meta;"
    with pytest.raises(SetupError, match="migration 002_faulty failed and was undone"):
        await migrated(path, FIRST, Migration(2, "faulty", half + fault))
    assert stored() == {"a": "kept"}
    assert schema(path) == {"schema_migrations", "meta"}
    await migrated(path, FIRST)


@pytest.mark.asyncio
async def test_rebuilding_a_table_does_not_take_its_children_along(path: Path) -> None:
    parts = Migration(
        2, "parts", "CREATE TABLE parts (whole TEXT REFERENCES meta (key) ON DELETE CASCADE) STRICT;"
    )
    rebuild = Migration(
        3,
        "rebuild",
        "CREATE TABLE meta_new (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL, note TEXT) STRICT;"
        "INSERT INTO meta_new SELECT key, value, NULL FROM meta;"
        "DROP TABLE meta;"
        "ALTER TABLE meta_new RENAME TO meta;",
    )
    await filled(path)
    database = await open_sqlite(path, NOW, [FIRST, parts])
    await database.write(lambda tx: tx.execute("INSERT INTO parts (whole) VALUES ('a')"))
    await database.close()
    await migrated(path, FIRST, parts, rebuild)
    with closing(sqlite3.connect(path)) as beside:
        assert beside.execute("SELECT whole, note FROM parts JOIN meta ON key = whole").fetchall() == [
            ("a", None)
        ]
