"""What a slot would post next, for whoever asks, before it is posted."""

from bot.domain.film import Question
from bot.domain.watch.watch import Watch
from bot.domain.weekly.slots import Slot
from bot.domain.weekly.votes import Candidate
from bot.i18n import Speaker
from bot.ui.cards import Card, small
from bot.ui.dates import moment
from bot.ui.desk import Asker
from bot.ui.plain import plain
from cogs.weekly import ballots, words
from cogs.weekly.choosing import Choosing
from cogs.weekly.contents import Content, Contents


class Previewing:
    """`/weekly preview`."""

    def __init__(self, choosing: Choosing, contents: Contents) -> None:
        self._choosing = choosing
        self._contents = contents

    async def preview(self, asker: Asker, typed: str | None) -> None:
        """As the slot would find things now: by its date they may have changed."""
        week = await self._choosing.one(asker, typed)
        slot, t = week.slot, asker.t
        ahead = week.ahead(asker.now, 1)[0]
        content = await self._contents.of(slot, ahead.day, asker.now)
        await asker.whisper(
            Card(
                f"### 📅 {words.kind(slot, t)}",
                words.rest(slot, asker.now, t) or t("weekly.next", when=moment(slot.appears(ahead))),
                _shown(slot, content, asker, t),
                small(t("weekly.preview_rules")),
            )
        )


def _shown(slot: Slot, content: Content | None, asker: Asker, t: Speaker) -> str:
    match content:
        case None:
            return t(f"weekly.nothing.{slot.kind}")
        case Question(text=said):  # the room this is read in may know less than the slot's own
            return said.text if asker.room.admits(said.spoils) else f"||{said.text}||"
        case Watch(feature=feature):
            return plain(feature.title)
        case Candidate(feature=chosen):
            return plain(chosen.title)
        case standing:
            return ballots.standing_card(standing, t).text
