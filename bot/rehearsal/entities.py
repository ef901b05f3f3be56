"""The things a world is made of, as plain data: users, roles, channels, threads."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum
from typing import TYPE_CHECKING

from bot.rehearsal.permissions import Overwrite, Permission

if TYPE_CHECKING:
    from bot.rehearsal.guilds import Guild
    from bot.rehearsal.messages import Message


class ChannelType(IntEnum):
    TEXT = 0
    DM = 1
    VOICE = 2
    CATEGORY = 4
    ANNOUNCEMENT = 5
    ANNOUNCEMENT_THREAD = 10
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12
    STAGE = 13
    FORUM = 15


THREADS = frozenset(
    {ChannelType.ANNOUNCEMENT_THREAD, ChannelType.PUBLIC_THREAD, ChannelType.PRIVATE_THREAD},
)
HOLDS_MESSAGES = THREADS | {
    ChannelType.TEXT,
    ChannelType.DM,
    ChannelType.VOICE,
    ChannelType.ANNOUNCEMENT,
    ChannelType.STAGE,
}


@dataclass(eq=False, slots=True)
class User:
    id: int
    name: str
    bot: bool = False
    locale: str = "en-US"
    accepts_dms: bool = True
    avatar_url: str | None = None  # a webhook's message brings its own

    def __repr__(self) -> str:
        return f"<{self.name}>"


@dataclass(eq=False, slots=True)
class Role:
    id: int
    name: str
    permissions: Permission
    position: int = 1
    managed: bool = False
    mentionable: bool = False
    bot_id: int | None = None

    def __repr__(self) -> str:
        return f"<@&{self.name}>"


@dataclass(frozen=True, slots=True)
class Tag:
    """What a forum's posts may be filed under."""

    id: int
    name: str
    moderated: bool = False
    emoji: str | None = None


@dataclass(eq=False, slots=True)
class ThreadState:
    owner_id: int
    created_at: datetime
    archived_at: datetime
    active_at: datetime  # the last message, un-archiving or change of the auto-archive time
    archived: bool = False
    locked: bool = False
    invitable: bool = True
    auto_archive_minutes: int = 4320
    applied_tags: list[int] = field(default_factory=list)
    members: dict[int, datetime] = field(default_factory=dict)
    pinned: bool = False  # on top of its forum
    look_at: datetime | None = None  # when Discord next asks whether to archive it

    @property
    def idle_at(self) -> datetime:
        return self.active_at + timedelta(minutes=self.auto_archive_minutes)


@dataclass(eq=False, slots=True)
class Channel:
    id: int
    type: ChannelType
    name: str
    guild: Guild | None = None
    parent: Channel | None = None
    overwrites: dict[int, Overwrite] = field(default_factory=dict)
    position: int = 0
    topic: str | None = None
    slowmode: int = 0
    tags: list[Tag] = field(default_factory=list)
    requires_tag: bool = False
    thread: ThreadState | None = None
    recipient: User | None = None
    messages: dict[int, Message] = field(default_factory=dict)

    @property
    def state(self) -> ThreadState:
        """What makes this channel a thread."""
        if self.thread is None:
            raise TypeError(f"{self} is no thread")
        return self.thread

    @property
    def permission_source(self) -> Channel:
        """Threads have no overwrites of their own: their parent's hold."""
        return self.parent if self.type in THREADS and self.parent else self

    def history(self) -> list[Message]:
        """What everybody with access can read, oldest first: no ephemeral messages."""
        return [m for m in self.messages.values() if m.ephemeral_to is None and not m.loading]

    def __repr__(self) -> str:
        return f"<#{self.name}>"
