"""Edits of old messages: Discord refuses them when they come often."""

import time
from collections import deque
from datetime import datetime, timedelta

from bot.rehearsal.messages import Message
from bot.rehearsal.rules import ApiError, Rule

OLD_EDITS = Rule("messages older than 1 h: 3 edits per 6 s and channel (unofficial)", "discord.md: Limits")


class OldEdits:
    def __init__(self) -> None:
        self._recent: dict[int, deque[float]] = {}

    def admit(self, message: Message, now: datetime) -> None:
        if now - message.created_at < timedelta(hours=1):
            return
        recent, wall = self._recent.setdefault(message.channel.id, deque()), time.monotonic()
        while recent and wall - recent[0] > 6.0:
            recent.popleft()
        if len(recent) >= 3:
            text = "Maximum number of edits to messages older than 1 hour reached. Try again later"
            raise ApiError(400, 30046, text, OLD_EDITS)
        recent.append(wall)
