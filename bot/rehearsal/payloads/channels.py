"""Channels and threads in Discord's wire shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rehearsal.entities import THREADS, Channel, ChannelType, Tag
from bot.rehearsal.payloads.people import stamp, user_payload
from bot.rehearsal.rules import Json

if TYPE_CHECKING:
    from bot.rehearsal.guilds import Guild

PINNED, REQUIRE_TAG = 1 << 1, 1 << 4  # docs: Channel Flags
MEMBERS_COUNTED = 50  # discord.md: Limits, threads: member_count stops there


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
        "rate_limit_per_user": channel.slowmode,
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
            return {
                "flags": REQUIRE_TAG if channel.requires_tag else 0,
                "available_tags": [tag_payload(tag) for tag in channel.tags],
                "default_reaction_emoji": None,
                "default_forum_layout": 0,
            }
        case _:
            return {}


def tag_payload(tag: Tag) -> Json:
    emoji = {"emoji_id": None, "emoji_name": tag.emoji}
    return {"id": str(tag.id), "name": tag.name, "moderated": tag.moderated, **emoji}


def thread_member_payload(thread: Channel, user_id: int) -> Json:
    joined = stamp(thread.state.members[user_id])
    return {"id": str(thread.id), "user_id": str(user_id), "join_timestamp": joined, "flags": 0}


def _thread_payload(channel: Channel) -> Json:
    state, guild, parent = channel.state, channel.guild, channel.parent
    if guild is None or parent is None:
        raise AssertionError(f"{channel} is no thread")
    inside = guild.me.id in state.members
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
        "member_count": min(len(state.members), MEMBERS_COUNTED),
        "rate_limit_per_user": channel.slowmode,
        "flags": PINNED if state.pinned else 0,
        "applied_tags": [str(tag) for tag in state.applied_tags],
        "thread_metadata": {
            "archived": state.archived,
            "locked": state.locked,
            "invitable": state.invitable,
            "auto_archive_duration": state.auto_archive_minutes,
            "archive_timestamp": stamp(state.archived_at),
            "create_timestamp": stamp(state.created_at),
        },
        **({"member": thread_member_payload(channel, guild.me.id)} if inside else {}),
    }


def _last(channel: Channel) -> str | None:
    newest_first = reversed(channel.messages.values())
    return next((str(m.id) for m in newest_first if not m.ephemeral and not m.loading), None)
