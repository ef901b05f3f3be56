"""The bot as bare HTTP and WebSocket requests, to send what no library would."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import orjson

from bot.rehearsal import Rehearsal
from bot.rehearsal.rules import Json

GUILDS_ONLY = 1


@dataclass
class Reply:
    status: int
    body: Any
    headers: dict[str, str]

    @property
    def code(self) -> int:
        code: int = self.body["code"]
        return code

    def errors_at(self, *path: str | int) -> list[str]:
        """The error codes that stand at a path of the form."""
        node = self.body["errors"]
        for step in path:
            node = node[str(step)]
        return [error["code"] for error in node["_errors"]]


@dataclass
class Raw:
    discord: Rehearsal
    session: aiohttp.ClientSession
    frames: asyncio.Queue[Json] = field(default_factory=asyncio.Queue)

    async def ask(
        self,
        method: str,
        path: str,
        json: Any = None,
        *,
        files: dict[str, bytes] | None = None,
        token: str | None = None,
        query: dict[str, str] | None = None,
    ) -> Reply:
        headers = {"Authorization": f"Bot {token or self.discord.token}"}
        data: Any = None
        if files is not None:
            data = aiohttp.FormData(quote_fields=False)
            data.add_field("payload_json", orjson.dumps(json).decode())
            for index, (name, content) in enumerate(files.items()):
                data.add_field(f"files[{index}]", io.BytesIO(content), filename=name)
        elif json is not None:
            data, headers["Content-Type"] = orjson.dumps(json), "application/json"
        url = f"{self.discord.base}{path}"
        async with self.session.request(method, url, data=data, headers=headers, params=query or {}) as got:
            raw = await got.read()
            body = orjson.loads(raw) if got.headers.get("Content-Type") == "application/json" else raw
            return Reply(got.status, body, dict(got.headers))

    @asynccontextmanager
    async def socket(self) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
        url = self.discord.world.gateway_url
        async with self.session.ws_connect(url) as socket:
            hello = await socket.receive_json()
            assert hello["op"] == 10
            yield socket

    def identity(self, **changes: Any) -> Json:
        return {
            "op": 2,
            "d": {"token": self.discord.token, "intents": GUILDS_ONLY, "properties": {}, **changes},
        }

    @asynccontextmanager
    async def listening(self, **identity: Any) -> AsyncIterator[None]:
        """Connected and identified; what comes is in `frames`."""
        async with self.socket() as socket:
            await socket.send_json(self.identity(**identity))
            reader = asyncio.create_task(self._read(socket))
            await self.event("READY")
            try:
                yield
            finally:
                reader.cancel()
                await asyncio.gather(reader, return_exceptions=True)

    async def event(self, name: str) -> Json:
        """The data of the next event of that name."""
        async with asyncio.timeout(2):
            while True:
                frame = await self.frames.get()
                if frame["t"] == name:
                    data: Json = frame["d"]
                    return data

    async def heard_before(self, marker: str) -> list[str]:
        """The names of all events that came before one of that name."""
        names: list[str] = []
        async with asyncio.timeout(2):
            while (name := (await self.frames.get())["t"]) != marker:
                names.append(name)
        return names

    def heard(self) -> list[str]:
        """The names of all events that wait to be read."""
        return [self.frames.get_nowait()["t"] for _ in range(self.frames.qsize())]

    async def respond(self, interaction: Json, kind: int, data: Json | None = None, **more: Any) -> Reply:
        body = {"type": kind, **({"data": data} if data is not None else {})}
        path = f"/interactions/{interaction['id']}/{interaction['token']}/callback"
        return await self.ask("POST", path, body, **more)

    def webhook(self, interaction: Json, tail: str = "") -> str:
        return f"/webhooks/{interaction['application_id']}/{interaction['token']}{tail}"

    async def _read(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        async for message in socket:
            self.frames.put_nowait(orjson.loads(message.data))
