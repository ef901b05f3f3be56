"""Tissue polls and their ballots. Whatever changes a ballot changes the counts beside it."""

from datetime import datetime

from msgspec import Struct

from bot.domain.tissues.outcomes import Receipt
from bot.domain.tissues.polls import Poll
from bot.storage.engine import Row, Transaction, from_ms, to_ms


class NewPoll(Struct, frozen=True):
    """A poll as it is asked for. `evening` names the occasion where it belongs to one, `title` what was shown."""

    club_id: int
    channel_id: int
    film: str
    version: str
    live: bool
    opened_by: int | None
    closes_at: datetime
    evening: str | None = None
    title: str = ""


async def add(tx: Transaction, new: NewPoll, now: datetime) -> Poll | None:
    """Opens a poll; None where this version's or this evening's is there already."""
    row = await tx.one(
        "INSERT INTO tissue_polls (club_id, channel_id, film, version, title, evening, live, opened_by, opened_at, "
        "closes_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING *",
        new.club_id,
        new.channel_id,
        new.film,
        new.version,
        new.title,
        new.evening,
        int(new.live),
        new.opened_by,
        to_ms(now),
        to_ms(new.closes_at),
    )
    return _poll(row) if row else None


async def in_the_way(tx: Transaction, club_id: int, film: str, version: str, evening: str | None) -> Poll:
    """The poll that keeps another like it from being opened."""
    row = await tx.one(
        "SELECT * FROM tissue_polls WHERE club_id = ? AND "
        "(evening = ? OR (film = ? AND version = ? AND closed_at IS NULL AND (version <> '' OR evening IS NULL))) "
        "ORDER BY poll_id DESC",
        club_id,
        evening,
        film,
        version,
    )
    assert row is not None, "asked for only after an insert or update met it"
    return _poll(row)


async def load(tx: Transaction, poll_id: int) -> Poll | None:
    row = await tx.one("SELECT * FROM tissue_polls WHERE poll_id = ?", poll_id)
    return _poll(row) if row else None


async def of_club(tx: Transaction, club_id: int, *, most: int) -> list[Poll]:
    """The club's polls: the open ones first, then those closed last."""
    rows = await tx.all(
        "SELECT * FROM tissue_polls WHERE club_id = ? "
        "ORDER BY closed_at IS NOT NULL, closed_at DESC, poll_id DESC LIMIT ?",
        club_id,
        most,
    )
    return [_poll(row) for row in rows]


async def open_in(tx: Transaction, club_id: int) -> list[Poll]:
    """The club's open polls, those closing soonest first."""
    rows = await tx.all(
        "SELECT * FROM tissue_polls WHERE club_id = ? AND closed_at IS NULL ORDER BY closes_at, poll_id",
        club_id,
    )
    return [_poll(row) for row in rows]


async def load_with_ballot(tx: Transaction, poll_id: int, member_id: int) -> tuple[Poll, int | None] | None:
    """A poll and what the member's ballot in it says."""
    row = await tx.one(
        "SELECT p.*, b.tissues AS mine FROM tissue_polls p LEFT JOIN tissue_ballots b "
        "ON b.poll_id = p.poll_id AND b.member_id = ? WHERE p.poll_id = ?",
        member_id,
        poll_id,
    )
    return (_poll(row), row["mine"]) if row else None


async def put_ballot(
    tx: Transaction, poll: Poll, member_id: int, before: int | None, tissues: int, now: datetime
) -> None:
    """Makes the member's ballot, which said `before` until now, say `tissues`."""
    await tx.execute(
        "INSERT INTO tissue_ballots (poll_id, member_id, club_id, tissues, cast_at, changed_at) "
        "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (poll_id, member_id) DO UPDATE SET "
        "tissues = excluded.tissues, changed_at = excluded.changed_at",
        poll.poll_id,
        member_id,
        poll.club_id,
        tissues,
        to_ms(now),
        to_ms(now),
    )
    if before is not None:
        await _uncount(tx, poll.poll_id, before, 1)
    await tx.execute(
        "INSERT INTO tissue_counts (poll_id, tissues, club_id, people) VALUES (?, ?, ?, 1) "
        "ON CONFLICT (poll_id, tissues) DO UPDATE SET people = tissue_counts.people + 1",
        poll.poll_id,
        tissues,
        poll.club_id,
    )


