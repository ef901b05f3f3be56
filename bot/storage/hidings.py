"""Messages being hidden: their numbers, never their words."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from bot.domain.hiding import Hiding, State
from bot.storage.engine import Row, Transaction, to_ms


class NewHiding(Struct, frozen=True):
    """`hook_channel_id` is whose webhook sends the copy: the channel, or a thread's parent. The copy is newer than
    `after_id`."""

    club_id: int
    channel_id: int
    hook_channel_id: int
    original_id: int | None
    author_id: int
    after_id: int
    parts: int


async def add(tx: Transaction, new: NewHiding, now: datetime) -> Hiding | None:
    """Begins a hiding; None where this message is being hidden."""
    row = await tx.one(
        "INSERT INTO hidings (club_id, channel_id, hook_channel_id, original_id, author_id, after_id, parts, state, "
        "began_at) VALUES (?, ?, ?, ?, ?, ?, ?, 'sending', ?) ON CONFLICT DO NOTHING RETURNING *",
        new.club_id,
        new.channel_id,
        new.hook_channel_id,
        new.original_id,
        new.author_id,
        new.after_id,
        new.parts,
        to_ms(now),
    )
    return _hiding(row, {}) if row else None


async def load(tx: Transaction, hiding_id: int) -> Hiding | None:
    row = await tx.one("SELECT * FROM hidings WHERE hiding_id = ?", hiding_id)
    if row is None:
        return None
    copies = await tx.all("SELECT part, message_id FROM hiding_copies WHERE hiding_id = ?", hiding_id)
    return _hiding(row, {each["part"]: each["message_id"] for each in copies})


async def copied(tx: Transaction, hiding: Hiding, copies: Mapping[int, int]) -> None:
    """The whole copy stands there."""
    await tx.many(
        "INSERT INTO hiding_copies (hiding_id, part, club_id, message_id) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO NOTHING",
        [(hiding.hiding_id, part, hiding.club_id, message) for part, message in copies.items()],
    )
    await set_state(tx, hiding.hiding_id, State.COPIED)


async def set_state(tx: Transaction, hiding_id: int, state: State) -> None:
    await tx.execute("UPDATE hidings SET state = ? WHERE hiding_id = ?", state.value, hiding_id)


async def forget(tx: Transaction, hiding_id: int) -> None:
    """As if it had never been begun, or its copy was deleted."""
    await tx.execute("DELETE FROM hidings WHERE hiding_id = ?", hiding_id)


def _hiding(row: Row, copies: Mapping[int, int]) -> Hiding:
    return Hiding(
        hiding_id=row["hiding_id"],
        club_id=row["club_id"],
        channel_id=row["channel_id"],
        hook_channel_id=row["hook_channel_id"],
        original_id=row["original_id"],
        author_id=row["author_id"],
        after_id=row["after_id"],
        parts=row["parts"],
        state=State(row["state"]),
        copies=copies,
    )
