"""The command group that one film pack brings."""

from datetime import datetime, timedelta
from typing import Any

import discord
from discord import app_commands

from bot.domain.film import TOPICS
from bot.domain.picking import tellable
from bot.errors import UserError
from bot.i18n import text_key
from bot.services.facts import Facts
from bot.services.search import fold
from bot.ui.dates import moment
from bot.ui.desk import Asker, Desk, Press
from bot.ui.members import require_voice
from bot.ui.reading import named
from cogs.facts import facts as fact_cards
from cogs.facts.places import ALL, Places
from cogs.facts.quiz import QuizTable

Interaction = discord.Interaction[Any]
Choice = app_commands.Choice[str]

MOST_CHOICES = 25
APART = timedelta(seconds=5)
VERSION = text_key("option.version")


class FilmCommands(app_commands.Group):
    """`/<slug> …`: each command parses, asks, renders and sends."""

    def __init__(self, places: Places, desk: Desk, facts: Facts, quizzes: QuizTable) -> None:
        film = places.film
        super().__init__(
            name=film.slug, description=text_key("command.film", film=film.name), guild_only=True
        )
        self.places = places
        self._desk = desk
        self._facts = facts
        self._quizzes = quizzes
        self._again: dict[int, datetime] = {}  # when a channel may be told another fact

    @app_commands.command(name="versions", description=text_key("command.film.versions"))
    async def versions(self, interaction: Interaction) -> None:
        await self._show(interaction, "versions")

    @app_commands.command(name="version", description=text_key("command.film.version"))
    @app_commands.describe(version=VERSION)
    async def version(self, interaction: Interaction, version: str) -> None:
        await self._show(interaction, "version", version)

    @app_commands.command(name="compare", description=text_key("command.film.compare"))
    @app_commands.describe(one=VERSION, other=VERSION)
    async def compare(self, interaction: Interaction, one: str, other: str) -> None:
        await self._show(interaction, "compare", one, other)

    @app_commands.command(name="cast", description=text_key("command.film.cast"))
    @app_commands.describe(version=VERSION)
    async def cast(self, interaction: Interaction, version: str) -> None:
        await self._show(interaction, "cast", version)

    @app_commands.command(name="fact", description=text_key("command.film.fact"))
    @app_commands.describe(version=VERSION, topic=text_key("option.topic"))
    async def fact(
        self, interaction: Interaction, version: str | None = None, topic: str | None = None
    ) -> None:
        asker = await self._desk.asker(interaction)
        key = self.places.version([version]).key if version else None
        if topic is not None and topic not in TOPICS:
            raise UserError("error.unknown_topic", topic=topic, known=", ".join(TOPICS))
        await self._tell(asker, key, topic)

    @app_commands.command(name="search", description=text_key("command.film.search"))
    @app_commands.describe(query=text_key("option.query"))
    async def search(self, interaction: Interaction, query: app_commands.Range[str, 1, 100]) -> None:
        kind, _, key = query.partition(":")
        known = any(entry.address == query for entry in self.places.index.entries)
        place = (kind, *key.split(":")) if known else ("search", query)
        await self._show(interaction, *place)

    @app_commands.command(name="truestory", description=text_key("command.film.truestory"))
    async def truestory(self, interaction: Interaction) -> None:
        await self._show(interaction, "truestory")

    @app_commands.command(name="claims", description=text_key("command.film.claims"))
    async def claims(self, interaction: Interaction) -> None:
        await self._show(interaction, "claims")

    @app_commands.command(name="where", description=text_key("command.film.where"))
    @app_commands.describe(version=VERSION)
    async def where(self, interaction: Interaction, version: str | None = None) -> None:
        await self._show(interaction, "where", version or ALL)

    @app_commands.command(name="warnings", description=text_key("command.film.warnings"))
    @app_commands.describe(version=VERSION)
    async def warnings(self, interaction: Interaction, version: str | None = None) -> None:
        await self._whisper(interaction, "warnings", version or ALL)

    @app_commands.command(name="support", description=text_key("command.film.support"))
    @app_commands.describe(country=text_key("option.country"))
    async def support(self, interaction: Interaction, country: str | None = None) -> None:
        await self._whisper(interaction, "support", *([country] if country else []))

    @app_commands.command(name="quiz", description=text_key("command.film.quiz"))
    async def quiz(self, interaction: Interaction) -> None:
        await self._quizzes.start(await self._desk.asker(interaction), self.places.film)

    @app_commands.command(name="sources", description=text_key("command.film.sources"))
    @app_commands.describe(version=VERSION)
    async def sources(self, interaction: Interaction, version: str | None = None) -> None:
        await self._whisper(interaction, "sources", version or ALL)

    async def opened(self, press: Press) -> None:
        """A button or a choice that opens a card: for the one who pressed, in place if it was theirs already."""
        _, place, *args = press.args
        await press.asker.whisper(
            self.places.card(self.places.private(press.asker), place, *args, *press.values)
        )

    async def another(self, press: Press) -> None:
        """Another fact by the same filters, for everybody; a channel is not flooded with them."""
        _, version, topic = press.args
        require_voice(press.asker)
        self._brake(press.asker)
        await self._tell(press.asker, version or None, topic or None)

    async def _show(self, interaction: Interaction, place: str, *args: str) -> None:
        asker = await self._desk.asker(interaction)
        await asker.show(self.places.card(self.places.public(asker), place, *args))

    async def _whisper(self, interaction: Interaction, place: str, *args: str) -> None:
        asker = await self._desk.asker(interaction)
        await asker.whisper(self.places.card(self.places.private(asker), place, *args))

    async def _tell(self, asker: Asker, version: str | None, topic: str | None) -> None:
        film = self.places.film
        among = tellable(film, asker.room, version, topic)
        picked = await self._facts.next_fact(asker.club_id, asker.channel_id, film, among, asker.now)
        if picked is None:
            raise UserError("fact.none", level=asker.t(f"level.{asker.room.ceiling.word}"))
        await asker.show(fact_cards.next_fact_card(self.places.public(asker), picked, version, topic))

    def _brake(self, asker: Asker) -> None:
        """Lets one press a while through in each channel."""
        self._again = {channel: at for channel, at in self._again.items() if at > asker.now}
        if at := self._again.get(asker.channel_id):
            raise UserError("fact.wait", when=moment(at, "R"))
        self._again[asker.channel_id] = asker.now + APART

    @version.autocomplete("version")
    @cast.autocomplete("version")
    @fact.autocomplete("version")
    @where.autocomplete("version")
    @warnings.autocomplete("version")
    @sources.autocomplete("version")
    @compare.autocomplete("one")
    @compare.autocomplete("other")
    async def _versions(self, _interaction: Interaction, typed: str) -> list[Choice]:
        wanted = fold(typed)
        return [
            app_commands.Choice(name=named(version)[:100], value=version.key)
            for version in self.places.film.versions
            if wanted in fold(f"{version.key} {version.title} {version.romanised} {version.country}")
        ][:MOST_CHOICES]

    @fact.autocomplete("topic")
    async def _topics(self, interaction: Interaction, typed: str) -> list[Choice]:
        t = self._desk.texts.speaker(interaction.locale.value)
        present = {fact.topic for fact in self.places.film.facts}
        named_topics = [(t(f"topic.{topic}"), topic) for topic in TOPICS if topic in present]
        return [
            app_commands.Choice(name=name, value=topic)
            for name, topic in named_topics
            if fold(typed) in fold(name)
        ][:MOST_CHOICES]

    @support.autocomplete("country")
    async def _countries(self, _interaction: Interaction, typed: str) -> list[Choice]:
        lines = {line.country: line.region for line in self.places.film.support if line.country}
        return [
            app_commands.Choice(name=region[:100], value=country)
            for country, region in lines.items()
            if fold(typed) in fold(region)
        ][:MOST_CHOICES]

    @search.autocomplete("query")
    async def _found(self, interaction: Interaction, typed: str) -> list[Choice]:
        asker = await self._desk.asker(interaction)
        found = self.places.index.find(typed, asker.room, MOST_CHOICES)
        return [
            app_commands.Choice(name=fact_cards.short(entry.label), value=entry.address) for entry in found
        ]