async def remove_ballot(tx: Transaction, poll_id: int, member_id: int) -> bool:
    """Takes the member's ballot out; whether there was one."""
    row = await tx.one(
        "DELETE FROM tissue_ballots WHERE poll_id = ? AND member_id = ? RETURNING tissues", poll_id, member_id
    )
    if row is None:
        return False
    await _uncount(tx, poll_id, row["tissues"], 1)
    return True


async def unname_ballot(tx: Transaction, poll_id: int, member_id: int) -> bool:
    """Takes the name off the member's ballot and leaves the number; whether there was one."""
    touched = await tx.execute(
        "UPDATE tissue_ballots SET member_id = NULL WHERE poll_id = ? AND member_id = ?", poll_id, member_id
    )
    return touched == 1


async def ballots_of(tx: Transaction, member_id: int, club_id: int | None) -> list[int]:
    """The polls in which the member has a ballot, in one club or (None) in all."""
    rows = await tx.all(
        "SELECT poll_id FROM tissue_ballots WHERE member_id = ? AND club_id = coalesce(?, club_id)",
        member_id,
        club_id,
    )
    return [row["poll_id"] for row in rows]


async def receipt(tx: Transaction, poll_id: int, member_id: int) -> Receipt | None:
    row = await tx.one(
        "SELECT p.*, b.tissues, b.cast_at, b.changed_at FROM tissue_ballots b "
        "JOIN tissue_polls p ON p.poll_id = b.poll_id WHERE b.poll_id = ? AND b.member_id = ?",
        poll_id,
        member_id,
    )
    if row is None:
        return None
    return Receipt(_poll(row), row["tissues"], from_ms(row["cast_at"]), from_ms(row["changed_at"]))


async def last_receipt(tx: Transaction, club_id: int, member_id: int) -> Receipt | None:
    """The ballot that the member cast or changed last in the club."""
    row = await tx.one(
        "SELECT poll_id FROM tissue_ballots WHERE member_id = ? AND club_id = ? "
        "ORDER BY changed_at DESC, ballot_id DESC LIMIT 1",
        member_id,
        club_id,
    )
    return await receipt(tx, row["poll_id"], member_id) if row else None


async def close(
    tx: Transaction, poll_id: int, generation: int, closed_by: int | None, now: datetime
) -> Poll | None:
    """Closes the poll if it is open in this generation; None if it isn't."""
    row = await tx.one(
        "UPDATE tissue_polls SET closed_at = ?, closed_by = ? "
        "WHERE poll_id = ? AND generation = ? AND closed_at IS NULL RETURNING *",
        to_ms(now),
        closed_by,
        poll_id,
        generation,
    )
    return _poll(row) if row else None


async def reopen(tx: Transaction, poll: Poll, closes_at: datetime) -> Poll | None:
    """Opens a closed poll again, a generation on; None if another open poll is in its way. A ballot whose name
    was taken off meanwhile leaves with it: its owner may answer anew, and nobody has two."""
    row = await tx.one(
        "UPDATE tissue_polls SET closed_at = NULL, closed_by = NULL, closes_at = ?, generation = generation + 1 "
        "WHERE poll_id = ? AND generation = ? AND closed_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "
        "tissue_polls o WHERE o.club_id = ? AND o.film = ? AND o.version = ? AND o.closed_at IS NULL) "
        "RETURNING *",
        to_ms(closes_at),
        poll.poll_id,
        poll.generation,
        poll.club_id,
        poll.film,
        poll.version,
    )
    if row is None:
        return None
    await _drop_nameless(tx, poll.poll_id)
    return _poll(row)


