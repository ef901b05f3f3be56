"""Reading watch-alongs, where they are shown, and what is left of them when they are over."""

from collections.abc import Callable, Collection
from datetime import datetime

from bot.domain.jobs import Job
from bot.domain.tissues.polls import Poll
from bot.domain.watch.attendees import Crowd
from bot.domain.watch.outcomes import Report
from bot.domain.watch.tape import Tape
from bot.domain.watch.tape import tape as make_tape
from bot.domain.watch.watch import RUNNING, State, Watch
from bot.services.watches import END, PANEL, POST, TAPE
from bot.storage import jobs, tissues, watch_members, watches
from bot.storage.engine import Database, Transaction

POSTED_AGAIN = 1  # times that a lost message comes back by itself
MOST_LISTED = 25  # options of a select or an autocomplete
AHEAD = frozenset({State.PLANNED}) | RUNNING


class WatchReports:
    """Everything that reads evenings, and the notes on where they are shown."""

    def __init__(self, db: Database, wake: Callable[[], None]) -> None:
        self._db = db
        self._wake = wake

    async def watch(self, watch_id: int) -> Watch | None:
        return await self._db.read(lambda tx: watches.load(tx, watch_id))

    async def with_crowd(self, watch_id: int) -> tuple[Watch, Crowd] | None:
        """An evening and how many are at it, as one moment has them."""

        async def look(tx: Transaction) -> tuple[Watch, Crowd] | None:
            watch = await watches.load(tx, watch_id)
            return (watch, await watch_members.crowd(tx, watch_id)) if watch else None

        return await self._db.read(look)

    async def ahead(self, club_id: int, states: Collection[State] = AHEAD) -> list[Watch]:
        """What is planned or running in the club, the earliest first."""
        return await self._db.read(lambda tx: watches.of_club(tx, club_id, sorted(states), MOST_LISTED))

    async def finished(self, club_id: int) -> list[Watch]:
        """The club's finished evenings, the latest first."""
        return await self._db.read(lambda tx: watches.finished(tx, club_id, MOST_LISTED))

    async def running(self) -> list[int]:
        """The evenings of all clubs that are running."""
        return await self._db.read(watches.running)

    async def report(self, watch_id: int) -> Report | None:
        """What may be seen of a finished evening at this moment."""

        async def look(tx: Transaction) -> Report | None:
            watch = await watches.load(tx, watch_id)
            if watch is None or watch.state is not State.FINISHED:
                return None
            crowd = await watch_members.crowd(tx, watch_id)
            poll = await tissues.load(tx, watch.poll_id) if watch.poll_id else None
            # until its poll is there nobody knows whether that hides the counts
            sealed = _seals(poll) if poll else crowd.watching > 0 and await jobs.pending(tx, END, watch_id)
            return Report(watch, crowd, None if sealed else await watches.tape(tx, watch_id), sealed)

        return await self._db.read(look)

    async def wrap_up(self, watch_id: int) -> Tape | None:
        """Keeps the tape of a finished evening; None for one that isn't."""

        async def keep(tx: Transaction) -> Tape | None:
            watch = await watches.load(tx, watch_id)
            if watch is None or watch.state is not State.FINISHED:
                return None
            made = make_tape(
                watch.feature.length,
                await watch_members.taps(tx, watch_id),
                await watches.spells(tx, watch_id),
                await watch_members.joined(tx, watch_id),
            )
            await watches.put_tape(tx, watch, made)
            return await watches.tape(tx, watch_id)

        return await self._db.write(keep)

    async def poll_opened(self, watch: Watch, poll: Poll, now: datetime) -> None:
        """Remembers the evening's poll; where that hides nothing, asks for the tape at once."""

        async def note(tx: Transaction) -> None:
            await watches.note(tx, watch.watch_id, "poll_id", poll.poll_id)
            if not _seals(poll):
                await _ask_for_tape(tx, watch, poll.generation, now)

        await self._db.write(note)
        self._wake()

    async def poll_closed(self, job: Job) -> None:
        """A poll's result was shown: the tapes of its evenings may follow."""

        async def follow(tx: Transaction) -> None:
            for watch in await watches.of_poll(tx, job.subject):
                await _ask_for_tape(tx, watch, job.generation, job.due_at)

        await self._db.write(follow)
        self._wake()

    async def note(self, watch_id: int, column: str, found: int) -> None:
        """Remembers where something of the evening stands: its announcement (`message_id`), `panel_id`, `tape_id`
        or `event_id`."""
        await self._db.write(lambda tx: watches.note(tx, watch_id, column, found))

    async def message_lost(self, watch: Watch, column: str, message_id: int, now: datetime) -> None:
        """The announcement (`message_id`) or the panel (`panel_id`) was deleted: asks for another, once."""
        kind = {"message_id": POST, "panel_id": PANEL}[column]

        async def note(tx: Transaction) -> None:
            generation = await jobs.next_generation(tx, kind, watch.watch_id)
            if generation <= POSTED_AGAIN and await watches.forget(tx, watch.watch_id, column, message_id):
                await jobs.schedule(
                    tx, kind, watch.watch_id, generation=generation, club_id=watch.club_id, due_at=now
                )

        await self._db.write(note)
        self._wake()

    async def forget_taps(self, watch_id: int) -> int:
        """Drops the single taps of an evening whose tape is kept; how many there were."""
        return await self._db.write(lambda tx: watch_members.forget_taps(tx, watch_id))


def _seals(poll: Poll | None) -> bool:
    """Whether nothing may be told of the tissues yet."""
    return poll is not None and poll.open and not poll.live


async def _ask_for_tape(tx: Transaction, watch: Watch, generation: int, now: datetime) -> None:
    await jobs.schedule(tx, TAPE, watch.watch_id, generation=generation, club_id=watch.club_id, due_at=now)
