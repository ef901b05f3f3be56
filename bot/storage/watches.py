"""Watch-alongs: their steps, where they are shown, the stretches that were played and the finished tape."""

from collections.abc import Collection
from datetime import datetime, timedelta

from msgspec import Struct

from bot.domain.watch.clock import FilmClock
from bot.domain.watch.tape import Tape
from bot.domain.watch.taps import Spell
from bot.domain.watch.watch import Feature, State, Watch
from bot.storage.engine import Row, Transaction, from_ms, to_ms

_MS = timedelta(milliseconds=1)
SHOWN_IN = frozenset({"message_id", "panel_id", "tape_id", "event_id", "poll_id"})


class NewWatch(Struct, frozen=True):
    """An evening as it is asked for; `venue_id` is a voice channel, `role_id` whom the reminder pings."""

    club_id: int
    channel_id: int
    host_id: int
    feature: Feature
    planned_for: datetime
    venue_id: int | None = None
    role_id: int | None = None


async def add(tx: Transaction, new: NewWatch, now: datetime) -> Watch:
    """Notes a draft."""
    row = await tx.one(
        "INSERT INTO watches (club_id, channel_id, venue_id, role_id, host_id, film, version, title, length, "
        "planned_for, state, since) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'draft', ?) RETURNING *",
        new.club_id,
        new.channel_id,
        new.venue_id,
        new.role_id,
        new.host_id,
        new.feature.film,
        new.feature.version,
        new.feature.title,
        new.feature.length // _MS,
        to_ms(new.planned_for),
        to_ms(now),
    )
    assert row is not None, "an insert without a conflict clause returns its row or raises"
    return watch_of(row)


async def load(tx: Transaction, watch_id: int) -> Watch | None:
    row = await tx.one("SELECT * FROM watches WHERE watch_id = ?", watch_id)
    return watch_of(row) if row else None


async def of_club(tx: Transaction, club_id: int, states: Collection[State], most: int) -> list[Watch]:
    """The club's evenings in these states, the earliest first."""
    rows = await tx.all(
        f"SELECT * FROM watches WHERE club_id = ? AND state IN ({_places(states)}) "  # noqa: S608 - only `?`
        "ORDER BY planned_for, watch_id LIMIT ?",
        club_id,
        *states,
        most,
    )
    return [watch_of(row) for row in rows]


async def finished(tx: Transaction, club_id: int, most: int) -> list[Watch]:
    """The club's finished evenings, the latest first."""
    rows = await tx.all(
        "SELECT * FROM watches WHERE club_id = ? AND state = 'finished' ORDER BY since DESC, watch_id DESC LIMIT ?",
        club_id,
        most,
    )
    return [watch_of(row) for row in rows]


async def forget(tx: Transaction, watch_id: int, column: str, message_id: int) -> bool:
    """Forgets that something of the evening stands there; whether it was known to."""
    assert column in SHOWN_IN, column
    touched = await tx.execute(
        f"UPDATE watches SET {column} = NULL WHERE watch_id = ? AND {column} = ?",  # noqa: S608 - checked above
        watch_id,
        message_id,
    )
    return touched == 1


async def latest_of(
    tx: Transaction, club_id: int, film: str, version: str, title: str, since: datetime
) -> Watch | None:
    """The club's last evening after `since` with this version or free title, unless it was called off or is a draft."""
    rows = await tx.all(
        "SELECT * FROM watches WHERE club_id = ? AND planned_for > ? AND film = ? AND version = ? "
        "AND state NOT IN ('draft', 'cancelled') ORDER BY planned_for DESC, watch_id DESC",
        club_id,
        to_ms(since),
        film,
        version,
    )
    return next(
        (watch_of(row) for row in rows if version or row["title"].casefold() == title.casefold()), None
    )


async def running(tx: Transaction) -> list[int]:
    """The evenings of all clubs that are running."""
    rows = await tx.all("SELECT watch_id FROM watches WHERE state IN ('lobby', 'playing', 'paused')")
    return [row["watch_id"] for row in rows]


async def in_channel(tx: Transaction, channel_id: int) -> list[Watch]:
    """What is planned or running in a channel."""
    rows = await tx.all(
        "SELECT * FROM watches WHERE channel_id = ? AND state NOT IN ('finished', 'cancelled')", channel_id
    )
    return [watch_of(row) for row in rows]


