"""Putting messages where members see them and telling the gateway, shared by the routes that send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rehearsal import threads
from bot.rehearsal.interactions import Interaction, Kind
from bot.rehearsal.messages import Message, is_system
from bot.rehearsal.payloads import message_payload, user_payload
from bot.rehearsal.rules import Json

if TYPE_CHECKING:
    from bot.rehearsal.world import World

CHAT_INPUT_COMMAND, CONTEXT_MENU_COMMAND = 20, 23
HIDDEN: Json = {"content": "", "embeds": [], "attachments": [], "components": []}
UNREAD = ("poll", "message_snapshots")


def tag(world: World, message: Message, interaction: Interaction) -> Message:
    """Mark a message as an interaction's answer."""
    message.webhook_id = message.application_id = world.application_id
    if interaction.kind is Kind.COMMAND:
        message.asked = interaction.title
        slash = interaction.data.get("type", 1) == 1
        message.type = CHAT_INPUT_COMMAND if slash else CONTEXT_MENU_COMMAND
    message.interaction = {
        "id": str(interaction.id),
        "type": int(interaction.kind),
        "user": user_payload(interaction.user),
        "authorizing_integration_owners": {},
    }
    if interaction.kind is Kind.COMPONENT and interaction.source is not None:
        message.interaction["interacted_message_id"] = str(interaction.source.id)
    return message


def publish(world: World, message: Message) -> Message:
    message.post()
    if message.channel.thread is not None and not (message.ephemeral or is_system(message)):
        threads.spoken(message)
    _tell(world, "MESSAGE_CREATE", message)
    return message


def republish(world: World, message: Message) -> None:
    _tell(world, "MESSAGE_UPDATE", message)


def unpublish(world: World, message: Message) -> None:
    message.channel.messages.pop(message.id, None)
    message.deleted = True
    _tell(world, "MESSAGE_DELETE", message)


def as_bot_reads(world: World, message: Message) -> Json:
    """Others' texts read empty: the bot has no message content intent (docs: Message Content Intent).

    Its own messages, private channels and messages that mention it are exempt.
    """
    body = message_payload(message)
    own = message.author is world.me or message.channel.guild is None
    if own or f"user:{world.me.id}" in message.pings:
        return body
    return {key: value for key, value in {**body, **HIDDEN}.items() if key not in UNREAD}


def _tell(world: World, event: str, message: Message) -> None:
    guild = message.channel.guild
    if message.ephemeral or not (guild is None or guild.me.can_see(message.channel)):
        world.feed.stir()
        return
    body = _gone(message) if event == "MESSAGE_DELETE" else as_bot_reads(world, message)
    world.emit(event, {**body, **({"guild_id": str(guild.id)} if guild else {})}, guild)


def _gone(message: Message) -> Json:
    return {"id": str(message.id), "channel_id": str(message.channel.id)}
