"""A Discord small enough to run on a desk: starts it, builds its world, breaks it on purpose."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web

from bot.rehearsal.clock import Clock
from bot.rehearsal.gateway import Gateway
from bot.rehearsal.guilds import Guild
from bot.rehearsal.habits import Habits
from bot.rehearsal.openapi import Judge
from bot.rehearsal.payloads import guild_create_payload
from bot.rehearsal.permissions import BOT, EVERYONE, Permission
from bot.rehearsal.requests import MOST_BYTES
from bot.rehearsal.rules import Violation
from bot.rehearsal.server import API, Server, Used
from bot.rehearsal.switches import Switches
from bot.rehearsal.world import Deadlines, World

HOST = "127.0.0.1"


class Rehearsal:
    """Build one with `async with Rehearsal.start() as discord_:`."""

    def __init__(self, world: World, server: Server, gateway: Gateway, port: int) -> None:
        self.world, self.server, self.gateway = world, server, gateway
        self.origin = f"http://{HOST}:{port}"
        self.base = f"{self.origin}{API}"
        world.cdn = self.base
        world.gateway_url = f"ws://{HOST}:{port}/gateway"

    @classmethod
    @asynccontextmanager
    async def start(
        cls,
        *,
        openapi: Path | None = None,
        port: int = 0,
        deadlines: Deadlines | None = None,
        heartbeat: float = 41.25,
        shards: int = 1,
        beside: Iterable[web.AbstractRouteDef] = (),
    ) -> AsyncIterator[Rehearsal]:
        """`beside` are routes of the server that aren't Discord's: the page to click on."""
        world = World(deadlines or Deadlines())
        world.shards = shards
        server = Server(world, Judge(openapi) if openapi else None)
        gateway = Gateway(world, heartbeat=heartbeat)
        app = web.Application(client_max_size=MOST_BYTES)
        app.router.add_routes(beside)
        app.router.add_get("/gateway/", gateway.serve)
        app.router.add_get("/gateway", gateway.serve)
        app.router.add_route("*", "/{path:.*}", server.handle)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        site = web.TCPSite(runner, HOST, port)
        await site.start()
        time_passes = asyncio.create_task(world.timetable.run())
        try:
            yield cls(world, server, gateway, runner.addresses[0][1])
        finally:
            time_passes.cancel()
            await asyncio.gather(time_passes, return_exceptions=True)
            await gateway.drop()
            await runner.cleanup()

    @property
    def token(self) -> str:
        return self.world.token

    @property
    def clock(self) -> Clock:
        return self.world.clock

    @property
    def habits(self) -> Habits:
        """What the documentation leaves open, for a test to choose."""
        return self.world.habits

    @property
    def violations(self) -> list[Violation]:
        return self.world.violations

    @property
    def coverage(self) -> set[Used]:
        return self.server.coverage

    @property
    def switches(self) -> Switches:
        return self.server.switches

    def guild(
        self, name: str, *, locale: str = "en-US", bot_permissions: Permission = EVERYONE | BOT
    ) -> Guild:
        """A new server with the bot in it; `guild.bot_role` carries the bot's permissions."""
        guild = Guild(self.world, name, locale=locale, bot_permissions=bot_permissions)
        self.world.guilds[guild.id] = guild
        self.world.emit("GUILD_CREATE", guild_create_payload(guild), guild)
        return guild

    def rate_limit_for(self, seconds: float) -> None:
        """Answer every request but interaction answers with a global 429 for a while."""
        self.server.rates.close_for(seconds)

    async def drop_connection(self) -> None:
        """Cut the gateway; the bot may resume."""
        await self.gateway.drop()

    async def until(self, holds: Callable[[], bool], within: float = 10.0) -> None:
        """Wait until `holds` does, looking after every change in this Discord; TimeoutError after `within` seconds."""
        await self.world.until(holds, within)

    async def connected(self) -> None:
        """Wait until the bot listens on the gateway, after a start, a resume or a reconnect."""
        await self.gateway.until(lambda: self.gateway.listener(None) is not None)
