"""Messages sent and changed outside an interaction, by channel id and message id, never by a token that expires."""

from collections.abc import Iterable, Iterator
from typing import Any

import discord
from discord.ext import commands

from bot.domain.clubs import ClubSettings
from bot.i18n import Speaker, Texts
from bot.ui.cards import Card

LOOK_BACK = 100


class Channels:
    """The bot's own voice in channels."""

    def __init__(self, client: commands.AutoShardedBot, texts: Texts) -> None:
        self._client = client
        self._texts = texts

    async def edit(self, channel_id: int, message_id: int, card: Card) -> bool:
        """Shows `card` in a message the bot has sent; False where that is gone or out of reach for good."""
        message = self._messageable(channel_id).get_partial_message(message_id)
        try:
            await message.edit(view=card)
        except (discord.NotFound, discord.Forbidden):
            return False
        return True

    async def find_own(self, channel_id: int, mark: str) -> int | None:
        """The id of the bot's newest message here with an item whose address starts with `mark`; None where there
        is none among the last LOOK_BACK messages or the history may not be read (Discord shows it empty then)."""
        async for message in self._messageable(channel_id).history(limit=LOOK_BACK):
            if message.author == self._client.user and any(
                item.startswith(f"tb:{mark}") for item in _addresses(message.components)
            ):
                return message.id
        return None

    def speaker(self, channel_id: int, club: ClubSettings) -> Speaker:
        """The language in which the bot talks to everybody in this channel."""
        channel: Any = self._client.get_channel(channel_id)
        guild: discord.Guild | None = getattr(channel, "guild", None)
        fallback = guild.preferred_locale.value if guild else discord.Locale.american_english.value
        return self._texts.speaker(club.language or fallback)

    def _messageable(self, channel_id: int) -> discord.PartialMessageable:
        return self._client.get_partial_messageable(channel_id)


def _addresses(components: Iterable[Any]) -> Iterator[str]:
    """The `custom_id` of every item of a message, however deep."""
    for component in components:
        if custom_id := getattr(component, "custom_id", None):
            yield custom_id
        yield from _addresses(getattr(component, "children", ()))
