"""Messages and their files in Discord's wire shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rehearsal.lines import Line
from bot.rehearsal.payloads.channels import channel_payload
from bot.rehearsal.payloads.people import stamp, user_payload
from bot.rehearsal.rules import Json

if TYPE_CHECKING:
    from bot.rehearsal.messages import Attachment, Message

DEFAULT, FORWARD = 0, 1  # docs: Message Reference Types
IN_SNAPSHOT = (
    *("type", "content", "embeds", "attachments", "components", "flags"),
    *("timestamp", "edited_timestamp", "mentions", "mention_roles"),
)


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
        "duration_secs": attachment.seconds,
        "waveform": "" if attachment.seconds is not None else None,
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
        "mentions": [user_payload(user) for user in message.mentioned],
        "mention_roles": [p.removeprefix("role:") for p in message.pings if p.startswith("role:")],
    }
    return {**body, **_origin(message), **_references(message)}


def _origin(message: Message) -> Json:
    """Who or what made it, where that isn't simply its author."""
    body: Json = {}
    if message.nonce is not None:
        body["nonce"] = message.nonce
    if message.webhook_id is not None:
        body["webhook_id"] = str(message.webhook_id)
    if message.application_id is not None:
        body["application_id"] = str(message.application_id)
    if message.interaction is not None:
        body["interaction_metadata"] = message.interaction
    if message.poll is not None:
        body["poll"] = message.poll.payload()
    if message.stickers:
        body["sticker_items"] = [
            {"id": str(i), "name": name, "format_type": 1} for i, name in message.stickers
        ]
    return body


def _references(message: Message) -> Json:
    """The message or thread that it answers, forwards, starts or tells of."""
    body: Json = {}
    if message.reference is not None:
        body["message_reference"] = {
            "type": FORWARD if message.forwarded else DEFAULT,
            "message_id": str(message.reference.id),
            "channel_id": str(message.reference.channel.id),
        }
    if message.forwarded is not None:
        body["message_snapshots"] = [{"message": {k: message.forwarded[k] for k in IN_SNAPSHOT}}]
    if message.thread is not None:
        body["thread"] = channel_payload(message.thread)
        if message.type == Line.THREAD_CREATED:
            body["message_reference"] = {"type": DEFAULT, "channel_id": str(message.thread.id)}
    return body
