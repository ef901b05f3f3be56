"""The one use of aiosqlite's inside notices when that inside has changed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiosqlite
import pytest

from bot.errors import SetupError
from bot.storage.sqlite.database import open_sqlite
from tests.storage.times import NOW


async def _on_the_loop(_: aiosqlite.Connection, function: Callable[..., Any], *args: Any) -> Any:
    return function(*args)


async def _with_a_name(_: aiosqlite.Connection, _name: str, function: Callable[..., Any]) -> Any:
    return function()


@pytest.mark.asyncio
@pytest.mark.parametrize("changed", [_on_the_loop, _with_a_name])
async def test_a_changed_aiosqlite_is_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch, changed: Callable[..., Any]
) -> None:
    monkeypatch.setattr(aiosqlite.Connection, "_execute", changed)
    with pytest.raises(SetupError, match=r"aiosqlite .* install the version pinned in requirements\.lock"):
        await (await open_sqlite(path, NOW)).close()


@pytest.mark.asyncio
async def test_an_aiosqlite_without_it_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(aiosqlite.Connection, "_execute")
    with pytest.raises(SetupError, match="aiosqlite"):
        await (await open_sqlite(path, NOW)).close()
