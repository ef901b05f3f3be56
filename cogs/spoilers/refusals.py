"""Which messages can't be hidden, and why."""

import discord

from bot.errors import UserError

MOST_FILES = 10
NORMAL = {discord.MessageType.default, discord.MessageType.reply}


def require_hideable(message: discord.Message, file_limit: int) -> None:
    """UserError, with the reason, for a message that a copy can't stand in for: the original stays."""
    key = _reason(message)
    if key:
        raise UserError(key)
    if sum(file.size for file in message.attachments) > file_limit or len(message.attachments) > MOST_FILES:
        raise UserError("spoilers.hide_files", limit=file_limit // 1024**2)


def _reason(message: discord.Message) -> str | None:
    flags = message.flags
    reasons = {
        "spoilers.hide_bot": message.author.bot or message.webhook_id is not None,
        "spoilers.hide_system": message.type not in NORMAL,
        "spoilers.hide_poll": message.poll is not None,
        "spoilers.hide_sticker": bool(message.stickers),
        "spoilers.hide_voice": flags.voice,
        "spoilers.hide_forward": flags.forwarded or bool(message.message_snapshots),
        "spoilers.hide_starter": message.id == message.channel.id,
        "spoilers.hide_has_thread": flags.has_thread,
        "spoilers.hide_empty": not message.content.strip() and not message.attachments,
    }
    return next((key for key, holds in reasons.items() if holds), None)
