"""Keeping open threads in sight, putting quiet ones away before the server is full, and closing."""

import logging

import discord

from bot.domain.jobs import Job
from bot.domain.threads.thread import (
    KEPT_FOR,
    NEAR_CAP,
    NUDGED_TO,
    Parting,
    SpoilerThread,
    days_open,
    put_away,
)
from bot.errors import UserError
from bot.house import House
from bot.i18n import Speaker
from bot.ui.addresses import number_in
from bot.ui.cards import Card, small
from bot.ui.desk import Asker
from bot.ui.hosts import require_host
from bot.ui.threads import Active, ThreadRooms
from cogs.spoilers import cards

log = logging.getLogger(__name__)


class Keeping:
    """What becomes of a thread after it was opened."""

    def __init__(self, house: House, rooms: ThreadRooms) -> None:
        self._house = house
        self._threads = house.threads
        self._channels = house.channels
        self._rooms = rooms

    async def make_room(self, club_id: int) -> list[Active]:
        """Archives our quietest threads where the server is near its cap; those that are active then."""
        active = await self._rooms.active(club_id)
        ours = {thread.thread_id for thread in await self._threads.open_in(club_id)}
        quiet = {each.thread_id: each.quiet_since for each in active if each.thread_id in ours}
        away = put_away(quiet, len(active) + 1)
        for thread_id in away:
            await self._rooms.put_away(thread_id)
        return [each for each in active if each.thread_id not in away]

    async def keep(self, job: Job) -> None:
        """Keeps a thread in sight for another while, unless the server is too full for that."""
        thread = await self._threads.load(job.subject)
        if thread is None or not thread.thread_id or not thread.open:
            return
        try:
            if len(await self.make_room(thread.club_id)) < NEAR_CAP:
                await self._rooms.keep(thread.thread_id, KEPT_FOR, NUDGED_TO)
        except discord.NotFound:
            await self._threads.lost(thread, self._house.clock.now())
            return
        except discord.Forbidden as refusal:
            log.info("thread %s can't be kept in sight for now: %s", thread.row, refusal)
        await self._threads.kept(thread, job, self._house.clock.now())

    async def close(self, asker: Asker, typed: str | None) -> None:
        """`/spoilers close`: the thread one is in, or the one that is named."""
        require_host(asker)
        thread = await self._named(asker, typed)
        if not await self._threads.close(thread, asker.member_id, asker.now):
            raise UserError("spoilers.closed_already")
        t = asker.t
        locks = self._channels.may(thread.parent_id, manage_threads=True)
        await asker.whisper(
            Card(
                t("spoilers.closing", thread=thread.name),
                "" if locks else small(t("spoilers.closed_unlocked")),
            )
        )

    async def part(self, job: Job) -> None:
        """The closing note, then the door, then the lock; each may be repeated."""
        thread = await self._threads.load(job.subject)
        if thread is None or thread.open or not thread.thread_id:
            return
        t = await self._speaker(thread)
        if thread.gate_id:
            await self._channels.edit(thread.parent_id, thread.gate_id, cards.closed_gate_card(thread, t))
        try:
            await self._rooms.wake(thread.thread_id)
            parting = await self._parting(thread, thread.thread_id)
            card, mark = cards.parting_card(thread, parting, t), cards.PARTING_MARK.format(thread.row)
            await self._channels.send_once(thread.thread_id, card, job, mark)
            locks = self._channels.may(thread.parent_id, manage_threads=True)
            await self._rooms.close(thread.thread_id, lock=locks)
        except (discord.NotFound, discord.Forbidden) as gone:
            log.info("thread %s is out of reach and stays as it is: %s", thread.row, gone)

    async def _parting(self, thread: SpoilerThread, thread_id: int) -> Parting:
        talk = await self._rooms.talk(thread_id)
        inside = await self._house.gates.people(thread.row)
        people = inside if thread.subject.gated else talk.members
        return Parting(people, talk.messages, days_open(thread, thread.closed_at or self._house.clock.now()))

    async def _named(self, asker: Asker, typed: str | None) -> SpoilerThread:
        number = number_in(typed or "")
        if number is not None:
            thread = await self._threads.load(number)
        else:
            thread = None if typed else await self._threads.at(asker.channel_id)
        if thread is None or thread.club_id != asker.club_id:
            raise UserError("spoilers.which_thread")
        return thread

    async def _speaker(self, thread: SpoilerThread) -> Speaker:
        return self._channels.speaker(thread.parent_id, await self._house.clubs.settings(thread.club_id))
