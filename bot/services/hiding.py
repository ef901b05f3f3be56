"""Hiding messages, step by step: what is noted before and after each, so that a crash loses nothing."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from bot.domain.hiding import Complete, Hiding, Partial, State, found
from bot.storage import hidings, jobs
from bot.storage.engine import Database, Transaction
from bot.storage.hidings import NewHiding

SETTLE = "spoilers-settle"
SETTLE_AFTER = timedelta(minutes=1)  # by then it is done, unless a crash came between

__all__ = ["SETTLE", "HiddenMessages", "NewHiding"]


class HiddenMessages:
    """Use cases around hidden messages; `wake` tells the runner that a job was asked for."""

    def __init__(self, db: Database, wake: Callable[[], None]) -> None:
        self._db = db
        self._wake = wake

    async def begin(self, new: NewHiding, now: datetime) -> Hiding | None:
        """Notes that a copy is about to be sent and asks for a look later on; None where this message is being
        hidden."""

        async def note(tx: Transaction) -> Hiding | None:
            hiding = await hidings.add(tx, new, now)
            if hiding:
                due = now + SETTLE_AFTER
                await jobs.schedule(tx, SETTLE, hiding.hiding_id, club_id=new.club_id, due_at=due)
            return hiding

        hiding = await self._db.write(note)
        self._wake()
        return hiding

    async def load(self, hiding_id: int) -> Hiding | None:
        return await self._db.read(lambda tx: hidings.load(tx, hiding_id))

    async def looked(self, hiding: Hiding, copies: Mapping[int, int]) -> Complete | Partial:
        """A look at the channel found these parts of the copy: all of them is noted before the original goes."""
        seen = found(hiding, copies)

        async def note(tx: Transaction) -> None:
            await hidings.copied(tx, hiding, copies)

        if isinstance(seen, Complete):
            await self._db.write(note)
        return seen

    async def hidden(self, hiding: Hiding, now: datetime) -> None:
        """The original is gone; there is nothing left to do."""

        async def note(tx: Transaction) -> None:
            await hidings.set_state(tx, hiding.hiding_id, State.HIDDEN)
            await jobs.cancel(tx, SETTLE, hiding.hiding_id, now)

        await self._db.write(note)

    async def forget(self, hiding: Hiding, now: datetime) -> None:
        """It was given up, or its author deleted the copy."""

        async def drop(tx: Transaction) -> None:
            await hidings.forget(tx, hiding.hiding_id)
            await jobs.cancel(tx, SETTLE, hiding.hiding_id, now)

        await self._db.write(drop)
