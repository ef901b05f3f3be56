"""Weekly slots, what became of their dates, and a club's quiet hours."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from msgspec import Struct

from bot.domain.recurrence import WeeklyTime
from bot.domain.weekly.occurrences import Posting, State
from bot.domain.weekly.slots import Kind, Pause, Quiet, Reason, Slot, Voting
from bot.storage import clubs
from bot.storage.engine import Row, Transaction, from_ms, to_ms

_MINUTE = timedelta(minutes=1)


class NewSlot(Struct, frozen=True):
    """A slot as it is asked for."""

    club_id: int
    channel_id: int
    kind: Kind
    when: WeeklyTime
    grace: timedelta
    voting: Voting
    made_by: int


async def add(tx: Transaction, new: NewSlot, next_day: date) -> Slot:
    row = await tx.one(
        "INSERT INTO weekly_slots (club_id, channel_id, kind, weekday, minute, zone, grace, open_for, native, plans, "
        "made_by, next_day) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING *",
        new.club_id,
        new.channel_id,
        new.kind,
        new.when.weekday,
        _minute(new.when.time),
        new.when.zone,
        new.grace // _MINUTE,
        new.voting.open_for // _MINUTE,
        int(new.voting.native),
        int(new.voting.plans),
        new.made_by,
        next_day.isoformat(),
    )
    assert row is not None, "an insert without a conflict clause returns its row or raises"
    return _slot(row)


async def load(tx: Transaction, slot_id: int) -> Slot | None:
    row = await tx.one("SELECT * FROM weekly_slots WHERE slot_id = ?", slot_id)
    return _slot(row) if row else None


async def of_club(tx: Transaction, club_id: int) -> list[Slot]:
    """The club's slots in the order of the week."""
    rows = await tx.all(
        "SELECT * FROM weekly_slots WHERE club_id = ? ORDER BY weekday, minute, slot_id", club_id
    )
    return [_slot(row) for row in rows]


async def in_channel(tx: Transaction, channel_id: int) -> list[Slot]:
    rows = await tx.all("SELECT * FROM weekly_slots WHERE channel_id = ?", channel_id)
    return [_slot(row) for row in rows]


async def resting(tx: Transaction, why: Reason) -> list[Slot]:
    """The slots of all clubs that rest for this reason, unless it was told."""
    rows = await tx.all("SELECT * FROM weekly_slots WHERE rests = ? AND told IS NOT turn", why)
    return [_slot(row) for row in rows]


async def note_told(tx: Transaction, slot_ids: Collection[int]) -> None:
    """Remembers that the rest of these slots was told."""
    await tx.many("UPDATE weekly_slots SET told = turn WHERE slot_id = ?", [(each,) for each in slot_ids])


async def save(tx: Transaction, slot: Slot) -> None:
    """Stores everything a slot's settings and steps can change."""
    rests = slot.pause
    await tx.execute(
        "UPDATE weekly_slots SET channel_id = ?, weekday = ?, minute = ?, zone = ?, grace = ?, open_for = ?, "
        "native = ?, plans = ?, made_by = ?, next_day = ?, turn = ?, rests = ?, rests_until = ? WHERE slot_id = ?",
        slot.channel_id,
        slot.when.weekday,
        _minute(slot.when.time),
        slot.when.zone,
        slot.grace // _MINUTE,
        slot.voting.open_for // _MINUTE,
        int(slot.voting.native),
        int(slot.voting.plans),
        slot.made_by,
        slot.next_day.isoformat(),
        slot.turn,
        rests.why if rests else None,
        to_ms(rests.until) if rests and rests.until else None,
        slot.slot_id,
    )


async def remove(tx: Transaction, slot_id: int) -> None:
    await tx.execute("DELETE FROM weekly_slots WHERE slot_id = ?", slot_id)


async def add_date(
    tx: Transaction, slot: Slot, day: date | None, due_at: datetime, state: State, *, by_hand: bool = False
) -> Posting | None:
    """Notes a date; None where something became of that day before."""
    row = await tx.one(
        "INSERT INTO weekly_dates (slot_id, club_id, day, due_at, by_hand, state) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (slot_id, day) DO NOTHING RETURNING *",
        slot.slot_id,
        slot.club_id,
        day.isoformat() if day else None,
        to_ms(due_at),
        int(by_hand),
        state,
    )
    return _posting(row) if row else None


async def take_date(
    tx: Transaction, slot: Slot, day: date | None, due_at: datetime, *, by_hand: bool = False
) -> Posting | None:
    """Takes up a date, one that came to nothing, too; None where it is taken."""
    if day:
        await tx.execute(
            "DELETE FROM weekly_dates WHERE slot_id = ? AND day = ? AND state IN ('empty', 'missed', 'failed')",
            slot.slot_id,
            day.isoformat(),
        )
    return await add_date(tx, slot, day, due_at, State.DUE, by_hand=by_hand)


