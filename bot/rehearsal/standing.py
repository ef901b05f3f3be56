"""A user's standing in a server: roles, permissions, and what they see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.rehearsal import threads
from bot.rehearsal.entities import Channel, ChannelType, Role, User
from bot.rehearsal.messages import Message
from bot.rehearsal.payloads import member_payload
from bot.rehearsal.permissions import Permission

if TYPE_CHECKING:
    from bot.rehearsal.guilds import Guild
    from bot.rehearsal.world import World


@dataclass(eq=False, slots=True)
class Standing:
    guild: Guild
    user: User
    roles: list[Role]
    joined_at: datetime
    timed_out_until: datetime | None = field(default=None)

    @property
    def world(self) -> World:
        return self.guild.world

    @property
    def id(self) -> int:
        return self.user.id

    @property
    def name(self) -> str:
        return self.user.name

    @property
    def timed_out(self) -> bool:
        return self.timed_out_until is not None and self.timed_out_until > self.world.clock.now()

    @property
    def dm(self) -> Channel:
        """The private channel with the bot."""
        return self.world.dm(self.user)

    def __repr__(self) -> str:
        return f"<{self.name} in {self.guild.name}>"

    def permissions(self, channel: Channel | None = None) -> Permission:
        return self.guild.permissions_of(self, channel)

    def can_see(self, channel: Channel) -> bool:
        if channel.guild is None:
            return channel.recipient is self.user
        if channel.guild is not self.guild or self.id not in self.guild.members:
            return False
        permissions = self.permissions(channel)
        if channel.type is ChannelType.PRIVATE_THREAD and channel.thread is not None:
            inside = self.id in channel.thread.members or Permission.MANAGE_THREADS in permissions
            return inside and Permission.VIEW_CHANNEL in permissions
        return Permission.VIEW_CHANNEL in permissions

    def sees(self, channel: Channel) -> list[Message]:
        """What this member can read there now, oldest first; ephemeral messages only if theirs."""
        return [message for message in channel.messages.values() if self.reads(message)]

    def reads(self, message: Message) -> bool:
        channel = message.channel
        if message.loading or message.deleted or not self.can_see(channel):
            return False
        if message.ephemeral_to is not None:
            return message.ephemeral_to is self.user
        return channel.guild is None or Permission.READ_MESSAGE_HISTORY in self.permissions(channel)

    def previews(self, parent: Channel) -> list[tuple[Channel, Message]]:
        """What this member's client shows under a channel: its public threads with their last messages."""
        shown = [t for t in threads.active(self.guild) if t.parent is parent and self.can_see(t)]
        public = [t for t in shown if t.type is not ChannelType.PRIVATE_THREAD]
        return [(t, m) for t in public if (m := threads.preview(t)) is not None]

    def time_out(self, duration: timedelta) -> None:
        self.timed_out_until = self.world.clock.now() + duration if duration else None
        self._changed()

    def set_roles(self, roles: Iterable[Role]) -> None:
        with self.guild.noticing_access():
            self.roles = list(roles)
            self._changed()

    def _changed(self) -> None:
        body = {"guild_id": str(self.guild.id), **member_payload(self)}
        # docs: Gateway Intents; a bot hears of its own member without the members intent
        own = self.user is self.world.me
        self.world.emit("GUILD_MEMBER_UPDATE", body, self.guild, always=own)
