"""Channels and threads in Discord's wire shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rehearsal.entities import THREADS, Channel, ChannelType
from bot.rehearsal.payloads.people import stamp, user_payload
from bot.rehearsal.rules import Json

if TYPE_CHECKING:
    from bot.rehearsal.guilds import Guild


def channel_payload(channel: Channel) -> Json:
    if channel.type in THREADS:
        return _thread_payload(channel)
    body: Json = {
        "id": str(channel.id),
        "type": int(channel.type),
        "flags": 0,
        "last_message_id": _last(channel),
    }
    if channel.guild is None:
        return {**body, "recipients": [user_payload(channel.recipient)] if channel.recipient else []}
    return {**body, **_guild_channel_payload(channel, channel.guild), **_by_type(channel)}


def _guild_channel_payload(channel: Channel, guild: Guild) -> Json:
    return {
        "guild_id": str(guild.id),
        "name": channel.name,
        "topic": channel.topic,
        "position": channel.position,
        "nsfw": False,
        "rate_limit_per_user": 0,
        "parent_id": str(channel.parent.id) if channel.parent else None,
        "permission_overwrites": [
            {
                "id": str(target),
                "type": 0 if target in guild.roles else 1,
                "allow": str(int(o.allow)),
                "deny": str(int(o.deny)),
            }
            for target, o in channel.overwrites.items()
        ],
    }


def _by_type(channel: Channel) -> Json:
    match channel.type:
        case ChannelType.VOICE | ChannelType.STAGE:
            return {"bitrate": 64000, "user_limit": 0, "rtc_region": None}
        case ChannelType.FORUM:
            return {"available_tags": [], "default_reaction_emoji": None, "default_forum_layout": 0}
        case _:
            return {}


def _thread_payload(channel: Channel) -> Json:
    state, guild, parent = channel.thread, channel.guild, channel.parent
    if state is None or guild is None or parent is None:
        raise AssertionError(f"{channel} is no thread")
    return {
        "id": str(channel.id),
        "type": int(channel.type),
        "guild_id": str(guild.id),
        "parent_id": str(parent.id),
        "owner_id": str(state.owner_id),
        "name": channel.name,
        "last_message_id": _last(channel),
        "message_count": len(channel.history()),
        "total_message_sent": len(channel.messages),
        "member_count": min(len(state.members), 50),
        "rate_limit_per_user": 0,
        "flags": 0,
        "applied_tags": [str(tag) for tag in state.applied_tags],
        "thread_metadata": {
            "archived": state.archived,
            "locked": state.locked,
            "invitable": state.invitable,
            "auto_archive_duration": state.auto_archive_minutes,
            "archive_timestamp": stamp(state.archived_at),
            "create_timestamp": stamp(state.created_at),
        },
    }


def _last(channel: Channel) -> str | None:
    newest_first = reversed(channel.messages.values())
    return next((str(m.id) for m in newest_first if not m.ephemeral and not m.loading), None)
