"""What the bot is measured against: discord.py with the same intents, caches and loop, one command with the same
shape of message, and one persistent item that only acknowledges."""

import os
import re
from typing import Any, Self

import discord
import uvloop
from discord import app_commands, ui
from discord.ext import commands
from discord.http import Route

Route.BASE = os.environ["DISCORD_API_BASE"]
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False


class Acknowledge(ui.DynamicItem[ui.Item[Any]], template=re.compile(r"tb:[a-z:0-9-]+")):
    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(item)

    async def callback(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message("Recorded: 4 tissues.", ephemeral=True)


def poll() -> ui.LayoutView:
    """The open poll's shape: one frame, texts, five numbers, two more buttons."""
    view = ui.LayoutView(timeout=None)
    numbers = [Acknowledge(ui.Button(label=str(n), custom_id=f"tb:ballot:1:{n}")) for n in range(5)]
    more = [Acknowledge(ui.Button(label=name, custom_id=f"tb:more:{name}")) for name in ("form", "mine")]
    texts = [ui.TextDisplay[Any](line) for line in ("### How many tissues did you need?", "Film", "0 people")]
    container = ui.Container[Any](*texts, ui.ActionRow(*numbers), ui.ActionRow(*more))
    view.add_item(container)
    return view


class Bare(commands.AutoShardedBot):
    def __init__(self) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=discord.Intents(guilds=True),
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
        )

    async def setup_hook(self) -> None:
        self.add_dynamic_items(Acknowledge)
        self.tree.add_command(ask)
        await self.tree.sync()


@app_commands.command(description="Ask how many tissues")
async def ask(interaction: discord.Interaction) -> None:
    await interaction.response.send_message(view=poll())


async def main() -> None:
    async with Bare() as bot:
        await bot.start(os.environ["DISCORD_TOKEN"])


if __name__ == "__main__":
    uvloop.run(main())
