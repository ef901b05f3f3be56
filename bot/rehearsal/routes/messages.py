"""Channel messages: send, read, edit, delete."""

from datetime import timedelta

from bot.rehearsal.access import channel_of, message_of, open_for_dm, permissions_in, require
from bot.rehearsal.compose import new_message, revise
from bot.rehearsal.entities import Channel
from bot.rehearsal.messages import Message
from bot.rehearsal.payloads import message_payload
from bot.rehearsal.permissions import Permission
from bot.rehearsal.published import as_bot_reads, publish, republish, unpublish
from bot.rehearsal.ratelimits import Quota
from bot.rehearsal.routing import Call, Routes
from bot.rehearsal.rules import ApiError, Json, Rule
from bot.rehearsal.thread_rules import check_open, check_send

routes = Routes()
MANY = "/channels/{channel_id}/messages"
ONE = f"{MANY}/{{message_id}}"
SEND = (
    "content embeds components attachments flags allowed_mentions nonce enforce_nonce tts message_reference"
    " poll"
)
EDIT = "content embeds components attachments flags allowed_mentions tts"
QUOTA = Quota(5, 5.0)
OWN = Rule("only one's own messages can be edited", "docs: JSON Error Codes, 50005")
REFERENCE = Rule("a reply refers to a message of its channel", "docs: Message Reference")
REPLY = 19
LIMIT = Rule("1-100 messages a request", "openapi: list_messages")
REPEAT_WINDOW = timedelta(minutes=5)  # discord.md: "within the past few minutes"


@routes.add("POST", MANY, body=SEND, quota=QUOTA)
async def create(call: Call) -> Json:
    channel = channel_of(call)
    _check_may_send(call, channel)
    repeated = _repeated(call, channel)
    if repeated is not None:
        return message_payload(repeated)
    message = new_message(call.world, channel, call.body, call.files)
    _refer(message, call.body.get("message_reference"))
    return message_payload(publish(call.world, message))


def _refer(message: Message, reference: Json | None) -> None:
    if reference is None:
        return
    message.type, message.reference = REPLY, message.channel.messages.get(int(reference["message_id"]))
    if message.reference is None and reference.get("fail_if_not_exists", True):
        fault = {"code": "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "message": "Unknown message"}
        errors = {"message_reference": {"_errors": [fault]}}
        raise ApiError(400, 50035, "Invalid Form Body", REFERENCE, errors=errors)


def _check_may_send(call: Call, channel: Channel) -> None:
    if channel.recipient is not None:
        open_for_dm(channel.recipient)
    check_send(channel.guild.me if channel.guild else None, channel)
    wants = {
        Permission.EMBED_LINKS: call.body.get("embeds"),
        Permission.ATTACH_FILES: call.files,
        Permission.SEND_POLLS: call.body.get("poll"),
        Permission.READ_MESSAGE_HISTORY: call.body.get("message_reference"),
    }
    require(channel, *(permission for permission, wanted in wants.items() if wanted))


def _repeated(call: Call, channel: Channel) -> Message | None:
    """With enforce_nonce, the message that a recent request with the same nonce made."""
    nonce = call.body.get("nonce")
    if nonce is None or not call.body.get("enforce_nonce"):
        return None
    since = call.world.clock.now() - REPEAT_WINDOW
    recent = (m for m in channel.messages.values() if m.created_at >= since)
    return next((m for m in recent if m.nonce == str(nonce)), None)


@routes.add("GET", MANY, query="before after around limit")
async def listing(call: Call) -> list[Json]:
    """Newest first; empty, not an error, without Read Message History (discord.md: trap 11)."""
    channel = channel_of(call)
    limit = int(call.query.get("limit", 50))
    if not 1 <= limit <= 100:
        errors = {"limit": {"_errors": [{"code": "NUMBER_TYPE_MAX", "message": "1 to 100"}]}}
        raise ApiError(400, 50035, "Invalid Form Body", LIMIT, errors=errors)
    if Permission.READ_MESSAGE_HISTORY not in permissions_in(channel):
        return []
    return [as_bot_reads(call.world, m) for m in _page(channel.history(), call.query, limit)]


def _page(history: list[Message], query: dict[str, str], limit: int) -> list[Message]:
    if "after" in query:
        return [m for m in history if m.id > int(query["after"])][:limit][::-1]
    if "before" in query:
        return [m for m in history if m.id < int(query["before"])][-limit:][::-1]
    if "around" in query:
        middle, half = int(query["around"]), limit // 2
        older = [m for m in history if m.id < middle][-half:]
        newer = [m for m in history if m.id >= middle][: limit - len(older)]
        return (older + newer)[::-1]
    return history[-limit:][::-1]


@routes.add("GET", ONE)
async def get(call: Call) -> Json:
    channel = channel_of(call, Permission.READ_MESSAGE_HISTORY)
    return as_bot_reads(call.world, message_of(call, channel))


@routes.add("PATCH", ONE, body=EDIT, quota=QUOTA)
async def edit(call: Call) -> Json:
    channel = channel_of(call)
    message = message_of(call, channel)
    if message.author is not call.world.me:
        raise ApiError(403, 50005, "Cannot edit a message authored by another user", OWN)
    check_open(channel)
    call.world.old_edits.admit(message, call.world.clock.now())
    if call.files:
        require(channel, Permission.ATTACH_FILES)
    revise(call.world, message, call.body, call.files)
    republish(call.world, message)
    return message_payload(message)


@routes.add("DELETE", ONE, quota=QUOTA)
async def delete(call: Call) -> None:
    channel = channel_of(call)
    message = message_of(call, channel)
    if message.author is not call.world.me:
        require(channel, Permission.MANAGE_MESSAGES)
    unpublish(call.world, message)
