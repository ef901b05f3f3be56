"""What the bot remembers of itself over a restart."""

import pytest

from bot.services.memory import Memory
from bot.storage.engine import Database
from bot.storage.opening import open_database
from tests.services.times import NOW

pytestmark = pytest.mark.asyncio


async def test_the_last_hash_is_remembered_over_a_restart(db: Database, url: str) -> None:
    memory = Memory(db)
    assert await memory.command_hash() is None
    await memory.set_command_hash("first")
    await memory.set_command_hash("second")
    assert await memory.command_hash() == "second"
    await db.close()
    reopened = await open_database(url, NOW)
    assert await Memory(reopened).command_hash() == "second"
    await reopened.close()
