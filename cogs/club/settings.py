"""What a club has settled, shown to its admins."""

from collections.abc import Iterator

import discord

from bot.domain.clubs import ClubSettings
from bot.i18n import Speaker
from bot.ui.cards import Card, small
from bot.ui.desk import Asker
from bot.ui.hosts import is_everybody

CEILINGS_SHOWN = 20


def settings_card(asker: Asker, club: ClubSettings, *, changed: bool) -> Card:
    """Every setting as it stands, what nobody has set included."""
    t, guild = asker.t, asker.interaction.guild
    name = discord.utils.escape_markdown(guild.name) if guild else ""
    return Card(
        f"### {t('club.title', club=name)}",
        t("club.saved") if changed else "",
        "\n".join(_lines(asker, club)),
        small(t("club.how")),
    )


def _lines(asker: Asker, club: ClubSettings) -> Iterator[str]:
    t = asker.t
    own = asker.interaction.guild_locale or discord.Locale.american_english
    local = asker.now.astimezone(club.tz)
    yield t("club.zone", zone=club.zone, now=local.strftime("%H:%M"))
    yield t("club.language", language=club.language or t("club.language_default", language=own.value))
    yield t("club.ceiling", level=t(f"level.{club.ceiling.word}"))
    yield from _ceilings(club, t)
    yield _hosts(asker, club)
    if club.announcements:
        yield t("club.announcements", channel=f"<#{club.announcements}>")
    else:
        yield t("club.announcements_default")
    if club.spoilers:
        yield t("club.spoilers", channel=f"<#{club.spoilers}>")


def _ceilings(club: ClubSettings, t: Speaker) -> Iterator[str]:
    """The first channels that have a ceiling of their own: a message holds no more than about 70."""
    for channel, level in list(club.channel_ceilings.items())[:CEILINGS_SHOWN]:
        yield t("club.channel_ceiling", channel=f"<#{channel}>", level=t(f"level.{level.word}"))
    more = len(club.channel_ceilings) - CEILINGS_SHOWN
    if more > 0:
        yield t("club.more_channels", n=more)


def _hosts(asker: Asker, club: ClubSettings) -> str:
    t = asker.t
    if club.host_role is None:
        return t("club.host_default")
    if is_everybody(asker, club.host_role):
        return t("club.host_everybody")
    return t("club.host_role", role=f"<@&{club.host_role}>")
