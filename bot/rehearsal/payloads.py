"""The world in Discord's wire shapes (docs: Resources), as discord.py 2.7.1 reads them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from bot.rehearsal.entities import THREADS, Channel, ChannelType, Role, User
from bot.rehearsal.permissions import Permission
from bot.rehearsal.rules import Json

if TYPE_CHECKING:
    from bot.rehearsal.guilds import Guild
    from bot.rehearsal.messages import Attachment, Message
    from bot.rehearsal.standing import Standing


def stamp(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def user_payload(user: User) -> Json:
    return {
        "id": str(user.id),
        "username": user.name.lower().replace(" ", "_"),
        "global_name": None if user.bot else user.name,
        "discriminator": "0",
        "avatar": None,
        "bot": user.bot,
        "public_flags": 0,
        "flags": 0,
    }


def role_payload(role: Role) -> Json:
    return {
        "id": str(role.id),
        "name": role.name,
        "permissions": str(int(role.permissions)),
        "position": role.position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": role.managed,
        "mentionable": role.mentionable,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
        "tags": {"bot_id": str(role.bot_id)} if role.bot_id else {},
    }


def member_payload(member: Standing, *, permissions: Permission | None = None) -> Json:
    body: Json = {
        "user": user_payload(member.user),
        "nick": None,
        "avatar": None,
        "banner": None,
        "roles": [str(role.id) for role in member.roles],
        "joined_at": stamp(member.joined_at),
        "premium_since": None,
        "communication_disabled_until": stamp(member.timed_out_until),
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
    }
    return body if permissions is None else {**body, "permissions": str(int(permissions))}


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


def guild_payload(guild: Guild) -> Json:
    return {
        "id": str(guild.id),
        "name": guild.name,
        "owner_id": str(guild.owner.id),
        "preferred_locale": guild.locale,
        "roles": [role_payload(role) for role in guild.roles.values()],
        "features": [],
        "emojis": [],
        "stickers": [],
        "icon": None,
        "splash": None,
        "banner": None,
        "description": None,
        "afk_channel_id": None,
        "afk_timeout": 300,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "rules_channel_id": None,
        "public_updates_channel_id": None,
        "vanity_url_code": None,
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "premium_progress_bar_enabled": False,
    }


def guild_create_payload(guild: Guild) -> Json:
    """What GUILD_CREATE adds; without the members intent only the bot's own member is in it."""
    channels = guild.channels.values()
    return {
        **guild_payload(guild),
        "joined_at": stamp(guild.me.joined_at),
        "large": False,
        "unavailable": False,
        "member_count": len(guild.members),
        "members": [member_payload(guild.me)],
        "channels": [channel_payload(c) for c in channels if c.type not in THREADS],
        "threads": [channel_payload(c) for c in channels if c.thread and not c.thread.archived],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def attachment_payload(attachment: Attachment) -> Json:
    width, height = attachment.size_px or (None, None)
    body = {
        "id": str(attachment.id),
        "filename": attachment.filename,
        "size": len(attachment.data),
        "url": attachment.url,
        "proxy_url": attachment.url,
        "content_type": attachment.content_type,
        "description": attachment.description,
        "width": width,
        "height": height,
    }
    return {key: value for key, value in body.items() if value is not None}


def message_payload(message: Message) -> Json:
    body: Json = {
        "id": str(message.id),
        "channel_id": str(message.channel.id),
        "type": message.type,
        "author": user_payload(message.author),
        "content": message.content,
        "embeds": message.embeds,
        "components": message.components,
        "attachments": [attachment_payload(a) for a in message.attachments],
        "flags": message.flags,
        "timestamp": stamp(message.created_at),
        "edited_timestamp": stamp(message.edited_at),
        "tts": False,
        "pinned": message.pinned,
        "mention_everyone": "everyone" in message.pings,
        "mentions": [],
        "mention_roles": [p.removeprefix("role:") for p in message.pings if p.startswith("role:")],
    }
    if message.nonce is not None:
        body["nonce"] = message.nonce
    if message.webhook_id is not None:
        body |= {"webhook_id": str(message.webhook_id), "application_id": str(message.webhook_id)}
    if message.reference is not None:
        body["message_reference"] = {
            "message_id": str(message.reference.id),
            "channel_id": str(message.reference.channel.id),
        }
    if message.interaction is not None:
        body["interaction_metadata"] = message.interaction
    return body
