"""Buttons and selects that outlive restarts, all through one class and a table of routes.

One class and not one per button: discord.py tries every registered template on every press, runs all that match,
and swallows what their callbacks raise. Here one template matches, and one place catches."""

import re
from typing import Any, Self, cast

import discord
from discord import ui

from bot.ui.desk import Desk

TEMPLATE = re.compile(r"tb:(?P<route>[a-z-]+)(?P<args>(?::[^:]*)*)")


class Persistent(ui.DynamicItem[ui.Item[Any]], template=TEMPLATE):
    """Any item whose `custom_id` is an address: `tb:<route>:<argument>:<argument>`."""

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],  # noqa: ARG003 - the library's signature
        item: ui.Item[Any],
        match: re.Match[str],  # noqa: ARG003
        /,
    ) -> Self:
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hands the press to its route; the desk reports whatever goes wrong."""
        _, route, *args = self.custom_id.split(":")
        values = cast("dict[str, Any]", interaction.data or {}).get("values", ())
        desk: Desk = interaction.client.desk
        await desk.pressed(interaction, route, tuple(args), tuple(values))
