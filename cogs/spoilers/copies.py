"""The hidden copy: sent in its parts, found again after a crash, deleted; never without the original unless it is
whole."""

import asyncio
import logging
from collections.abc import Collection, Mapping, Sequence
from weakref import WeakValueDictionary

import discord
from msgspec import Struct, field

from bot.domain.hiding import Complete, Hiding, Partial, State
from bot.domain.jobs import Job
from bot.errors import UserError
from bot.house import House
from bot.services.hiding import NewHiding
from bot.ui.cards import button
from bot.ui.once import TRIES, UnsureError
from bot.ui.webhooks import Guise, Spot, Webhooks

log = logging.getLogger(__name__)

MARK = "spoilers-hidden:{}:"


class Copy(Struct, frozen=True):
    """What is sent in a message's place: never stored. `label` is its button's."""

    guise: Guise
    texts: Sequence[str]
    label: str
    files: Sequence[discord.File] = field(default=())


class Copies:
    """Walks each hiding through its steps, one hand at a time."""

    def __init__(self, house: House, webhooks: Webhooks, client: discord.Client) -> None:
        self._hidden = house.hidden
        self._channels = house.channels
        self._clock = house.clock
        self._webhooks = webhooks
        self._http = client.http
        self._hands = WeakValueDictionary[int, asyncio.Lock]()

    async def hide(self, new: NewHiding, copy: Copy) -> Hiding | None:
        """Sends the copy and deletes the original; None where somebody is at it. What fails is raised, with the
        original left and nothing of the copy."""
        spot = await self._spot(new.hook_channel_id, new.channel_id, to_write=True)
        hiding = await self._hidden.begin(new, self._clock.now())
        if hiding is None:
            return None
        async with self._hand(hiding.hiding_id):
            try:
                sent = await self._send(spot, hiding, copy)
            except (discord.HTTPException, UnsureError):
                self._webhooks.forget(new.hook_channel_id)  # it may be gone
                await self._settle(hiding)
                if await self._is_hidden(hiding):
                    return hiding
                raise
            await self._finish(spot, hiding, sent)
        return hiding

    async def settle(self, job: Job) -> None:
        """What a crash left behind comes to an end: the copy is whole and the original goes, or the other way
        round."""
        async with self._hand(job.subject):
            hiding = await self._hidden.load(job.subject)
            if hiding and hiding.state is not State.HIDDEN:
                await self._settle(hiding)

    async def delete(self, hiding: Hiding) -> None:
        """Takes the copy away, by its author's wish."""
        async with self._hand(hiding.hiding_id):
            spot = await self._spot(hiding.hook_channel_id, hiding.channel_id)
            await self._delete(spot, hiding.copies.values())
            await self._hidden.forget(hiding, self._clock.now())

    async def _is_hidden(self, hiding: Hiding) -> bool:
        found = await self._hidden.load(hiding.hiding_id)
        return found is not None and found.state is State.HIDDEN

    async def _settle(self, hiding: Hiding) -> None:
        if not self._channels.may(hiding.channel_id, read_message_history=True):
            raise UserError("spoilers.cannot_look")  # Discord would show no copy, whether there is one or not
        spot = await self._spot(hiding.hook_channel_id, hiding.channel_id)
        await self._finish(spot, hiding, hiding.copies or await self._look(spot, hiding))

    async def _send(self, spot: Spot, hiding: Hiding, copy: Copy) -> dict[int, int]:
        """Each part once, the files with the last."""
        sent: dict[int, int] = {}
        for part, text in enumerate(copy.texts):
            files = copy.files if part == hiding.parts - 1 else ()
            address = f"{MARK.format(hiding.hiding_id)}{part}"
            for _ in range(TRIES):
                try:
                    sent[part] = await self._webhooks.send(
                        spot, copy.guise, text, button(copy.label, address), files
                    )
                except UnsureError:
                    sent |= await self._look(spot, hiding)
                if part in sent:
                    break
                for file in files:
                    file.reset()
            else:
                raise UnsureError
        return sent

    async def _look(self, spot: Spot, hiding: Hiding) -> dict[int, int]:
        """The parts of the copy that stand in the channel."""
        found = await self._webhooks.find(spot, hiding.after_id, MARK.format(hiding.hiding_id))
        return {int(address.rpartition(":")[2]): message for address, message in found.items()}

    async def _finish(self, spot: Spot, hiding: Hiding, copies: Mapping[int, int]) -> None:
        match await self._hidden.looked(hiding, copies):
            case Complete():
                await self._remove_original(spot, hiding, copies)
            case Partial():
                await self._delete(spot, copies.values())
                await self._hidden.forget(hiding, self._clock.now())

    async def _remove_original(self, spot: Spot, hiding: Hiding, copies: Mapping[int, int]) -> None:
        """The last step; where the bot may not, the copy goes instead."""
        if hiding.original_id is not None:
            try:
                await self._http.delete_message(hiding.channel_id, hiding.original_id)
            except discord.NotFound:
                log.info("the original of %s was gone", hiding.hiding_id)
            except discord.Forbidden:
                await self._delete(spot, copies.values())
                await self._hidden.forget(hiding, self._clock.now())
                raise
        await self._hidden.hidden(hiding, self._clock.now())

    async def _delete(self, spot: Spot, messages: Collection[int]) -> None:
        for message_id in messages:
            await self._webhooks.delete(spot, message_id)

    async def _spot(self, hook_channel_id: int, channel_id: int, *, to_write: bool = False) -> Spot:
        thread_id = None if channel_id == hook_channel_id else channel_id
        return await self._webhooks.spot(hook_channel_id, thread_id, to_write=to_write)

    def _hand(self, hiding_id: int) -> asyncio.Lock:
        return self._hands.setdefault(hiding_id, asyncio.Lock())
