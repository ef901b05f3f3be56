"""Messages and their files in Discord's wire shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rehearsal.payloads.channels import channel_payload
from bot.rehearsal.payloads.people import stamp, user_payload
from bot.rehearsal.rules import Json

if TYPE_CHECKING:
    from bot.rehearsal.messages import Attachment, Message

THREAD_CREATED = 18


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
        "mentions": [user_payload(user) for user in message.mentioned],
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
    if message.thread is not None:
        body["thread"] = channel_payload(message.thread)
        if message.type == THREAD_CREATED:
            body["message_reference"] = {"channel_id": str(message.thread.id)}
    if message.interaction is not None:
        body["interaction_metadata"] = message.interaction
    return body
