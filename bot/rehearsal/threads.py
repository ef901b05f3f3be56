"""The life of a thread: who is inside, when it goes quiet, and what the bot hears of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bot.rehearsal.entities import THREADS, Channel, ChannelType, User
from bot.rehearsal.messages import is_system
from bot.rehearsal.payloads import channel_payload, thread_member_payload
from bot.rehearsal.permissions import Permission
from bot.rehearsal.rules import Json

if TYPE_CHECKING:
    from bot.rehearsal.guilds import Guild
    from bot.rehearsal.messages import Message
    from bot.rehearsal.standing import Standing


def guild_of(thread: Channel) -> Guild:
    if thread.guild is None or thread.thread is None:
        raise TypeError(f"{thread} is no thread")
    return thread.guild


def active(guild: Guild) -> list[Channel]:
    return [c for c in guild.channels.values() if c.thread is not None and not c.thread.archived]


def preview(thread: Channel) -> Message | None:
    """The last message, which clients show beside the thread's name under its parent channel."""
    return next((m for m in reversed(thread.history()) if not is_system(m)), None)


def archive(thread: Channel, *, locked: bool | None = None) -> None:
    state = thread.state
    state.archived, state.archived_at = True, guild_of(thread).world.clock.now()
    state.locked = state.locked if locked is None else locked
    tell(thread, "UPDATE")


def unarchive(thread: Channel) -> None:
    state, now = thread.state, guild_of(thread).world.clock.now()
    state.archived, state.archived_at, state.active_at = False, now, now
    tell(thread, "UPDATE")
    watch(thread)


def spoken(message: Message) -> None:
    """A written message wakes its thread and brings in its author and whom it mentions."""
    thread = message.channel
    guild, state = guild_of(thread), thread.state
    state.active_at = max(state.active_at, message.created_at)
    if state.archived:
        unarchive(thread)
    author = guild.members.get(message.author.id)
    if author is not None and message.webhook_id is None:
        enter(thread, [author.user])
    named = (guild.members.get(int(p.removeprefix("user:"))) for p in message.pings if p.startswith("user:"))
    if author is not None and may_invite(author, thread):
        enter(thread, [member.user for member in named if member and member.can_see(parent_of(thread))])


def may_invite(actor: Standing, thread: Channel) -> bool:
    """discord.md: `invitable` lets any member inside bring in a friend."""
    owner = thread.state.owner_id == actor.id
    private = thread.type is ChannelType.PRIVATE_THREAD
    return not private or thread.state.invitable or owner or manages(actor, thread)


def manages(actor: Standing, thread: Channel) -> bool:
    return Permission.MANAGE_THREADS in actor.permissions(thread)


def parent_of(thread: Channel) -> Channel:
    if thread.parent is None:
        raise TypeError(f"{thread} is no thread")
    return thread.parent


def enter(thread: Channel, users: Iterable[User]) -> list[User]:
    """Let users in as far as there is room; the answer is who is new inside."""
    guild, members = guild_of(thread), thread.state.members
    added = []
    for user in users:
        if user.id not in members and len(members) < guild.world.habits.thread_members:
            members[user.id] = guild.world.clock.now()
            added.append(user)
    if guild.world.me in added:
        tell(thread, "CREATE")
        own = {"added_members": [thread_member_payload(thread, guild.me.id)]}
        _tell_membership(thread, own)
    guild.world.feed.stir()
    return added


def leave(thread: Channel, user: User) -> bool:
    guild = guild_of(thread)
    inside = thread.state.members.pop(user.id, None) is not None
    if inside and user is guild.world.me:
        _tell_membership(thread, {"removed_member_ids": [str(user.id)]})
    guild.world.feed.stir()
    return inside


def watch(thread: Channel) -> None:
    """Have Discord look at it when it has been quiet for its time."""
    state = thread.state
    if state.look_at is None or state.idle_at < state.look_at:
        state.look_at = state.idle_at
        guild_of(thread).world.timetable.plan(state.idle_at, lambda: _look(thread))


def _look(thread: Channel) -> None:
    guild, state = guild_of(thread), thread.state
    state.look_at = None
    if state.archived or state.pinned or thread.id not in guild.channels:
        return
    if state.idle_at > guild.world.clock.now():
        watch(thread)
    else:
        archive(thread)


def tell(thread: Channel, what: str, **more: bool) -> None:
    """THREAD_CREATE, _UPDATE and _DELETE come only for threads that the bot can view (docs: Threads)."""
    guild = guild_of(thread)
    if not guild.me.can_see(thread):
        guild.world.feed.stir()
        return
    body = channel_payload(thread)
    if what == "DELETE":
        body = {key: body[key] for key in ("id", "guild_id", "parent_id", "type")}
    guild.world.emit(f"THREAD_{what}", {**body, **more}, guild)


def _tell_membership(thread: Channel, change: Json) -> None:
    """Without the members intent the bot hears of its own coming and going only (docs: Threads)."""
    guild = guild_of(thread)
    count = {"id": str(thread.id), "guild_id": str(guild.id), "member_count": len(thread.state.members)}
    guild.world.emit("THREAD_MEMBERS_UPDATE", {**count, **change}, guild)


def synced(guild: Guild, parents: Iterable[Channel]) -> None:
    """THREAD_LIST_SYNC for channels that the bot has just got to see."""
    ids = {parent.id for parent in parents if parent.type not in THREADS}
    if not ids:
        return
    threads = [t for t in active(guild) if parent_of(t).id in ids and guild.me.can_see(t)]
    inside = [thread_member_payload(t, guild.me.id) for t in threads if guild.me.id in t.state.members]
    body: Json = {"guild_id": str(guild.id), "channel_ids": [str(i) for i in sorted(ids)]}
    guild.world.emit(
        "THREAD_LIST_SYNC",
        {**body, "threads": [channel_payload(t) for t in threads], "members": inside},
        guild,
    )
