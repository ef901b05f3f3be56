"""The door of a gated thread: presses on it, and the line of those who are let in and taken out one by one."""

import asyncio
import logging
from collections.abc import Iterator, Sequence
from typing import assert_never

import aiohttp
import discord

from bot.domain.jobs import Job
from bot.domain.threads.outcomes import (
    Ask,
    Full,
    GateOutcome,
    LetIn,
    NoSuchThread,
    SeenAlready,
    Shut,
    WillRemind,
)
from bot.domain.threads.thread import MOST_INSIDE, SpoilerThread
from bot.errors import UserError
from bot.house import House
from bot.ui.cards import Card
from bot.ui.channels import Change
from bot.ui.desk import Asker, Handler, Press
from bot.ui.threads import ThreadRooms
from bot.ui.throttle import Throttle, pause_after
from cogs.spoilers import cards
from cogs.spoilers.titles import Titles

log = logging.getLogger(__name__)

AT_ONCE = 5
IN_A_ROW = 50
AGAIN = 5.0  # seconds, after Discord was out of reach
# what Discord says about adding a member, and what the member is told
REFUSALS = {30033: "spoilers.full", 50001: "spoilers.no_access", 10007: "spoilers.not_here_any_more"}


class Gate:
    """Lets members in by their own press, and out by their own word."""

    def __init__(self, house: House, rooms: ThreadRooms, titles: Titles) -> None:
        self._house = house
        self._gates = house.gates
        self._threads = house.threads
        self._channels = house.channels
        self._rooms = rooms
        self._titles = titles
        self._askers: dict[tuple[int, int], Asker] = {}
        self.line = Throttle(self._move_line)
        self.doors = Throttle(self._draw_door)

    def routes(self) -> Iterator[tuple[str, Handler]]:
        yield "spoilers-gate", self._knocked
        yield "spoilers-knock", self._knocked
        yield "spoilers-enter", self._entered
        yield "spoilers-not-yet", self._not_yet
        yield "spoilers-remind", self._asked_to_be_told

    async def resume(self) -> None:
        """Goes on with whoever waited when a process died, and with doors that say an old number."""
        for thread_row in await self._gates.threads_in_line():
            self.line.ask(thread_row)
        for thread_row in await self._gates.stale_gates():
            self.doors.ask(thread_row)

    async def stop(self) -> None:
        await self.line.stop()
        await self.doors.stop()

    async def remind(self, job: Job) -> None:
        """A member's list lets them into a thread that they asked to be told of."""
        found = await self._gates.reminder(job.subject)
        if found:
            thread, member_id = found
            t = self._channels.speaker(thread.parent_id, await self._house.clubs.settings(thread.club_id))
            said = t("spoilers.reminder", thread=thread.name, url=door_url(thread))
            await self._channels.send_privately(member_id, Card(said), job.nonce)
        await self._gates.reminded(job.subject)

    async def _knocked(self, press: Press) -> None:
        """At the door itself, or by a choice from the list of threads."""
        asker, thread_row = press.asker, press.number() if press.args else press.chosen()
        outcome = await self._gates.knock(thread_row, asker.club_id, asker.member_id, asker.now)
        await self._answer(asker, outcome)

    async def _entered(self, press: Press) -> None:
        asker = press.asker
        outcome = await self._gates.enter(press.number(), asker.club_id, asker.member_id, asker.now)
        await self._answer(asker, outcome)

    async def _answer(self, asker: Asker, outcome: GateOutcome) -> None:
        t = asker.t
        match outcome:
            case Ask(thread, unseen):
                await asker.whisper(cards.door_card(thread, unseen, self._titles, t))
            case LetIn(thread):
                await asker.whisper(Card(t("spoilers.letting_in", thread=f"<#{thread.thread_id}>")))
                self._askers[thread.row, asker.member_id] = asker
                self.line.ask(thread.row)
            case Full():
                raise UserError("spoilers.full", most=MOST_INSIDE)
            case Shut():
                raise UserError("spoilers.shut")
            case NoSuchThread():
                raise UserError("error.old_button")
            case other:
                assert_never(other)

    async def _not_yet(self, press: Press) -> None:
        thread = await self._threads.load(press.number())
        if thread is None:
            raise UserError("error.old_button")
        await press.asker.whisper(cards.not_yet_card(thread, press.asker.t))

    async def _asked_to_be_told(self, press: Press) -> None:
        asker, t = press.asker, press.asker.t
        match await self._gates.remind(press.number(), asker.club_id, asker.member_id, asker.now):
            case WillRemind(thread):
                titles = self._titles.titles(thread.subject, thread.subject.versions, t)
                await asker.whisper(Card(t("spoilers.will_remind", versions=titles)))
            case SeenAlready():
                await asker.whisper(Card(t("spoilers.seen_already")))
            case Shut():
                raise UserError("spoilers.shut")
            case NoSuchThread():
                raise UserError("error.old_button")
            case other:
                assert_never(other)

    async def _move_line(self, thread_row: int) -> float:
        """Everybody who waits, a few at a time; how long to leave it when Discord is out of reach."""
        thread = await self._threads.load(thread_row)
        if thread is None or not thread.thread_id:
            return 0.0
        try:
            while waiting := await self._gates.in_line(thread_row, IN_A_ROW):
                thread = await self._threads.load(thread_row) or thread
                await self._move_some(thread, thread.thread_id or 0, waiting)
            await self._put_away(thread_row)
        except (aiohttp.ClientError, OSError, discord.DiscordServerError) as trouble:
            log.warning("the line at thread %s waits: %s", thread_row, trouble)
            self.line.ask(thread_row)
            return AGAIN
        except (discord.NotFound, discord.Forbidden) as gone:
            await self._turn_away(thread, gone)
        self.doors.ask(thread_row)
        return 0.0

    async def _move_some(
        self, thread: SpoilerThread, thread_id: int, waiting: Sequence[tuple[int, bool]]
    ) -> None:
        """Once the thread is closed nobody is let in any more; who wants out is let out."""
        if not thread.open:
            for member_id, goes_in in waiting:
                if goes_in:
                    await self._refuse(thread, member_id, "spoilers.shut")
            waiting = [(member_id, goes_in) for member_id, goes_in in waiting if not goes_in]
        if waiting:
            await self._rooms.wake(thread_id)
        for start in range(0, len(waiting), AT_ONCE):
            some = waiting[start : start + AT_ONCE]
            await asyncio.gather(*(self._move(thread, member, goes_in) for member, goes_in in some))

    async def _put_away(self, thread_row: int) -> None:
        """Whoever went in or out has woken the thread: a closed one sleeps on."""
        thread = await self._threads.load(thread_row)
        if thread is None or thread.thread_id is None or thread.open:
            return
        if not await self._rooms.archived(thread.thread_id):
            locks = self._channels.may(thread.parent_id, manage_threads=True)
            await self._rooms.close(thread.thread_id, lock=locks)

    async def _move(self, thread: SpoilerThread, member_id: int, goes_in: bool) -> None:
        assert thread.thread_id is not None, "nobody waits for a thread that isn't made"
        if not goes_in:
            await self._take_out(thread.row, thread.thread_id, member_id)
            return
        try:
            await self._rooms.add(thread.thread_id, member_id)
        except discord.DiscordServerError:
            raise
        except discord.HTTPException as refusal:
            await self._refuse(thread, member_id, REFUSALS.get(refusal.code, "spoilers.cannot_add"))
        else:
            await self._gates.entered(thread.row, member_id)
            self._askers.pop((thread.row, member_id), None)

    async def _take_out(self, thread_row: int, thread_id: int, member_id: int) -> None:
        """Whoever isn't in it any more is out."""
        try:
            await self._rooms.remove(thread_id, member_id)
        except discord.NotFound:
            log.info("member was not in thread %s", thread_row)
        await self._gates.left(thread_row, member_id)

    async def _turn_away(self, thread: SpoilerThread, gone: discord.HTTPException) -> None:
        """The thread itself is out of reach: everybody who waits is told. Who wants out stays in line until the bot
        can reach it again, unless there is nothing left to be taken out of."""
        log.warning("thread %s is out of reach: %s", thread.row, gone)
        for member_id, goes_in in await self._gates.in_line(thread.row, MOST_INSIDE):
            if goes_in:
                await self._refuse(thread, member_id, "spoilers.cannot_add")
            elif isinstance(gone, discord.NotFound):
                await self._gates.left(thread.row, member_id)

    async def _refuse(self, thread: SpoilerThread, member_id: int, key: str) -> None:
        """Notes why, and tells the member in place of what they were promised."""
        await self._gates.refused(thread.row, member_id, key)
        asker = self._askers.pop((thread.row, member_id), None)
        if asker is None:
            return
        try:
            said = asker.t(key, channel=f"<#{thread.parent_id}>", most=MOST_INSIDE)
            await asker.interaction.edit_original_response(view=Card(said))
        except (discord.HTTPException, aiohttp.ClientError) as unsaid:
            log.warning("could not tell a member why they aren't let in: %s", unsaid)

    async def _draw_door(self, thread_row: int) -> float:
        """The number of people inside, as it is now; how long to leave the card alone then."""
        thread = await self._threads.load(thread_row)
        if thread is None or thread.gate_id is None or not thread.open:
            return 0.0
        people = await self._gates.people(thread_row)
        t = self._channels.speaker(thread.parent_id, await self._house.clubs.settings(thread.club_id))
        card = cards.gate_card(thread, people, self._titles, t)
        if await self._channels.change(thread.parent_id, thread.gate_id, card) is Change.MESSAGE_GONE:
            await self._threads.gate_lost(thread, self._house.clock.now())
            return 0.0
        await self._gates.shown(thread_row, people)
        return pause_after(thread.gate_id, self._house.clock.now())


def door_url(thread: SpoilerThread) -> str:
    """Where its gate stands, or will."""
    there = f"https://discord.com/channels/{thread.club_id}/{thread.parent_id}"
    return f"{there}/{thread.gate_id}" if thread.gate_id else there
