"""What ballots come to, from the counts kept beside them; a recount alone reads the ballots themselves."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.tissues.comparing import Tally
from bot.domain.tissues.counts import Counts
from bot.domain.tissues.polls import FEWEST_SHOWN
from bot.domain.tissues.results import BoardRow
from bot.storage.engine import Row, Transaction, to_ms


async def people(tx: Transaction, poll_id: int) -> int:
    """How many have answered."""
    row = await tx.one("SELECT coalesce(sum(people), 0) AS n FROM tissue_counts WHERE poll_id = ?", poll_id)
    return row["n"] if row else 0


async def kept(tx: Transaction, poll_id: int) -> Counts:
    """The counts that are kept."""
    return _counts(
        await tx.all("SELECT tissues, people FROM tissue_counts WHERE poll_id = ? AND people > 0", poll_id)
    )


async def found(tx: Transaction, poll_id: int) -> Counts:
    """The counts worked out anew from every ballot."""
    return _counts(
        await tx.all(
            "SELECT tissues, count(*) AS people FROM tissue_ballots WHERE poll_id = ? GROUP BY tissues",
            poll_id,
        )
    )


async def closed_polls(
    tx: Transaction, club_id: int, film: str | None = None, before: datetime | None = None
) -> list[Tally]:
    """A tally for each closed poll of the club whose figures were shown, of one film and closed before a moment
    where these are given."""
    rows = await tx.all(
        "SELECT p.film, p.version, sum(c.people) AS people, sum(c.people * c.tissues) AS total "
        "FROM tissue_polls p JOIN tissue_counts c ON c.poll_id = p.poll_id "
        "WHERE p.club_id = ? AND p.closed_at IS NOT NULL AND p.film <> '' AND p.film = coalesce(?, p.film) "
        "AND p.closed_at < coalesce(?, p.closed_at + 1) "
        "GROUP BY p.poll_id, p.film, p.version HAVING sum(c.people) >= ? ORDER BY p.poll_id",
        club_id,
        film,
        None if before is None else to_ms(before),
        FEWEST_SHOWN,
    )
    return [Tally(row["film"], row["version"], row["people"], row["total"]) for row in rows]


async def board(tx: Transaction, club_id: int, most: int) -> list[BoardRow]:
    """Those on the club's board with their tissues over its closed polls, most tissues first. A poll in which
    one or two ballots are of nobody on the board is left out: what remains of its result would be theirs."""
    rows = await tx.all(
        "SELECT m.member_id, coalesce(sum(b.tissues), 0) AS total, count(b.ballot_id) AS polls "
        "FROM tissue_board m LEFT JOIN tissue_ballots b ON b.member_id = m.member_id AND b.poll_id IN ("
        "SELECT p.poll_id FROM tissue_polls p WHERE p.club_id = m.club_id AND p.closed_at IS NOT NULL "
        "AND (SELECT sum(c.people) FROM tissue_counts c WHERE c.poll_id = p.poll_id) - (SELECT count(*) "
        "FROM tissue_board l JOIN tissue_ballots a ON a.member_id = l.member_id AND a.poll_id = p.poll_id "
        "WHERE l.club_id = p.club_id) NOT IN (1, 2)) "
        "WHERE m.club_id = ? GROUP BY m.member_id ORDER BY total DESC, m.joined_at, m.member_id LIMIT ?",
        club_id,
        most,
    )
    return [BoardRow(row["member_id"], row["total"], row["polls"]) for row in rows]


async def on_board(tx: Transaction, club_id: int, member_id: int) -> bool:
    row = await tx.one(
        "SELECT 1 AS there FROM tissue_board WHERE club_id = ? AND member_id = ?", club_id, member_id
    )
    return row is not None


async def join_board(tx: Transaction, club_id: int, member_id: int, now: datetime) -> None:
    await tx.execute(
        "INSERT INTO tissue_board (club_id, member_id, joined_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        club_id,
        member_id,
        to_ms(now),
    )


async def leave_board(tx: Transaction, club_id: int, member_id: int) -> None:
    await tx.execute("DELETE FROM tissue_board WHERE club_id = ? AND member_id = ?", club_id, member_id)


def _counts(rows: Sequence[Row]) -> Counts:
    return Counts({row["tissues"]: row["people"] for row in rows})
