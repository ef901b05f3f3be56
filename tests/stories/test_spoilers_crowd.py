"""Many members press I've seen it at once, under Discord's rate limits: as many as fit are inside, the others are told
why not. `make chaos` has a thousand press."""

from pathlib import Path

import pytest

from bot.rehearsal import Rehearsal
from tests.chaos.gate import FULL, TOO_LATE, check_inside, check_manners, press_all
from tests.stories.conftest import bot_process, found_club
from tests.stories.spoilers import opened

pytestmark = pytest.mark.asyncio

MEMBERS, ROOM = 120, 100


async def test_as_many_as_fit_are_let_in_and_the_others_are_told(tmp_path: Path) -> None:
    async with Rehearsal.start() as discord_, bot_process(discord_, tmp_path) as bot:
        await bot.ready()
        discord_.habits.thread_members = ROOM
        club = found_club(discord_, bot)
        thread = await opened(club)
        members = [club.guild.member(f"Member {number}") for number in range(MEMBERS)]
        told = await press_all(club, thread, members)
        check_inside(thread, members, told, ROOM)
        check_manners(discord_, FULL, TOO_LATE)
