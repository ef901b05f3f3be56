"""The world in Discord's wire shapes (docs: Resources), as discord.py 2.7.1 reads them."""

from bot.rehearsal.payloads.channels import channel_payload, thread_member_payload
from bot.rehearsal.payloads.guilds import guild_create_payload, guild_payload
from bot.rehearsal.payloads.messages import attachment_payload, message_payload
from bot.rehearsal.payloads.people import member_payload, role_payload, stamp, user_payload

__all__ = [
    "attachment_payload",
    "channel_payload",
    "guild_create_payload",
    "guild_payload",
    "member_payload",
    "message_payload",
    "role_payload",
    "stamp",
    "thread_member_payload",
    "user_payload",
]
