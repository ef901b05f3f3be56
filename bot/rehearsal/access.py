"""What the bot can reach: the thing a request names, or Discord's error for why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rehearsal.entities import Channel, User
from bot.rehearsal.permissions import Permission
from bot.rehearsal.routing import Call
from bot.rehearsal.rules import ApiError, Rule, missing_access, missing_permissions, unknown

if TYPE_CHECKING:
    from bot.rehearsal.guilds import Guild
    from bot.rehearsal.members import Member
    from bot.rehearsal.messages import Message
    from bot.rehearsal.standing import Standing
    from bot.rehearsal.world import World

IN_SERVERS = Rule("threads, tags and settings are for a server's channels", "docs: JSON Error Codes, 50024")
DMS_CLOSED = Rule("a user may refuse direct messages", "docs: JSON Error Codes, 50007")


def guild_of(call: Call) -> Guild:
    guild_id = call.id("guild_id")
    if guild_id not in call.world.guilds:
        raise unknown(10004, "Guild")
    return call.world.guilds[guild_id]


def home_of(channel: Channel) -> Guild:
    """The server a channel is in; a private channel has none."""
    if channel.guild is None:
        raise ApiError(400, 50024, "Cannot execute action on this channel type", IN_SERVERS)
    return channel.guild


def member_of(call: Call, guild: Guild) -> Member:
    member = guild.members.get(call.id("user_id"))
    if member is None:
        raise unknown(10007, "Member")
    return member


def channel_of(call: Call, *needed: Permission) -> Channel:
    """The channel of the route, if the bot sees it and may do all that is needed there."""
    channel = call.world.channel(call.id("channel_id"))
    if channel is None:
        raise unknown(10003, "Channel")
    require(channel, *needed)
    return channel


def require(channel: Channel, *needed: Permission, by: Standing | None = None) -> None:
    """Raise if the bot, or whoever it is, doesn't see the channel or lacks a permission there."""
    if channel.guild is None:
        return
    actor = by or channel.guild.me
    if not actor.can_see(channel):
        raise missing_access()
    permissions = actor.permissions(channel)
    if any(each not in permissions for each in needed):
        raise missing_permissions()


def permissions_in(channel: Channel) -> Permission:
    guild = channel.guild
    return guild.permissions_of(guild.me, channel) if guild else Permission((1 << 53) - 1)


def message_of(call: Call, channel: Channel) -> Message:
    """Ephemeral messages are out of reach here: only their interaction's webhook finds them."""
    message = channel.messages.get(call.id("message_id"))
    if message is None or message.ephemeral:
        raise unknown(10008, "Message")
    return message


def user_of(world: World, user_id: int) -> User:
    user = world.user(user_id)
    if user is None:
        raise unknown(10013, "User")
    return user


def open_for_dm(user: User) -> None:
    if not user.accepts_dms:
        raise ApiError(403, 50007, "Cannot send messages to this user", DMS_CLOSED)
