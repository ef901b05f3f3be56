"""Which facts a channel has been shown."""

from collections.abc import Iterable
from datetime import datetime

from bot.storage.engine import Transaction, to_ms


async def shown(tx: Transaction, channel_id: int, film: str) -> set[str]:
    """The keys of the facts the channel has had."""
    rows = await tx.all("SELECT fact FROM shown_facts WHERE channel_id = ? AND film = ?", channel_id, film)
    return {row["fact"] for row in rows}


async def note_shown(
    tx: Transaction, club_id: int, channel_id: int, film: str, fact: str, now: datetime
) -> None:
    await tx.execute(
        "INSERT INTO shown_facts (channel_id, film, fact, club_id, shown_at) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (channel_id, film, fact) DO UPDATE SET shown_at = excluded.shown_at",
        channel_id,
        film,
        fact,
        club_id,
        to_ms(now),
    )


async def forget_shown(tx: Transaction, channel_id: int, film: str, keys: Iterable[str]) -> None:
    """Lets these facts come again in the channel."""
    await tx.many(
        "DELETE FROM shown_facts WHERE channel_id = ? AND film = ? AND fact = ?",
        [(channel_id, film, key) for key in keys],
    )
