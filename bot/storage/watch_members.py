"""Who is at an evening: coming, ready, watching, asking for a break, their copies and their taps."""

from datetime import datetime, timedelta

from bot.domain.watch.attendees import Attendee, Crowd
from bot.domain.watch.copies import OwnCopy, Reading
from bot.domain.watch.reminders import Reminder
from bot.domain.watch.taps import FEWEST_WATCHING
from bot.domain.watch.watch import Watch
from bot.storage.engine import Row, Transaction, to_ms
from bot.storage.watches import watch_of, when

_MS = timedelta(milliseconds=1)
_COPY = ("first_room", "first_shown", "last_room", "last_shown")


async def load_with(tx: Transaction, watch_id: int, member_id: int) -> tuple[Watch, Attendee] | None:
    """An evening and one member at it."""
    row = await tx.one(
        "SELECT w.*, m.member_id, m.coming_at, m.remind, m.ready_at, m.joined_at, m.vote, m.first_room, "
        "m.first_shown, m.last_room, m.last_shown, m.taps, m.tapped_at FROM watches w LEFT JOIN watch_members m "
        "ON m.watch_id = w.watch_id AND m.member_id = ? WHERE w.watch_id = ?",
        member_id,
        watch_id,
    )
    if row is None:
        return None
    there = row["member_id"] is not None
    return watch_of(row), _attendee(row) if there else Attendee(member_id)


async def say_coming(tx: Transaction, watch: Watch, member_id: int, now: datetime | None) -> None:
    """Notes that a member is coming since `now`, or (None) is not."""
    await tx.execute(
        "INSERT INTO watch_members (watch_id, member_id, club_id, coming_at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (watch_id, member_id) DO UPDATE SET coming_at = excluded.coming_at",
        watch.watch_id,
        member_id,
        watch.club_id,
        None if now is None else to_ms(now),
    )


async def wish_reminder(tx: Transaction, watch: Watch, member_id: int, *, on: bool) -> None:
    await tx.execute(
        "INSERT INTO watch_members (watch_id, member_id, club_id, remind) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (watch_id, member_id) DO UPDATE SET remind = excluded.remind",
        watch.watch_id,
        member_id,
        watch.club_id,
        int(on),
    )


async def say_ready(tx: Transaction, watch: Watch, member_id: int, now: datetime) -> None:
    """A member who is ready in the lobby watches from the start."""
    await tx.execute(
        "INSERT INTO watch_members (watch_id, member_id, club_id, ready_at, joined_at) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (watch_id, member_id) DO UPDATE SET ready_at = excluded.ready_at, "
        "joined_at = coalesce(watch_members.joined_at, excluded.joined_at)",
        watch.watch_id,
        member_id,
        watch.club_id,
        to_ms(now),
        to_ms(now),
    )


async def join(tx: Transaction, watch: Watch, member_id: int, now: datetime) -> None:
    """A member watches from now on, or as long as they do already."""
    await tx.execute(
        "INSERT INTO watch_members (watch_id, member_id, club_id, joined_at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (watch_id, member_id) DO UPDATE SET "
        "joined_at = coalesce(watch_members.joined_at, excluded.joined_at)",
        watch.watch_id,
        member_id,
        watch.club_id,
        to_ms(now),
    )


