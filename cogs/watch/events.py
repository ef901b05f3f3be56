"""The scheduled event of an evening on Discord, kept in step with it. Everything else works without one."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from weakref import WeakValueDictionary

import discord
from discord.ext import commands

from bot.domain.jobs import Job
from bot.domain.watch.watch import RUNNING, State, Watch
from bot.house import House
from bot.i18n import Speaker
from cogs.watch.board import Board

log = logging.getLogger(__name__)

NAME = 100
LOCATION = 100
ROOM = timedelta(hours=1)  # pauses and talk after the film; an event outside of voice has to say when it ends
Status = discord.EventStatus
TOO_MANY = 30038  # Discord's code
OVER = frozenset({Status.completed, Status.cancelled})


class Events:
    """Looks at what Discord has before it does anything: an event may have been started, ended or deleted there."""

    def __init__(self, bot: commands.AutoShardedBot, house: House, board: Board) -> None:
        self._bot = bot
        self._reports = house.watch_reports
        self._clock = house.clock
        self._board = board
        self._in_hand = WeakValueDictionary[int, asyncio.Lock]()

    def missing(self, watch: Watch) -> list[str]:
        """The rights the bot lacks for the event of this evening, as Discord names them in English."""
        guild = self._bot.get_guild(watch.club_id)
        if guild is None:
            return []
        place = guild.get_channel(watch.venue_id) if watch.venue_id else None
        held = place.permissions_for(guild.me) if place else guild.me.guild_permissions
        return [] if held.create_events or held.manage_events else ["Create Events"]

    async def keep_in_step(self, job: Job) -> None:
        """Makes the event what the evening is now."""
        async with self._in_hand.setdefault(job.subject, asyncio.Lock()):
            watch = await self._reports.watch(job.subject)
            guild = self._bot.get_guild(job.club_id)
            if watch is None or guild is None:
                return
            try:
                await self._keep(guild, watch)
            except discord.Forbidden as error:
                log.warning("no event for evening %s in %s: %s", watch.watch_id, guild.id, error)
            except discord.HTTPException as error:
                if error.code != TOO_MANY:
                    raise
                log.warning("no event for evening %s: %s has its hundred", watch.watch_id, guild.id)

    async def _keep(self, guild: discord.Guild, watch: Watch) -> None:
        event = await self._find(guild, watch)
        if event is None:
            if watch.state is State.PLANNED and watch.event_id is None and not self.missing(watch):
                await self._create(guild, watch)
            return
        if event.status in OVER:
            return
        match watch.state:
            case State.PLANNED if event.status is Status.scheduled:
                await self._update(event, watch)
            case state if state in RUNNING and event.status is Status.scheduled:
                await self._go(event, Status.active)
            case State.FINISHED:
                await self._go(event, Status.completed)
            case State.CANCELLED:
                await self._go(event, Status.cancelled)

    async def _find(self, guild: discord.Guild, watch: Watch) -> discord.ScheduledEvent | None:
        """The evening's event: the one it remembers, or one that was made before a crash could note it."""
        if watch.event_id is not None:
            try:
                return await guild.fetch_scheduled_event(watch.event_id, with_counts=False)
            except discord.NotFound:
                log.info("the event of evening %s was deleted on Discord", watch.watch_id)
                return None
        found = await self._settle(guild, watch)
        if found is not None:
            await self._reports.note(watch.watch_id, "event_id", found.id)
        return found

    async def _create(self, guild: discord.Guild, watch: Watch) -> None:
        if watch.planned_for <= self._clock.now():
            return
        t = await self._board.speaker(watch)
        fields = self._fields(guild, watch, t)
        made = await guild.create_scheduled_event(privacy_level=discord.PrivacyLevel.guild_only, **fields)
        first = await self._settle(guild, watch)
        await self._reports.note(watch.watch_id, "event_id", first.id if first else made.id)

    async def _settle(self, guild: discord.Guild, watch: Watch) -> discord.ScheduledEvent | None:
        """The evening's one event, if it has any. Discord takes no nonce here and discord.py repeats a request whose
        answer was lost, so there may be two: the first is kept."""
        every = await guild.fetch_scheduled_events(with_counts=False)
        mine = [
            event
            for event in sorted(every, key=lambda event: event.id)
            if event.creator_id == guild.me.id and (event.description or "").endswith(_mark(watch))
        ]
        for double in mine[1:]:
            await double.delete()
        return mine[0] if mine else None

    async def _update(self, event: discord.ScheduledEvent, watch: Watch) -> None:
        t = await self._board.speaker(watch)
        assert event.guild is not None, "fetched from its guild"
        wanted = self._fields(event.guild, watch, t)
        if watch.planned_for > self._clock.now():
            await event.edit(**wanted)

    async def _go(self, event: discord.ScheduledEvent, wanted: Status) -> None:
        """Takes the event to `wanted` by the ways Discord knows; one that is there already, or over, stays."""
        for status in _way(event.status, wanted):
            try:
                await event.edit(status=status)
            except discord.HTTPException as error:
                if error.status != 400:
                    raise
                log.info("event %s does not become %s any more: %s", event.id, status, error)
                return

    def _fields(self, guild: discord.Guild, watch: Watch, t: Speaker) -> dict[str, Any]:
        common: dict[str, Any] = {
            "name": watch.feature.title[:NAME],
            "description": f"{t('watch.event_description', channel=_address(watch))}\n{_mark(watch)}",
            "start_time": watch.planned_for,
            "end_time": _end(watch),
        }
        venue = guild.get_channel(watch.venue_id) if watch.venue_id else None
        if isinstance(venue, discord.VoiceChannel | discord.StageChannel):
            stage = isinstance(venue, discord.StageChannel)
            kind = discord.EntityType.stage_instance if stage else discord.EntityType.voice
            return {**common, "entity_type": kind, "channel": venue}
        channel = guild.get_channel(watch.channel_id)
        known = channel is not None and channel.permissions_for(guild.default_role).view_channel
        location = f"#{channel.name}" if channel and known else guild.name
        return {**common, "entity_type": discord.EntityType.external, "location": location[:LOCATION]}


def _way(status: Status, wanted: Status) -> Sequence[Status]:
    """The steps from one status to another; an event that runs can't be cancelled, one that doesn't not completed."""
    if wanted is Status.active:
        return [Status.active]
    if status is Status.active:
        return [Status.completed]
    return [Status.active, Status.completed] if wanted is Status.completed else [Status.cancelled]


def _end(watch: Watch) -> datetime:
    return watch.planned_for + watch.feature.length + ROOM


def _mark(watch: Watch) -> str:
    return f"🧻 {watch.watch_id}"


def _address(watch: Watch) -> str:
    return f"<#{watch.channel_id}>"
