"""What every play under fire has: a bot that dies at some moment, and people who ask again."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from random import Random

from bot.rehearsal import Answer, BotProcess, InteractionFailed, Rehearsal

# what a process that begins with no memory can't know: how often its forerunner has just asked (429, and 30046 for
# old messages), and that a member has stopped waiting (10062)
FORGIVEN = {429, 10062, 30046}


class UnderFire:
    def __init__(self, discord_: Rehearsal, bot: BotProcess, rng: Random) -> None:
        self.discord_, self.bot, self.rng = discord_, bot, rng
        self.kills = 0

    async def die(self, within: float = 0.0, *, after: timedelta = timedelta()) -> None:
        """The bot is killed at some moment within so many seconds, time passes, it starts again."""
        await asyncio.sleep(self.rng.uniform(0, within))
        assert await self.bot.kill() == -9
        self.discord_.clock.jump(after)
        self.kills += 1
        await self.bot.start()

    async def insist(self, act: Callable[[], Awaitable[Answer]]) -> Answer:
        """A host does it again until there is an answer."""
        async with asyncio.timeout(60):
            while True:
                await self.discord_.connected()
                with suppress(InteractionFailed):
                    return await act()
