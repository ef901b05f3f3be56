"""The bot as a process: told the time, killed, started again, and quoted when it fails."""

import signal
import sys
from datetime import timedelta

import pytest

from bot.rehearsal import BotProcess, Rehearsal
from bot.rehearsal.process import ProcessError

pytestmark = pytest.mark.asyncio
ECHO = """
import os, sys
print(os.environ["DISCORD_TOKEN"], flush=True)
for line in sys.stdin:
    print(line, end="", flush=True)
"""


def python(discord_: Rehearsal, code: str) -> BotProcess:
    return BotProcess(discord_, [sys.executable, "-c", code])


async def test_a_process_is_told_the_offset_at_the_start_and_at_each_jump() -> None:
    async with Rehearsal.start() as discord_:
        discord_.clock.jump(timedelta(minutes=1))
        async with python(discord_, ECHO) as bot:
            await bot.says(discord_.token)
            discord_.clock.jump(timedelta(hours=48))
            await bot.says("offset 172860.0")
            assert bot.stdout.splitlines() == [discord_.token, "offset 60.0", "offset 172860.0"]
        discord_.clock.jump(timedelta(hours=1))  # nobody listens any more, and nothing breaks


async def test_a_process_that_ends_early_is_quoted() -> None:
    async with (
        Rehearsal.start() as discord_,
        python(discord_, "import sys; sys.exit('no token, no film')") as bot,
    ):
        with pytest.raises(ProcessError, match=r"(?s)ended with 1; it wrote:.*no token, no film"):
            await bot.ready()


async def test_a_process_that_never_comes_is_given_up() -> None:
    async with Rehearsal.start() as discord_, python(discord_, ECHO) as bot:
        with pytest.raises(ProcessError, match=r"wasn't ready in 0.1 s"):
            await bot.ready(within=0.1)


async def test_terminating_asks_and_killing_does_not() -> None:
    gentle = "import signal, sys\nsignal.signal(15, lambda *_: sys.exit(7))\nprint('up', flush=True)\nsignal.pause()"
    async with Rehearsal.start() as discord_, python(discord_, gentle) as bot:
        await bot.says("up")
        assert await bot.terminate() == 7
        await bot.start()
        await bot.says("up")
        assert await bot.kill() == -signal.SIGKILL
        with pytest.raises(ProcessError, match="isn't running"):
            await bot.terminate()
