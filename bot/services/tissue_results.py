"""What anybody may see of tissue polls: while one is open and hidden, nothing but how many have answered."""

from datetime import datetime

from bot.domain.tissues.comparing import NONE, Comparisons, Tally, by_version, compare
from bot.domain.tissues.counts import Counts
from bot.domain.tissues.polls import Poll
from bot.domain.tissues.results import Board, Figures, PeopleOnly, Recount, Result
from bot.storage import tissue_counts, tissues
from bot.storage.engine import Database, Transaction

MOST_LISTED = 25  # options of a select or an autocomplete
BOARD_ROWS = 10


class TissueResults:
    """Everything that reads polls, and the notes on where they are shown."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def result(self, poll_id: int) -> Result | None:
        """What may be seen of the poll at this moment; None where there is none."""

        async def look(tx: Transaction) -> Result | None:
            poll = await tissues.load(tx, poll_id)
            return await _seen(tx, poll) if poll else None

        return await self._db.read(look)

    async def versions(self, club_id: int, film: str) -> tuple[Tally, ...]:
        """What the club's closed polls came to, version by version, most tissues per person first."""

        async def look(tx: Transaction) -> tuple[Tally, ...]:
            return by_version(
                tally for tally in await tissue_counts.closed_polls(tx, club_id, film) if tally.version
            )

        return await self._db.read(look)

    async def recount(self, poll_id: int) -> Recount | None:
        """Works the counts out anew from the ballots and compares; None where there is no such poll."""

        async def count(tx: Transaction) -> Recount | None:
            poll = await tissues.load(tx, poll_id)
            if poll is None:
                return None
            kept, found = await tissue_counts.kept(tx, poll_id), await tissue_counts.found(tx, poll_id)
            matches = kept == found
            if not poll.shows_figures(min(kept.people, found.people)):
                return Recount(poll, matches)
            return Recount(poll, matches, kept, found)

        return await self._db.read(count)

    async def board(self, club_id: int, member_id: int) -> Board:
        """The club's board as this member sees it."""

        async def look(tx: Transaction) -> Board:
            rows = await tissue_counts.board(tx, club_id, BOARD_ROWS)
            return Board(tuple(rows), await tissue_counts.on_board(tx, club_id, member_id))

        return await self._db.read(look)

    async def list_on_board(self, club_id: int, member_id: int, now: datetime, *, listed: bool) -> None:
        """Puts the member on the club's board, or takes them off it."""

        async def put(tx: Transaction) -> None:
            if listed:
                await tissue_counts.join_board(tx, club_id, member_id, now)
            else:
                await tissue_counts.leave_board(tx, club_id, member_id)

        await self._db.write(put)

    async def polls(self, club_id: int) -> list[Poll]:
        """The club's polls: the open ones first, then those closed last."""
        return await self._db.read(lambda tx: tissues.of_club(tx, club_id, most=MOST_LISTED))

    async def open_polls(self, club_id: int) -> list[Poll]:
        """The club's open polls, those closing soonest first."""
        return await self._db.read(lambda tx: tissues.open_in(tx, club_id))

    async def poll(self, poll_id: int) -> Poll | None:
        return await self._db.read(lambda tx: tissues.load(tx, poll_id))

    async def stale(self) -> list[int]:
        """Open polls whose message says another number of people than have answered."""
        return await self._db.read(tissues.stale)

    async def posted(self, poll_id: int, message_id: int) -> None:
        """Remembers where the poll stands."""
        await self._db.write(lambda tx: tissues.note_message(tx, poll_id, message_id))

    async def result_posted(self, poll_id: int, message_id: int) -> None:
        """Remembers where the result stands."""
        await self._db.write(lambda tx: tissues.note_result(tx, poll_id, message_id))

    async def result_gone(self, poll_id: int, message_id: int) -> None:
        """Forgets where the result stood."""
        await self._db.write(lambda tx: tissues.forget_result(tx, poll_id, message_id))

    async def shown(self, poll_id: int, people: int) -> None:
        """Remembers how many people the poll's message speaks of."""
        await self._db.write(lambda tx: tissues.note_shown(tx, poll_id, people))


async def _seen(tx: Transaction, poll: Poll) -> Result:
    """A hidden poll's counts are not even read."""
    people = await tissue_counts.people(tx, poll.poll_id)
    if not poll.shows_figures(people):
        return PeopleOnly(poll, people)
    counts = await tissue_counts.kept(tx, poll.poll_id)
    return Figures(poll, counts, await _comparisons(tx, poll, counts) if not poll.open else NONE)


async def _comparisons(tx: Transaction, poll: Poll, counts: Counts) -> Comparisons:
    earlier = await tissue_counts.closed_polls(tx, poll.club_id, before=poll.closed_at)
    return compare(Tally(poll.film, poll.version, counts.people, counts.total), earlier)
