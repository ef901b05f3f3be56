"""The desk that every command and every press comes to: who asks, in which place and language, where the press
goes, and what is said when something goes wrong."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import discord
from msgspec import Struct

from bot.clock import Clock
from bot.domain.clubs import ClubSettings, Place, answer_language
from bot.domain.spoilers import Room
from bot.errors import UserError
from bot.i18n import Speaker, Texts
from bot.ui.addresses import number_in
from bot.ui.report import LANGUAGE, Reporter

if TYPE_CHECKING:
    from bot.ui.cards import Card

Interaction = discord.Interaction[Any]
FindPlace = Callable[[int, Sequence[int]], Awaitable[Place]]
Handler = Callable[["Press"], Awaitable[None]]


class Asker(Struct, frozen=True):
    """One interaction, understood: the member, the club, the place, and both languages (`t` speaks to the member
    alone, `public` to everybody in the channel)."""

    interaction: Interaction
    place: Place
    t: Speaker
    public: Speaker
    now: datetime

    @property
    def club_id(self) -> int:
        return self.interaction.guild_id or 0

    @property
    def channel_id(self) -> int:
        return self.interaction.channel_id or 0

    @property
    def member_id(self) -> int:
        return self.interaction.user.id

    @property
    def club(self) -> ClubSettings:
        return self.place.club

    @property
    def room(self) -> Room:
        return self.place.room

    async def show(self, card: "Card") -> int | None:
        """Answers for everybody; the new message's id."""
        answered = await self.interaction.response.send_message(view=card)
        return answered.message_id

    async def whisper(self, card: "Card") -> None:
        """Answers this member alone; a press on a private card changes that card instead of adding one."""
        message = self.interaction.message
        if message is not None and message.flags.ephemeral:
            await self.interaction.response.edit_message(view=card)
        else:
            await self.interaction.response.send_message(view=card, ephemeral=True)

    async def change(self, card: "Card") -> None:
        """Answers a press by changing the message it was made on."""
        await self.interaction.response.edit_message(view=card)


class Press(Struct, frozen=True):
    """A press on a persistent item: who, the address's arguments, and a select's values."""

    asker: Asker
    args: tuple[str, ...]
    values: tuple[str, ...]

    def word(self, at: int = 0) -> str:
        """One argument of the address as it is; UserError for an address that lacks it."""
        if at >= len(self.args):
            raise UserError("error.old_button")
        return self.args[at]

    def number(self, at: int = 0) -> int:
        """One argument of the address as a number; UserError for an address that isn't ours any more."""
        return _number(self.args[at : at + 1])

    def numbers(self, count: int) -> tuple[int, ...]:
        """All arguments of the address, which must be `count` numbers."""
        if len(self.args) != count:
            raise UserError("error.old_button")
        return tuple(map(self.number, range(count)))

    def chosen(self) -> int:
        """The number that was picked in a select."""
        return _number(self.values[:1])


class Desk:
    """Knows the texts and the routes; asks `find_place` what the club has settled for a channel."""

    def __init__(self, texts: Texts, find_place: FindPlace, clock: Clock, reporter: Reporter) -> None:
        self.texts = texts
        self.clock = clock
        self.reporter = reporter
        self._find_place = find_place
        self._routes: dict[str, Handler] = {}

    def route(self, name: str, handler: Handler) -> None:
        """Sends presses on `tb:<name>:…` to `handler`; a name belongs to one handler."""
        if name in self._routes:
            raise ValueError(f"two handlers for presses on {name}")
        self._routes[name] = handler

    async def asker(self, interaction: Interaction) -> Asker:
        """Understands an interaction; raises UserError outside a server."""
        if interaction.guild_id is None:
            raise UserError("error.servers_only")
        place = await self._find_place(interaction.guild_id, channels_of(interaction))
        client = interaction.locale.value
        own = answer_language(
            preferred=None, club=place.club.language, client=client, spoken=self.texts.languages
        )
        interaction.extras[LANGUAGE] = own  # should it go wrong from here on
        return Asker(
            interaction=interaction,
            place=place,
            t=self.texts.speaker(own),
            public=self.texts.speaker(self._club_language(place.club, interaction)),
            now=self.clock.now(),
        )

    async def pressed(
        self, interaction: Interaction, route: str, args: tuple[str, ...], values: tuple[str, ...]
    ) -> None:
        """Runs the handler of a press and reports whatever it raises."""
        try:
            handler = self._routes.get(route)
            if handler is None:
                raise UserError("error.old_button")  # noqa: TRY301 - reported like any other
            await handler(Press(await self.asker(interaction), args, values))
        except Exception as error:  # noqa: BLE001 - discord.py would only log it: the member must be told
            await self.reporter.report(interaction, error)

    @staticmethod
    def _club_language(club: ClubSettings, interaction: Interaction) -> str:
        return club.language or (interaction.guild_locale or discord.Locale.american_english).value


def _number(texts: Sequence[str]) -> int:
    number = number_in(texts[0]) if texts else None
    if number is None:
        raise UserError("error.old_button")
    return number


def channels_of(interaction: Interaction) -> tuple[int, ...]:
    """The channel and, for a thread, its parent: nearest first."""
    channel = interaction.channel
    parent = channel.parent_id if isinstance(channel, discord.Thread) else None
    return tuple(place for place in (interaction.channel_id, parent) if place)
