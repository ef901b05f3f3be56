"""What a member does on their client, up to what they get to see of it."""

import asyncio
import time
from collections.abc import Mapping
from typing import Any

from bot.rehearsal.answers import Answer, Choice, ClientRefuses, InteractionFailed, Modal
from bot.rehearsal.commands import MESSAGE_MENU, USER_MENU
from bot.rehearsal.entities import Channel
from bot.rehearsal.forms import fill_form, option_value
from bot.rehearsal.interactions import Callback, Interaction, Kind
from bot.rehearsal.messages import Message
from bot.rehearsal.offered import fill, find, pick
from bot.rehearsal.resolved import Resolved
from bot.rehearsal.rules import Json
from bot.rehearsal.standing import Standing
from bot.rehearsal.wire import interaction_payload

LINK, STRING_SELECT = 5, 3


async def slash(actor: Standing, channel: Channel, path: str, options: Mapping[str, Any]) -> Answer:
    _check_place(actor, channel)
    resolved, picked = Resolved(actor), pick(actor, channel, path)
    data = picked.data(fill(picked, dict(options), resolved), resolved)
    return await _interact(actor, channel, Kind.COMMAND, data)


async def complete(
    actor: Standing, channel: Channel, path: str, focused: tuple[str, Any], also: Mapping[str, Any]
) -> list[Choice]:
    _check_place(actor, channel)
    name, typed = focused
    resolved, picked = Resolved(actor), pick(actor, channel, path)
    filled = fill(picked, {**also, name: typed}, resolved, focused=name)
    answer = await _interact(actor, channel, Kind.AUTOCOMPLETE, picked.data(filled, resolved))
    return answer.choices


async def menu(actor: Standing, target: Message | Standing, name: str, channel: Channel) -> Answer:
    """A context menu of a message or of a member."""
    kind = MESSAGE_MENU if isinstance(target, Message) else USER_MENU
    resolved, command = Resolved(actor), find(actor, channel, name, kind)
    data: Json = {"id": command["id"], "name": command["name"], "type": kind}
    data |= {"target_id": resolved.add(target), "resolved": resolved.data}
    return await _interact(actor, channel, Kind.COMMAND, data)


async def press(actor: Standing, message: Message, name: str) -> Answer:
    _check_sees(actor, message)
    button = _named(message.buttons(), name, "label", "button")
    if button.get("style") == LINK:
        raise ClientRefuses(f"{name!r} is a link, it tells the bot nothing")
    data = {"component_type": button["type"], "custom_id": button["custom_id"], "id": button["id"]}
    return await _interact(actor, message.channel, Kind.COMPONENT, data, message)


async def choose(actor: Standing, message: Message, name: str, values: tuple[Any, ...]) -> Answer:
    _check_sees(actor, message)
    select, resolved = _named(message.selects(), name, "placeholder", "select"), Resolved(actor)
    if select["type"] == STRING_SELECT:
        chosen = [option_value(select, value) for value in values]
    else:
        chosen = [resolved.add(value) for value in values]
    least, most = select.get("min_values", 1), select.get("max_values", 1)
    if not least <= len(chosen) <= most:
        raise ClientRefuses(f"{name!r} takes {least} to {most} choices, not {len(chosen)}")
    data = {"component_type": select["type"], "custom_id": select["custom_id"], "values": chosen}
    data |= {"id": select["id"], **({"resolved": resolved.data} if resolved.data else {})}
    return await _interact(actor, message.channel, Kind.COMPONENT, data, message)


async def submit(actor: Standing, modal: Modal, values: Mapping[str, Any]) -> Answer:
    opened = modal.opened_by
    if opened.user is not actor.user:
        raise ClientRefuses(f"the form is on {opened.user.name}'s screen")
    resolved = Resolved(actor)
    data: Json = {"custom_id": modal.custom_id, "components": fill_form(modal, values, resolved)}
    data |= {"resolved": resolved.data} if resolved.data else {}
    return await _interact(actor, opened.channel, Kind.MODAL, data, opened.source)


async def _interact(
    actor: Standing, channel: Channel, kind: Kind, data: Json, source: Message | None = None
) -> Answer:
    world = actor.world
    member = actor if channel.guild is not None else None
    interaction = Interaction(world.ids.next(), kind, actor.user, member, channel, data, source)
    if not world.listening(channel.guild.id if channel.guild else None):
        raise InteractionFailed("This interaction failed: the bot isn't connected")
    world.interactions.open(interaction)
    interaction.sent_at = time.monotonic()
    world.emit("INTERACTION_CREATE", interaction_payload(interaction, world.application_id), channel.guild)
    deed = f"{interaction.user.name}: {interaction.title}"
    try:
        await _outcome(interaction, world.deadlines.answer, world.deadlines.patience)
    except InteractionFailed as failure:
        world.feed.note("answer", deed, breach=str(failure))
        raise
    answer = Answer(interaction)
    world.feed.note("answer", f"{deed} → {_came_of(interaction)}", took=answer.elapsed)
    return answer


def _came_of(interaction: Interaction) -> str:
    return interaction.callback.name.lower().replace("_", " ") if interaction.callback else "nothing"


async def _outcome(interaction: Interaction, deadline: float, patience: float) -> None:
    try:
        async with asyncio.timeout(deadline):
            await interaction.acknowledged.wait()
    except TimeoutError:
        interaction.failed = True
        raise InteractionFailed(f"This interaction failed: no answer within {deadline:g} s") from None
    if interaction.callback is not Callback.DEFERRED_MESSAGE:
        return
    try:
        async with asyncio.timeout(patience):
            await interaction.settled.wait()
    except TimeoutError:
        raise InteractionFailed(f"The application is still thinking after {patience:g} s") from None


def _named(components: list[Json], name: str, label: str, what: str) -> Json:
    found = [c for c in components if name in (c.get(label), c.get("custom_id"))]
    if not found:
        there = ", ".join(repr(c.get(label) or c.get("custom_id")) for c in components) or "none"
        raise ClientRefuses(f"there is no {what} {name!r} on this message: {there}")
    if found[0].get("disabled"):
        raise ClientRefuses(f"the {what} {name!r} is disabled")
    return found[0]


def _check_place(actor: Standing, channel: Channel) -> None:
    if not actor.can_see(channel):
        raise ClientRefuses(f"{actor.name} doesn't see {channel}")


def _check_sees(actor: Standing, message: Message) -> None:
    if not actor.reads(message):
        raise ClientRefuses(f"{actor.name} doesn't see that message")
