"""`/club` and `/help`: how a server wants the bot, and what the bot does in it for whoever asks."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import discord
from discord import app_commands
from discord.ext import commands

from bot.domain.clubs import Reset, zones
from bot.domain.spoilers import Level
from bot.errors import NotAllowedError, UserError
from bot.house import House, house_of
from bot.i18n import text_key
from bot.services.clubs import Change
from bot.services.search import fold
from bot.ui.desk import Press, channels_of
from cogs.club.help import help_card, lines_for
from cogs.club.settings import settings_card

Interaction = discord.Interaction[Any]

MOST_CHOICES = 25


RESETS = [app_commands.Choice(name=text_key(f"reset.{each}"), value=each.value) for each in Reset]
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
        house.desk.route("help", self._turned)

    @club.command(name="settings", description=text_key("command.club.settings"))
    @app_commands.rename(channel_ceiling="channel-ceiling", host_role="host-role")
    @app_commands.choices(ceiling=LEVELS, channel_ceiling=LEVELS, reset=RESETS)
    @app_commands.describe(
        zone=text_key("option.zone"),
        language=text_key("option.language"),
        ceiling=text_key("option.ceiling"),
        channel=text_key("option.channel"),
        channel_ceiling=text_key("option.channel-ceiling"),
        host_role=text_key("option.host-role"),
        announcements=text_key("option.announcements"),
        spoilers=text_key("option.spoilers-channel"),
        reset=text_key("option.reset"),
    )
    async def settings(
        self,
        interaction: Interaction,
        *,
        zone: str | None = None,
        language: str | None = None,
        ceiling: app_commands.Choice[str] | None = None,
        channel: app_commands.Transform[app_commands.AppCommandChannel, TalkChannel] | None = None,
        channel_ceiling: app_commands.Choice[str] | None = None,
        host_role: discord.Role | None = None,
        announcements: discord.TextChannel | None = None,
        spoilers: discord.TextChannel | None = None,
        reset: str | None = None,
    ) -> None:
        asker = await self._house.desk.asker(interaction)
        if not interaction.permissions.manage_guild:
            raise NotAllowedError("club.not_admin")
        wished = Reset(reset) if reset else None
        alone = channel is not None and wished is Reset.CHANNEL_CEILING
        if (channel is None) != (channel_ceiling is None) and not alone:
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
            reset=wished,
            reset_at=(channel.id,) if channel else channels_of(interaction),
        )
        changed = change != Change(reset_at=change.reset_at)
        club = await self._house.clubs.change(asker.club_id, change, asker.now) if changed else asker.club
        await asker.whisper(settings_card(asker, club, changed=changed))

    @app_commands.command(name="help", description=text_key("command.help"))
    @app_commands.guild_only()
    async def help(self, interaction: Interaction) -> None:
        asker = await self._house.desk.asker(interaction)
        await asker.whisper(help_card(asker, lines_for(asker, self._bot.tree)))

    async def _turned(self, press: Press) -> None:
        asker = press.asker
        await asker.whisper(help_card(asker, lines_for(asker, self._bot.tree), press.number()))

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


def _zone_label(zone: str, now: datetime) -> str:
    """`Europe/Istanbul · 21:05 (+03:00)`."""
    local = now.astimezone(ZoneInfo(zone))
    return f"{zone} · {local:%H:%M} ({local.isoformat()[-6:]})"


async def setup(bot: commands.AutoShardedBot) -> None:
    await bot.add_cog(ClubCog(bot, house_of(bot)))
