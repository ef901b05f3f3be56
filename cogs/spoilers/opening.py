"""Opening a thread: asked for, made once, its door put up, its first question asked."""

import asyncio
import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import assert_never

import discord
from msgspec import Struct

from bot.domain.jobs import Job
from bot.domain.spoilers import Level
from bot.domain.threads.outcomes import OpenAlready, Opening
from bot.domain.threads.subjects import Privacy, Subject
from bot.domain.threads.thread import KEPT_FOR, SpoilerThread
from bot.errors import UserError
from bot.house import House
from bot.i18n import Speaker
from bot.services.threads import NewThread
from bot.ui.cards import Card, button, rows, small
from bot.ui.desk import Asker, Handler, Press
from bot.ui.hosts import require_host
from bot.ui.threads import ThreadRooms, Wanted
from cogs.spoilers import cards
from cogs.spoilers.keeping import Keeping
from cogs.spoilers.places import Found, Lacking, NoPlace, place_for, require_thread_place
from cogs.spoilers.titles import Titles, listed

log = logging.getLogger(__name__)

PATIENCE = 60.0  # seconds that the host's answer waits for Discord
AT_CAP, TAG_NEEDED, TOO_FAST = 160006, 40067, 429


class Request(Struct, frozen=True):
    """What a host asks for."""

    subject: Subject
    prompts: bool

    @property
    def address(self) -> str:
        """The same in a button's address."""
        s = self.subject
        seconds = int(s.up_to.total_seconds()) if s.up_to else 0
        return f"{s.film}:{'+'.join(s.versions)}:{s.level.value}:{seconds}:{int(self.prompts)}"

    @classmethod
    def of(cls, args: tuple[str, ...], privacy: Privacy) -> "Request":
        """What an address says; UserError where it isn't one of ours any more."""
        try:
            film, versions, level, seconds, prompts = args
            up_to = timedelta(seconds=int(seconds)) if int(seconds) else None
            subject = Subject(film, tuple(versions.split("+")), Level(int(level)), up_to, privacy)
        except (ValueError, OverflowError) as malformed:
            raise UserError("error.old_button") from malformed
        return cls(subject, prompts == "1")


