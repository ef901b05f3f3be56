"""Which versions members say they have seen."""

from collections.abc import Iterable
from datetime import datetime

from bot.storage.engine import Transaction, to_ms


async def of(tx: Transaction, member_id: int, film: str) -> frozenset[str]:
    """The versions of a film that the member has seen."""
    rows = await tx.all("SELECT version FROM seen WHERE member_id = ? AND film = ?", member_id, film)
    return frozenset(row["version"] for row in rows)


async def everything(tx: Transaction, member_id: int) -> list[tuple[str, str]]:
    """(film, version) of all that the member has seen, in the order in which they said so."""
    rows = await tx.all(
        "SELECT film, version FROM seen WHERE member_id = ? ORDER BY seen_at, version", member_id
    )
    return [(row["film"], row["version"]) for row in rows]


async def add(tx: Transaction, member_id: int, film: str, versions: Iterable[str], now: datetime) -> int:
    """Puts versions on the member's list; how many were new."""
    return await tx.many(
        "INSERT INTO seen (member_id, film, version, seen_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [(member_id, film, version, to_ms(now)) for version in versions],
    )


async def remove(tx: Transaction, member_id: int, film: str, version: str) -> bool:
    """Takes a version off the list; False where it wasn't on it."""
    touched = await tx.execute(
        "DELETE FROM seen WHERE member_id = ? AND film = ? AND version = ?", member_id, film, version
    )
    return touched == 1
