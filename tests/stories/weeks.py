"""The club's week for the stories: slots set up by command, the clock turned to their dates, what stands there then."""

import re
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.rehearsal import Message, Rehearsal
from bot.rehearsal.entities import Channel
from tests.stories.conftest import OPENAPI, Club, bot_process, found_club
from tests.stories.contract import beyond

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
WEEK = timedelta(days=7)
MONDAY = datetime(2027, 3, 1, 12, tzinfo=UTC)  # before the clocks change in New York and in Berlin
NEVER = datetime.max.replace(tzinfo=UTC)
STAMP = re.compile(r"<t:(\d+):F>")
OLD_EDITS = 30046  # weeks that pass in seconds bring more edits of old messages than Discord likes
QUESTION, VOTE = "Something to talk about", "What do we watch next?"


@asynccontextmanager
async def club_at(
    home: Path, moment: datetime = MONDAY, *, forgiven: Collection[int] = ()
) -> AsyncIterator[Club]:
    """A club with a bot and a Discord of its own, to be killed and to have its clock turned; the bot must have broken
    none of Discord's rules but those with a `forgiven` code."""
    openapi = OPENAPI if OPENAPI.exists() else None
    async with Rehearsal.start(openapi=openapi) as discord_, bot_process(discord_, home) as bot:
        discord_.clock.jump(moment - discord_.clock.now())
        await bot.ready()
        yield found_club(discord_, bot)
        assert [str(each) for each in discord_.violations if each.code not in forgiven] == []
        assert beyond(discord_.coverage) == []


def public(channel: Channel, words: str = "") -> list[Message]:
    """What the bot has posted there for everybody, of it what holds `words`."""
    return [message for message in channel.history() if not message.ephemeral and words in message.text]


async def set_up(club: Club, kind: str, day: int, time: str, **options: object) -> list[datetime]:
    """A new slot; the dates it says."""
    answer = await club.host.slash(
        club.cinema, "weekly add", kind=kind, day=day, time=time, **{"zone": "Europe/Berlin", **options}
    )
    assert "Set up." in answer.text, answer.text
    return dates_in(answer.text)


def dates_in(text: str) -> list[datetime]:
    """The instants of a text's list of dates."""
    return [datetime.fromtimestamp(int(stamp), UTC) for stamp in STAMP.findall(text)]


def turn_to(club: Club, moment: datetime) -> None:
    club.discord_.clock.jump(moment - club.discord_.clock.now())


async def idle(club: Club) -> None:
    """Until the bot has nothing left to do for a while: what is in hand is due again in minutes."""

    def rests() -> bool:
        due = due_of(club)
        return due == NEVER or (due is not None and due - club.discord_.clock.now() > 3 * MINUTE)

    await club.discord_.until(rests, within=30)


async def waits_for(club: Club, moment: datetime) -> None:
    """Until that is the next thing the bot has to do."""
    await club.discord_.until(lambda: due_of(club) == moment, within=30)


def due_of(club: Club) -> datetime | None:
    """What the bot said last that it waits for; None while it has said nothing."""
    said = [line for line in club.bot.stdout.splitlines() if line.startswith("due ")]
    if not said:
        return None
    moment = said[-1].removeprefix("due ")
    return NEVER if moment == "never" else datetime.fromtimestamp(float(moment), UTC)


async def comes(club: Club, channel: Channel, words: str, number: int = 1) -> Message:
    """The newest message with these words, once there are so many."""
    await club.discord_.until(lambda: len(public(channel, words)) >= number, within=20)
    return public(channel, words)[-1]


async def reborn(club: Club, after: timedelta = timedelta()) -> None:
    """The bot is killed, time passes, it comes back."""
    await club.bot.kill()
    club.discord_.clock.jump(after)
    await club.bot.start()
    await club.bot.ready()
