"""The first answer to an interaction."""

from collections.abc import Callable
from typing import Any

from bot.rehearsal.compose import new_message, revise
from bot.rehearsal.faults import Faults
from bot.rehearsal.interactions import Callback, Interaction, Kind
from bot.rehearsal.limits_commands import AUTOCOMPLETE, check_choices
from bot.rehearsal.limits_modal import check_modal
from bot.rehearsal.messages import EPHEMERAL, LOADING, Message
from bot.rehearsal.payloads import message_payload
from bot.rehearsal.published import publish, republish, tag
from bot.rehearsal.requests import check_known
from bot.rehearsal.routing import Auth, Call, Routes
from bot.rehearsal.rules import ApiError, Json, Rule

routes = Routes()
FITTING = Rule("the kind of answer fits the interaction", "docs: Interaction Callback Type")
MESSAGES = {Callback.MESSAGE, Callback.DEFERRED_MESSAGE}
UPDATES = {Callback.DEFERRED_UPDATE, Callback.UPDATE}
MESSAGE_KEYS = frozenset(
    {"content", "embeds", "components", "attachments", "flags", "allowed_mentions", "tts"}
)
DATA_KEYS = {
    Callback.MESSAGE: MESSAGE_KEYS | {"poll"},
    Callback.DEFERRED_MESSAGE: frozenset({"flags"}),
    Callback.DEFERRED_UPDATE: frozenset[str](),
    Callback.UPDATE: MESSAGE_KEYS,
    Callback.CHOICES: frozenset({"choices"}),
    Callback.MODAL: frozenset({"title", "custom_id", "components"}),
}
ALLOWED = {
    Kind.COMMAND: MESSAGES | {Callback.MODAL},
    Kind.COMPONENT: MESSAGES | UPDATES | {Callback.MODAL},
    Kind.AUTOCOMPLETE: {Callback.CHOICES},
    Kind.MODAL: MESSAGES | UPDATES,
}


@routes.add(
    "POST",
    "/interactions/{interaction_id}/{interaction_token}/callback",
    body="type data",
    query="with_response",
    auth=Auth.TOKEN_IN_PATH,
    quota=None,
)
async def callback(call: Call) -> Json | None:
    token = call.params["interaction_token"]
    interaction = call.world.interactions.to_answer(call.id("interaction_id"), token)
    kind = _kind(call.body.get("type"), interaction)
    data: Json = call.body.get("data") or {}
    check_known(call.endpoint, data.keys() - DATA_KEYS[kind])
    _ACTIONS[kind](call, interaction, data)
    interaction.acknowledge(kind, data)
    asked = call.query.get("with_response", "").lower() in {"true", "1"}
    return _resource(interaction, kind) if asked else None


def _kind(number: Any, interaction: Interaction) -> Callback:
    kind = Callback(number) if number in set(Callback) else None
    lacks_source = kind in UPDATES and interaction.source is None
    if kind is None or kind not in ALLOWED[interaction.kind] or lacks_source:
        errors = {"type": {"_errors": [{"code": "BASE_TYPE_CHOICES", "message": f"{number} does not fit"}]}}
        raise ApiError(400, 50035, "Invalid Form Body", FITTING, errors=errors)
    return kind


def _message(call: Call, interaction: Interaction, data: Json) -> None:
    hidden = interaction.user if (data.get("flags") or 0) & EPHEMERAL else None
    message = new_message(call.world, interaction.channel, data, call.files, ephemeral_to=hidden)
    interaction.original = publish(call.world, tag(call.world, message, interaction))


def _deferred_message(call: Call, interaction: Interaction, data: Json) -> None:
    hidden = interaction.user if (data.get("flags") or 0) & EPHEMERAL else None
    world = call.world
    message = Message(world.ids.next(), interaction.channel, world.me, world.clock.now(), ephemeral_to=hidden)
    message.flags = LOADING | (EPHEMERAL if hidden else 0)
    interaction.original = tag(world, message, interaction).post()


def _deferred_update(_: Call, interaction: Interaction, __: Json) -> None:
    interaction.original = interaction.source


def _update(call: Call, interaction: Interaction, data: Json) -> None:
    source = interaction.source
    if source is None or source.deleted:
        raise ApiError(404, 10008, "Unknown Message", FITTING)
    revise(call.world, source, data, call.files)
    interaction.original = source
    republish(call.world, source)


def _choices(_: Call, __: Interaction, data: Json) -> None:
    faults = Faults()
    check_choices(data.get("choices") or [], ("data", "choices"), faults, AUTOCOMPLETE)
    faults.raise_if_any()


def _modal(_: Call, __: Interaction, data: Json) -> None:
    check_modal(data)


_ACTIONS: dict[Callback, Callable[[Call, Interaction, Json], None]] = {
    Callback.MESSAGE: _message,
    Callback.DEFERRED_MESSAGE: _deferred_message,
    Callback.DEFERRED_UPDATE: _deferred_update,
    Callback.UPDATE: _update,
    Callback.CHOICES: _choices,
    Callback.MODAL: _modal,
}


def _resource(interaction: Interaction, kind: Callback) -> Json:
    about: Json = {"id": str(interaction.id), "type": int(interaction.kind)}
    message = interaction.original
    if message is None:
        return {"interaction": about, "resource": {"type": int(kind)}}
    about["response_message_id"] = str(message.id)
    about["response_message_loading"] = message.loading
    about["response_message_ephemeral"] = message.ephemeral
    resource: Json = {"type": int(kind)}
    if kind in {Callback.MESSAGE, Callback.UPDATE}:
        resource["message"] = message_payload(message)
    return {"interaction": about, "resource": resource}
