"""Which poll a member means: the one they name, the only one there is, or one they are asked to pick."""

from collections.abc import Callable, Sequence
from datetime import datetime

import discord
from discord import app_commands

from bot.domain.clubs import ClubSettings
from bot.domain.tissues.polls import Poll
from bot.errors import UserError
from bot.i18n import Speaker
from bot.services.search import fold
from bot.services.tissue_results import TissueResults
from bot.ui.addresses import number_in
from bot.ui.cards import Card, menu
from bot.ui.desk import Asker
from cogs.tissues.words import Names

Choice = app_commands.Choice[str]
Fits = Callable[[Poll], bool]

LABEL = 100


async def named_poll(asker: Asker, results: TissueResults, typed: str) -> Poll:
    """The club's poll of that number; UserError where there is none."""
    number = number_in(typed)
    poll = None if number is None else await results.poll(number)
    if poll is None or poll.club_id != asker.club_id:
        raise UserError("tissues.unknown_poll")
    return poll


async def latest_poll(asker: Asker, results: TissueResults, typed: str | None, fits: Fits) -> Poll | None:
    """The poll that is named, else the first that fits: open ones first, then those closed last."""
    if typed:
        return await named_poll(asker, results, typed)
    return next(filter(fits, await results.polls(asker.club_id)), None)


async def choices(
    results: TissueResults,
    names: Names,
    t: Speaker,
    *,
    club_id: int,
    club: ClubSettings,
    typed: str,
    fits: Fits,
) -> list[Choice]:
    """The club's polls that fit, for an option's list."""
    labels = [(_label(poll, names, t, club), poll) for poll in await results.polls(club_id) if fits(poll)]
    return [
        app_commands.Choice(name=label, value=str(poll.poll_id))
        for label, poll in labels
        if fold(typed) in fold(label)
    ]


def pick_card(polls: Sequence[Poll], address: str, names: Names, asker: Asker) -> Card:
    """Asks which of several polls is meant; the choice goes to `address`."""
    t = asker.t
    options = [
        discord.SelectOption(label=_label(poll, names, t, asker.club), value=str(poll.poll_id))
        for poll in polls
    ]
    return Card(f"### 🧻 {t('tissues.which')}", menu(t("tissues.pick"), address, options))


def _label(poll: Poll, names: Names, t: Speaker, club: ClubSettings) -> str:
    """`7. Koğuştaki Mucize (2019) · closes 24 Nov 20:00 Europe/Istanbul`: no `<t:…>` renders in a list."""
    title = names.title(poll) or t("tissues.any_film")
    key = "tissues.label_open" if poll.open else "tissues.label_closed"
    label = t(key, title=title, when=_wall(poll.closed_at or poll.closes_at, club))
    return label if len(label) <= LABEL else f"{label[: LABEL - 1]}…"


def _wall(at: datetime, club: ClubSettings) -> str:
    return f"{at.astimezone(club.tz):%Y-%m-%d %H:%M} {club.zone}"
