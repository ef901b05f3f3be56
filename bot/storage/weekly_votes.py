"""Votes for the next film, their ballots, and what members suggested."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.weekly.candidates import Feature, Standing, Suggestion, Watched
from bot.domain.weekly.occurrences import Posting
from bot.domain.weekly.slots import Slot
from bot.domain.weekly.votes import Candidate, Vote
from bot.storage.engine import Row, Transaction, from_ms, to_ms


async def add(
    tx: Transaction,
    slot: Slot,
    posting: Posting,
    standing: Sequence[Standing],
    watched: Watched,
    *,
    opened_at: datetime,
    closes_at: datetime,
) -> int:
    """Opens a vote among `standing`; its number."""
    row = await tx.one(
        "INSERT INTO weekly_votes (slot_id, date_id, club_id, channel_id, native, opened_at, closes_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING vote_id",
        slot.slot_id,
        posting.date_id,
        slot.club_id,
        slot.channel_id,
        int(slot.voting.native),
        to_ms(opened_at),
        to_ms(closes_at),
    )
    assert row is not None, "an insert without a conflict clause returns its row or raises"
    await tx.many(
        "INSERT INTO weekly_candidates (vote_id, number, club_id, film, version, title, minutes, suggested_by, "
        "watched) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                row["vote_id"],
                number,
                slot.club_id,
                *_columns(each.feature),
                each.suggested_by,
                watched.get(each.feature.key, 0),
            )
            for number, each in enumerate(standing, 1)
        ],
    )
    await tx.many(
        "UPDATE weekly_suggestions SET stood = stood + 1 WHERE suggestion_id = ?",
        [(each.suggestion_id,) for each in standing if each.suggestion_id is not None],
    )
    return int(row["vote_id"])


async def load(tx: Transaction, vote_id: int) -> Vote | None:
    row = await tx.one("SELECT * FROM weekly_votes WHERE vote_id = ?", vote_id)
    return await _vote(tx, row) if row else None


async def of_date(tx: Transaction, date_id: int) -> Vote | None:
    """The vote that was opened for a slot's date."""
    row = await tx.one("SELECT * FROM weekly_votes WHERE date_id = ?", date_id)
    return await _vote(tx, row) if row else None


async def open_by(tx: Transaction, slot_id: int) -> Vote | None:
    """The slot's newest vote that is open."""
    row = await tx.one(
        "SELECT * FROM weekly_votes WHERE slot_id = ? AND closed_at IS NULL ORDER BY vote_id DESC", slot_id
    )
    return await _vote(tx, row) if row else None


async def last_closed(tx: Transaction, club_id: int, since: datetime) -> Vote | None:
    """The club's last vote that was closed, if that was after `since`."""
    row = await tx.one(
        "SELECT * FROM weekly_votes WHERE club_id = ? AND closed_at > ? ORDER BY closed_at DESC, vote_id DESC",
        club_id,
        to_ms(since),
    )
    return await _vote(tx, row) if row else None


async def put_ballot(tx: Transaction, vote: Vote, member_id: int, number: int, now: datetime) -> None:
    """Makes the member's ballot say `number`."""
    await tx.execute(
        "INSERT INTO weekly_ballots (vote_id, member_id, club_id, number, cast_at) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (vote_id, member_id) DO UPDATE SET number = excluded.number, cast_at = excluded.cast_at",
        vote.vote_id,
        member_id,
        vote.club_id,
        number,
        to_ms(now),
    )
    await tx.execute(
        "UPDATE weekly_votes SET people = (SELECT count(*) FROM weekly_ballots WHERE vote_id = ?) WHERE vote_id = ?",
        vote.vote_id,
        vote.vote_id,
    )


async def ballot(tx: Transaction, vote_id: int, member_id: int) -> int | None:
    row = await tx.one(
        "SELECT number FROM weekly_ballots WHERE vote_id = ? AND member_id = ?", vote_id, member_id
    )
    return row["number"] if row else None


async def counted(tx: Transaction, vote_id: int) -> dict[int, int]:
    """How many ballots each candidate has."""
    rows = await tx.all(
        "SELECT number, count(*) AS votes FROM weekly_ballots WHERE vote_id = ? GROUP BY number", vote_id
    )
    return {row["number"]: row["votes"] for row in rows}


async def close(
    tx: Transaction, vote_id: int, votes: Mapping[int, int] | None, seed: int, now: datetime
) -> bool:
    """Closes a vote with these counts (None where nobody could tell them); whether this call was the one."""
    touched = await tx.execute(
        "UPDATE weekly_votes SET closed_at = ?, seed = ?, people = ? WHERE vote_id = ? AND closed_at IS NULL",
        to_ms(now),
        seed if votes is not None else None,
        sum((votes or {}).values()),
        vote_id,
    )
    if touched and votes is not None:
        await tx.execute("UPDATE weekly_candidates SET votes = 0 WHERE vote_id = ?", vote_id)
        await tx.many(
            "UPDATE weekly_candidates SET votes = ? WHERE vote_id = ? AND number = ?",
            [(got, vote_id, number) for number, got in votes.items()],
        )
    return touched == 1


async def count_look(tx: Transaction, vote_id: int) -> int:
    """Counts one more look in vain at Discord's poll; how many there were before."""
    row = await tx.one("UPDATE weekly_votes SET looks = looks + 1 WHERE vote_id = ? RETURNING looks", vote_id)
    return int(row["looks"]) - 1 if row else 0


