"""`/weekly` and its options."""

from datetime import timedelta
from typing import Any

import discord
from discord import app_commands

from bot.domain.weekly.slots import LONGEST_GRACE, Kind
from bot.house import House
from bot.i18n import text_key
from cogs.weekly.asked import Wanted
from cogs.weekly.choosing import Choice, Choosing
from cogs.weekly.hosting import Hosting
from cogs.weekly.previewing import Previewing
from cogs.weekly.suggesting import Suggesting

Interaction = discord.Interaction[Any]

HOUR = timedelta(hours=1)
Grace = app_commands.Range[int, 1, LONGEST_GRACE // HOUR]
Hours = app_commands.Range[int, 1, 167]
Minutes = app_commands.Range[int, 1, 900]

KINDS = [app_commands.Choice(name=text_key(f"weekly.kind.{kind}"), value=kind.value) for kind in Kind]
DAYS = [app_commands.Choice(name=text_key(f"weekly.day.{day}"), value=day) for day in range(7)]
POLLS = [
    app_commands.Choice(name=text_key("weekly.by_buttons"), value="buttons"),
    app_commands.Choice(name=text_key("weekly.by_discord"), value="discord"),
]
WINNERS = [
    app_commands.Choice(name=text_key("weekly.winner_offered"), value="offered"),
    app_commands.Choice(name=text_key("weekly.winner_planned"), value="planned"),
]
SLOT = text_key("option.weekly-slot")
OPTIONS = {
    "day": text_key("option.weekly-day"),
    "time": text_key("option.weekly-time"),
    "zone": text_key("option.weekly-zone"),
    "channel": text_key("option.weekly-channel"),
    "grace": text_key("option.weekly-grace"),
    "hours": text_key("option.weekly-hours"),
    "poll": text_key("option.weekly-poll"),
    "winner": text_key("option.weekly-winner"),
}


class WeeklyCommands(app_commands.Group):
    """`/weekly …`: each command parses and hands on."""

    def __init__(
        self,
        house: House,
        choosing: Choosing,
        hosting: Hosting,
        previewing: Previewing,
        suggesting: Suggesting,
    ) -> None:
        super().__init__(name="weekly", description=text_key("command.weekly"), guild_only=True)
        self._desk = house.desk
        self._choosing = choosing
        self._hosting = hosting
        self._previewing = previewing
        self._suggesting = suggesting

    @app_commands.command(name="add", description=text_key("command.weekly.add"))
    @app_commands.choices(day=DAYS)
    @app_commands.choices(kind=KINDS, poll=POLLS, winner=WINNERS)
    @app_commands.describe(kind=text_key("option.weekly-kind"), **OPTIONS)
    async def add(
        self,
        interaction: Interaction,
        *,
        kind: str,
        day: int,
        time: str,
        zone: str | None = None,
        channel: discord.TextChannel | None = None,
        grace: Grace | None = None,
        hours: Hours | None = None,
        poll: str | None = None,
        winner: str | None = None,
    ) -> None:
        wanted = _wanted(day, time, zone, channel, grace, hours, poll, winner)
        await self._hosting.add(await self._desk.asker(interaction), Kind(kind), wanted)

    @app_commands.command(name="edit", description=text_key("command.weekly.edit"))
    @app_commands.choices(day=DAYS)
    @app_commands.choices(poll=POLLS, winner=WINNERS)
    @app_commands.describe(slot=SLOT, **OPTIONS)
    async def edit(
        self,
        interaction: Interaction,
        *,
        slot: str | None = None,
        day: int | None = None,
        time: str | None = None,
        zone: str | None = None,
        channel: discord.TextChannel | None = None,
        grace: Grace | None = None,
        hours: Hours | None = None,
        poll: str | None = None,
        winner: str | None = None,
    ) -> None:
        wanted = _wanted(day, time, zone, channel, grace, hours, poll, winner)
        await self._hosting.edit(await self._desk.asker(interaction), slot, wanted)

    @app_commands.command(name="list", description=text_key("command.weekly.list"))
    async def show(self, interaction: Interaction) -> None:
        await self._hosting.show_all(await self._desk.asker(interaction))

    @app_commands.command(name="preview", description=text_key("command.weekly.preview"))
    @app_commands.describe(slot=SLOT)
    async def preview(self, interaction: Interaction, slot: str | None = None) -> None:
        await self._previewing.preview(await self._desk.asker(interaction), slot)

    @app_commands.command(name="skip", description=text_key("command.weekly.skip"))
    @app_commands.describe(slot=SLOT, date=text_key("option.weekly-date"))
    async def skip(self, interaction: Interaction, slot: str | None = None, date: str | None = None) -> None:
        await self._hosting.skip(await self._desk.asker(interaction), slot, date)

    @app_commands.command(name="pause", description=text_key("command.weekly.pause"))
    @app_commands.describe(slot=SLOT, until=text_key("option.weekly-until"))
    async def pause(
        self, interaction: Interaction, slot: str | None = None, until: str | None = None
    ) -> None:
        await self._hosting.pause(await self._desk.asker(interaction), slot, until)

    @app_commands.command(name="resume", description=text_key("command.weekly.resume"))
    @app_commands.describe(slot=SLOT)
    async def resume(self, interaction: Interaction, slot: str | None = None) -> None:
        await self._hosting.resume(await self._desk.asker(interaction), slot)

    @app_commands.command(name="remove", description=text_key("command.weekly.remove"))
    @app_commands.describe(slot=SLOT)
    async def remove(self, interaction: Interaction, slot: str | None = None) -> None:
        await self._hosting.remove(await self._desk.asker(interaction), slot)

    @app_commands.command(name="now", description=text_key("command.weekly.now"))
    @app_commands.describe(slot=SLOT)
    async def now(self, interaction: Interaction, slot: str | None = None) -> None:
        await self._hosting.post_now(await self._desk.asker(interaction), slot)

    @app_commands.command(name="suggest", description=text_key("command.weekly.suggest"))
    @app_commands.describe(film=text_key("option.weekly-film"), minutes=text_key("option.weekly-minutes"))
    async def suggest(
        self, interaction: Interaction, film: str | None = None, minutes: Minutes | None = None
    ) -> None:
        await self._suggesting.suggest(await self._desk.asker(interaction), film, minutes)

    @add.autocomplete("zone")
    @edit.autocomplete("zone")
    async def _zones(self, interaction: Interaction, typed: str) -> list[Choice]:
        return self._choosing.zones(await self._desk.asker(interaction), typed)

    @edit.autocomplete("slot")
    @preview.autocomplete("slot")
    @skip.autocomplete("slot")
    @pause.autocomplete("slot")
    @resume.autocomplete("slot")
    @remove.autocomplete("slot")
    @now.autocomplete("slot")
    async def _slots(self, interaction: Interaction, typed: str) -> list[Choice]:
        return await self._choosing.slots(await self._desk.asker(interaction), typed)

    @skip.autocomplete("date")
    async def _dates(self, interaction: Interaction, typed: str) -> list[Choice]:
        slot = getattr(interaction.namespace, "slot", None)
        return await self._choosing.dates(await self._desk.asker(interaction), slot, typed)

    @suggest.autocomplete("film")
    async def _films(self, _interaction: Interaction, typed: str) -> list[Choice]:
        found = self._suggesting.offered(typed)
        return [
            app_commands.Choice(name=each.title, value=f"{each.film}:{each.version}") for each in found[:25]
        ]


def _wanted(
    day: int | None,
    time: str | None,
    zone: str | None,
    channel: discord.TextChannel | None,
    grace: int | None,
    hours: int | None,
    poll: str | None,
    winner: str | None,
) -> Wanted:
    return Wanted(
        weekday=day,
        time=time,
        zone=zone,
        channel_id=channel.id if channel else None,
        grace=None if grace is None else grace * HOUR,
        open_for=None if hours is None else hours * HOUR,
        native=None if poll is None else poll == "discord",
        plans=None if winner is None else winner == "planned",
    )
