"""Polls for tests: a club, some members, and what the database holds beside what it counts."""

from collections import Counter
from datetime import datetime, timedelta

from bot.domain.tissues.outcomes import Opened
from bot.domain.tissues.polls import Poll
from bot.services.tissues import NewPoll, Tissues
from bot.storage.engine import Database, Transaction
from tests.services.times import NOW

CLUB, OTHER_CLUB, CHANNEL, HOST = 7, 8, 70, 500
HOUR = timedelta(hours=1)
LATER = NOW + HOUR


def new_poll(
    version: str = "tr2019",
    *,
    club: int = CLUB,
    live: bool = False,
    closes_at: datetime = NOW + 48 * HOUR,
    evening: str | None = None,
) -> NewPoll:
    return NewPoll(club, CHANNEL, "miracle", version, live, HOST, closes_at, evening)


async def opened(
    tissues: Tissues, version: str = "tr2019", *, live: bool = False, now: datetime = NOW
) -> Poll:
    outcome = await tissues.open(new_poll(version, live=live, closes_at=now + 48 * HOUR), now)
    assert isinstance(outcome, Opened)
    return outcome.poll


async def voted(tissues: Tissues, poll: Poll, *ballots: int, now: datetime = NOW) -> None:
    """Members 1, 2, 3 and so on give these numbers."""
    for member, number in enumerate(ballots, 1):
        await tissues.cast(poll.poll_id, poll.club_id, member, number, now)


async def ballots(db: Database, poll_id: int) -> list[tuple[int | None, int]]:
    """(member, tissues) of every row, by number and then by member."""

    async def look(tx: Transaction) -> list[tuple[int | None, int]]:
        rows = await tx.all("SELECT member_id, tissues FROM tissue_ballots WHERE poll_id = ?", poll_id)
        return sorted(((row["member_id"], row["tissues"]) for row in rows), key=lambda b: (b[1], b[0] or 0))

    return await db.read(look)


async def counted(db: Database, poll_id: int) -> Counter[int]:
    """The counts kept beside the rows, as they are stored."""

    async def look(tx: Transaction) -> Counter[int]:
        rows = await tx.all("SELECT tissues, people FROM tissue_counts WHERE poll_id = ?", poll_id)
        return Counter({row["tissues"]: row["people"] for row in rows if row["people"]})

    return await db.read(look)
