"""Watch-alongs for the stories: planned, begun and ended through commands and buttons alone."""

import re
from datetime import timedelta

from bot.rehearsal import Answer, Member, Message
from bot.rehearsal.entities import Channel
from tests.stories.conftest import Club

COUNTDOWN = timedelta(seconds=15)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
ANCHOR = re.compile(r"\*\*0:00\*\* was at <t:(\d+):T>")


def public(channel: Channel) -> list[Message]:
    """What the bot has posted there for everybody."""
    return [message for message in channel.history() if not message.ephemeral and message.text]


async def posted(club: Club, words: str, channel: Channel | None = None) -> Message:
    """The newest message with these words, once it is there."""
    place = channel or club.cinema
    await club.discord_.until(lambda: any(words in message.text for message in public(place)))
    return next(message for message in reversed(public(place)) if words in message.text)


async def planned(
    club: Club, version: str = "miracle:tr2019", *, when: str = "in 3 hours", **options: object
) -> Message:
    """The announcement of an evening that the host plans and confirms."""
    place = options.get("channel", club.cinema)
    assert isinstance(place, Channel)
    before = len(public(place))
    asked = await club.host.slash(club.cinema, "watch plan", version=version, when=when, **options)
    assert "Is this right?" in asked.text, asked.text
    answer = await club.host.press(asked, "Announce it")
    assert "Announced in" in answer.text, answer.text
    await club.discord_.until(lambda: len(public(place)) > before)
    return public(place)[-1]


async def lobby(club: Club, announcement: Message) -> Message:
    """The panel, with the lobby open."""
    opened = await club.host.press(announcement, "Open the lobby")
    assert "The lobby is open" in opened.text, opened.text
    return await posted(club, "Open your film", announcement.channel)


async def playing(club: Club, announcement: Message | None = None) -> Message:
    """The panel of a film that has just begun, with three watching. What it shows follows when its turn comes: the
    clock itself needs no edit."""
    panel = await lobby(club, announcement or await planned(club))
    for member in (club.alice, club.bob, club.dilan):
        await member.press(panel, "I'm ready")
    counting = await club.host.press(panel, "Start the countdown")
    assert "Counting down" in counting.text, counting.text
    club.discord_.clock.jump(COUNTDOWN)
    return panel


async def shows(club: Club, message: Message, words: str) -> None:
    """Until a message says so: edits wait for their turn."""
    await club.discord_.until(lambda: words in message.text, within=20)


async def sought(club: Club, to: str) -> None:
    answer = await club.host.slash(club.cinema, "watch seek", to=to)
    assert f"is at {to}" in answer.text, answer.text


async def paused(club: Club) -> str:
    """Where the film stands after the host has paused it."""
    answer = await club.host.slash(club.cinema, "watch pause")
    found = re.search(r"Paused at ([\d:]+)\.", answer.text)
    assert found, answer.text
    return found[1]


async def resumed(club: Club) -> None:
    """The film plays again, its countdown over."""
    answer = await club.host.slash(club.cinema, "watch resume")
    assert "Going on" in answer.text, answer.text
    club.discord_.clock.jump(COUNTDOWN)


async def finished(club: Club, channel: Channel | None = None) -> Message:
    """The closing card after the host has finished."""
    sure = await club.host.slash(channel or club.cinema, "watch finish")
    done = await club.host.press(sure, "Finish")
    assert "Finished" in done.text, done.text
    return await posted(club, "Thank you for watching together", channel)


async def clock(member: Member, channel: Channel) -> Answer:
    """The member's own copy of the film clock."""
    answer = await member.slash(channel, "watch clock")
    assert answer.ephemeral
    return answer


async def where(member: Member, channel: Channel) -> str:
    """What the member's film should show, as they are told."""
    return place_in(await clock(member, channel))


async def tapped(member: Member, channel: Channel) -> str:
    """Where a tap of the member's was recorded."""
    answer = await member.press(await clock(member, channel), "Tissue")
    found = re.search(r"Recorded at ([\d:]+)\.", answer.text)
    assert found, answer.text
    return found[1]


def place_in(answer: Answer) -> str:
    found = re.search(r"should show \*\*([\d:]+)\*\*", answer.text)
    assert found, answer.text
    return found[1]


def seconds(place: str) -> int:
    """`1:04:07` in seconds."""
    total = 0
    for part in place.split(":"):
        total = total * 60 + int(part)
    return total
