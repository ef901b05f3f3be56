"""The lines that clients write for what Discord itself posts."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.rehearsal.messages import Message


class Line(IntEnum):
    """docs: Message Types."""

    ADDED = 1
    REMOVED = 2
    RENAMED = 4
    PINNED = 6
    THREAD_CREATED = 18
    STARTER = 21
    POLL_RESULT = 46


LINES = {
    Line.ADDED: "{who} added {whom} to the thread.",
    Line.REMOVED: "{who} removed {whom} from the thread.",
    Line.RENAMED: "{who} changed the thread's name: {content}",
    Line.PINNED: "{who} pinned a message to this channel.",
    Line.THREAD_CREATED: "{who} started a thread: {content}",
    Line.STARTER: "{source}",
    Line.POLL_RESULT: "{who}'s poll has closed.",
}


def line_of(message: Message) -> str:
    """What a member reads in a system line; the content of any other message."""
    if message.type not in LINES:
        return message.content
    return LINES[Line(message.type)].format(
        who=message.author.name,
        whom=", ".join(user.name for user in message.mentioned),
        content=message.content,
        source=message.reference.text if message.reference else "",
    )
