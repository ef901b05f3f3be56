"""Forms that outlive restarts: what a member fills in is sent to a route like a press.

discord.py keeps a form in memory and drops what is submitted after a restart, so no form is kept there at all
(one that has been stopped is not stored) and every submission is taken from the raw interaction."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import discord
from discord import ui

from bot.ui.desk import Desk
from bot.ui.persistent import TEMPLATE


class Form(ui.Modal):
    """Some fields to fill in; `address` is the route of what is submitted and its arguments, joined by colons."""

    def __init__(self, title: str, address: str, *fields: ui.Label[Any]) -> None:
        super().__init__(title=title, custom_id=f"tb:{address}")
        for field in fields:
            self.add_item(field)
        self.stop()


def field(label: str, *, hint: str = "", longest: int, value: str = "") -> ui.Label[Any]:
    """One line of text to fill in."""
    typed = ui.TextInput[Form](
        custom_id="typed", placeholder=hint or None, max_length=longest, default=value or None
    )
    return ui.Label(text=label, component=typed)


async def take_submission(interaction: discord.Interaction[Any], desk: Desk) -> None:
    """Hands a submitted form of ours to its route, the fields' texts in order; lets everything else pass."""
    if interaction.type is not discord.InteractionType.modal_submit:
        return
    data: Mapping[str, Any] = interaction.data or {}
    if TEMPLATE.fullmatch(data["custom_id"]):
        _, route, *args = data["custom_id"].split(":")
        await desk.pressed(interaction, route, tuple(args), tuple(_texts(data["components"])))


def _texts(components: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The text of every field, however Discord wraps it."""
    for component in components:
        if "value" in component:
            yield component["value"]
        yield from _texts(component.get("components", ()))
        if "component" in component:
            yield from _texts([component["component"]])
