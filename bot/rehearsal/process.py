"""The bot as its own process: started, killed and started again, with its words kept for a failure."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.rehearsal.rehearsal import Rehearsal


class ProcessError(Exception):
    """The bot ended, or wasn't ready in time; carries what it wrote."""


class BotProcess:
    """`argv` starts a bot that reads DISCORD_API_BASE and DISCORD_TOKEN.

    Its stdin gets a line `offset <seconds>` at the start and at each jump of the clock. On its stdout it may say
    `due <unix>` whenever the next thing that falls due is another, `due never` for none.
    """

    def __init__(
        self,
        discord: Rehearsal,
        argv: Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> None:
        self._discord, self._argv, self._env, self._cwd = discord, argv, dict(env or {}), cwd
        self._process: asyncio.subprocess.Process | None = None
        self._readers: list[asyncio.Task[None]] = []
        self._unfollow: Callable[[], None] = _nothing
        self._identified_before = 0
        self._wrote = asyncio.Condition()
        self.stdout = self.stderr = ""
        self.due: datetime | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            error.add_note(f"the bot wrote:\n{self.stderr[-4000:]}")
        await self.kill()

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    @property
    def pid(self) -> int:
        return self._running().pid

    async def start(self) -> None:
        self._identified_before = self._discord.gateway.identified
        self._process = process = await asyncio.create_subprocess_exec(
            *self._argv,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            cwd=self._cwd,
            env={**os.environ, **self._discord_env(), **self._env},
        )
        self.stdout, self.stderr, self.due = "", "", None
        self._discord.world.feed.note("bot", f"process {process.pid} started")
        self._readers = [
            asyncio.create_task(self._keep("stdout", process.stdout)),
            asyncio.create_task(self._keep("stderr", process.stderr)),
        ]
        self._tell_offset(self._discord.clock.offset)
        self._unfollow = self._discord.clock.follow(self._tell_offset)

    async def ready(self, *, within: float = 30.0, commands: bool = True) -> None:
        """Wait until this process has identified and, unless told otherwise, commands are there."""
        ended = asyncio.create_task(self._running().wait())
        arrived = asyncio.create_task(self._arrived(commands=commands))
        try:
            await asyncio.wait({ended, arrived}, timeout=within, return_when=asyncio.FIRST_COMPLETED)
            if not arrived.done():
                if ended.done():
                    await self._drain()
                state = f"ended with {ended.result()}" if ended.done() else f"wasn't ready in {within:g} s"
                raise ProcessError(f"the bot {state}; it wrote:\n{self.stdout}\n{self.stderr}")
        finally:
            for task in (ended, arrived):
                task.cancel()
            await asyncio.gather(ended, arrived, return_exceptions=True)

    async def says(self, text: str, *, within: float = 10.0) -> None:
        """Wait until the process has written `text` to stdout or stderr."""
        async with asyncio.timeout(within), self._wrote:
            await self._wrote.wait_for(lambda: text in self.stdout or text in self.stderr)

    async def kill(self) -> int | None:
        """SIGKILL: a crash. The exit code, if anything ran."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
        return await self._ended()

    async def terminate(self, *, within: float = 15.0) -> int:
        """SIGTERM; the exit code."""
        process = self._running()
        process.terminate()
        async with asyncio.timeout(within):
            code = await process.wait()
        await self._ended()
        return code

    async def restart(self) -> None:
        """Crash, start again, be ready."""
        await self.kill()
        await self.start()
        await self.ready()

    async def _arrived(self, *, commands: bool) -> None:
        gateway, world = self._discord.gateway, self._discord.world
        await gateway.until(lambda: gateway.identified > self._identified_before)
        if commands:
            await world.commands.until_some()

    async def _ended(self) -> int | None:
        if self._process is None:
            return None
        self._unfollow()
        self._unfollow = _nothing
        code = await self._process.wait()
        if self._process.stdin is not None:
            self._process.stdin.close()
        await self._drain()
        self._process, self.due = None, None
        self._discord.world.feed.note("bot", f"the process ended with {code}")
        return code

    async def _drain(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(2.0):
                await asyncio.gather(*self._readers)

    async def _keep(self, name: str, stream: asyncio.StreamReader | None) -> None:
        while stream is not None and (line := await stream.readline()):
            text = line.decode(errors="replace")
            setattr(self, name, getattr(self, name) + text)
            self._heed(text.rstrip())
            async with self._wrote:
                self._wrote.notify_all()
        self._discord.world.feed.stir()

    def _heed(self, line: str) -> None:
        word, _, moment = line.partition(" ")
        if word == "due":
            self.due = None if moment == "never" else datetime.fromtimestamp(float(moment), UTC)
            self._discord.world.feed.stir()
        else:
            self._discord.world.feed.note("bot", line)

    def _tell_offset(self, offset: timedelta) -> None:
        stdin = self._running().stdin
        if stdin is not None and not stdin.is_closing():
            stdin.write(f"offset {offset.total_seconds()}\n".encode())

    def _discord_env(self) -> dict[str, str]:
        return {"DISCORD_API_BASE": self._discord.base, "DISCORD_TOKEN": self._discord.token}

    def _running(self) -> asyncio.subprocess.Process:
        if self._process is None:
            raise ProcessError("the bot isn't running")
        return self._process


def _nothing() -> None: ...
