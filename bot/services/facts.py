"""Telling a channel a fact it hasn't had yet."""

from collections.abc import Callable, Sequence
from datetime import datetime
from random import Random

from bot.domain.film import Fact, Film
from bot.domain.picking import Picked, pick_fact
from bot.storage import facts
from bot.storage.engine import Database, Transaction


class Facts:
    """Picks facts and remembers which channel has had which."""

    def __init__(self, db: Database, chance: Callable[[], Random] = Random) -> None:
        self._db = db
        self._chance = chance

    async def next_fact(
        self, club_id: int, channel_id: int, film: Film, among: Sequence[Fact], now: datetime
    ) -> Picked | None:
        """One of `among` that the channel has not had, noted as shown; None where `among` is empty."""

        chance = self._chance()

        async def pick(tx: Transaction) -> Picked | None:
            picked = pick_fact(among, await facts.shown(tx, channel_id, film.slug), chance)
            if picked is None:
                return None
            if picked.starts_over:
                await facts.forget_shown(tx, channel_id, film.slug, [fact.key for fact in among])
            await facts.note_shown(tx, club_id, channel_id, film.slug, picked.fact.key, now)
            return picked

        return await self._db.write(pick)
