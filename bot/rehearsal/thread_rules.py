"""Who may do what with threads, for the bot and for members alike: Discord's error if not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bot.rehearsal import threads
from bot.rehearsal.access import require
from bot.rehearsal.entities import HOLDS_MESSAGES, THREADS, Channel, ChannelType, User
from bot.rehearsal.faults import Faults
from bot.rehearsal.permissions import Permission
from bot.rehearsal.rules import ApiError, Json, Rule, missing_access, missing_permissions, unknown
from bot.rehearsal.standing import Standing

if TYPE_CHECKING:
    from bot.rehearsal.guilds import Guild

LIMITS = "discord.md: Limits, threads"
FORUMS = "discord.md: Limits, forum channels"
KINDS = Rule("messages go where messages can stand", "docs: JSON Error Codes, 50008")
PLACE = Rule("private threads only under text channels, posts only in forums", LIMITS)
NAME = Rule("a thread's name has 1-100 characters", LIMITS)
QUIET = Rule("auto-archive after 60, 1,440, 4,320 or 10,080 minutes", LIMITS)
SLOW = Rule("slowmode is 0-21,600 seconds", "docs: Start Thread")
CAP = Rule("a server has a cap on active threads", LIMITS)
ROOM = Rule("a thread holds 1,000 members", LIMITS)
ARCHIVED = Rule("an archived thread is un-archived before it is changed", "docs: JSON Error Codes, 50083")
LOCKED = Rule("a locked thread takes no messages and is opened by Manage Threads only", LIMITS)
TAGS = Rule("at most 5 of the forum's tags on a post", FORUMS)
TAG_NEEDED = Rule("this forum wants a tag on each post", "docs: JSON Error Codes, 40067")
MINUTES = (60, 1440, 4320, 10080)


def check_form(body: Json, *, named: bool) -> None:
    """Name, auto-archive time and slowmode of a new or changed thread."""
    faults = Faults()
    if named:
        faults.required(("name",), body.get("name"), NAME)
    faults.text(("name",), body.get("name"), NAME, least=1, most=100)
    if body.get("auto_archive_duration") not in (None, *MINUTES):
        faults.add(("auto_archive_duration",), "BASE_TYPE_CHOICES", f"Must be one of {MINUTES}.", QUIET)
    if not 0 <= (body.get("rate_limit_per_user") or 0) <= 21600:
        faults.add(("rate_limit_per_user",), "NUMBER_TYPE_MAX", "0 to 21600", SLOW)
    faults.raise_if_any()


def check_start(actor: Standing, parent: Channel, *, private: bool = False) -> None:
    wrong_place = parent.type not in {ChannelType.TEXT, ChannelType.ANNOUNCEMENT}
    if wrong_place or (private and parent.type is not ChannelType.TEXT):
        raise ApiError(400, 50024, "Cannot execute action on this channel type", PLACE)
    needed = Permission.CREATE_PRIVATE_THREADS if private else Permission.CREATE_PUBLIC_THREADS
    require(parent, needed, by=actor)
    check_cap(actor.guild)


def check_post(actor: Standing, forum: Channel, tags: Sequence[int]) -> None:
    if forum.type is not ChannelType.FORUM:
        raise ApiError(400, 50024, "Cannot execute action on this channel type", PLACE)
    require(forum, Permission.SEND_MESSAGES, Permission.SEND_MESSAGES_IN_THREADS, by=actor)
    check_tags(actor, forum, tags)
    check_cap(actor.guild)


def check_tags(actor: Standing, forum: Channel, tags: Sequence[int]) -> None:
    known = {tag.id: tag for tag in forum.tags}
    if len(tags) > 5:
        _fault("applied_tags", "BASE_TYPE_MAX_LENGTH", "Must be 5 or fewer in length.", TAGS)
    if any(tag not in known for tag in tags):
        raise unknown(10087, "tag")
    if any(known[tag].moderated for tag in tags) and not threads.manages(actor, forum):
        raise missing_permissions()
    if forum.requires_tag and not tags:
        raise ApiError(400, 40067, "A tag is required to create a forum post in this channel", TAG_NEEDED)


def check_cap(guild: Guild) -> None:
    if len(threads.active(guild)) >= guild.world.habits.active_threads:
        raise ApiError(400, 160006, "Maximum number of active threads reached", CAP)


def check_send(actor: Standing | None, channel: Channel) -> None:
    """Whether a message may stand there; nobody in particular for a webhook."""
    if channel.type not in HOLDS_MESSAGES:
        raise ApiError(400, 50008, "Cannot send messages in a non-text channel", KINDS)
    if actor is not None:
        in_thread = channel.type in THREADS
        needed = Permission.SEND_MESSAGES_IN_THREADS if in_thread else Permission.SEND_MESSAGES
        require(channel, needed, by=actor)
    if channel.thread is None:
        return
    state, guild = channel.thread, threads.guild_of(channel)
    if state.locked and (state.archived or (actor is not None and not threads.manages(actor, channel))):
        raise ApiError(400, 160005, "Thread is locked", LOCKED)
    if state.archived:
        check_cap(guild)


def check_open(thread: Channel) -> None:
    if thread.thread is not None and thread.thread.archived:
        raise ApiError(400, 50083, "Thread is archived", ARCHIVED)


def check_add(actor: Standing, thread: Channel, user: User) -> None:
    """docs: Add Thread Member: the right to send there, and a thread that isn't archived."""
    require(thread, Permission.SEND_MESSAGES_IN_THREADS, by=actor)
    check_open(thread)
    if not threads.may_invite(actor, thread):
        raise missing_permissions()
    member = actor.guild.members.get(user.id)
    if member is None:
        raise unknown(10007, "Member")
    if not member.can_see(threads.parent_of(thread)):
        raise missing_access()
    check_room(thread, user)


def check_room(thread: Channel, user: User) -> None:
    members, most = thread.state.members, threads.guild_of(thread).world.habits.thread_members
    if user.id not in members and len(members) >= most:
        raise ApiError(400, 30033, "Maximum number of thread participants has been reached (1000)", ROOM)


def check_remove(actor: Standing, thread: Channel) -> None:
    """docs: Remove Thread Member: Manage Threads, or the creator of a private thread."""
    require(thread, by=actor)
    check_open(thread)
    owner = thread.type is ChannelType.PRIVATE_THREAD and thread.state.owner_id == actor.id
    if not owner and not threads.manages(actor, thread):
        raise missing_permissions()


def check_change(actor: Standing, thread: Channel, body: dict[str, Any]) -> None:
    """docs: Threads, Editing: what the creator may, what takes Manage Threads, and what an archived one allows."""
    require(thread, by=actor)
    state, manages = thread.state, threads.manages(actor, thread)
    reopens = state.archived and body.get("archived") is False
    if state.archived and not reopens:
        check_open(thread)
    if state.locked and reopens and not manages:
        raise ApiError(400, 160005, "Thread is locked", LOCKED)
    if manages:
        return
    if body.keys() & {"locked", "rate_limit_per_user", "flags"}:
        raise missing_permissions()
    if body.keys() == {"archived"} and reopens:
        require(thread, Permission.SEND_MESSAGES_IN_THREADS, by=actor)
    elif state.owner_id != actor.id:
        raise missing_permissions()


def _fault(key: str, code: str, message: str, rule: Rule) -> None:
    faults = Faults()
    faults.add((key,), code, message, rule)
    faults.raise_if_any()
