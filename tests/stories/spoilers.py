"""What stories about spoiler threads do again and again."""

from collections.abc import Iterator

import pytest

from bot.rehearsal import Answer, Member, Message, Permission, Rehearsal
from bot.rehearsal.entities import THREADS, Channel
from bot.rehearsal.messages import is_system
from tests.stories.conftest import Club

YES, SEEN = "Yes, let me in", "I've seen it"


@pytest.fixture(autouse=True)
def unhurried(discord_: Rehearsal) -> Iterator[None]:
    """A row of stories asks for more in a second than clubs do: the rate limits have a story of their own."""
    discord_.server.rates.enforced = False
    yield
    discord_.server.rates.enforced = True


def grant(club: Club, *more: Permission, without: Permission = Permission.NONE) -> None:
    """Gives the bot what hiding takes, and `more`; takes `without` away."""
    role = club.guild.bot_role
    granted = role.permissions | Permission.MANAGE_WEBHOOKS
    for permission in more:
        granted |= permission
    club.guild.set_permissions(role, granted & ~without)


def threads(club: Club) -> list[Channel]:
    return [channel for channel in club.guild.channels.values() if channel.type in THREADS]


def written(channel: Channel) -> list[Message]:
    """What stands in a channel for everybody in it, Discord's own lines left out."""
    return [message for message in channel.history() if not message.ephemeral and not is_system(message)]


def gates(club: Club, channel: Channel | None = None) -> list[Message]:
    return [m for m in written(channel or club.cinema) if any(b["label"] == SEEN for b in m.buttons())]


async def opened(club: Club, versions: str = "kr2013", level: str = "ending", **options: object) -> Channel:
    """A thread that the host opens, its door up."""
    before = set(threads(club))
    answer = await club.host.slash(club.cinema, "spoilers open", versions=versions, level=level, **options)
    assert answer.ephemeral
    made = [thread for thread in threads(club) if thread not in before]
    assert made, answer.text
    await club.discord_.until(lambda: any(made[0].name in m.text for m in written(club.cinema)))
    return made[0]


def door(club: Club, thread: Channel, channel: Channel | None = None) -> Message:
    """The message at a gated thread's door."""
    return next(m for m in written(channel or club.cinema) if thread.name in m.text and m.buttons())


async def enter(club: Club, member: Member, thread: Channel) -> Answer:
    """Presses I've seen it, says Yes, and waits to be inside."""
    question = await member.press(door(club, thread), SEEN)
    answer = await member.press(question, YES)
    await club.discord_.until(lambda: member.id in thread.state.members)
    return answer
