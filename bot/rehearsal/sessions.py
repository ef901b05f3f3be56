"""A gateway session: what it listens to, what it was sent, and what a resumed one is owed."""

from __future__ import annotations

import secrets
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import orjson

from bot.rehearsal.world import Event

if TYPE_CHECKING:
    from bot.rehearsal.gateway import Connection

GUILDS, MEMBERS, MODERATION, SCHEDULED_EVENTS = 1 << 0, 1 << 1, 1 << 2, 1 << 16
WEBHOOKS, GUILD_MESSAGES, DIRECT_MESSAGES = 1 << 5, 1 << 9, 1 << 12
GUILD_POLLS, DIRECT_POLLS = 1 << 24, 1 << 25
PRESENCES, MESSAGE_CONTENT = 1 << 8, 1 << 15
PRIVILEGED = MEMBERS | PRESENCES | MESSAGE_CONTENT
KEPT = 5000  # events a session remembers for a resume

# docs: Gateway Intents, List of Intents; what isn't here needs none
_BY_PREFIX = {
    "GUILD_MEMBER": MEMBERS,
    "GUILD_SCHEDULED_EVENT": SCHEDULED_EVENTS,
    "GUILD_AUDIT_LOG": MODERATION,
    "WEBHOOKS": WEBHOOKS,
    "GUILD": GUILDS,
    "CHANNEL": GUILDS,
    "THREAD": GUILDS,
}


def intent_for(event: Event) -> int:
    """The intent without which an event isn't sent; 0 for those that always come."""
    if event.name.startswith("MESSAGE_POLL"):
        return GUILD_POLLS if event.guild_id else DIRECT_POLLS
    if event.name.startswith("MESSAGE"):
        return GUILD_MESSAGES if event.guild_id else DIRECT_MESSAGES
    matching = (intent for prefix, intent in _BY_PREFIX.items() if event.name.startswith(prefix))
    return next(matching, 0)


@dataclass(eq=False, slots=True)
class Session:
    intents: int
    shard: tuple[int, int]
    id: str = field(default_factory=lambda: secrets.token_hex(16))
    connection: Connection | None = None
    sequence: int = 0
    _sent: deque[tuple[int, bytes]] = field(default_factory=lambda: deque(maxlen=KEPT))

    def wants(self, event: Event) -> bool:
        needed = 0 if event.always else intent_for(event)
        return self.serves(event.guild_id) and (not needed or bool(self.intents & needed))

    def serves(self, guild_id: int | None) -> bool:
        """docs: Gateway, Sharding; private channels go to shard 0."""
        number, count = self.shard
        return ((guild_id >> 22) % count if guild_id else 0) == number

    def frame(self, event: Event) -> bytes:
        """The event as sent, numbered and kept for a resume."""
        self.sequence += 1
        frame = orjson.dumps({"op": 0, "t": event.name, "s": self.sequence, "d": event.data})
        self._sent.append((self.sequence, frame))
        return frame

    def missed_since(self, sequence: int) -> Iterator[bytes]:
        return (frame for number, frame in self._sent if number > sequence)
