"""What a webhook writes, and reads back by its own token."""

from bot.rehearsal.compose import new_message, revise
from bot.rehearsal.entities import THREADS, Channel, ChannelType, User
from bot.rehearsal.hooks import Webhook
from bot.rehearsal.messages import Message
from bot.rehearsal.payloads import message_payload
from bot.rehearsal.published import publish, republish, unpublish
from bot.rehearsal.requests import check_known
from bot.rehearsal.routes.hooks import check_name, hook_of
from bot.rehearsal.routing import Call
from bot.rehearsal.rules import ApiError, Json, Rule, unknown
from bot.rehearsal.thread_rules import check_open, check_send

FORUM = Rule("in a forum a webhook writes into a thread", "docs: JSON Error Codes, 220001")
ON_EDIT = {"username", "avatar_url"}


async def execute(call: Call) -> Json | None:
    """Send; the message comes back only with `wait`, and no nonce stops a repeat (discord.md: Limits, webhooks)."""
    hook = hook_of(call)
    channel = _target(call, hook)
    name = call.body.get("username")
    check_name(name, "username")
    check_send(None, channel)
    author = User(hook.id, name or hook.name, bot=True, avatar_url=call.body.get("avatar_url"))
    message = new_message(call.world, channel, _sendable(call, hook), call.files, author=author)
    message.webhook_id, message.application_id = hook.id, hook.application_id
    publish(call.world, message)
    return message_payload(message) if _asked(call, "wait") else None


async def get(call: Call) -> Json:
    return message_payload(_one(call))


async def edit(call: Call) -> Json:
    check_known(call.endpoint, call.body.keys() & ON_EDIT)
    message = _one(call)
    check_open(message.channel)
    revise(call.world, message, call.body, call.files)
    republish(call.world, message)
    return message_payload(message)


async def delete(call: Call) -> None:
    unpublish(call.world, _one(call))


def _target(call: Call, hook: Webhook) -> Channel:
    """The webhook's channel, or one of its threads."""
    if "thread_id" not in call.query:
        if hook.channel.type is ChannelType.FORUM:
            text = "Webhooks posted to forum channels must have a thread_name or thread_id"
            raise ApiError(400, 220001, text, FORUM)
        return hook.channel
    thread = call.world.channel(int(call.query["thread_id"]))
    if thread is None or thread.type not in THREADS or thread.parent is not hook.channel:
        raise unknown(10003, "Channel")
    return thread


def _one(call: Call) -> Message:
    """A message of this webhook; one in a thread is found by `thread_id` only."""
    hook = hook_of(call)
    message = _target(call, hook).messages.get(call.id("message_id"))
    if message is None or message.webhook_id != hook.id:
        raise unknown(10008, "Message")
    return message


def _sendable(call: Call, hook: Webhook) -> Json:
    """A webhook that is no application's drops components unless told to keep them (docs: Execute Webhook)."""
    body: Json = call.body
    if hook.application_id is None and not _asked(call, "with_components"):
        return {key: value for key, value in body.items() if key != "components"}
    return body


def _asked(call: Call, key: str) -> bool:
    return call.query.get(key, "").lower() in {"1", "true"}
