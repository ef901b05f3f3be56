"""Interactions from the press to the last follow-up: tokens, deadlines, and who answered what."""

from __future__ import annotations

import asyncio
import secrets
import time
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

from bot.rehearsal.entities import Channel, User
from bot.rehearsal.messages import Message
from bot.rehearsal.rules import ApiError, Json, Rule, unknown

if TYPE_CHECKING:
    from bot.rehearsal.standing import Standing
    from bot.rehearsal.world import World

THREE_SECONDS = Rule("the first answer comes within 3 s", "discord.md: Limits, first answer")
FIFTEEN_MINUTES = Rule("an interaction's token lives 15 min", "discord.md: Limits, first answer")
ONE_ANSWER = Rule("an interaction is answered once", "docs: JSON Error Codes, 40060")


class Kind(IntEnum):
    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class Callback(IntEnum):
    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


@dataclass(eq=False, slots=True)
class Interaction:
    id: int
    kind: Kind
    user: User
    member: Standing | None
    channel: Channel
    data: Json
    source: Message | None = None  # the message whose component was used
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    sent_at: float = field(default_factory=time.monotonic)
    callback: Callback | None = None
    callback_data: Json = field(default_factory=dict)
    original: Message | None = None
    followups: list[Message] = field(default_factory=list)
    answered_at: float = 0.0
    failed: bool = False  # the member has read "This interaction failed"
    acknowledged: asyncio.Event = field(default_factory=asyncio.Event)
    settled: asyncio.Event = field(default_factory=asyncio.Event)

    def acknowledge(self, callback: Callback, data: Json) -> None:
        self.callback, self.callback_data, self.answered_at = callback, data, time.monotonic()
        self.acknowledged.set()
        if callback not in {Callback.DEFERRED_MESSAGE, Callback.DEFERRED_UPDATE}:
            self.settle()

    def settle(self) -> None:
        """The member sees an outcome: a message, an edit, a form or choices."""
        self.settled.set()

    @property
    def title(self) -> str:
        """What the member did: the whole name of a command, or the custom_id of a component or form."""
        if "custom_id" in self.data:
            return str(self.data["custom_id"])
        names, options = [self.data["name"]], self.data.get("options") or []
        while options and options[0]["type"] in {1, 2}:
            names.append(options[0]["name"])
            options = options[0].get("options") or []
        return f"{'/' if self.data.get('type', 1) == 1 else ''}{' '.join(names)}"

    @property
    def latest(self) -> Message | None:
        return self.followups[-1] if self.followups else self.original


class Interactions:
    def __init__(self, world: World) -> None:
        self._world = world
        self._by_id: dict[int, Interaction] = {}
        self._by_token: dict[str, Interaction] = {}

    def open(self, interaction: Interaction) -> None:
        self._by_id[interaction.id] = interaction
        self._by_token[interaction.token] = interaction

    def to_answer(self, interaction_id: int, token: str) -> Interaction:
        """The interaction a callback is for, while it may still be answered."""
        found = self._by_id.get(interaction_id)
        if found is None or found.token != token:
            raise unknown(10062, "interaction")
        if found.callback is not None:
            raise ApiError(400, 40060, "Interaction has already been acknowledged.", ONE_ANSWER)
        if found.failed or time.monotonic() - found.sent_at > self._world.deadlines.answer:
            raise ApiError(404, 10062, "Unknown interaction", THREE_SECONDS)
        return found

    def by_token(self, token: str) -> Interaction:
        """The interaction behind a webhook token: answered, and not older than 15 minutes."""
        found = self._by_token.get(token)
        if found is None or found.callback is None:
            raise unknown(10015, "Webhook")
        if time.monotonic() - found.sent_at > self._world.deadlines.token:
            raise ApiError(401, 50027, "Invalid Webhook Token", FIFTEEN_MINUTES)
        return found
