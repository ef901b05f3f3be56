"""Puts everything up: the little Discord, its club, the bot as a process of its own, and the page to look at them."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.rehearsal.page.server import Page
from bot.rehearsal.page.stage import Stage
from bot.rehearsal.process import BotProcess
from bot.rehearsal.rehearsal import Rehearsal
from bot.rehearsal.seed import seed


@dataclass(frozen=True, slots=True)
class Stand:
    """`address` opens the page; it carries the token."""

    address: str
    stage: Stage


@asynccontextmanager
async def put_up(
    argv: Sequence[str], *, env: Mapping[str, str], cwd: Path, port: int = 0
) -> AsyncIterator[Stand]:
    """`argv` starts the bot, as for BotProcess. Raises OSError where the port is taken."""
    page = Page()
    async with Rehearsal.start(port=port, beside=page.routes) as discord_:
        club = seed(discord_)
        async with BotProcess(discord_, argv, env=env, cwd=cwd) as bot:
            await bot.ready()
            stage = Stage(discord_, bot, club)
            try:
                yield Stand(page.open(stage), stage)
            finally:
                await page.close()
