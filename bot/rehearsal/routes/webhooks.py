"""Messages by token: what follows an interaction's first answer, and what webhooks write."""

from bot.rehearsal.compose import new_message, revise
from bot.rehearsal.interactions import Interaction
from bot.rehearsal.messages import EPHEMERAL, Message
from bot.rehearsal.payloads import message_payload
from bot.rehearsal.published import publish, republish, tag, unpublish
from bot.rehearsal.ratelimits import Quota
from bot.rehearsal.requests import check_known
from bot.rehearsal.routes import hooked
from bot.rehearsal.routing import Auth, Call, Routes
from bot.rehearsal.rules import Json, unknown

routes = Routes()
BASE = "/webhooks/{webhook_id}/{webhook_token}"
ORIGINAL, ONE = f"{BASE}/messages/@original", f"{BASE}/messages/{{message_id}}"
KEYS = "content embeds components attachments flags allowed_mentions tts"
HOOK_KEYS = frozenset({"username", "avatar_url"})
QUOTA = Quota(5, 2.0)
FOLLOWUP_TYPE = 19


def _is_interaction(call: Call) -> bool:
    """An application is the webhook of its own interactions; another webhook answers for itself."""
    return call.id("webhook_id") == call.world.application_id


def _interaction(call: Call) -> Interaction:
    return call.world.interactions.by_token(call.params["webhook_token"])


def _one(call: Call, interaction: Interaction) -> Message:
    wanted = call.params.get("message_id", "@original")
    if wanted == "@original":
        found = interaction.original
    else:
        mine = [*interaction.followups, *([interaction.original] if interaction.original else [])]
        found = next((m for m in mine if str(m.id) == wanted), None)
    if found is None or found.deleted:
        raise unknown(10008, "Message")
    return found


@routes.add(
    "POST",
    BASE,
    body=f"{KEYS} poll username avatar_url",
    query="wait thread_id with_components",
    auth=Auth.TOKEN_IN_PATH,
    quota=QUOTA,
)
async def send(call: Call) -> Json | None:
    return _follow_up(call) if _is_interaction(call) else await hooked.execute(call)


def _follow_up(call: Call) -> Json:
    """The first one after a deferral fills the waiting message and keeps who can see it."""
    check_known(call.endpoint, call.body.keys() & HOOK_KEYS)
    interaction = _interaction(call)
    original = interaction.original
    if original is not None and original.loading:
        revise(call.world, original, call.body, call.files)
        message = publish(call.world, original)
    else:
        hidden = interaction.user if (call.body.get("flags") or 0) & EPHEMERAL else None
        made = new_message(call.world, interaction.channel, call.body, call.files, ephemeral_to=hidden)
        made.type, made.reference = FOLLOWUP_TYPE, original
        message = publish(call.world, tag(call.world, made, interaction))
        interaction.followups.append(message)
    interaction.settle()
    return message_payload(message)


async def get_message(call: Call) -> Json:
    if not _is_interaction(call):
        return await hooked.get(call)
    return message_payload(_one(call, _interaction(call)))


async def edit_message(call: Call) -> Json:
    if not _is_interaction(call):
        return await hooked.edit(call)
    interaction = _interaction(call)
    message = _one(call, interaction)
    first = message.loading
    revise(call.world, message, call.body, call.files)
    if first:
        publish(call.world, message)
    else:
        republish(call.world, message)
    interaction.settle()
    return message_payload(message)


async def delete_message(call: Call) -> None:
    if not _is_interaction(call):
        await hooked.delete(call)
        return
    interaction = _interaction(call)
    message = _one(call, interaction)
    unpublish(call.world, message)
    interaction.settle()


for _path in (ORIGINAL, ONE):
    _token = Auth.TOKEN_IN_PATH
    routes.add("GET", _path, query="thread_id", auth=_token, quota=QUOTA)(get_message)
    routes.add("PATCH", _path, body=KEYS, query="thread_id with_components", auth=_token, quota=QUOTA)(
        edit_message
    )
    routes.add("DELETE", _path, query="thread_id", auth=_token, quota=QUOTA)(delete_message)
