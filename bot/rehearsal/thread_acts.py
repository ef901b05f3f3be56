"""Starting threads and bringing people in and out, with the lines that clients then show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.rehearsal import threads
from bot.rehearsal.entities import Channel, ChannelType, ThreadState, User
from bot.rehearsal.lines import Line
from bot.rehearsal.messages import HAS_THREAD, Message
from bot.rehearsal.published import publish, republish
from bot.rehearsal.standing import Standing

KINDS = {ChannelType.ANNOUNCEMENT: ChannelType.ANNOUNCEMENT_THREAD}


def start(
    actor: Standing,
    parent: Channel,
    name: str,
    *,
    private: bool = False,
    minutes: int = 4320,
    slowmode: int = 0,
    invitable: bool = True,
    tags: Iterable[int] = (),
    source: Message | None = None,
) -> Channel:
    """A new thread with `actor` inside; one that starts from a message has that message's id."""
    world = actor.world
    public = KINDS.get(parent.type, ChannelType.PUBLIC_THREAD)
    kind, now = ChannelType.PRIVATE_THREAD if private else public, world.clock.now()
    state = ThreadState(actor.id, now, now, now, invitable=invitable, auto_archive_minutes=minutes)
    state.applied_tags, state.members = list(tags), {actor.id: now}
    number = source.id if source else world.ids.next()
    thread = Channel(number, kind, name, actor.guild, parent, slowmode=slowmode, thread=state)
    actor.guild.channels[number] = thread
    threads.tell(thread, "CREATE", newly_created=True)
    threads.watch(thread)
    _announce(actor, thread, source)
    return thread


def add(actor: Standing, thread: Channel, user: User) -> None:
    if threads.enter(thread, [user]) and user is not actor.user:
        _line(actor, thread, Line.ADDED, mentioned=[user])


def remove(actor: Standing, thread: Channel, user: User) -> None:
    if threads.leave(thread, user) and user is not actor.user:
        _line(actor, thread, Line.REMOVED, mentioned=[user])


def rename(actor: Standing, thread: Channel, name: str) -> None:
    if thread.name != name:
        thread.name = name
        _line(actor, thread, Line.RENAMED, content=name)


def _announce(actor: Standing, thread: Channel, source: Message | None) -> None:
    """A line in the parent for a public thread of its own; in the thread for one from a message."""
    parent = threads.parent_of(thread)
    if source is not None:
        source.thread, source.flags = thread, source.flags | HAS_THREAD
        republish(actor.world, source)
        _line(actor, thread, Line.STARTER, reference=source)
    elif thread.type is not ChannelType.PRIVATE_THREAD and parent.type is not ChannelType.FORUM:
        _line(actor, parent, Line.THREAD_CREATED, content=thread.name, thread=thread)


def _line(actor: Standing, channel: Channel, kind: Line, **more: Any) -> None:
    world = actor.world
    publish(world, Message(world.ids.next(), channel, actor.user, world.clock.now(), type=kind, **more))
