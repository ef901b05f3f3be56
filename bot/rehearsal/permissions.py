"""Who may do what where: Discord's permission bits and the order in which overwrites apply."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import IntFlag


class Permission(IntFlag):
    """discord.com/developers/docs/topics/permissions, state of 2026-08."""

    NONE = 0
    CREATE_INSTANT_INVITE = 1 << 0
    KICK_MEMBERS = 1 << 1
    BAN_MEMBERS = 1 << 2
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_AUDIT_LOG = 1 << 7
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    SEND_TTS_MESSAGES = 1 << 12
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    CONNECT = 1 << 20
    SPEAK = 1 << 21
    MANAGE_ROLES = 1 << 28
    MANAGE_WEBHOOKS = 1 << 29
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_EVENTS = 1 << 33
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38
    MODERATE_MEMBERS = 1 << 40
    CREATE_EVENTS = 1 << 44
    SEND_POLLS = 1 << 49
    USE_EXTERNAL_APPS = 1 << 50
    PIN_MESSAGES = 1 << 51
    BYPASS_SLOWMODE = 1 << 52


P = Permission
ALL = P((1 << 53) - 1)
# what a new server gives everyone
EVERYONE = (
    P.CREATE_INSTANT_INVITE
    | P.ADD_REACTIONS
    | P.VIEW_CHANNEL
    | P.SEND_MESSAGES
    | P.EMBED_LINKS
    | P.ATTACH_FILES
    | P.READ_MESSAGE_HISTORY
    | P.USE_EXTERNAL_EMOJIS
    | P.CONNECT
    | P.SPEAK
    | P.USE_APPLICATION_COMMANDS
    | P.CREATE_PUBLIC_THREADS
    | P.CREATE_PRIVATE_THREADS
    | P.SEND_MESSAGES_IN_THREADS
    | P.SEND_POLLS
)
# what a bot's invitation usually asks for beside that
BOT = P.MANAGE_MESSAGES | P.MANAGE_THREADS | P.MANAGE_EVENTS | P.CREATE_EVENTS | P.PIN_MESSAGES
KEPT_IN_TIMEOUT = P.VIEW_CHANNEL | P.READ_MESSAGE_HISTORY
NEEDS_SEND = P.MENTION_EVERYONE | P.SEND_TTS_MESSAGES | P.ATTACH_FILES | P.EMBED_LINKS


@dataclass(frozen=True, slots=True)
class Overwrite:
    """What a channel grants and takes from one role or member."""

    allow: Permission = P.NONE
    deny: Permission = P.NONE


def union_of(bits: Iterable[Permission]) -> Permission:
    union = P.NONE
    for some in bits:
        union |= some
    return union


def in_guild(granted: Iterable[Permission], *, owner: bool = False) -> Permission:
    """The union of the roles, @everyone among them; owners and administrators may do all."""
    union = union_of(granted)
    return ALL if owner or P.ADMINISTRATOR in union else union


def in_channel(
    base: Permission,
    overwrites: Mapping[int, Overwrite],
    *,
    everyone_id: int,
    role_ids: Collection[int],
    member_id: int,
) -> Permission:
    """Apply @everyone's overwrite, then the roles' (all denials before all grants), then the member's."""
    if P.ADMINISTRATOR in base:
        return ALL
    nothing = Overwrite()
    everyone = overwrites.get(everyone_id, nothing)
    permissions = base & ~everyone.deny | everyone.allow
    roles = [overwrites[role] for role in role_ids if role in overwrites and role != everyone_id]
    permissions &= ~union_of(o.deny for o in roles)
    permissions |= union_of(o.allow for o in roles)
    own = overwrites.get(member_id, nothing)
    return permissions & ~own.deny | own.allow


def implied(permissions: Permission, *, thread: bool = False) -> Permission:
    """Without View Channel nothing is left; without the right to send, nothing that needs sending."""
    if P.VIEW_CHANNEL not in permissions:
        return P.NONE
    send = P.SEND_MESSAGES_IN_THREADS if thread else P.SEND_MESSAGES
    return permissions if send in permissions else permissions & ~NEEDS_SEND


def in_timeout(permissions: Permission) -> Permission:
    """A member in time-out keeps reading; administrators can't be timed out."""
    return permissions if P.ADMINISTRATOR in permissions else permissions & KEPT_IN_TIMEOUT
