"""A watch-along from plan to end. Each step is one transaction that also asks for what follows from it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from msgspec.structs import replace

from bot.domain.watch.outcomes import ChannelTaken, Moved, NoSuchWatch, NotNow, Step
from bot.domain.watch.reminders import Reminder, ahead_of
from bot.domain.watch.taps import KEPT
from bot.domain.watch.watch import Feature, State, Watch
from bot.storage import jobs, watches
from bot.storage.engine import Database, Operation, Transaction
from bot.storage.watches import NewWatch

POST = "watch-post"
REDRAW = "watch-redraw"
EVENT = "watch-event"
PANEL = "watch-panel"
ZERO = "watch-zero"
LAPSE = "watch-lapse"
END = "watch-end"
TAPE = "watch-tape"
FORGET = "watch-forget"
ONCE = frozenset({POST, PANEL, END, FORGET})  # asked for once in an evening, whatever its turn
REMIND = {Reminder.DAY: "watch-remind-day", Reminder.SOON: "watch-remind-soon"}

__all__ = [
    "END", "EVENT", "FORGET", "LAPSE", "PANEL", "POST", "REDRAW", "REMIND", "TAPE", "ZERO", "NewWatch", "Watches",
]  # fmt: skip

T = TypeVar("T")
Take = Callable[[Watch, datetime], Watch | None]


class Watches:
    """Everything that moves an evening on; `wake` tells the runner that a job was asked for."""

    def __init__(self, db: Database, wake: Callable[[], None]) -> None:
        self._db = db
        self._wake = wake

    async def draft(self, new: NewWatch, now: datetime) -> Watch:
        """Notes an evening that its host has still to confirm."""

        async def add(tx: Transaction) -> Watch:
            watch = await watches.add(tx, new, now)
            await _time_lapse(tx, watch, now)
            return watch

        return await self._write_and_wake(add)

    async def confirm(self, watch_id: int, club_id: int, now: datetime) -> Step:
        """Makes a draft a plan that everybody is told of."""
        return await self._take(watch_id, club_id, Watch.confirm, now)

    async def move(self, watch_id: int, club_id: int, plan: int, at: datetime, now: datetime) -> Step:
        """Moves a planned evening, if it still stands as in this `plan`."""

        def replan(watch: Watch, now: datetime) -> Watch | None:
            return watch.replan(at, now) if watch.plan == plan else None

        return await self._take(watch_id, club_id, replan, now)

    async def change(self, watch_id: int, club_id: int, feature: Feature, now: datetime) -> Step:
        """Shows something else on a planned evening."""

        def other(watch: Watch, _: datetime) -> Watch | None:
            if watch.state is not State.PLANNED:
                return None
            clock = replace(watch.clock, length=feature.length)
            return replace(watch, feature=feature, clock=clock, turn=watch.turn + 1)

        return await self._take(watch_id, club_id, other, now)

    async def hand_over(self, watch_id: int, club_id: int, host_id: int, now: datetime) -> Step:
        """Names another host."""

        def named(watch: Watch, _: datetime) -> Watch | None:
            return None if watch.over else replace(watch, host_id=host_id, turn=watch.turn + 1)

        return await self._take(watch_id, club_id, named, now)

    async def open_lobby(self, watch_id: int, club_id: int, now: datetime) -> Step:
        """Opens the doors; one evening at a time in a channel."""
        return await self._take(watch_id, club_id, Watch.open_lobby, now)

    async def start(self, watch_id: int, club_id: int, now: datetime) -> Step:
        return await self._take(watch_id, club_id, Watch.start, now)

    async def pause(self, watch_id: int, club_id: int, now: datetime) -> Step:
        return await self._take(watch_id, club_id, Watch.pause, now)

    async def resume(self, watch_id: int, club_id: int, now: datetime) -> Step:
        return await self._take(watch_id, club_id, Watch.resume, now)

    async def seek(self, watch_id: int, club_id: int, to: timedelta, now: datetime) -> Step:
        return await self._take(watch_id, club_id, lambda watch, now: watch.seek(to, now), now)

    async def finish(self, watch_id: int, club_id: int, now: datetime) -> Step:
        return await self._take(watch_id, club_id, Watch.finish, now)

    async def discard(self, watch_id: int, club_id: int, now: datetime) -> Step:
        """Drops a draft: nobody has heard of it."""

        def dropped(watch: Watch, now: datetime) -> Watch | None:
            return watch.cancel(now) if watch.state is State.DRAFT else None

        return await self._take(watch_id, club_id, dropped, now)

    async def cancel(self, watch_id: int, club_id: int, now: datetime) -> Step:
        return await self._take(watch_id, club_id, Watch.cancel, now)

    async def lapse(self, watch_id: int, club_id: int, now: datetime) -> Step:
        """Ends an evening whose time is over."""
        return await self._take(watch_id, club_id, lambda _watch, _now: None, now)

    async def leave_channel(self, channel_id: int, now: datetime) -> list[Watch]:
        """The channel is gone: ends what was planned or running there."""

        async def end(tx: Transaction) -> list[Watch]:
            ended = []
            for watch in await watches.in_channel(tx, channel_id):
                after = watch.finish(now) or watch.cancel(now)
                if after:
                    await store(tx, watch, after, now)
                    ended.append(after)
            return ended

        return await self._write_and_wake(end)

    async def _take(self, watch_id: int, club_id: int, take: Take, now: datetime) -> Step:
        async def step(tx: Transaction) -> Step:
            found = await watches.load(tx, watch_id)
            if found is None or found.club_id != club_id:
                return NoSuchWatch()
            watch = await settled(tx, found, now)
            after = take(watch, now)
            if after is None:
                return NotNow(watch)
            if watch.state is State.PLANNED and after.state is State.LOBBY:
                other = await watches.running_in(tx, watch.channel_id)
                if other is not None:
                    return ChannelTaken(other)
            await store(tx, watch, after, now)
            return Moved(after, watch)

        return await self._write_and_wake(step)

    async def _write_and_wake(self, operation: Operation[T]) -> T:
        outcome = await self._db.write(operation)
        self._wake()
        return outcome


async def settled(tx: Transaction, watch: Watch, now: datetime) -> Watch:
    """The evening as it stands: ended, where its time was over before anybody came to say so."""
    lapsed = watch.lapse(now)
    if lapsed is None:
        return watch
    await store(tx, watch, lapsed, now)
    return lapsed


async def store(tx: Transaction, before: Watch, after: Watch, now: datetime) -> None:
    """Stores a step and asks for what follows from it."""
    await watches.save(tx, before, after, min(now, after.since) if after.over else now)
    await _time_lapse(tx, after, now)
    if (zero := after.counting(now)) is not None:
        await _ask(tx, ZERO, after, zero)
    if after.plan != before.plan or (before.state is State.DRAFT and after.state is State.PLANNED):
        await _plan_reminders(tx, after, now)
    follows = _follows(before, after)
    for kind in follows:
        await _ask(tx, kind, after, now)
    if after.over:
        await _stop_reminders(tx, after, now)
    if after.state is State.FINISHED:
        await _ask(tx, FORGET, after, now + KEPT)


def _follows(before: Watch, after: Watch) -> tuple[str, ...]:
    """What is to be done at once, besides redrawing the panel."""
    if before.state is State.DRAFT:
        return (POST, EVENT) if after.state is State.PLANNED else ()
    if after.state is State.PLANNED:
        return (REDRAW, EVENT)
    if after.state is State.LOBBY:
        return (REDRAW, PANEL, EVENT) if before.state is State.PLANNED else (REDRAW,)
    return (END, EVENT) if after.over else ()


async def _time_lapse(tx: Transaction, watch: Watch, now: datetime) -> None:
    await jobs.cancel(tx, LAPSE, watch.watch_id, now)
    due = watch.lapses_at
    if due is not None:
        await _ask(tx, LAPSE, watch, due)


async def _plan_reminders(tx: Transaction, watch: Watch, now: datetime) -> None:
    await _stop_reminders(tx, watch, now)
    for reminder, at in ahead_of(watch.planned_for, now).items():
        await jobs.schedule(
            tx, REMIND[reminder], watch.watch_id, generation=watch.plan, club_id=watch.club_id, due_at=at
        )


async def _stop_reminders(tx: Transaction, watch: Watch, now: datetime) -> None:
    for kind in REMIND.values():
        await jobs.cancel(tx, kind, watch.watch_id, now)


async def _ask(tx: Transaction, kind: str, watch: Watch, due_at: datetime) -> None:
    turn = 0 if kind in ONCE else watch.turn
    await jobs.schedule(tx, kind, watch.watch_id, generation=turn, club_id=watch.club_id, due_at=due_at)
