"""`/watch` and its options."""

from collections.abc import Collection
from typing import Any

import discord
from discord import app_commands

from bot.domain.watch.watch import State
from bot.errors import UserError
from bot.house import House
from bot.i18n import text_key
from bot.services.timephrases import when as time_of
from cogs.watch import words
from cogs.watch.attending import Attending
from cogs.watch.choosing import AHEAD, BEGUN, PLANNED, Choice, Chooser
from cogs.watch.hosting import Hosting
from cogs.watch.planning import Planning
from cogs.watch.showing import Showing
from cogs.watch.words import Billing

Interaction = discord.Interaction[Any]
Minutes = app_commands.Range[int, 1, 600]
Title = app_commands.Range[str, 1, 100]

MOST_CHOICES = 25
WATCH = text_key("option.watch")
WHEN = text_key("option.when")
MINUTES = text_key("option.minutes")
WATCHED = text_key("option.watched")


class WatchCommands(app_commands.Group):
    """`/watch …`: each command parses and hands on."""

    def __init__(
        self,
        house: House,
        billing: Billing,
        chooser: Chooser,
        planning: Planning,
        hosting: Hosting,
        attending: Attending,
        showing: Showing,
    ) -> None:
        super().__init__(name="watch", description=text_key("command.watch"), guild_only=True)
        self._desk = house.desk
        self._reports = house.watch_reports
        self._billing = billing
        self._chooser = chooser
        self._planning = planning
        self._hosting = hosting
        self._attending = attending
        self._showing = showing

    @app_commands.command(name="plan", description=text_key("command.watch.plan"))
    @app_commands.describe(
        version=WATCHED,
        when=WHEN,
        voice=text_key("option.voice"),
        channel=text_key("option.evening-channel"),
        minutes=MINUTES,
        role=text_key("option.role"),
    )
    async def plan(
        self,
        interaction: Interaction,
        version: Title,
        when: Title,
        voice: discord.VoiceChannel | discord.StageChannel | None = None,
        channel: discord.TextChannel | None = None,
        minutes: Minutes | None = None,
        role: discord.Role | None = None,
    ) -> None:
        await self._planning.plan(
            await self._desk.asker(interaction),
            version,
            when,
            venue_id=voice.id if voice else None,
            channel_id=channel.id if channel else None,
            minutes=minutes,
            role_id=role.id if role else None,
        )

    @app_commands.command(name="edit", description=text_key("command.watch.edit"))
    @app_commands.describe(watch=WATCH, when=WHEN, version=WATCHED, minutes=MINUTES)
    async def edit(
        self,
        interaction: Interaction,
        watch: str | None = None,
        when: Title | None = None,
        version: Title | None = None,
        minutes: Minutes | None = None,
    ) -> None:
        await self._planning.edit(await self._desk.asker(interaction), watch, when, version, minutes)

    @app_commands.command(name="start", description=text_key("command.watch.start"))
    @app_commands.describe(watch=WATCH)
    async def start(self, interaction: Interaction, watch: str | None = None) -> None:
        await self._hosting.start(await self._desk.asker(interaction), watch)

    @app_commands.command(name="pause", description=text_key("command.watch.pause"))
    async def pause(self, interaction: Interaction) -> None:
        await self._hosting.pause(await self._desk.asker(interaction))

    @app_commands.command(name="resume", description=text_key("command.watch.resume"))
    async def resume(self, interaction: Interaction) -> None:
        await self._hosting.resume(await self._desk.asker(interaction))

    @app_commands.command(name="seek", description=text_key("command.watch.seek"))
    @app_commands.describe(to=text_key("option.to"))
    async def seek(self, interaction: Interaction, to: app_commands.Range[str, 1, 10]) -> None:
        await self._hosting.seek(await self._desk.asker(interaction), to)

    @app_commands.command(name="clock", description=text_key("command.watch.clock"))
    @app_commands.describe(watch=WATCH)
    async def clock(self, interaction: Interaction, watch: str | None = None) -> None:
        await self._attending.clock(await self._desk.asker(interaction), watch)

    @app_commands.command(name="handover", description=text_key("command.watch.handover"))
    @app_commands.describe(member=text_key("option.member"), watch=WATCH)
    async def handover(
        self, interaction: Interaction, member: discord.Member, watch: str | None = None
    ) -> None:
        if member.bot:
            raise UserError("watch.no_bot_hosts")
        await self._hosting.hand_over(await self._desk.asker(interaction), watch, member.id)

    @app_commands.command(name="finish", description=text_key("command.watch.finish"))
    async def finish(self, interaction: Interaction) -> None:
        await self._hosting.finish(await self._desk.asker(interaction))

    @app_commands.command(name="cancel", description=text_key("command.watch.cancel"))
    @app_commands.describe(watch=WATCH)
    async def cancel(self, interaction: Interaction, watch: str | None = None) -> None:
        await self._planning.cancel(await self._desk.asker(interaction), watch)

    @app_commands.command(name="list", description=text_key("command.watch.list"))
    async def list_evenings(self, interaction: Interaction) -> None:
        await self._showing.list_evenings(await self._desk.asker(interaction))

    @app_commands.command(name="report", description=text_key("command.watch.report"))
    @app_commands.describe(watch=WATCH)
    async def report(self, interaction: Interaction, watch: str | None = None) -> None:
        await self._showing.report(await self._desk.asker(interaction), watch)

    @plan.autocomplete("version")
    @edit.autocomplete("version")
    async def _versions(self, _interaction: Interaction, typed: str) -> list[Choice]:
        found = [app_commands.Choice(name=name, value=at) for name, at in self._billing.offered(typed)]
        return found[:MOST_CHOICES]

    @plan.autocomplete("when")
    @edit.autocomplete("when")
    async def _times(self, interaction: Interaction, typed: str) -> list[Choice]:
        """How the words are read, before they are sent."""
        asker = await self._desk.asker(interaction)
        try:
            at = await time_of(typed, words.languages(asker), asker.club.tz, asker.now)
        except UserError:
            hint = asker.t("watch.when_hint")[: words.LABEL]
            return [app_commands.Choice(name=hint, value=typed[: words.LABEL] or "?")]
        shown = words.wall(at, asker.club.tz, asker.t)[: words.LABEL]
        return [app_commands.Choice(name=shown, value=f"{at:%Y-%m-%dT%H:%M:%S}Z")]

    @edit.autocomplete("watch")
    async def _planned(self, interaction: Interaction, typed: str) -> list[Choice]:
        return await self._evenings(interaction, typed, PLANNED)

    @start.autocomplete("watch")
    @cancel.autocomplete("watch")
    async def _unbegun(self, interaction: Interaction, typed: str) -> list[Choice]:
        return await self._evenings(interaction, typed, {State.PLANNED, State.LOBBY})

    @clock.autocomplete("watch")
    async def _begun(self, interaction: Interaction, typed: str) -> list[Choice]:
        return await self._evenings(interaction, typed, BEGUN)

    @handover.autocomplete("watch")
    async def _ahead(self, interaction: Interaction, typed: str) -> list[Choice]:
        return await self._evenings(interaction, typed, AHEAD)

    @report.autocomplete("watch")
    async def _over(self, interaction: Interaction, typed: str) -> list[Choice]:
        asker = await self._desk.asker(interaction)
        finished = await self._reports.finished(asker.club_id)
        return await self._chooser.offered(asker, typed, finished)

    async def _evenings(
        self, interaction: Interaction, typed: str, states: Collection[State]
    ) -> list[Choice]:
        asker = await self._desk.asker(interaction)
        return await self._chooser.offered(asker, typed, await self._reports.ahead(asker.club_id, states))
