"""What the bot remembers about itself from one start to the next."""

from bot.storage import meta
from bot.storage.engine import Database


class Memory:
    """Small things by key."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def command_hash(self) -> str | None:
        """The hash of the commands Discord was last told."""
        return await self._db.read(lambda tx: meta.value(tx, meta.COMMAND_HASH))

    async def set_command_hash(self, value: str) -> None:
        await self._db.write(lambda tx: meta.set_value(tx, meta.COMMAND_HASH, value))
