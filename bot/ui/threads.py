"""Discord's threads: made once, woken, kept in sight, entered, left, closed."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

import discord
from discord.ext import commands
from discord.http import MultipartParameters, Route, handle_message_parameters
from msgspec import Struct

from bot.ui.cards import Card
from bot.ui.once import made_once, once, plain_body

TAGS_IN_FORUM = 20
TAGS_ON_POST = 5
TAG_LENGTH = 20


class Wanted(Struct, frozen=True):
    """A thread to be made. `first` is its first message, which a forum's post needs; `tags` are the names of what
    it is filed under there. `known` are threads that it can't be."""

    club_id: int
    parent_id: int
    name: str
    private: bool
    quiet_for: timedelta
    known: Collection[int]
    first: Card | None = None
    tags: Sequence[str] = ()


class Active(Struct, frozen=True):
    """One active thread, as the server lists it."""

    thread_id: int
    parent_id: int
    owner_id: int
    name: str
    quiet_since: datetime


class Talk(Struct, frozen=True):
    """How much was said in a thread, and by how many who are in it; Discord counts the latter to 50."""

    messages: int
    members: int


class ThreadRooms:
    """The bot's hand on threads, by their numbers."""

    def __init__(self, client: commands.AutoShardedBot) -> None:
        self._client = client
        self._http = client.http

    async def make(self, wanted: Wanted, active: Sequence[Active]) -> int:
        """The number of the thread, made now or on a try before, which the server's `active` threads show; what
        Discord refuses is raised."""
        if (there := self._among(wanted, active)) is not None:
            return there
        tags = await self._tags(wanted) if wanted.tags else []
        fresh = True

        async def look() -> int | None:
            nonlocal fresh
            found = None if fresh else self._among(wanted, await self.active(wanted.club_id))
            fresh = False
            return found

        async def create() -> int:
            route = Route("POST", "/channels/{channel_id}/threads", channel_id=wanted.parent_id)
            made = await once(self._http, route, self._body(wanted, tags))
            return int(made["id"])

        return await made_once(look, create)

    async def active(self, club_id: int) -> list[Active]:
        """The server's active threads, as far as the bot sees them."""
        listed = await self._http.get_active_threads(club_id)
        return [_active(each) for each in listed["threads"]]

    async def wake(self, thread_id: int) -> None:
        """Brings an archived thread back: nobody can be added to one or taken out of it. Only active threads are
        known without asking."""
        if not isinstance(self._client.get_channel(thread_id), discord.Thread):
            await self._http.edit_channel(thread_id, archived=False)

    async def keep(self, thread_id: int, quiet_for: timedelta, nudge: timedelta) -> None:
        """Counts as activity without a word: the auto-archive time is changed, and changed back."""
        await self.wake(thread_id)
        for span in (nudge, quiet_for):
            await self._http.edit_channel(thread_id, auto_archive_duration=_minutes(span))

    async def put_away(self, thread_id: int) -> None:
        await self._http.edit_channel(thread_id, archived=True)

    async def close(self, thread_id: int, *, lock: bool) -> None:
        """Archives it; `lock` (which takes Manage Threads) keeps it so."""
        if lock:
            await self._http.edit_channel(thread_id, archived=True, locked=True)
        else:
            await self.put_away(thread_id)

    async def add(self, thread_id: int, member_id: int) -> None:
        await self._http.add_user_to_thread(thread_id, member_id)

    async def remove(self, thread_id: int, member_id: int) -> None:
        await self._http.remove_user_from_thread(thread_id, member_id)

    async def archived(self, thread_id: int) -> bool:
        """Whether it sleeps, as Discord says at this moment."""
        thread = await self._client.fetch_channel(thread_id)
        return isinstance(thread, discord.Thread) and thread.archived

    async def exists(self, thread_id: int) -> bool:
        """Whether Discord still has it, archived or not."""
        try:
            await self._http.get_channel(thread_id)
        except discord.NotFound:
            return False
        return True

    async def talk(self, thread_id: int) -> Talk:
        thread: Any = await self._http.get_channel(thread_id)
        return Talk(thread.get("message_count", 0), thread.get("member_count", 0))

    def kind(self, channel_id: int) -> discord.ChannelType | None:
        """What kind of channel it is, as far as the bot sees it."""
        channel = self._client.get_channel(channel_id)
        return channel.type if isinstance(channel, discord.abc.GuildChannel) else None

    def readers(self, parent_id: int) -> list[int]:
        """The roles that can read every private thread under a channel, the bots' own left out."""
        parent = self._client.get_channel(parent_id)
        if not isinstance(parent, discord.abc.GuildChannel):
            return []
        return [
            role.id
            for role in parent.guild.roles
            if not role.managed and parent.permissions_for(role).manage_threads
        ]

    def sees(self, channel_id: int, member: discord.Member | discord.User) -> bool:
        """Whether the member sees a channel; yes where the bot itself doesn't know it."""
        channel = self._client.get_channel(channel_id)
        if not isinstance(channel, discord.abc.GuildChannel) or not isinstance(member, discord.Member):
            return True
        return channel.permissions_for(member).view_channel

    def _among(self, wanted: Wanted, active: Sequence[Active]) -> int | None:
        """The newest thread of the bot's under that channel that has the name and is no other one's."""
        me = self._client.user
        mine = [
            thread.thread_id
            for thread in active
            if (thread.parent_id, thread.name) == (wanted.parent_id, wanted.name)
            and me is not None
            and thread.owner_id == me.id
            and thread.thread_id not in wanted.known
        ]
        return max(mine, default=None)

    def _body(self, wanted: Wanted, tags: Sequence[str]) -> MultipartParameters:
        form: dict[str, Any] = {"name": wanted.name, "auto_archive_duration": _minutes(wanted.quiet_for)}
        kind = self.kind(wanted.parent_id)
        if kind is discord.ChannelType.forum and wanted.first:
            return handle_message_parameters(
                view=wanted.first,
                allowed_mentions=discord.AllowedMentions.none(),
                channel_payload={**form, "applied_tags": tags},
            )
        if wanted.private:
            return plain_body({**form, "type": discord.ChannelType.private_thread.value, "invitable": False})
        of_news = kind is discord.ChannelType.news
        public = discord.ChannelType.news_thread if of_news else discord.ChannelType.public_thread
        return plain_body({**form, "type": public.value})

    async def _tags(self, wanted: Wanted) -> list[str]:
        """The forum's tags of these names; those it lacks are made where the bot may."""
        forum = self._client.get_channel(wanted.parent_id)
        if not isinstance(forum, discord.ForumChannel):
            return []
        names = [name[:TAG_LENGTH] for name in wanted.tags[:TAGS_ON_POST]]
        there = {tag.name: str(tag.id) for tag in forum.available_tags}
        new = [name for name in names if name not in there][: TAGS_IN_FORUM - len(there)]
        if new and forum.permissions_for(forum.guild.me).manage_channels:
            tags: list[dict[str, Any]] = [dict(tag.to_dict()) for tag in forum.available_tags]
            edited: Any = await self._http.edit_channel(
                forum.id, available_tags=[*tags, *({"name": name} for name in new)]
            )
            there = {tag["name"]: tag["id"] for tag in edited["available_tags"]}
        return [there[name] for name in names if name in there]


def _active(payload: Any) -> Active:
    last = int(payload.get("last_message_id") or payload["id"])
    return Active(
        thread_id=int(payload["id"]),
        parent_id=int(payload["parent_id"]),
        owner_id=int(payload["owner_id"]),
        name=payload["name"],
        quiet_since=discord.utils.snowflake_time(last),
    )


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds()) // 60
