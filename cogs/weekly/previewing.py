"""What a slot would post next, for whoever asks, before it is posted."""

from bot.domain.weekly.slots import Kind, Slot
from bot.house import House
from bot.i18n import Speaker
from bot.ui.cards import Card, small
from bot.ui.dates import moment
from bot.ui.desk import Asker
from cogs.weekly import ballots, words
from cogs.weekly.choosing import Choosing
from cogs.weekly.posting import Posts
from cogs.weekly.words import plain


class Previewing:
    """`/weekly preview`."""

    def __init__(self, house: House, choosing: Choosing, posts: Posts) -> None:
        self._house = house
        self._weekly = house.weekly
        self._choosing = choosing
        self._posts = posts

    async def preview(self, asker: Asker, typed: str | None) -> None:
        """As the slot would find things now: by its date they may have changed."""
        week = await self._choosing.one(asker, typed)
        slot, t = week.slot, asker.t
        resting = words.rest(slot, asker.now, t)
        ahead = week.ahead(asker.now, 1)[0]
        await asker.whisper(
            Card(
                f"### 📅 {words.kind(slot, t)}",
                resting or t("weekly.next", when=moment(slot.appears(ahead))),
                await self._content(slot, asker, t),
                small(t("weekly.preview_rules")),
            )
        )

    async def _content(self, slot: Slot, asker: Asker, t: Speaker) -> str:
        evenings = self._weekly.evenings
        match slot.kind:
            case Kind.QUESTION:
                place = await self._house.clubs.place(slot.club_id, self._posts.places(slot.channel_id))
                question = await self._weekly.dates.question(slot, None, self._house.films, place.room)
                # the room this is read in may know less than the slot's own
                shown = question and (
                    question.text.text
                    if asker.room.admits(question.text.spoils)
                    else f"||{question.text.text}||"
                )
                return shown or t(f"weekly.nothing.{slot.kind}")
            case Kind.NEXT_FILM:
                return ballots.standing_card(await self._weekly.votes.standing(slot.club_id), t).text
            case Kind.TISSUE_POLL:
                watch = await evenings.unasked(slot.club_id, asker.now)
                return plain(watch.feature.title) if watch else t(f"weekly.nothing.{slot.kind}")
            case Kind.WATCH_ALONG:
                winner = await evenings.winner_ahead(slot.club_id)
                return plain(winner.feature.title) if winner else t(f"weekly.nothing.{slot.kind}")
