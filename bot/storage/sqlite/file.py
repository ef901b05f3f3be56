"""The file under an SQLite database: held by one process, known to be ours, copied before it changes."""

import logging
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from bot.errors import SetupError
from bot.storage.engine import to_ms
from bot.storage.migrate import Migration, lacking

log = logging.getLogger(__name__)

OLDEST_SQLITE = (3, 37, 0)  # STRICT tables

_JOURNAL = """
CREATE TABLE IF NOT EXISTS schema_migrations (
  number INTEGER NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  applied_at INTEGER NOT NULL
) STRICT
"""


@contextmanager
def told_to_operator(path: Path) -> Iterator[None]:
    """Turns what SQLite and the system say about `path` into one line for the operator."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise SetupError(f"DATABASE_URL: {path}: {_reason(error)}") from error
    except SetupError as error:
        raise SetupError(f"DATABASE_URL: {path}: {error}") from error


def _reason(error: sqlite3.Error | OSError) -> str:
    if isinstance(error, OSError):
        return f"can't make or write {error.filename} ({error.strerror})"
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return "the file or its directory can't be written; give the bot's user write access to both"
        case sqlite3.SQLITE_NOTADB:
            return "the file is not an SQLite database"
        case sqlite3.SQLITE_CORRUPT:
            return f"the file is damaged ({error}); restore a backup"
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return "the file is locked by another program; close that one first"
        case _:
            return str(error)


def hold(path: Path) -> sqlite3.Connection:
    """Keeps `path` to this process until the answer is closed or the process ends, however it ends.

    The lock is SQLite's own, on an empty file beside: the same on every system, and nothing to clean up."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = sqlite3.connect(
        path.with_name(f"{path.name}.lock"), timeout=0, isolation_level=None, check_same_thread=False
    )
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        lock.close()
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
        raise SetupError("another running bot uses this file; stop that one first") from error
    return lock


def make(path: Path) -> None:
    """Makes the file if there is none, and sees that it can be written. Only under `hold`: closing a file drops
    this process's locks on it."""
    path.open("ab").close()


def prepare(
    connection: sqlite3.Connection, path: Path, migrations: Sequence[Migration], now: datetime
) -> None:
    """Checks the file, copies it if it is about to change, and brings its schema up to date."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise SetupError(f"SQLite 3.37 or newer is needed; this Python brings {sqlite3.sqlite_version}")
    at = _schema(connection)
    steps = lacking(migrations, at)
    if connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
        raise SetupError("the disk can't share memory between readers and writer; use a local one")
    connection.execute("PRAGMA synchronous = FULL")
    if at and steps:
        log.info("copied %s to %s before migrating", path, _copy(connection, path, steps[0]))
    connection.execute(_JOURNAL)
    for step in steps:
        _apply(connection, step, now)
        log.info("applied migration %s", step)
    connection.execute("PRAGMA foreign_keys = ON")


def _schema(connection: sqlite3.Connection) -> int:
    """The number of the last migration applied; 0 for an empty file."""
    damage = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if damage != "ok":
        raise SetupError(f"the file is damaged ({damage.splitlines()[-1]}); restore a backup")
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    if not tables:
        return 0
    if "schema_migrations" not in tables:
        raise SetupError("the file holds another program's tables")
    at: int = connection.execute("SELECT coalesce(max(number), 0) FROM schema_migrations").fetchone()[0]
    return at


def _copy(connection: sqlite3.Connection, path: Path, step: Migration) -> Path:
    copy = path.with_name(f"{path.name}.before-{step.number:03}.bak")
    partial = copy.with_name(f"{copy.name}.part")
    partial.unlink(missing_ok=True)
    with closing(sqlite3.connect(partial)) as target:
        connection.backup(target)
    return partial.replace(copy)


def _apply(connection: sqlite3.Connection, step: Migration, now: datetime) -> None:
    """One step, one transaction. Foreign keys are off meanwhile, so that dropping a table to rebuild it
    doesn't cascade, and checked before the commit."""
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        connection.executescript(f"BEGIN IMMEDIATE;\n{step.sql}")
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            raise sqlite3.IntegrityError("it leaves rows that point nowhere")
        connection.execute(
            "INSERT INTO schema_migrations (number, name, applied_at) VALUES (?, ?, ?)",
            (step.number, step.name, to_ms(now)),
        )
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise SetupError(f"migration {step} failed and was undone ({error})") from error
