"""The world behind the wire: its clock, servers, commands and interactions, and who listens to it."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.rehearsal.clock import Clock
from bot.rehearsal.commands import Commands
from bot.rehearsal.edits import OldEdits
from bot.rehearsal.entities import Channel, ChannelType, User
from bot.rehearsal.feed import Feed
from bot.rehearsal.habits import Habits
from bot.rehearsal.hooks import Webhooks
from bot.rehearsal.ids import Snowflakes
from bot.rehearsal.interactions import Interactions
from bot.rehearsal.mentions import pings_of
from bot.rehearsal.messages import Attachment, Message
from bot.rehearsal.published import publish
from bot.rehearsal.rules import Json, Violation
from bot.rehearsal.timetable import Timetable

if TYPE_CHECKING:
    from bot.rehearsal.guilds import Guild


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Seconds on the wall clock. Discord's own are the defaults; a test may shorten a long one."""

    answer: float = 3.0  # discord.md: first answer to an interaction
    token: float = 900.0  # discord.md: the interaction token lives 15 min
    patience: float = 30.0  # how long a story waits for what follows a deferral


@dataclass(frozen=True, slots=True)
class Event:
    """Something the gateway may tell the bot, if its intents and shard allow."""

    name: str
    data: Json
    guild_id: int | None = None
    always: bool = False  # sent whatever the intents are


class World:
    def __init__(self, deadlines: Deadlines) -> None:
        self.deadlines = deadlines
        self.habits = Habits()
        self.clock = Clock()
        self.feed = Feed(self.clock)
        self.timetable = Timetable(self.clock)
        self.clock.follow(lambda _: self.feed.stir())
        self.ids = Snowflakes(self.clock)
        self.token = secrets.token_urlsafe(24)
        self.me = User(self.ids.next(), "Tissue Box", bot=True)
        self.owner = User(self.ids.next(), "Operator")
        self.guilds: dict[int, Guild] = {}
        self.dms: dict[int, Channel] = {}
        self.files: dict[int, Attachment] = {}
        self.commands = Commands(self.ids, self.me.id)
        self.interactions = Interactions(self)
        self.webhooks = Webhooks(self)
        self.violations: list[Violation] = []
        self.old_edits = OldEdits()
        self.shards = 1
        self.cdn = self.gateway_url = ""  # known once the server listens
        self.tell: Callable[[Event], None] = lambda _: None
        self.listening: Callable[[int | None], bool] = lambda _: False

    @property
    def application_id(self) -> int:
        return self.me.id

    def emit(self, name: str, data: Json, guild: Guild | None = None, *, always: bool = False) -> None:
        self.tell(Event(name, data, guild.id if guild else None, always))
        self.feed.stir()

    async def until(self, holds: Callable[[], bool], within: float) -> None:
        """Wait until `holds` does, looking after every change; TimeoutError after `within` seconds."""
        with self.feed.watch() as happened:
            async with asyncio.timeout(within):
                while not holds():
                    await happened.wait()
                    happened.clear()

    def channels(self) -> Iterator[Channel]:
        for guild in self.guilds.values():
            yield from guild.channels.values()
        yield from self.dms.values()

    def channel(self, channel_id: int) -> Channel | None:
        for guild in self.guilds.values():
            if channel_id in guild.channels:
                return guild.channels[channel_id]
        return next((dm for dm in self.dms.values() if dm.id == channel_id), None)

    def user(self, user_id: int) -> User | None:
        if user_id in {self.me.id, self.owner.id}:
            return self.me if user_id == self.me.id else self.owner
        for guild in self.guilds.values():
            if user_id in guild.members:
                return guild.members[user_id].user
        return self.dms[user_id].recipient if user_id in self.dms else None

    def dm(self, user: User) -> Channel:
        """The one private channel between the bot and a user."""
        if user.id not in self.dms:
            self.dms[user.id] = Channel(self.ids.next(), ChannelType.DM, user.name, recipient=user)
        return self.dms[user.id]

    def say(self, channel: Channel, author: User, text: str, *, number: int | None = None) -> Message:
        """A plain message by a user, as their client sends it."""
        message = Message(number or self.ids.next(), channel, author, self.clock.now(), text)
        message.pings = pings_of(message, None)
        return publish(self, message)