class Openings:
    """Everything from the host's wish to the open door."""

    def __init__(self, house: House, rooms: ThreadRooms, titles: Titles, keeping: Keeping) -> None:
        self._house = house
        self._threads = house.threads
        self._channels = house.channels
        self._rooms = rooms
        self._titles = titles
        self._keeping = keeping
        self._awaited: dict[int, asyncio.Future[str]] = {}

    def routes(self) -> Iterator[tuple[str, Handler]]:
        yield "spoilers-warn", self._warned
        yield "spoilers-public", self._confirmed
        yield "spoilers-cancel", self._cancelled

    async def open(self, asker: Asker, request: Request) -> None:
        """A gated thread at once, a public one after a warning; what stands in the way is said with both ways
        out."""
        require_host(asker)
        if not request.subject.gated:
            await self._warn(asker, request)
            return
        match place_for(asker, self._rooms, self._channels, gated=True):
            case Found(channel):
                await self._ask_for(asker, request, channel)
            case NoPlace(channel):
                said = asker.t("spoilers.no_private_here", channel=f"<#{channel}>")
                await asker.whisper(self._ways_out(said, request, asker.t))
            case Lacking(channel, missing):
                said = asker.t("spoilers.cannot_open", channel=f"<#{channel}>", missing=", ".join(missing))
                await asker.whisper(self._ways_out(said, request, asker.t))
            case other:
                assert_never(other)

    async def make(self, job: Job) -> None:
        """Has Discord make it, once; what it won't make is taken back."""
        thread = await self._threads.load(job.subject)
        if thread is None or thread.thread_id:
            return
        if not thread.open:
            self._tell(thread.row, "spoilers.shut")
            return
        try:
            active = await self._keeping.make_room(thread.club_id)
            thread_id = await self._rooms.make(await self._wanted(thread), active)
        except (discord.Forbidden, discord.NotFound) as refusal:
            await self._give_up(thread, "spoilers.open_refused", refusal)
        except discord.HTTPException as refusal:
            if not 400 <= refusal.status < 500 or refusal.status == TOO_FAST:
                raise
            keys = {AT_CAP: "spoilers.at_cap", TAG_NEEDED: "spoilers.tag_needed"}
            await self._give_up(thread, keys.get(refusal.code, "spoilers.open_refused"), refusal)
        else:
            await self._threads.made(thread, thread_id, self._house.clock.now())
            self._tell(thread.row, "")  # the answer looks for itself whether it was closed meanwhile

    async def post_door(self, job: Job) -> None:
        """The gate in the channel; in a public thread, what it is. A forum's post has that already."""
        thread = await self._threads.load(job.subject)
        if thread is None or not thread.thread_id or not thread.open or thread.gate_id:
            return
        t = await self._speaker(thread)
        if thread.subject.gated:
            people = await self._house.gates.people(thread.row)
            card, mark = cards.gate_card(thread, people, self._titles, t), cards.GATE_MARK
            if sent := await self._channels.send_in_time(
                thread.parent_id, card, job, mark.format(thread.row)
            ):
                await self._threads.gate_posted(thread.row, sent.message_id)
        elif self._rooms.kind(thread.parent_id) is not discord.ChannelType.forum:
            card, mark = cards.intro_card(thread, self._titles, t), cards.INTRO_MARK
            await self._channels.send_once(thread.thread_id, card, job, mark.format(thread.row))

    async def ask_first(self, job: Job) -> None:
        """The question that the thread opens with."""
        thread = await self._threads.load(job.subject)
        if thread is None or not thread.thread_id or not thread.open:
            return
        place = await self._house.clubs.place(thread.club_id, [thread.thread_id, thread.parent_id])
        film, now = self._titles.film(thread.subject.film), self._house.clock.now()
        question = await self._threads.first_question(thread, film, place.room, now)
        if question:
            card = cards.question_card(thread, question, await self._speaker(thread), first=True)
            mark = cards.QUESTION_MARK.format(thread.row)
            await self._channels.send_once(thread.thread_id, card, job, mark)

    async def _warn(self, asker: Asker, request: Request) -> None:
        require_thread_place(place_for(asker, self._rooms, self._channels, gated=False))
        address = f"spoilers-public:{request.address}"
        await asker.whisper(cards.warning_card(request.subject, address, self._titles, asker.t))

    async def _warned(self, press: Press) -> None:
        require_host(press.asker)
        await self._warn(press.asker, Request.of(press.args, Privacy.PUBLIC))

    async def _confirmed(self, press: Press) -> None:
        asker = press.asker
        require_host(asker)
        channel = require_thread_place(place_for(asker, self._rooms, self._channels, gated=False))
        await self._ask_for(asker, Request.of(press.args, Privacy.PUBLIC), channel)

    async def _cancelled(self, press: Press) -> None:
        await press.asker.whisper(Card(press.asker.t("spoilers.cancelled")))

    async def _ask_for(self, asker: Asker, request: Request, parent_id: int) -> None:
        """Notes it, then waits for Discord; the answer is put off meanwhile."""
        speaker = self._channels.speaker(parent_id, asker.club)
        new = NewThread(
            asker.club_id,
            parent_id,
            request.subject,
            self._titles.name(request.subject, speaker),
            request.prompts,
            asker.member_id,
        )
        await put_off(asker)
        match await self._open(new, asker):
            case OpenAlready(there):
                where = f"<#{there.thread_id}>" if there.thread_id else there.name
                await settle(asker, Card(asker.t("spoilers.open_already", thread=where)))
            case Opening(thread):
                refused = await self._awaiting(thread.row)
                if refused:
                    raise UserError(refused, channel=f"<#{parent_id}>")
                await settle(asker, await self._opened_card(asker, thread))
            case other:
                assert_never(other)

    async def _open(self, new: NewThread, asker: Asker) -> Opening | OpenAlready:
        """One of each; one that somebody has deleted doesn't count."""
        outcome = await self._threads.open(new, asker.now)
        if isinstance(outcome, OpenAlready) and outcome.thread.thread_id:
            if await self._rooms.exists(outcome.thread.thread_id):
                return outcome
            await self._threads.lost(outcome.thread, asker.now)
            return await self._threads.open(new, asker.now)
        return outcome

    async def _awaiting(self, thread_row: int) -> str:
        """Waits until the thread is made; the key of why it wasn't, if so."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._awaited.setdefault(thread_row, asyncio.Future())
        except TimeoutError:
            return ""
        finally:
            self._awaited.pop(thread_row, None)

    def _tell(self, thread_row: int, refused: str) -> None:
        """Wakes the host's answer, which may not have come to waiting yet."""
        future = self._awaited.setdefault(thread_row, asyncio.Future())
        if not future.done():
            future.set_result(refused)

    async def _opened_card(self, asker: Asker, asked: SpoilerThread) -> Card:
        """Where it is, and who can read it besides those inside."""
        t = asker.t
        thread = await self._threads.load(asked.row)
        if thread is None or not thread.thread_id:
            return Card(t("spoilers.open_later", channel=f"<#{asked.parent_id}>"))
        if not thread.open:
            raise UserError("spoilers.shut")
        said = t(
            "spoilers.opened" if thread.subject.gated else "spoilers.opened_public",
            thread=f"<#{thread.thread_id}>",
            channel=f"<#{thread.parent_id}>",
        )
        return Card(said, small(self._readers(thread, t)) if thread.subject.gated else self._tags(thread, t))

    def _readers(self, thread: SpoilerThread, t: Speaker) -> str:
        roles = [f"<@&{role}>" for role in self._rooms.readers(thread.parent_id)]
        return t("spoilers.readers_roles", roles=listed(roles, t)) if roles else t("spoilers.readers")

    def _tags(self, thread: SpoilerThread, t: Speaker) -> str:
        forum = self._rooms.kind(thread.parent_id) is discord.ChannelType.forum
        lacks = forum and not self._channels.may(thread.parent_id, manage_channels=True)
        return small(t("spoilers.untagged")) if lacks else ""

    async def _wanted(self, thread: SpoilerThread) -> Wanted:
        """What Discord is asked for."""
        subject = thread.subject
        return Wanted(
            club_id=thread.club_id,
            parent_id=thread.parent_id,
            name=thread.name,
            private=subject.gated,
            quiet_for=KEPT_FOR,
            known=await self._threads.known_ids(thread.club_id),
            first=cards.intro_card(thread, self._titles, await self._speaker(thread)),
            tags=subject.versions,
        )

    async def _give_up(self, thread: SpoilerThread, key: str, refusal: discord.HTTPException) -> None:
        log.warning("thread %s can't be made: %s", thread.row, refusal)
        await self._threads.given_up(thread.row)
        self._tell(thread.row, key)

    async def _speaker(self, thread: SpoilerThread) -> Speaker:
        return self._channels.speaker(thread.parent_id, await self._house.clubs.settings(thread.club_id))

    def _ways_out(self, said: str, request: Request, t: Speaker) -> Card:
        address = f"spoilers-warn:{request.address}"
        return Card(said, *rows([button(t("spoilers.button_public_instead"), address)]))


async def put_off(asker: Asker) -> None:
    """Tells Discord that the answer takes a while; only this member will see it."""
    message = asker.interaction.message
    if message is not None and message.flags.ephemeral:
        await asker.interaction.response.defer()
    else:
        await asker.interaction.response.defer(ephemeral=True, thinking=True)


async def settle(asker: Asker, card: Card) -> None:
    """Gives the answer that was put off."""
    await asker.interaction.edit_original_response(view=card)