async def note_message(tx: Transaction, poll_id: int, message_id: int) -> None:
    """Remembers where the poll stands; the first message stays the one."""
    await tx.execute(
        "UPDATE tissue_polls SET message_id = ? WHERE poll_id = ? AND message_id IS NULL", message_id, poll_id
    )


async def forget_message(tx: Transaction, poll_id: int, message_id: int | None) -> bool:
    """Forgets that the open poll stands there; whether it did until now (None: it stood nowhere)."""
    touched = await tx.execute(
        "UPDATE tissue_polls SET message_id = NULL "
        "WHERE poll_id = ? AND coalesce(message_id, 0) = ? AND closed_at IS NULL",
        poll_id,
        message_id or 0,
    )
    return touched == 1


async def forget_result(tx: Transaction, poll_id: int, message_id: int) -> None:
    """Forgets that the result stands there, if it does."""
    await tx.execute(
        "UPDATE tissue_polls SET result_id = NULL WHERE poll_id = ? AND result_id = ?", poll_id, message_id
    )


async def note_result(tx: Transaction, poll_id: int, message_id: int) -> None:
    """Remembers where the result stands; the first message stays the one."""
    await tx.execute(
        "UPDATE tissue_polls SET result_id = ? WHERE poll_id = ? AND result_id IS NULL", message_id, poll_id
    )


async def note_shown(tx: Transaction, poll_id: int, people: int) -> None:
    """Remembers how many people the poll's message speaks of."""
    await tx.execute("UPDATE tissue_polls SET shown_people = ? WHERE poll_id = ?", people, poll_id)


async def unshown(tx: Transaction, since: datetime, club_id: int | None) -> list[Poll]:
    """Polls of one club or (None) of all that were closed after `since` and whose result stands nowhere."""
    rows = await tx.all(
        "SELECT * FROM tissue_polls WHERE closed_at > ? AND result_id IS NULL AND club_id = coalesce(?, club_id)",
        to_ms(since),
        club_id,
    )
    return [_poll(row) for row in rows]


async def stale(tx: Transaction) -> list[int]:
    """Open polls whose message speaks of fewer or more people than have answered."""
    rows = await tx.all(
        "SELECT p.poll_id FROM tissue_polls p WHERE p.closed_at IS NULL AND p.message_id IS NOT NULL AND "
        "p.shown_people <> (SELECT coalesce(sum(c.people), 0) FROM tissue_counts c WHERE c.poll_id = p.poll_id)"
    )
    return [row["poll_id"] for row in rows]


async def _uncount(tx: Transaction, poll_id: int, tissues: int, people: int) -> None:
    await tx.execute(
        "UPDATE tissue_counts SET people = people - ? WHERE poll_id = ? AND tissues = ?",
        people,
        poll_id,
        tissues,
    )


async def _drop_nameless(tx: Transaction, poll_id: int) -> None:
    gone = await tx.all(
        "SELECT tissues, count(*) AS people FROM tissue_ballots "
        "WHERE poll_id = ? AND member_id IS NULL GROUP BY tissues",
        poll_id,
    )
    for row in gone:
        await _uncount(tx, poll_id, row["tissues"], row["people"])
    await tx.execute("DELETE FROM tissue_ballots WHERE poll_id = ? AND member_id IS NULL", poll_id)


def _poll(row: Row) -> Poll:
    closed_at = row["closed_at"]
    return Poll(
        poll_id=row["poll_id"],
        club_id=row["club_id"],
        channel_id=row["channel_id"],
        film=row["film"],
        version=row["version"],
        title=row["title"],
        live=bool(row["live"]),
        opened_at=from_ms(row["opened_at"]),
        closes_at=from_ms(row["closes_at"]),
        closed_at=None if closed_at is None else from_ms(closed_at),
        generation=row["generation"],
        message_id=row["message_id"],
        result_id=row["result_id"],
    )
