"""The club's week under fire: the bot is killed at any moment around its dates, and each still comes once."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from bot.rehearsal.entities import Channel
from tests.chaos.report import show
from tests.stories.conftest import Club
from tests.stories.weeks import (
    OLD_EDITS,
    QUESTION,
    VOTE,
    WEEK,
    club_at,
    idle,
    public,
    reborn,
    set_up,
    turn_to,
)

AROUND = 0.4  # seconds: about what the bot takes from a date to its posts, or from its start to the first
KILLS_A_WEEK = 3
BERLIN = ZoneInfo("Europe/Berlin")
POST = ("POST", "/channels/{channel_id}/messages")

# what a process that begins with no memory can't know: how often its forerunner has just asked
FORGIVEN = {429, OLD_EDITS}


class Weeks:
    """A club with a slot of each kind that posts, all at the same minute, and a bot that dies."""

    def __init__(self, club: Club, rng: Random) -> None:
        self.club, self.rng, self.kills, self.weeks = club, rng, 0, 0
        self.polls = club.guild.text_channel("polls")

    async def set_up(self) -> list[datetime]:
        await set_up(self.club, "next-film", 6, "20:00", channel=self.club.lounge)
        await set_up(self.club, "next-film", 6, "20:00", channel=self.polls, poll="discord")
        return await set_up(self.club, "question", 6, "20:00")

    async def week(self, due: datetime) -> None:
        """A date passes with kills before, in the middle of and after its posts, all within its grace."""
        worst = self.rng.random() < 0.5
        if worst:
            self.club.discord_.switches.answer_502_after_acting(*POST, times=3)
        turn_to(self.club, due - timedelta(seconds=self.rng.choice([0.2, 0.0])))
        if worst:
            await self._something_stands()
            await reborn(self.club, timedelta(minutes=10))
            self.kills += 1
        for _ in range(KILLS_A_WEEK):
            await asyncio.sleep(self.rng.uniform(0, AROUND))  # any moment: no event stands for it
            await reborn(self.club, timedelta(minutes=self.rng.choice([0, 10, 100])))
            self.kills += 1
        self.weeks += 1
        await idle(self.club)
        self.check()

    async def _something_stands(self) -> None:
        """The worst moment: it is posted, and the bot hasn't heard of it, nor tried again (which takes a second)."""
        before = self._posted()
        which = self.rng.choice(list(before))
        await self.club.discord_.until(lambda: self._posted()[which] > before[which])

    def check(self) -> None:
        """As many messages as weeks: none missing, none twice."""
        posted = self._posted()
        assert set(posted.values()) == {self.weeks}, (posted, self.weeks)

    def _posted(self) -> dict[str, int]:
        club = self.club
        return {
            "question": len(public(club.cinema, QUESTION)),
            "vote": len(public(club.lounge, VOTE)),
            "Discord's own poll": len(_polls(self.polls)),
        }


def _polls(channel: Channel) -> list[object]:
    return [message for message in channel.history() if message.poll]


async def run(home: Path, kills: int, seed: int) -> Weeks:
    """Weeks on end until the bot was killed so often."""
    async with club_at(home, forgiven=FORGIVEN) as club:
        weeks = Weeks(club, Random(seed))
        due = (await weeks.set_up())[0]
        while weeks.kills < kills:
            await weeks.week(due)
            due = (due.astimezone(BERLIN) + WEEK).astimezone(UTC)  # by the clock on the wall
        return weeks


async def play(kills: int, seed: int) -> None:
    with TemporaryDirectory() as home:
        weeks = await run(Path(home), kills, seed)
    show("weekly", seed, kills=weeks.kills, weeks=weeks.weeks)
