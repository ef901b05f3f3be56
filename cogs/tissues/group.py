"""`/tissues` and its options."""

from typing import Any

import discord
from discord import app_commands

from bot.domain.tissues.polls import Poll
from bot.errors import UserError
from bot.house import House
from bot.i18n import text_key
from bot.services.search import fold
from bot.ui.reading import named
from cogs.tissues.choosing import Choice, Fits, choices
from cogs.tissues.hosting import Hosting
from cogs.tissues.showing import Showing
from cogs.tissues.voting import Voting
from cogs.tissues.words import Names

Interaction = discord.Interaction[Any]

MOST_CHOICES = 25
POLL = text_key("option.poll")
CLOSES = text_key("option.closes")
COUNTS = [
    app_commands.Choice(name=text_key("tissues.counts_hidden"), value="hidden"),
    app_commands.Choice(name=text_key("tissues.counts_live"), value="live"),
]


class TissueCommands(app_commands.Group):
    """`/tissues …`: each command parses and hands on."""

    def __init__(
        self, house: House, names: Names, voting: Voting, hosting: Hosting, showing: Showing
    ) -> None:
        super().__init__(name="tissues", description=text_key("command.tissues"), guild_only=True)
        self._desk = house.desk
        self._results = house.tissue_results
        self._names = names
        self._voting = voting
        self._hosting = hosting
        self._showing = showing

    @app_commands.command(name="open", description=text_key("command.tissues.open"))
    @app_commands.choices(counts=COUNTS)
    @app_commands.describe(
        version=text_key("option.version"), closes=CLOSES, counts=text_key("option.counts")
    )
    async def open_poll(
        self,
        interaction: Interaction,
        version: str | None = None,
        closes: str | None = None,
        counts: str = "hidden",
    ) -> None:
        asker = await self._desk.asker(interaction)
        await self._hosting.open(asker, version, closes, live=counts == "live")

    @app_commands.command(name="vote", description=text_key("command.tissues.vote"))
    @app_commands.describe(tissues=text_key("option.tissues"))
    async def vote(self, interaction: Interaction, tissues: str | None = None) -> None:
        await self._voting.vote(await self._desk.asker(interaction), tissues)

    @app_commands.command(name="close", description=text_key("command.tissues.close"))
    @app_commands.describe(poll=POLL)
    async def close(self, interaction: Interaction, poll: str | None = None) -> None:
        await self._hosting.close(await self._desk.asker(interaction), poll)

    @app_commands.command(name="reopen", description=text_key("command.tissues.reopen"))
    @app_commands.describe(poll=POLL, closes=CLOSES)
    async def reopen(
        self, interaction: Interaction, poll: str | None = None, closes: str | None = None
    ) -> None:
        await self._hosting.reopen(await self._desk.asker(interaction), poll, closes)

    @app_commands.command(name="results", description=text_key("command.tissues.results"))
    @app_commands.describe(poll=POLL)
    async def results(self, interaction: Interaction, poll: str | None = None) -> None:
        await self._showing.result(await self._desk.asker(interaction), poll)

    @app_commands.command(name="receipt", description=text_key("command.tissues.receipt"))
    @app_commands.describe(poll=POLL)
    async def receipt(self, interaction: Interaction, poll: str | None = None) -> None:
        await self._voting.receipt(await self._desk.asker(interaction), poll)

    @app_commands.command(name="recount", description=text_key("command.tissues.recount"))
    @app_commands.describe(poll=POLL)
    async def recount(self, interaction: Interaction, poll: str | None = None) -> None:
        await self._hosting.recount(await self._desk.asker(interaction), poll)

    @app_commands.command(name="versions", description=text_key("command.tissues.versions"))
    @app_commands.describe(film=text_key("option.film"))
    async def versions(self, interaction: Interaction, film: str | None = None) -> None:
        wanted = next((each for each in self._names.films if film in {None, each.slug}), None)
        if wanted is None:
            known = ", ".join(each.slug for each in self._names.films)
            raise UserError("tissues.unknown_film", film=film, known=known)
        await self._showing.versions(await self._desk.asker(interaction), wanted)

    @app_commands.command(name="board", description=text_key("command.tissues.board"))
    async def board(self, interaction: Interaction) -> None:
        await self._showing.board(await self._desk.asker(interaction))

    @open_poll.autocomplete("version")
    async def _versions(self, _interaction: Interaction, typed: str) -> list[Choice]:
        found = [
            app_commands.Choice(name=named(version)[:100], value=f"{film.slug}:{version.key}")
            for film in self._names.films
            for version in film.versions
            if fold(typed) in fold(f"{version.key} {version.title} {version.romanised} {version.country}")
        ]
        return found[:MOST_CHOICES]

    @versions.autocomplete("film")
    async def _films(self, _interaction: Interaction, typed: str) -> list[Choice]:
        found = [
            app_commands.Choice(name=film.name[:100], value=film.slug)
            for film in self._names.films
            if fold(typed) in fold(film.name)
        ]
        return found[:MOST_CHOICES]

    @close.autocomplete("poll")
    async def _open_polls(self, interaction: Interaction, typed: str) -> list[Choice]:
        return await self._polls(interaction, typed, lambda poll: poll.open)

    @reopen.autocomplete("poll")
    @results.autocomplete("poll")
    async def _closed_polls(self, interaction: Interaction, typed: str) -> list[Choice]:
        return await self._polls(interaction, typed, lambda poll: not poll.open)

    @receipt.autocomplete("poll")
    @recount.autocomplete("poll")
    async def _all_polls(self, interaction: Interaction, typed: str) -> list[Choice]:
        return await self._polls(interaction, typed, _any)

    async def _polls(self, interaction: Interaction, typed: str, fits: Fits) -> list[Choice]:
        asker = await self._desk.asker(interaction)
        return await choices(
            self._results,
            self._names,
            asker.t,
            club_id=asker.club_id,
            club=asker.club,
            typed=typed,
            fits=fits,
        )


def _any(_poll: Poll) -> bool:
    return True
