"""What a slot would post at this moment: for its preview, and for whoever asks for it at once."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypeAlias

from bot.domain.film import Question
from bot.domain.watch.watch import Watch
from bot.domain.weekly.candidates import FEWEST, Standing
from bot.domain.weekly.slots import Kind, Slot
from bot.domain.weekly.votes import Candidate
from bot.house import House

Content: TypeAlias = Question | Sequence[Standing] | Watch | Candidate


class Contents:
    """Looks up what there is to post; by a slot's date it may have changed."""

    def __init__(self, house: House) -> None:
        self._clubs = house.clubs
        self._channels = house.channels
        self._films = house.films
        self._weekly = house.weekly

    async def of(self, slot: Slot, day: date, now: datetime) -> Content | None:
        """What the slot would post for `day`; None where there is nothing."""
        match slot.kind:
            case Kind.QUESTION:
                place = await self._clubs.place(
                    slot.club_id, await self._channels.with_parent(slot.channel_id)
                )
                return await self._weekly.dates.question_ahead(slot, day, self._films, place.room)
            case Kind.NEXT_FILM:
                standing = await self._weekly.votes.standing(slot.club_id)
                return standing if len(standing) >= FEWEST else None
            case Kind.TISSUE_POLL:
                return await self._weekly.evenings.unasked(slot.club_id, now)
            case Kind.WATCH_ALONG:
                return await self._weekly.evenings.winner_ahead(slot.club_id, now)
