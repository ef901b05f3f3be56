"""Webhooks: they belong to a channel and write under any name."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.rehearsal.entities import Channel, User
from bot.rehearsal.payloads import user_payload
from bot.rehearsal.rules import Json

if TYPE_CHECKING:
    from bot.rehearsal.world import World


@dataclass(eq=False, slots=True)
class Webhook:
    id: int
    channel: Channel
    name: str
    creator: User
    application_id: int | None = None  # None: made by a member by hand
    avatar: str | None = None
    token: str = field(default_factory=lambda: secrets.token_urlsafe(51))

    def payload(self, *, seen_by: int | None = None, by_token: bool = False) -> Json:
        """An application doesn't read the tokens of others' webhooks; a token's holder doesn't read who made it."""
        guild = self.channel.guild
        shows_token = by_token or self.application_id in (None, seen_by)
        return {
            "id": str(self.id),
            "type": 1,
            "guild_id": str(guild.id) if guild else None,
            "channel_id": str(self.channel.id),
            "name": self.name,
            "avatar": self.avatar,
            "application_id": str(self.application_id) if self.application_id else None,
            **({} if by_token else {"user": user_payload(self.creator)}),
            **({"token": self.token} if shows_token else {}),
        }


class Webhooks:
    """All of the world's; the bot hears of a change by WEBHOOKS_UPDATE, under its intent."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._by_id: dict[int, Webhook] = {}

    def get(self, webhook_id: int) -> Webhook | None:
        return self._by_id.get(webhook_id)

    def of(self, channel: Channel) -> list[Webhook]:
        return [hook for hook in self._by_id.values() if hook.channel is channel]

    def open(
        self, channel: Channel, name: str, creator: User, *, application_id: int | None = None
    ) -> Webhook:
        hook = Webhook(self._world.ids.next(), channel, name, creator, application_id)
        self._by_id[hook.id] = hook
        self.changed(channel)
        return hook

    def close(self, hook: Webhook) -> None:
        del self._by_id[hook.id]
        self.changed(hook.channel)

    def changed(self, channel: Channel) -> None:
        if channel.guild is not None:
            ids = {"guild_id": str(channel.guild.id), "channel_id": str(channel.id)}
            self._world.emit("WEBHOOKS_UPDATE", ids, channel.guild)
