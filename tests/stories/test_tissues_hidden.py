"""What can be seen of a hidden poll doesn't depend on what its ballots say: two clubs alike but for the numbers that
their members give are shown the same, text for text, until the close."""

import asyncio
import json
import re
from dataclasses import dataclass

import pytest

from bot.rehearsal import Answer, BotProcess, Member, Message, Permission, Rehearsal
from bot.rehearsal.entities import Channel
from bot.rehearsal.guilds import Guild

pytestmark = pytest.mark.asyncio

OWN = (  # what differs between any two clubs: ids, polls' numbers, moments
    (re.compile(r"\d{17,20}"), "ID"),
    (re.compile(r"(tb:[a-z-]+):\d+"), r"\1:POLL"),
    (re.compile(r"<t:\d+"), "<t:MOMENT"),
    (re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d"), "MOMENT"),
)
DRY, WET = (0, 1, 0, 2, 0), (999, 4, 57, 300, 11)
SAME = 3  # what everybody gave to the poll before


@dataclass
class Twin:
    """One of two clubs with the same members. The last of them never answers."""

    discord_: Rehearsal
    guild: Guild
    cinema: Channel
    host: Member
    voters: list[Member]
    quiet: Member

    @property
    def poll(self) -> Message:
        """The one that is open, or was last."""
        return [m for m in self.cinema.history() if "How many tissues" in m.text][-1]

    async def open(self, version: str) -> None:
        before = len(self.cinema.history())
        await self.host.slash(self.cinema, "tissues open", version=f"miracle:{version}", closes="2h")
        await self.discord_.until(lambda: len(self.cinema.history()) > before)

    async def close(self) -> None:
        sure = await self.host.slash(self.cinema, "tissues close")
        await self.host.press(sure, "Close it now")
        await self.discord_.until(lambda: "What it came to" in self.poll.text)

    async def give(self, *numbers: int) -> None:
        for voter, number in zip(self.voters, numbers, strict=False):
            await voter.press(self.poll, "More…", typed=str(number))

    async def reopen(self) -> None:
        await self.host.slash(self.cinema, "tissues reopen")
        await self.discord_.until(lambda: "have been seen" in self.poll.text)

    async def with_a_past(self) -> None:
        """Something to compare with, somebody on the board, and a new poll."""
        await self.open("kr2013")
        await self.give(*[SAME] * len(DRY))
        await self.close()
        board = await self.voters[0].slash(self.cinema, "tissues board")
        await self.voters[0].press(board, "List me")
        del self.cinema.messages[board.message.id]
        await self.open("tr2019")

    async def everything(self, people: str) -> dict[str, str]:
        """All that members and hosts can get to see, but their own ballots, once the message says how many people
        have answered."""
        await self.discord_.until(lambda: f"{people} answered" in self.poll.text)
        number = str(self.poll.buttons()[-1]["custom_id"]).split(":")[2]
        shown = {f"message {place}": seen(message) for place, message in enumerate(self.cinema.history())}
        for member in (self.host, self.voters[-1], self.quiet):
            for command in ("results", "versions", "board", "vote", "close", "recount"):
                shown[f"{member.name}: {command}"] = await self.said(member, command)
            for command in ("results", "recount"):
                shown[f"{member.name}: {command} of this poll"] = await self.said(
                    member, command, poll=number
                )
            for command in ("results", "recount", "receipt", "close", "reopen"):
                found = await member.complete(self.cinema, f"tissues {command}", poll="")
                shown[f"{member.name}: choices of {command}"] = common(str([each.name for each in found]))
        shown["no ballot"] = seen(await self.quiet.press(self.poll, "My ballot"))
        return shown

    async def said(self, member: Member, command: str, **options: str) -> str:
        """An answer, which then leaves the channel if everybody saw it."""
        answer = await member.slash(self.cinema, f"tissues {command}", **options)
        if not answer.ephemeral:
            del self.cinema.messages[answer.message.id]
        return seen(answer)


def seen(thing: Message | Answer) -> str:
    """All of a message: texts, addresses, pictures."""
    message = thing.message if isinstance(thing, Answer) else thing
    files = [(file.filename, file.description, file.data.hex()) for file in message.attachments]
    return common(json.dumps([message.text, message.components, files], ensure_ascii=False))


def common(text: str) -> str:
    for own, name in OWN:
        text = own.sub(name, text)
    return text


def found(discord_: Rehearsal, people: list[Member]) -> Twin:
    """A club with members of their own, or with `people`."""
    guild = discord_.guild("Sunday Cell Film Club", locale="en-US")
    hosts = guild.role("Host", permissions=Permission.MANAGE_EVENTS)
    names = ("Hana", "Alice", "Bob", "Dilan", "Ada", "Eve", "Quinn")
    users = dict(zip(names, people, strict=False))
    host, *voters, quiet = (
        guild.member(name, user=users.get(name), roles=[hosts] if name == "Hana" else []) for name in names
    )
    return Twin(discord_, guild, guild.text_channel("cinema"), host, voters, quiet)


@pytest.fixture
def twins(discord_: Rehearsal, bot: BotProcess) -> tuple[Twin, Twin]:
    dry = found(discord_, [])
    return dry, found(discord_, [dry.host, *dry.voters, dry.quiet])


async def test_nothing_seen_of_a_hidden_poll_depends_on_what_its_ballots_say(
    twins: tuple[Twin, Twin],
) -> None:
    dry, wet = twins
    await asyncio.gather(dry.with_a_past(), wet.with_a_past())
    await asyncio.gather(dry.give(*DRY), wet.give(*WET))
    assert await dry.everything("5 people have") == await wet.everything("5 people have")

    await asyncio.gather(dry.close(), wet.close())
    assert await dry.everything("5 people") != await wet.everything("5 people")

    await asyncio.gather(dry.reopen(), wet.reopen())  # what has been seen is hidden again
    assert await dry.everything("5 people have") == await wet.everything("5 people have")


async def test_an_answer_to_one_member_tells_nothing_of_the_others(twins: tuple[Twin, Twin]) -> None:
    told = []
    for twin, numbers in zip(twins, (DRY, WET), strict=True):
        await twin.open("tr2019")
        await twin.give(*numbers)
        answers = [await twin.quiet.press(twin.poll, number) for number in ("2", "2", "4")]
        answers += [await twin.quiet.press(twin.poll, "My ballot")]
        answers += [await twin.quiet.press(answers[-1], "Erase my ballot")]
        told.append([seen(answer) for answer in answers])
    assert told[0] == told[1]
