"""A discord.py bot that uses what the rehearsal offers: layouts, files, forms, selects, menus, edits."""

import asyncio
import io
import os
import signal
from typing import Any

import discord
import yarl
from discord import app_commands, ui
from discord.ext import commands

discord.http.Route.BASE = os.environ["DISCORD_API_BASE"]
host = yarl.URL(discord.http.Route.BASE)
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = host.with_scheme("ws").with_path("/gateway")
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x20\x00\x00\x00\x10\x08\x02\x00\x00\x00"
VERSIONS = {"kr2013": "Miracle in Cell No. 7", "tr2019": "7. Koğuştaki Mucize"}
Press = discord.Interaction[Any]
sent: list[discord.Message] = []


class Tissues(ui.Modal, title="How many tissues?"):
    tissues: ui.TextInput[Any] = ui.TextInput(custom_id="tissues", max_length=3)
    mood: ui.RadioGroup[Any] = ui.RadioGroup(
        custom_id="mood",
        options=[discord.RadioGroupOption(label=m, value=m.lower()) for m in ("Dry", "Wet")],
    )
    again: ui.Checkbox[Any] = ui.Checkbox(custom_id="again")

    def __init__(self) -> None:
        super().__init__()
        for text, field in (("Tissues", self.tissues), ("Mood", self.mood), ("Again?", self.again)):
            self.remove_item(field)
            self.add_item(ui.Label(text=text, component=field))

    async def on_submit(self, interaction: Press, /) -> None:
        n, mood, again = self.tissues.value, self.mood.value, self.again.value
        text = f"{n} tissues, {mood}, again: {again}"
        await interaction.response.send_message(text, ephemeral=True)


class Card(ui.LayoutView):
    row: ui.ActionRow[Any] = ui.ActionRow()

    def __init__(self, count: int = 0) -> None:
        super().__init__(timeout=None)
        media = discord.MediaGalleryItem("attachment://chart.png", description="A chart of tissues")
        box: ui.Container[Any] = ui.Container(ui.TextDisplay(f"**{count}** tissues"), ui.MediaGallery(media))
        self.remove_item(self.row)
        self.add_item(box)
        self.add_item(self.row)
        self.count = count

    @row.button(label="More…", custom_id="more")
    async def more(self, interaction: Press, _: ui.Button[Any]) -> None:
        await interaction.response.send_modal(Tissues())

    @row.button(label="Add", custom_id="add")
    async def add(self, interaction: Press, _: ui.Button[Any]) -> None:
        await interaction.response.edit_message(view=Card(self.count + 1))

    @row.button(label="Quiet", custom_id="quiet")
    async def quiet(self, interaction: Press, _: ui.Button[Any]) -> None:
        await interaction.response.defer()
        await interaction.followup.send("heard", ephemeral=True)


class Pickers(ui.View):
    @ui.select(
        placeholder="Open a version",
        options=[discord.SelectOption(label=t, value=v) for v, t in VERSIONS.items()],
    )
    async def version(self, interaction: Press, select: ui.Select[Any]) -> None:
        await interaction.response.send_message(f"opened {select.values[0]}")

    @ui.select(cls=ui.UserSelect, placeholder="Hand over to")
    async def host(self, interaction: Press, select: ui.UserSelect[Any]) -> None:
        await interaction.response.send_message(f"over to {select.values[0].display_name}")


class Probe(commands.AutoShardedBot):
    async def setup_hook(self) -> None:
        menus: tuple[Any, ...] = (card, pick, slow, silent, post, mail, rights, hide, search)
        for command in menus:
            self.tree.add_command(command)
        await self.tree.sync()
        asyncio.get_running_loop().add_signal_handler(
            signal.SIGTERM, lambda: asyncio.create_task(self.close())
        )


bot = Probe("!", intents=discord.Intents(guilds=True), help_command=None)


@app_commands.command(description="A card with a picture")
async def card(interaction: Press) -> None:
    chart = discord.File(io.BytesIO(PNG), "chart.png", description="A chart of tissues")
    await interaction.response.send_message(view=Card(), file=chart)


@app_commands.command(description="Selects")
async def pick(interaction: Press) -> None:
    await interaction.response.send_message("Which?", view=Pickers())


@app_commands.command(description="Thinks first")
@app_commands.describe(hidden="for you only")
async def slow(interaction: Press, hidden: bool = False) -> None:
    await interaction.response.defer(thinking=True, ephemeral=hidden)
    await interaction.edit_original_response(content="thought about it")


@app_commands.command(description="Never answers")
async def silent(interaction: Press) -> None:
    return


@app_commands.command(description="Posts here, twice with one nonce, then edits and reads back")
async def post(interaction: Press) -> None:
    await interaction.response.defer(thinking=True, ephemeral=True)
    channel = interaction.channel
    assert isinstance(channel, discord.TextChannel)
    first = await channel.send("posted", nonce="job-1")
    second = await channel.send("posted", nonce="job-1")
    await first.edit(content="posted and edited")
    found = [m.content async for m in channel.history(limit=10)]
    await interaction.followup.send(f"{first.id == second.id} {found}", ephemeral=True)


@app_commands.command(description="Writes to you")
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
async def mail(interaction: Press) -> None:
    try:
        await interaction.user.send("a letter")
    except discord.Forbidden as error:
        await interaction.response.send_message(f"refused {error.code}", ephemeral=True)
    else:
        await interaction.response.send_message("sent", ephemeral=True)


@app_commands.command(description="Says what the bot may do here")
@app_commands.default_permissions(manage_events=True)
@app_commands.guild_only()
async def rights(interaction: Press) -> None:
    mine, yours = interaction.app_permissions, interaction.permissions
    text = f"{mine.send_messages} {yours.manage_events} {interaction.locale} {interaction.guild_locale}"
    await interaction.response.send_message(text, ephemeral=True)


@app_commands.context_menu(name="Hide as spoiler")
async def hide(interaction: Press, message: discord.Message) -> None:
    await interaction.response.send_message(f"||{message.content}|| by {message.author.display_name}")


@app_commands.command(description="Finds a version")
async def search(
    interaction: Press, query: str, where: discord.TextChannel, limit: app_commands.Range[int, 1, 5] = 1
) -> None:
    await interaction.response.send_message(f"{query} in {where.name}, {limit}")


@search.autocomplete("query")
async def complete(_: Press, typed: str) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=t, value=v) for v, t in VERSIONS.items() if typed.lower() in t.lower()]


if __name__ == "__main__":
    bot.run(os.environ["DISCORD_TOKEN"], log_level=30)
