"""The one place that reaches into aiosqlite: running a callable in a connection's own thread.

aiosqlite offers statements only, each a hop to its thread and back; a batch needs one hop for all of them.
"""

import sqlite3
import threading
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite

from bot.errors import SetupError

T = TypeVar("T")

BUSY_SECONDS = 5.0
STATEMENTS = 512


async def connect(path: Path) -> aiosqlite.Connection:
    """Opens `path` in a thread of its own, with transactions left to the caller and rows by name."""
    connection = await aiosqlite.connect(
        path, timeout=BUSY_SECONDS, isolation_level=None, cached_statements=STATEMENTS
    )
    try:
        await _check(connection)
    except SetupError:
        await _stop(connection)
        raise
    connection.row_factory = sqlite3.Row
    return connection


async def in_thread(connection: aiosqlite.Connection, function: Callable[[sqlite3.Connection], T]) -> T:
    """Calls `function` with the driver's connection, in that connection's thread. It runs to its end even if
    the caller is cancelled; calls on one connection run one after another."""
    execute: Callable[[Callable[[], T]], Coroutine[Any, Any, T]] = connection._execute  # noqa: SLF001
    return await execute(lambda: function(connection._conn))  # noqa: SLF001


async def _check(connection: aiosqlite.Connection) -> None:
    try:
        driver, thread = await in_thread(connection, _what_and_where)
    except (AttributeError, TypeError) as error:
        raise _changed() from error
    if driver is not sqlite3.Connection or thread == threading.get_ident():
        raise _changed()


async def _stop(connection: aiosqlite.Connection) -> None:
    stopped = connection.stop()  # close() would go through what has just been found changed
    if stopped is not None:
        await stopped


def _what_and_where(driver: sqlite3.Connection) -> tuple[type, int]:
    return type(driver), threading.get_ident()


def _changed() -> SetupError:
    return SetupError(
        f"aiosqlite {aiosqlite.__version__} no longer runs a callable in its thread as this release needs: "
        "install the version pinned in requirements.lock"
    )