async def drop_date(tx: Transaction, date_id: int) -> None:
    """Lets a date come as if nothing had been done about it."""
    await tx.execute("DELETE FROM weekly_dates WHERE date_id = ? AND state = 'due'", date_id)


async def load_date(tx: Transaction, date_id: int) -> Posting | None:
    row = await tx.one("SELECT * FROM weekly_dates WHERE date_id = ?", date_id)
    return _posting(row) if row else None


async def note_date(
    tx: Transaction, date_id: int, state: State, *, subject: str | None = None, message_id: int | None = None
) -> bool:
    """What became of a date that was due; whether this call was the one to say so."""
    touched = await tx.execute(
        "UPDATE weekly_dates SET state = ?, subject = coalesce(?, subject), message_id = coalesce(?, message_id) "
        "WHERE date_id = ? AND state = 'due'",
        state,
        subject,
        message_id,
        date_id,
    )
    return touched == 1


async def note_subject(tx: Transaction, date_id: int, subject: str) -> None:
    await tx.execute("UPDATE weekly_dates SET subject = ? WHERE date_id = ?", subject, date_id)


async def unskip(tx: Transaction, slot_id: int, day: date) -> bool:
    """Takes a skip back; whether there was one."""
    touched = await tx.execute(
        "DELETE FROM weekly_dates WHERE slot_id = ? AND day = ? AND state = 'skipped'",
        slot_id,
        day.isoformat(),
    )
    return touched == 1


async def handled(tx: Transaction, slot_id: int, since: date) -> dict[date, State]:
    """What became of each day from `since` on."""
    rows = await tx.all(
        "SELECT day, state FROM weekly_dates WHERE slot_id = ? AND day >= ?", slot_id, since.isoformat()
    )
    return {date.fromisoformat(row["day"]): State(row["state"]) for row in rows}


async def last(tx: Transaction, slot_id: int, now: datetime) -> Posting | None:
    """The last date that came."""
    row = await tx.one(
        "SELECT * FROM weekly_dates WHERE slot_id = ? AND due_at <= ? AND state <> 'due' "
        "ORDER BY due_at DESC, date_id DESC",
        slot_id,
        to_ms(now),
    )
    return _posting(row) if row else None


async def subjects(tx: Transaction, channel_id: int, kind: Kind) -> list[str]:
    """What slots of this kind have posted in a channel, the latest first."""
    rows = await tx.all(
        "SELECT d.subject FROM weekly_dates d JOIN weekly_slots s ON s.slot_id = d.slot_id "
        "WHERE s.channel_id = ? AND s.kind = ? AND d.subject IS NOT NULL ORDER BY d.date_id DESC",
        channel_id,
        kind,
    )
    return [row["subject"] for row in rows]


async def quiet(tx: Transaction, club_id: int) -> Quiet | None:
    row = await tx.one("SELECT * FROM weekly_quiet WHERE club_id = ?", club_id)
    if row is None:
        return None
    club = await clubs.load(tx, club_id)
    return Quiet(_time(row["start_minute"]), _time(row["end_minute"]), club.zone)


async def set_quiet(tx: Transaction, club_id: int, hours: tuple[time, time] | None) -> None:
    await tx.execute("DELETE FROM weekly_quiet WHERE club_id = ?", club_id)
    if hours is not None:
        await tx.execute(
            "INSERT INTO weekly_quiet (club_id, start_minute, end_minute) VALUES (?, ?, ?)",
            club_id,
            *map(_minute, hours),
        )


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _time(minute: int) -> time:
    return time(*divmod(minute, 60))


def _slot(row: Row) -> Slot:
    until = row["rests_until"]
    rests = (
        Pause(Reason(row["rests"]), from_ms(until) if until is not None else None) if row["rests"] else None
    )
    return Slot(
        slot_id=row["slot_id"],
        club_id=row["club_id"],
        channel_id=row["channel_id"],
        kind=Kind(row["kind"]),
        when=WeeklyTime(row["weekday"], _time(row["minute"]), row["zone"]),
        grace=row["grace"] * _MINUTE,
        voting=Voting(row["open_for"] * _MINUTE, bool(row["native"]), bool(row["plans"])),
        made_by=row["made_by"],
        next_day=date.fromisoformat(row["next_day"]),
        turn=row["turn"],
        pause=rests,
    )


def _posting(row: Row) -> Posting:
    return Posting(
        date_id=row["date_id"],
        slot_id=row["slot_id"],
        club_id=row["club_id"],
        day=date.fromisoformat(row["day"]) if row["day"] else None,
        due_at=from_ms(row["due_at"]),
        by_hand=bool(row["by_hand"]),
        state=State(row["state"]),
        subject=row["subject"],
        message_id=row["message_id"],
    )
