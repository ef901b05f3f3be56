"""What the bot remembers about itself."""

import pytest

from bot.storage import meta
from bot.storage.engine import Database


@pytest.mark.asyncio
async def test_the_last_value_of_a_key_is_kept(database: Database) -> None:
    assert await database.read(lambda tx: meta.value(tx, meta.COMMAND_HASH)) is None
    await database.write(lambda tx: meta.set_value(tx, meta.COMMAND_HASH, "first"))
    await database.write(lambda tx: meta.set_value(tx, meta.COMMAND_HASH, "second"))
    assert await database.read(lambda tx: meta.value(tx, meta.COMMAND_HASH)) == "second"