async def running_in(tx: Transaction, channel_id: int) -> Watch | None:
    row = await tx.one(
        "SELECT * FROM watches WHERE channel_id = ? AND state IN ('lobby', 'playing', 'paused')", channel_id
    )
    return watch_of(row) if row else None


async def of_poll(tx: Transaction, poll_id: int) -> list[Watch]:
    """The finished evenings whose tissue poll this is: two that showed the same version share one."""
    rows = await tx.all("SELECT * FROM watches WHERE poll_id = ?", poll_id)
    return [watch_of(row) for row in rows]


async def save(tx: Transaction, before: Watch, after: Watch, now: datetime) -> None:
    """Stores a step and, where it ends a stretch of film, that stretch."""
    spell = before.spell(now)
    if spell is not None and after.clock != before.clock:
        await _add_spell(tx, after, spell)
    clock, feature = after.clock, after.feature
    await tx.execute(
        "UPDATE watches SET state = ?, since = ?, position = ?, playing_since = ?, started_at = ?, resting = ?, "
        "turn = ?, plan = ?, planned_for = ?, host_id = ?, film = ?, version = ?, title = ?, length = ? "
        "WHERE watch_id = ?",
        after.state,
        to_ms(after.since),
        clock.offset // _MS,
        _ms(clock.playing_since),
        _ms(after.started_at),
        int(after.resting),
        after.turn,
        after.plan,
        to_ms(after.planned_for),
        after.host_id,
        feature.film,
        feature.version,
        feature.title,
        feature.length // _MS,
        after.watch_id,
    )


async def note(tx: Transaction, watch_id: int, column: str, found: int) -> None:
    """Remembers where something of the evening stands (`column` is one of SHOWN_IN); the first stays the one."""
    assert column in SHOWN_IN, column
    await tx.execute(
        f"UPDATE watches SET {column} = ? WHERE watch_id = ? AND {column} IS NULL",  # noqa: S608 - checked above
        found,
        watch_id,
    )


async def spells(tx: Transaction, watch_id: int) -> list[Spell]:
    rows = await tx.all("SELECT * FROM watch_spells WHERE watch_id = ? ORDER BY began_at", watch_id)
    return [Spell(_MS * row["position"], from_ms(row["began_at"]), from_ms(row["ended_at"])) for row in rows]


async def put_tape(tx: Transaction, watch: Watch, tape: Tape) -> None:
    """Keeps the tape of a finished evening; a second time changes nothing."""
    await tx.many(
        "INSERT INTO watch_minutes (watch_id, minute, club_id, taps) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [(watch.watch_id, minute, watch.club_id, taps) for minute, taps in enumerate(tape.minutes)],
    )


async def tape(tx: Transaction, watch_id: int) -> Tape | None:
    """The kept tape; None where the evening has none."""
    rows = await tx.all("SELECT taps FROM watch_minutes WHERE watch_id = ? ORDER BY minute", watch_id)
    return Tape(tuple(row["taps"] for row in rows)) if rows else None


async def _add_spell(tx: Transaction, watch: Watch, spell: Spell) -> None:
    await tx.execute(
        "INSERT INTO watch_spells (watch_id, began_at, club_id, ended_at, position) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT DO NOTHING",
        watch.watch_id,
        to_ms(spell.began),
        watch.club_id,
        to_ms(spell.ended),
        spell.position // _MS,
    )


def watch_of(row: Row) -> Watch:
    """The evening in a row of `watches`."""
    length = _MS * row["length"]
    return Watch(
        watch_id=row["watch_id"],
        club_id=row["club_id"],
        channel_id=row["channel_id"],
        feature=Feature(row["film"], row["version"], row["title"], length),
        host_id=row["host_id"],
        planned_for=from_ms(row["planned_for"]),
        state=State(row["state"]),
        since=from_ms(row["since"]),
        clock=FilmClock(length, _MS * row["position"], when(row["playing_since"])),
        turn=row["turn"],
        plan=row["plan"],
        resting=bool(row["resting"]),
        venue_id=row["venue_id"],
        role_id=row["role_id"],
        event_id=row["event_id"],
        message_id=row["message_id"],
        panel_id=row["panel_id"],
        tape_id=row["tape_id"],
        poll_id=row["poll_id"],
        started_at=when(row["started_at"]),
    )


def when(milliseconds: int | None) -> datetime | None:
    """A moment that a column may lack."""
    return None if milliseconds is None else from_ms(milliseconds)


def _ms(at: datetime | None) -> int | None:
    return None if at is None else to_ms(at)


def _places(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))
