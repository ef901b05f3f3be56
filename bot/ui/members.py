"""Who may speak through the bot: members, and not while they are timed out."""

import discord

from bot.errors import NotAllowedError
from bot.ui.dates import moment
from bot.ui.desk import Asker


def require_voice(asker: Asker) -> None:
    """Raises NotAllowedError for who may say nothing here now: Discord lets them press buttons all the same."""
    user = asker.interaction.user
    if not isinstance(user, discord.Member):
        raise NotAllowedError("tissues.members_only")
    until = user.timed_out_until
    if until is not None and until > asker.now:
        raise NotAllowedError("tissues.timed_out", until=moment(until, "R"))
