"""What whoever set a slot up is told, once: that it rests, or that there was nothing to post. In a private message;
where those are closed, or they have left, in the club's announcements or the slot's channel; else its owner is told."""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from datetime import timedelta
from typing import Any

import discord
from discord.ext import commands

from bot.domain.jobs import Job
from bot.domain.weekly.slots import Slot
from bot.house import House
from bot.i18n import Speaker
from bot.ui.cards import Card
from bot.ui.channels import Sent
from cogs.weekly import cards

LOOK_BACK = 20
CLOCKS_APART = timedelta(minutes=1)

Draw = Callable[[Speaker, str], Card]


class Telling:
    """The jobs that tell."""

    def __init__(self, client: commands.AutoShardedBot, house: House) -> None:
        self._client = client
        self._clubs = house.clubs
        self._channels = house.channels
        self._dates = house.weekly.dates

    async def of_rest(self, job: Job) -> None:
        """Slots rest: whoever set them up hears why."""
        slots = await self._dates.to_tell(job.subject)
        if slots and slots[0].turn == job.generation:
            name = self._name(slots[0])
            await self._tell(job, slots[0], lambda t, mark: cards.resting_card(slots, name, t, mark))
            await self._dates.told(slots)

    async def of_nothing(self, job: Job) -> None:
        """There was nothing to post: whoever set the slot up hears of it."""
        found = await self._dates.slot_and_date(job.subject)
        if found:
            slot, name = found[0], self._name(found[0])
            await self._tell(job, slot, lambda t, mark: cards.nothing_card(slot, name, t, mark))

    async def _tell(self, job: Job, slot: Slot, draw: Draw) -> None:
        club = await self._clubs.settings(slot.club_id)
        t = self._channels.speaker(slot.channel_id, club, slot.club_id)
        if await self._tell_maker(job, slot, draw(t, "")):
            return
        mark = f"weekly-show:{job.kind}:{job.subject}:{job.generation}"
        for channel_id in filter(None, (club.announcements, slot.channel_id)):
            if self._channels.missing_to_post(channel_id) != []:
                continue
            if isinstance(await self._channels.send_once(channel_id, draw(t, mark), job, mark), Sent):
                return
        guild = self._client.get_guild(slot.club_id)
        if guild and guild.owner_id:
            await self._tell_privately(job, guild.owner_id, draw(t, ""))

    async def _tell_maker(self, job: Job, slot: Slot, card: Card) -> bool:
        """Whether whoever set the slot up has it; who left the club is told nothing of it any more."""
        guild = self._client.get_guild(slot.club_id)
        if guild is None or slot.made_by is None:
            return False
        try:
            await guild.fetch_member(slot.made_by)
        except discord.NotFound:
            return False
        return await self._tell_privately(job, slot.made_by, card)

    async def _tell_privately(self, job: Job, member_id: int, card: Card) -> bool:
        """Whether the member has it. Before a further try the bot looks for its own words: a button to find them by
        would lead nowhere in a private channel."""
        if job.tries > 1:
            async for message in self._said_to(member_id, job):
                if message.author == self._client.user and card.text == _text(message):
                    return True
        return await self._channels.send_privately(member_id, card, job.nonce)

    async def _said_to(self, member_id: int, job: Job) -> AsyncIterator[discord.Message]:
        private = await self._client.create_dm(discord.Object(member_id))
        since = job.sent_since or job.due_at
        async for message in private.history(limit=LOOK_BACK, after=since - CLOCKS_APART):
            yield message

    def _name(self, slot: Slot) -> str:
        guild = self._client.get_guild(slot.club_id)
        return discord.utils.escape_markdown(guild.name) if guild else ""


def _text(message: discord.Message) -> str:
    return "\n".join(_texts(message.components))


def _texts(components: Iterable[Any]) -> Iterator[str]:
    """The texts of a message's items, however deep."""
    for component in components:
        if isinstance(component, discord.TextDisplay):
            yield component.content
        yield from _texts(getattr(component, "children", ()))
