"""Pinned messages of a channel."""

from datetime import datetime

from bot.rehearsal.access import channel_of, message_of, permissions_in
from bot.rehearsal.entities import Channel
from bot.rehearsal.lines import Line
from bot.rehearsal.messages import Message, is_system
from bot.rehearsal.payloads import stamp
from bot.rehearsal.permissions import Permission
from bot.rehearsal.published import as_bot_reads, publish, republish
from bot.rehearsal.routing import Call, Routes
from bot.rehearsal.rules import ApiError, Json, Rule
from bot.rehearsal.thread_rules import check_open

routes = Routes()
MANY = "/channels/{channel_id}/messages/pins"
ONE = f"{MANY}/{{message_id}}"
MOST = Rule("250 pins a channel", "discord.md: Limits, pins")
SYSTEM = Rule("system lines can't be pinned", "docs: JSON Error Codes, 50021")
PAGE = Rule("1-50 pins a request", "openapi: list_pins")


@routes.add("PUT", ONE)
async def pin(call: Call) -> None:
    """Leaves a line in the channel, as every client shows."""
    channel = channel_of(call, Permission.PIN_MESSAGES)
    check_open(channel)
    message = message_of(call, channel)
    if is_system(message):
        raise ApiError(403, 50021, "Cannot execute action on a system message", SYSTEM)
    if message.pinned:
        return
    if len(_pinned(channel)) >= 250:
        raise ApiError(400, 30003, "Maximum number of pins reached for the channel (250)", MOST)
    message.pinned_at = call.world.clock.now()
    _tell(call, message)
    world = call.world
    line = Message(
        world.ids.next(), channel, world.me, world.clock.now(), type=Line.PINNED, reference=message
    )
    publish(world, line)


@routes.add("DELETE", ONE)
async def unpin(call: Call) -> None:
    channel = channel_of(call, Permission.PIN_MESSAGES)
    message = message_of(call, channel)
    if message.pinned:
        message.pinned_at = None
        _tell(call, message)


@routes.add("GET", MANY, query="before limit")
async def listing(call: Call) -> Json:
    """Newest first; empty without Read Message History, like the history."""
    channel = channel_of(call)
    limit = int(call.query.get("limit", 50))
    if not 1 <= limit <= 50:
        errors = {"limit": {"_errors": [{"code": "NUMBER_TYPE_MAX", "message": "1 to 50"}]}}
        raise ApiError(400, 50035, "Invalid Form Body", PAGE, errors=errors)
    if Permission.READ_MESSAGE_HISTORY not in permissions_in(channel):
        return {"items": [], "has_more": False}
    pinned = _pinned(channel)
    if "before" in call.query:
        before = datetime.fromisoformat(call.query["before"])
        pinned = [(at, m) for at, m in pinned if at < before]
    items = [{"pinned_at": stamp(at), "message": as_bot_reads(call.world, m)} for at, m in pinned[:limit]]
    return {"items": items, "has_more": len(pinned) > limit}


def _pinned(channel: Channel) -> list[tuple[datetime, Message]]:
    pinned = [(m.pinned_at, m) for m in channel.history() if m.pinned_at is not None]
    return sorted(pinned, key=lambda each: each[0], reverse=True)


def _tell(call: Call, message: Message) -> None:
    channel = message.channel
    republish(call.world, message)
    newest = _pinned(channel)
    body: Json = {"channel_id": str(channel.id)}
    body["last_pin_timestamp"] = stamp(newest[0][0]) if newest else None
    body |= {"guild_id": str(channel.guild.id)} if channel.guild else {}
    call.world.emit("CHANNEL_PINS_UPDATE", body, channel.guild)
