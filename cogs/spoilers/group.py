"""`/spoilers`, its options, and the message menu."""

from typing import Any

import discord
from discord import app_commands

from bot.domain.spoilers import Level
from bot.domain.threads.subjects import LEVELS, Privacy, Subject
from bot.house import House
from bot.i18n import text_key
from bot.services.search import fold
from bot.ui.desk import Desk
from bot.ui.hosts import is_host
from cogs.spoilers.hiding import Hiding
from cogs.spoilers.keeping import Keeping
from cogs.spoilers.lists import Lists, thread_label
from cogs.spoilers.opening import Openings, Request
from cogs.spoilers.titles import ANY, Titles

Interaction = discord.Interaction[Any]
Choice = app_commands.Choice[str]

MOST_CHOICES = 25
LABEL = 100
LONGEST_TEXT = 4000
VERSIONS = text_key("option.versions")
LEVEL_CHOICES = [
    app_commands.Choice(name=text_key(f"spoilers.level.{level.word}"), value=level.word)
    for level in reversed(LEVELS)
]
PRIVACY_CHOICES = [
    app_commands.Choice(name=text_key("spoilers.privacy_gated"), value=Privacy.GATED.value),
    app_commands.Choice(name=text_key("spoilers.privacy_public"), value=Privacy.PUBLIC.value),
]


class SpoilerCommands(app_commands.Group):
    """`/spoilers …`: each command parses and hands on."""

    def __init__(
        self, house: House, titles: Titles, openings: Openings, keeping: Keeping, lists: Lists, hiding: Hiding
    ) -> None:
        super().__init__(name="spoilers", description=text_key("command.spoilers"), guild_only=True)
        self._desk = house.desk
        self._threads = house.threads
        self._titles = titles
        self._openings = openings
        self._keeping = keeping
        self._lists = lists
        self._hiding = hiding

    @app_commands.command(name="open", description=text_key("command.spoilers.open"))
    @app_commands.rename(up_to_minute="up-to-minute")
    @app_commands.choices(level=LEVEL_CHOICES, privacy=PRIVACY_CHOICES)
    @app_commands.describe(
        versions=VERSIONS,
        level=text_key("option.spoiler-level"),
        up_to_minute=text_key("option.up-to-minute"),
        privacy=text_key("option.privacy"),
        prompts=text_key("option.prompts"),
    )
    async def open_thread(
        self,
        interaction: Interaction,
        versions: str,
        level: str,
        up_to_minute: str | None = None,
        privacy: str = Privacy.GATED.value,
        prompts: bool = True,  # noqa: FBT001, FBT002, RUF100 - an option is what it is
    ) -> None:
        asker = await self._desk.asker(interaction)
        film, keys = self._titles.find(versions)
        up_to = self._titles.minute(film, keys, up_to_minute)
        subject = Subject(film.slug, keys, Level.of(level), up_to, Privacy(privacy))
        await self._openings.open(asker, Request(subject, prompts))

    @app_commands.command(name="list", description=text_key("command.spoilers.list"))
    async def list_threads(self, interaction: Interaction) -> None:
        await self._lists.show_threads(await self._desk.asker(interaction))

    @app_commands.command(name="close", description=text_key("command.spoilers.close"))
    @app_commands.describe(thread=text_key("option.spoiler-thread"))
    async def close(self, interaction: Interaction, thread: str | None = None) -> None:
        await self._keeping.close(await self._desk.asker(interaction), thread)

    @app_commands.command(name="say", description=text_key("command.spoilers.say"))
    @app_commands.choices(level=LEVEL_CHOICES)
    @app_commands.describe(
        text=text_key("option.spoiler-text"), versions=VERSIONS, level=text_key("option.spoiler-level")
    )
    async def say(
        self,
        interaction: Interaction,
        text: app_commands.Range[str, 1, LONGEST_TEXT],
        versions: str,
        level: str,
    ) -> None:
        await self._hiding.say(await self._desk.asker(interaction), text, versions, Level.of(level))

    @app_commands.command(name="prompt", description=text_key("command.spoilers.prompt"))
    async def prompt(self, interaction: Interaction) -> None:
        await self._lists.prompt(await self._desk.asker(interaction))

    @app_commands.command(name="seen", description=text_key("command.spoilers.seen"))
    @app_commands.describe(versions=VERSIONS)
    async def seen(self, interaction: Interaction, versions: str | None = None) -> None:
        await self._lists.seen(await self._desk.asker(interaction), versions)

    @app_commands.command(name="unseen", description=text_key("command.spoilers.unseen"))
    @app_commands.describe(versions=VERSIONS)
    async def unseen(self, interaction: Interaction, versions: str) -> None:
        await self._lists.unseen(await self._desk.asker(interaction), versions)

    @open_thread.autocomplete("versions")
    @say.autocomplete("versions")
    @seen.autocomplete("versions")
    @unseen.autocomplete("versions")
    async def _versions(self, interaction: Interaction, typed: str) -> list[Choice]:
        t = self._desk.texts.speaker(interaction.locale.value)
        offered = [
            app_commands.Choice(name=name[:LABEL], value=key) for name, key in self._titles.offered(typed)
        ]
        if not typed or fold(typed) in fold(t("spoilers.any")) or typed == ANY:
            wholes = self._titles.wholes(t("spoilers.any"))
            offered += [app_commands.Choice(name=name[:LABEL], value=key) for name, key in wholes]
        return [choice for choice in offered if len(choice.value) <= LABEL][:MOST_CHOICES]

    @close.autocomplete("thread")
    async def _open_threads(self, interaction: Interaction, typed: str) -> list[Choice]:
        asker = await self._desk.asker(interaction)
        if not is_host(asker):  # some are below channels that others can't see
            return []
        return [
            app_commands.Choice(name=label, value=str(thread.row))
            for thread in await self._threads.open_in(asker.club_id)
            if fold(typed) in fold(label := thread_label(thread, asker.t))
        ][:MOST_CHOICES]


def hide_menu(desk: Desk, hiding: Hiding) -> app_commands.ContextMenu:
    """The message menu; Discord sends the message along, so the bot needs no right to read any other."""

    @app_commands.guild_only
    async def hide(interaction: Interaction, message: discord.Message) -> None:
        await hiding.hide(await desk.asker(interaction), message)

    # a menu is called by its name, which is therefore the English text itself
    name = app_commands.locale_str("Hide as spoiler", key="command.hide")
    return app_commands.ContextMenu(name=name, callback=hide)