async def set_copy(tx: Transaction, watch: Watch, member_id: int, copy: OwnCopy) -> None:
    assert copy.first is not None, "a copy is kept once it was read"
    assert copy.last is not None, "a copy is kept once it was read"
    moments = (copy.first.room, copy.first.shown, copy.last.room, copy.last.shown)
    await tx.execute(
        "UPDATE watch_members SET first_room = ?, first_shown = ?, last_room = ?, last_shown = ? "
        "WHERE watch_id = ? AND member_id = ?",
        *(moment // _MS for moment in moments),
        watch.watch_id,
        member_id,
    )


async def tap(tx: Transaction, watch: Watch, member: Attendee, position: timedelta, now: datetime) -> None:
    """Records a press; whoever taps watches."""
    await tx.execute(
        "INSERT INTO watch_taps (watch_id, member_id, club_id, tapped_at, position) VALUES (?, ?, ?, ?, ?)",
        watch.watch_id,
        member.member_id,
        watch.club_id,
        to_ms(now),
        position // _MS,
    )
    await tx.execute(
        "INSERT INTO watch_members (watch_id, member_id, club_id, joined_at, taps, tapped_at) "
        "VALUES (?, ?, ?, ?, 1, ?) ON CONFLICT (watch_id, member_id) DO UPDATE SET "
        "taps = watch_members.taps + 1, tapped_at = excluded.tapped_at, "
        "joined_at = coalesce(watch_members.joined_at, excluded.joined_at)",
        watch.watch_id,
        member.member_id,
        watch.club_id,
        to_ms(now),
        to_ms(now),
    )


async def vote(tx: Transaction, watch: Watch, member_id: int, now: datetime) -> tuple[int, int]:
    """Asks for a break in this turn of the evening; how many have, and how many watch."""
    await tx.execute(
        "INSERT INTO watch_members (watch_id, member_id, club_id, joined_at, vote) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (watch_id, member_id) DO UPDATE SET vote = excluded.vote, "
        "joined_at = coalesce(watch_members.joined_at, excluded.joined_at)",
        watch.watch_id,
        member_id,
        watch.club_id,
        to_ms(now),
        watch.turn,
    )
    row = await tx.one(
        "SELECT count(CASE WHEN vote = ? THEN 1 END) AS asked, count(joined_at) AS watching "
        "FROM watch_members WHERE watch_id = ?",
        watch.turn,
        watch.watch_id,
    )
    return (row["asked"], row["watching"]) if row else (0, 0)


async def crowd(tx: Transaction, watch_id: int) -> Crowd:
    """How many; the sum of taps only where enough watch, and from then on: before, it would tell whose they are."""
    row = await tx.one(
        "SELECT count(coming_at) AS coming, count(ready_at) AS ready, count(joined_at) AS watching "
        "FROM watch_members WHERE watch_id = ?",
        watch_id,
    )
    assert row is not None, "an aggregate always has a row"
    return Crowd(row["coming"], row["ready"], row["watching"], await _shown_taps(tx, watch_id))


async def _shown_taps(tx: Transaction, watch_id: int) -> int | None:
    enough = await tx.one(
        "SELECT joined_at FROM watch_members WHERE watch_id = ? AND joined_at IS NOT NULL "
        "ORDER BY joined_at LIMIT 1 OFFSET ?",
        watch_id,
        FEWEST_WATCHING - 1,
    )
    if enough is None:
        return None
    row = await tx.one(
        "SELECT count(*) AS taps FROM watch_taps WHERE watch_id = ? AND tapped_at >= ?",
        watch_id,
        enough["joined_at"],
    )
    return int(row["taps"]) if row else 0


async def to_remind(tx: Transaction, watch: Watch, reminder: Reminder) -> list[int]:
    """Who asked for a message of their own and hasn't had this reminder of this plan."""
    rows = await tx.all(
        "SELECT member_id FROM watch_members WHERE watch_id = ? AND remind = 1 "
        "AND coalesce(reminded, '') <> ? ORDER BY member_id",
        watch.watch_id,
        _had(watch, reminder),
    )
    return [row["member_id"] for row in rows]


async def reminded(tx: Transaction, watch: Watch, reminder: Reminder, member_id: int) -> None:
    await tx.execute(
        "UPDATE watch_members SET reminded = ? WHERE watch_id = ? AND member_id = ?",
        _had(watch, reminder),
        watch.watch_id,
        member_id,
    )


async def say_seen(tx: Transaction, watch: Watch, member_id: int, *, to_the_end: bool) -> bool:
    """Notes an attendee's answer to whether they saw it all; False for somebody who wasn't watching."""
    touched = await tx.execute(
        "UPDATE watch_members SET saw_end = ? WHERE watch_id = ? AND member_id = ? AND joined_at IS NOT NULL",
        int(to_the_end),
        watch.watch_id,
        member_id,
    )
    return touched == 1


async def joined(tx: Transaction, watch_id: int) -> list[datetime]:
    """When each watcher joined."""
    rows = await tx.all(
        "SELECT joined_at FROM watch_members WHERE watch_id = ? AND joined_at IS NOT NULL", watch_id
    )
    return [at for row in rows if (at := when(row["joined_at"])) is not None]


async def taps(tx: Transaction, watch_id: int) -> list[timedelta]:
    """The film positions of all taps."""
    rows = await tx.all("SELECT position FROM watch_taps WHERE watch_id = ?", watch_id)
    return [_MS * row["position"] for row in rows]


async def forget_taps(tx: Transaction, watch_id: int) -> int:
    """Drops the single taps of an evening; how many there were."""
    return await tx.execute("DELETE FROM watch_taps WHERE watch_id = ?", watch_id)


def _had(watch: Watch, reminder: Reminder) -> str:
    return f"{watch.plan}:{reminder}"


def _attendee(row: Row) -> Attendee:
    return Attendee(
        member_id=row["member_id"],
        coming=row["coming_at"] is not None,
        remind=bool(row["remind"]),
        ready=row["ready_at"] is not None,
        joined_at=when(row["joined_at"]),
        vote=row["vote"],
        copy=_copy(row),
        taps=row["taps"],
        tapped_at=when(row["tapped_at"]),
    )


def _copy(row: Row) -> OwnCopy:
    if row["first_room"] is None:
        return OwnCopy()
    first_room, first_shown, last_room, last_shown = (_MS * row[column] for column in _COPY)
    return OwnCopy(Reading(first_room, first_shown), Reading(last_room, last_shown))
