"""What the bot remembers about itself from one start to the next, by key."""

from bot.storage.engine import Transaction

COMMAND_HASH = "command_hash"


async def value(tx: Transaction, key: str) -> str | None:
    row = await tx.one("SELECT value FROM meta WHERE key = ?", key)
    return row["value"] if row else None


async def set_value(tx: Transaction, key: str, value: str) -> None:
    await tx.execute(
        "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        key,
        value,
    )
