"""A thousand members press I've seen it at once, under Discord's rate limits: all are inside, or told that the thread
is full."""

import asyncio
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.rehearsal import InteractionFailed, Member, Message, Rehearsal
from bot.rehearsal.entities import Channel
from tests.chaos.report import show
from tests.stories.conftest import Club, bot_process, found_club
from tests.stories.spoilers import SEEN, YES, door, opened

MEMBERS = 1_000
RATE_LIMITED, FULL, TOO_LATE = 429, 30033, 10062
PATIENCE = 180.0
CLOSED = 1.5  # seconds in which Discord answers 429 to everything: discord.py alone would never get one


async def press_all(club: Club, thread: Channel, members: list[Member]) -> list[str]:
    """What each member reads in the end, once nobody waits at the door any more."""
    gate = door(club, thread)
    shown = await asyncio.gather(*(_through(member, gate) for member in members))
    club.discord_.rate_limit_for(CLOSED)

    def decided() -> bool:
        return all(
            member.id in thread.state.members or "full" in message.text
            for member, message in zip(members, shown, strict=True)
        )

    await club.discord_.until(decided, within=PATIENCE)
    return [message.text for message in shown]


async def _through(member: Member, gate: Message) -> Message:
    """Who gets no answer presses again, as people do."""
    while True:
        try:
            question = await member.press(gate, SEEN)
            if not question.message.buttons():
                return question.message
            return (await member.press(question, YES)).message
        except InteractionFailed:
            continue


def check_inside(thread: Channel, members: list[Member], told: list[str], room: int) -> None:
    """As many as fit are inside beside the bot; everybody else was told why they aren't."""
    inside = [member.id in thread.state.members for member in members]
    assert sum(inside) == min(room - 1, len(members))
    assert [("full" in text) != is_in for text, is_in in zip(told, inside, strict=True)] == [True] * len(
        members
    )


def check_manners(discord_: Rehearsal, *allowed: int) -> int:
    """How often Discord had to say "slower"; nothing else was broken."""
    codes = [violation.code for violation in discord_.violations]
    assert [code for code in codes if code not in {RATE_LIMITED, *allowed}] == []
    assert RATE_LIMITED in codes
    return codes.count(RATE_LIMITED)


async def play(kills: int, seed: int) -> None:
    """One more than fit, all at once."""
    with TemporaryDirectory(prefix="chaos-") as folder:
        async with Rehearsal.start() as discord_, bot_process(discord_, Path(folder)) as bot:
            await bot.ready()
            club = found_club(discord_, bot)
            thread = await opened(club)
            members = [club.guild.member(f"Member {number}") for number in range(MEMBERS)]
            began = time.monotonic()
            told = await press_all(club, thread, members)
            took = time.monotonic() - began
            check_inside(thread, members, told, discord_.habits.thread_members)
            await discord_.until(lambda: f"{MEMBERS - 1} inside" in door(club, thread).text, within=20)
            told_slower = check_manners(
                discord_, TOO_LATE
            )  # a busy machine: who got no answer has pressed again
            assert await bot.terminate() == 0
    show("gate", seed, members=MEMBERS, seconds=round(took, 1), times_told_to_be_slower=told_slower)