async def note(tx: Transaction, vote_id: int, column: str, found: int) -> bool:
    """Remembers the vote's message or result; the first stays the one. Whether this was it."""
    assert column in {"message_id", "result_id"}, column
    touched = await tx.execute(
        f"UPDATE weekly_votes SET {column} = ? WHERE vote_id = ? AND {column} IS NULL",  # noqa: S608 - checked above
        found,
        vote_id,
    )
    return touched == 1


async def note_times(tx: Transaction, vote_id: int, opened_at: datetime | None, closes_at: datetime) -> None:
    """Sets when a vote closes and, unless that is None, since when it is open."""
    await tx.execute(
        "UPDATE weekly_votes SET opened_at = coalesce(?, opened_at), closes_at = ? WHERE vote_id = ?",
        None if opened_at is None else to_ms(opened_at),
        to_ms(closes_at),
        vote_id,
    )


async def forget_message(tx: Transaction, vote_id: int, message_id: int) -> None:
    """The message is gone."""
    await tx.execute(
        "UPDATE weekly_votes SET message_id = NULL WHERE vote_id = ? AND message_id = ?", vote_id, message_id
    )


async def note_evening(tx: Transaction, vote_id: int, watch_id: int) -> None:
    """Remembers the winner's evening; one that was called off before counts no more."""
    await tx.execute("UPDATE weekly_votes SET watch_id = ? WHERE vote_id = ?", watch_id, vote_id)


async def note_shown(tx: Transaction, vote_id: int, people: int) -> None:
    """Remembers how many people the vote's message speaks of."""
    await tx.execute("UPDATE weekly_votes SET shown_people = ? WHERE vote_id = ?", people, vote_id)


async def stale(tx: Transaction) -> list[int]:
    """Open votes whose message speaks of another number of people than have voted."""
    rows = await tx.all(
        "SELECT vote_id FROM weekly_votes WHERE closed_at IS NULL AND native = 0 AND message_id IS NOT NULL "
        "AND shown_people <> people"
    )
    return [row["vote_id"] for row in rows]


async def drop(tx: Transaction, vote: Vote) -> None:
    """Takes back a vote that could not be shown: what was suggested has not stood in it."""
    await tx.execute("DELETE FROM weekly_votes WHERE vote_id = ?", vote.vote_id)
    await tx.many(
        "UPDATE weekly_suggestions SET stood = max(stood - 1, 0) "
        "WHERE club_id = ? AND film = ? AND version = ? AND folded = ?",
        [(vote.club_id, *each.feature.key) for each in vote.candidates if each.suggested_by is not None],
    )


async def suggest(tx: Transaction, club_id: int, member_id: int, feature: Feature, now: datetime) -> bool:
    """Puts a feature on the club's list; False where it is there already."""
    touched = await tx.execute(
        "INSERT INTO weekly_suggestions (club_id, member_id, film, version, title, minutes, folded, suggested_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        club_id,
        member_id,
        *_columns(feature),
        feature.key[2],
        to_ms(now),
    )
    return touched == 1


async def suggestions(tx: Transaction, club_id: int) -> list[Suggestion]:
    rows = await tx.all("SELECT * FROM weekly_suggestions WHERE club_id = ? ORDER BY suggestion_id", club_id)
    return [
        Suggestion(
            row["suggestion_id"], row["member_id"], _feature(row), from_ms(row["suggested_at"]), row["stood"]
        )
        for row in rows
    ]


async def withdraw(tx: Transaction, club_id: int, suggestion_id: int) -> None:
    await tx.execute(
        "DELETE FROM weekly_suggestions WHERE club_id = ? AND suggestion_id = ?", club_id, suggestion_id
    )


async def strike(tx: Transaction, club_id: int, feature: Feature) -> None:
    """Takes a feature off the club's list, since it is planned."""
    await tx.execute(
        "DELETE FROM weekly_suggestions WHERE club_id = ? AND film = ? AND version = ? AND folded = ?",
        club_id,
        *feature.key,
    )


async def watched(tx: Transaction, club_id: int) -> Watched:
    """How often the club has watched what to the end of an evening."""
    rows = await tx.all(
        "SELECT film, version, title, count(*) AS times FROM watches WHERE club_id = ? AND state = 'finished' "
        "GROUP BY film, version, title",
        club_id,
    )
    times: dict[tuple[str, str, str], int] = {}
    for row in rows:
        key = Feature(row["film"], row["version"], row["title"], None).key
        times[key] = times.get(key, 0) + row["times"]
    return times


async def _vote(tx: Transaction, row: Row) -> Vote:
    standing = await tx.all(
        "SELECT * FROM weekly_candidates WHERE vote_id = ? ORDER BY number", row["vote_id"]
    )
    return Vote(
        vote_id=row["vote_id"],
        slot_id=row["slot_id"],
        date_id=row["date_id"],
        club_id=row["club_id"],
        channel_id=row["channel_id"],
        native=bool(row["native"]),
        opened_at=from_ms(row["opened_at"]),
        closes_at=from_ms(row["closes_at"]),
        candidates=tuple(
            Candidate(each["number"], _feature(each), each["suggested_by"], each["watched"], each["votes"])
            for each in standing
        ),
        closed_at=from_ms(row["closed_at"]) if row["closed_at"] is not None else None,
        people=row["people"],
        seed=row["seed"],
        message_id=row["message_id"],
        result_id=row["result_id"],
        watch_id=row["watch_id"],
    )


def _columns(feature: Feature) -> tuple[str, str, str, int | None]:
    return feature.film, feature.version, feature.title, feature.minutes


def _feature(row: Row) -> Feature:
    return Feature(row["film"], row["version"], row["title"], row["minutes"])
