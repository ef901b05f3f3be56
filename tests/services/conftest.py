"""A database of this release on a file of its own, which a test may close and open again."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.storage.engine import Database
from bot.storage.opening import open_database
from tests.services.times import NOW


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/bot.db"


@pytest_asyncio.fixture
async def db(url: str) -> AsyncIterator[Database]:
    database = await open_database(url, NOW)
    yield database
    await database.close()
