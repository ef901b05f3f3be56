"""The barest discord.py bot that the rehearsal must carry: one command, one persistent button."""

import os
import re
import sys
from typing import Self

import discord
import yarl
from discord import app_commands
from discord.ext import commands

discord.http.Route.BASE = os.environ["DISCORD_API_BASE"]
host = yarl.URL(discord.http.Route.BASE)
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = host.with_scheme("ws").with_path("/gateway")


class Tissue(discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=r"tissue:(?P<n>\d+)"):
    def __init__(self, n: int) -> None:
        super().__init__(discord.ui.Button(label=str(n), custom_id=f"tissue:{n}"))
        self.n = n

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction, __: object, match: re.Match[str], /) -> Self:
        return cls(int(match["n"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"{self.n} tissues", ephemeral=True)


class Bare(commands.AutoShardedBot):
    def __init__(self) -> None:
        super().__init__("!", intents=discord.Intents(guilds=True), help_command=None)

    async def setup_hook(self) -> None:
        self.add_dynamic_items(Tissue)
        self.tree.add_command(cry)
        await self.tree.sync()


@app_commands.command(description="Open the box")
async def cry(interaction: discord.Interaction, film: str = "kr2013") -> None:
    view = discord.ui.View(timeout=None)
    view.add_item(Tissue(3))
    await interaction.response.send_message(f"How many for {film}?", view=view)


if __name__ == "__main__":
    Bare().run(os.environ["DISCORD_TOKEN"], log_level=10 if "-v" in sys.argv else 30)
