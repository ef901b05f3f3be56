"""Who wants into spoiler threads, who is inside, and who is told when they may enter."""

from datetime import datetime

from bot.storage.engine import Transaction, to_ms


async def ask_in(tx: Transaction, thread_row: int, club_id: int, member_id: int, now: datetime) -> None:
    """Puts the member in line, whatever came of it before: who left the server has to be let in anew."""
    await tx.execute(
        "INSERT INTO spoiler_members (thread_row, member_id, club_id, state, asked_at) "
        "VALUES (?, ?, ?, 'waiting', ?) ON CONFLICT (thread_row, member_id) DO UPDATE SET "
        "state = 'waiting', asked_at = excluded.asked_at, refused = NULL",
        thread_row,
        member_id,
        club_id,
        to_ms(now),
    )


async def ask_out(tx: Transaction, member_id: int, film: str, version: str) -> list[int]:
    """Has the member leave every gated thread that needs the version; the threads."""
    rows = await tx.all(
        "UPDATE spoiler_members SET state = 'leaving' WHERE member_id = ? AND thread_row IN ("
        "SELECT thread_row FROM spoiler_threads WHERE film = ? AND privacy = 'gated' AND closed_at IS NULL "
        "AND ' ' || versions || ' ' LIKE '% ' || ? || ' %') RETURNING thread_row",
        member_id,
        film,
        version,
    )
    return [row["thread_row"] for row in rows]


async def in_line(tx: Transaction, thread_row: int, most: int) -> list[tuple[int, bool]]:
    """(member, whether they go in) of those who wait longest."""
    rows = await tx.all(
        "SELECT member_id, state FROM spoiler_members WHERE thread_row = ? AND state IN ('waiting', 'leaving') "
        "ORDER BY asked_at, member_id LIMIT ?",
        thread_row,
        most,
    )
    return [(row["member_id"], row["state"] == "waiting") for row in rows]


async def threads_in_line(tx: Transaction) -> list[int]:
    """Every thread that somebody waits for."""
    rows = await tx.all(
        "SELECT DISTINCT thread_row FROM spoiler_members WHERE state IN ('waiting', 'leaving')"
    )
    return [row["thread_row"] for row in rows]


async def entered(tx: Transaction, thread_row: int, member_id: int) -> None:
    """The member is inside, unless they asked to leave meanwhile."""
    await tx.execute(
        "UPDATE spoiler_members SET state = 'inside' "
        "WHERE thread_row = ? AND member_id = ? AND state = 'waiting'",
        thread_row,
        member_id,
    )


async def refused(tx: Transaction, thread_row: int, member_id: int, reason: str) -> None:
    """Discord didn't let the member in."""
    await tx.execute(
        "UPDATE spoiler_members SET state = 'refused', refused = ? "
        "WHERE thread_row = ? AND member_id = ? AND state = 'waiting'",
        reason,
        thread_row,
        member_id,
    )


async def left(tx: Transaction, thread_row: int, member_id: int) -> None:
    await tx.execute(
        "DELETE FROM spoiler_members WHERE thread_row = ? AND member_id = ? AND state = 'leaving'",
        thread_row,
        member_id,
    )


async def counted(tx: Transaction, thread_row: int) -> int:
    """How many are inside or on their way in."""
    row = await tx.one(
        "SELECT count(*) AS people FROM spoiler_members WHERE thread_row = ? AND state IN ('waiting', 'inside')",
        thread_row,
    )
    return row["people"] if row else 0


async def is_counted(tx: Transaction, thread_row: int, member_id: int) -> bool:
    row = await tx.one(
        "SELECT 1 AS yes FROM spoiler_members WHERE thread_row = ? AND member_id = ? "
        "AND state IN ('waiting', 'inside')",
        thread_row,
        member_id,
    )
    return row is not None


async def shown(tx: Transaction, thread_row: int, people: int) -> None:
    """Notes what number the gate says."""
    await tx.execute("UPDATE spoiler_threads SET shown_inside = ? WHERE thread_row = ?", people, thread_row)


async def stale_gates(tx: Transaction) -> list[int]:
    """Open threads whose gate says an old number."""
    rows = await tx.all(
        "SELECT t.thread_row FROM spoiler_threads AS t WHERE t.closed_at IS NULL AND t.gate_id IS NOT NULL "
        "AND t.shown_inside <> (SELECT count(*) FROM spoiler_members AS m WHERE m.thread_row = t.thread_row "
        "AND m.state IN ('waiting', 'inside'))"
    )
    return [row["thread_row"] for row in rows]


async def remind(tx: Transaction, thread_row: int, club_id: int, member_id: int, now: datetime) -> None:
    await tx.execute(
        "INSERT INTO spoiler_reminders (thread_row, member_id, club_id, asked_at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO NOTHING",
        thread_row,
        member_id,
        club_id,
        to_ms(now),
    )


async def reminders_of(tx: Transaction, member_id: int) -> list[tuple[int, int]]:
    """(reminder, thread) of all that the member asked for."""
    rows = await tx.all(
        "SELECT reminder_id, thread_row FROM spoiler_reminders WHERE member_id = ?", member_id
    )
    return [(row["reminder_id"], row["thread_row"]) for row in rows]


async def reminder(tx: Transaction, reminder_id: int) -> tuple[int, int] | None:
    """(thread, member) of a reminder that is still wanted."""
    row = await tx.one(
        "SELECT thread_row, member_id FROM spoiler_reminders WHERE reminder_id = ?", reminder_id
    )
    return (row["thread_row"], row["member_id"]) if row else None


async def reminded(tx: Transaction, reminder_id: int) -> None:
    await tx.execute("DELETE FROM spoiler_reminders WHERE reminder_id = ?", reminder_id)


async def forget_reminders(tx: Transaction, thread_row: int) -> None:
    """Nobody is told of a thread that is closed."""
    await tx.execute("DELETE FROM spoiler_reminders WHERE thread_row = ?", thread_row)
