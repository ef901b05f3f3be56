"""Servers in Discord's wire shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rehearsal.entities import THREADS
from bot.rehearsal.payloads.channels import channel_payload
from bot.rehearsal.payloads.people import member_payload, role_payload, stamp
from bot.rehearsal.rules import Json

if TYPE_CHECKING:
    from bot.rehearsal.guilds import Guild


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
        "threads": [
            channel_payload(c) for c in channels if c.thread and not c.thread.archived and guild.me.can_see(c)
        ],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [e.payload(counted=True) for e in guild.scheduled.values() if e.open],
        "soundboard_sounds": [],
    }
