"""`/club` and `/help`: how a server wants the bot, and what the bot does in it for whoever asks."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import discord
from discord import app_commands
from discord.ext import commands

from bot.domain.clubs import ClubSettings, zones
from bot.domain.spoilers import Level
from bot.errors import NotAllowedError, UserError
from bot.house import House, house_of
from bot.i18n import text_key
from bot.services.clubs import Change
from bot.services.search import fold
from bot.ui.cards import Card, small
from bot.ui.desk import Asker

Interaction = discord.Interaction[Any]

MOST_CHOICES = 25


LEVELS = [app_commands.Choice(name=text_key(f"level.{level.word}"), value=level.word) for level in Level]


class TalkChannel(app_commands.Transformer):
    """A channel members talk in. Annotating discord.ForumChannel would also ask for media channels, which
    Discord's own document doesn't know for options."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        return [
            discord.ChannelType.text,
            discord.ChannelType.news,
            discord.ChannelType.forum,
            discord.ChannelType.voice,
        ]

    async def transform(
        self,
        interaction: Interaction,  # noqa: ARG002 - the library's signature
        value: app_commands.AppCommandChannel,
        /,
    ) -> app_commands.AppCommandChannel:
        return value


class ClubCog(commands.Cog):
    """The club's settings and the help page."""

    club = app_commands.Group(
        name="club",
        description=text_key("command.club"),
        guild_only=True,
        default_permissions=discord.Permissions(manage_guild=True),
    )

    def __init__(self, bot: commands.AutoShardedBot, house: House) -> None:
        self._bot = bot
        self._house = house

    @club.command(name="settings", description=text_key("command.club.settings"))
    @app_commands.rename(channel_ceiling="channel-ceiling", host_role="host-role")
    @app_commands.choices(ceiling=LEVELS, channel_ceiling=LEVELS)
    @app_commands.describe(
        zone=text_key("option.zone"),
        language=text_key("option.language"),
        ceiling=text_key("option.ceiling"),
        channel=text_key("option.channel"),
        channel_ceiling=text_key("option.channel-ceiling"),
        host_role=text_key("option.host-role"),
        announcements=text_key("option.announcements"),
        spoilers=text_key("option.spoilers-channel"),
    )
    async def settings(
        self,
        interaction: Interaction,
        zone: str | None = None,
        language: str | None = None,
        ceiling: app_commands.Choice[str] | None = None,
        channel: app_commands.Transform[app_commands.AppCommandChannel, TalkChannel] | None = None,
        channel_ceiling: app_commands.Choice[str] | None = None,
        host_role: discord.Role | None = None,
        announcements: discord.TextChannel | None = None,
        spoilers: discord.TextChannel | None = None,
    ) -> None:
        asker = await self._house.desk.asker(interaction)
        if not interaction.permissions.manage_guild:
            raise NotAllowedError("club.not_admin")
        if (channel is None) != (channel_ceiling is None):
            raise UserError("club.channel_pair")
        change = Change(
            zone=zone,
            language=language,
            ceiling=Level.of(ceiling.value) if ceiling else None,
            channel_ceilings={channel.id: Level.of(channel_ceiling.value)}
            if channel and channel_ceiling
            else {},
            host_role=host_role.id if host_role else None,
            announcements=announcements.id if announcements else None,
            spoilers=spoilers.id if spoilers else None,
        )
        changed = change != Change()
        club = await self._house.clubs.change(asker.club_id, change, asker.now) if changed else asker.club
        await asker.whisper(settings_card(asker, club, changed=changed))

    @app_commands.command(name="help", description=text_key("command.help"))
    @app_commands.guild_only()
    async def help(self, interaction: Interaction) -> None:
        asker = await self._house.desk.asker(interaction)
        await asker.whisper(help_card(asker, self._bot.tree))

    @settings.autocomplete("zone")
    async def _zones(self, _interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        wanted = fold(typed).replace(" ", "_")
        now = self._house.clock.now()
        found = sorted(zone for zone in zones() if wanted in fold(zone) and "/" in zone)
        return [app_commands.Choice(name=_zone_label(zone, now), value=zone) for zone in found[:MOST_CHOICES]]

    @settings.autocomplete("language")
    async def _languages(self, _interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return [
            app_commands.Choice(name=language, value=language)
            for language in self._house.texts.languages
            if fold(typed) in fold(language)
        ][:MOST_CHOICES]


def settings_card(asker: Asker, club: ClubSettings, *, changed: bool) -> Card:
    """Every setting as it stands, what nobody has set included."""
    t, guild = asker.t, asker.interaction.guild
    own = asker.interaction.guild_locale or discord.Locale.american_english
    local = asker.now.astimezone(club.tz)
    lines = [
        t("club.zone", zone=club.zone, now=local.strftime("%H:%M")),
        t("club.language", language=club.language or t("club.language_default", language=own.value)),
        t("club.ceiling", level=t(f"level.{club.ceiling.word}")),
        *(
            t("club.channel_ceiling", channel=f"<#{channel}>", level=t(f"level.{level.word}"))
            for channel, level in club.channel_ceilings.items()
        ),
        t("club.host_role", role=f"<@&{club.host_role}>") if club.host_role else t("club.host_default"),
        t("club.announcements", channel=f"<#{club.announcements}>")
        if club.announcements
        else t("club.announcements_default"),
        *([t("club.spoilers", channel=f"<#{club.spoilers}>")] if club.spoilers else []),
    ]
    name = discord.utils.escape_markdown(guild.name) if guild else ""
    return Card(
        f"### {t('club.title', club=name)}",
        t("club.saved") if changed else "",
        "\n".join(lines),
        small(t("club.how")),
    )


def help_card(asker: Asker, tree: app_commands.CommandTree[Any]) -> Card:
    """What this member can do here with the bot, and what the channel may show."""
    t, guild = asker.t, asker.interaction.guild
    name = discord.utils.escape_markdown(guild.name) if guild else ""
    usable = [group for group in tree.get_commands() if isinstance(group, app_commands.Group)]
    sections = [
        "\n".join(f"`/{command.qualified_name}` {t(command.description)}" for command in group.commands)
        for group in usable
        if _may_use(asker, group)
    ]
    admin = asker.interaction.permissions.manage_guild
    return Card(
        f"### {t('help.title', club=name)}",
        t("help.intro"),
        *sections,
        t("help.here", level=t(f"level.{asker.room.ceiling.word}")),
        t("help.settings_hint") if admin else "",
        small(t("help.private")),
    )


def _may_use(asker: Asker, group: app_commands.Group) -> bool:
    needed = group.default_permissions
    return needed is None or asker.interaction.permissions >= needed


def _zone_label(zone: str, now: datetime) -> str:
    """`Europe/Istanbul · 21:05 (+03:00)`."""
    local = now.astimezone(ZoneInfo(zone))
    return f"{zone} · {local:%H:%M} ({local.isoformat()[-6:]})"


async def setup(bot: commands.AutoShardedBot) -> None:
    await bot.add_cog(ClubCog(bot, house_of(bot)))
