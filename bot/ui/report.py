"""The one place that turns any error into words: for commands, presses and forms alike."""

import logging
import secrets
from collections.abc import Mapping
from typing import Any

import aiohttp
import discord
from discord import app_commands

from bot.errors import UserError
from bot.i18n import Texts

log = logging.getLogger(__name__)

UNKNOWN_INTERACTION = 10062
ALREADY_ANSWERED = 40060

LONGEST_SAID = 2000  # characters of a message
LONGEST_ECHO = 40  # of what a member typed
LANGUAGE = "language"  # in an interaction's extras: what the desk answers this member in
LISTS = frozenset(
    {"known", "missing", "fitting", "channels"}
)  # parameters that list what the member may choose from: never cut


class Reporter:
    """Tells the member what went wrong, in their language, and the log what it needs to know."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    async def report(self, interaction: discord.Interaction[Any], error: BaseException) -> None:
        """Answers `interaction` with a sentence for `error`. Never raises."""
        said = self._words(interaction, _cause(error))
        if said is None:
            return
        try:
            if interaction.response.is_done():
                await interaction.followup.send(said, ephemeral=True)
            else:
                await interaction.response.send_message(said, ephemeral=True)
        except (discord.DiscordException, aiohttp.ClientError, OSError) as unsaid:
            log.warning("could not tell a member about an error: %s", unsaid)

    def _words(self, interaction: discord.Interaction[Any], error: BaseException) -> str | None:
        t = self._texts.speaker(interaction.extras.get(LANGUAGE, interaction.locale.value))
        match error:
            case UserError(key=key, params=params):
                log.info("refused: %s %s", key, _echoes(params))
                return _cut(t(key, **_echoes(params)), LONGEST_SAID)
            case discord.HTTPException(code=code) if code in {UNKNOWN_INTERACTION, ALREADY_ANSWERED}:
                log.warning("an answer came too late or twice: %s", error)
                return None
            case discord.Forbidden():
                log.info("forbidden: %s", error)
                return t("error.forbidden")
            case app_commands.CheckFailure():
                return t("error.not_allowed")
            case app_commands.TransformerError(value=value):
                return t("error.option", typed=_cut(str(value), LONGEST_ECHO))
            case _:
                mark = secrets.token_hex(4)
                log.error("unexpected error %s", mark, exc_info=error)
                return t("error.unexpected", mark=mark)


def _cause(error: BaseException) -> BaseException:
    """What really happened, out of discord.py's wrapping."""
    if isinstance(error, app_commands.CommandInvokeError | app_commands.TransformerError) and error.__cause__:
        return _cause(error.__cause__)
    return getattr(error, "original", error)


def _echoes(params: Mapping[str, object]) -> dict[str, object]:
    """The parameters of a sentence with what was typed made short: it can be 6,000 characters."""
    return {
        name: _cut(value, LONGEST_ECHO) if isinstance(value, str) and name not in LISTS else value
        for name, value in params.items()
    }


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
