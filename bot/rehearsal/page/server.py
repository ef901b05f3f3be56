"""The page's routes, beside Discord's on the same server and under a token of their own."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from mimetypes import guess_type
from pathlib import Path

from aiohttp import WSCloseCode, web

from bot.rehearsal.page.guard import HEADERS, Guard
from bot.rehearsal.page.session import Session
from bot.rehearsal.page.stage import Stage

STATIC = Path(__file__).parent / "static"
STARTING = "The club is being seeded; reload in a moment.\n"


class Page:
    """`routes` go to the server before it starts; `open` says what the page shows once that stands."""

    def __init__(self) -> None:
        self._guard = Guard()
        self._stage: Stage | None = None
        self._sockets: set[web.WebSocketResponse] = set()

    @property
    def routes(self) -> Sequence[web.RouteDef]:
        return [
            web.get("/page/{token}/", self._index),
            web.get("/page/{token}/wire", self._wire),
            web.get("/page/{token}/files/{id:\\d+}/{name}", self._file),
            web.get("/page/{token}/{path:[\\w./-]+}", self._static),
            web.route("*", "/page{rest:.*}", self._refuse),
        ]

    def open(self, stage: Stage) -> str:
        """The address, with its token."""
        self._stage = stage
        return f"{stage.discord.origin}/page/{self._guard.token}/"

    async def close(self) -> None:
        for socket in list(self._sockets):
            await socket.close(code=WSCloseCode.GOING_AWAY)

    async def _index(self, request: web.Request) -> web.StreamResponse:
        self._guard.check(request)
        return _text(STATIC / "index.html")

    async def _static(self, request: web.Request) -> web.StreamResponse:
        self._guard.check(request)
        path = (STATIC / request.match_info["path"]).resolve()
        if not path.is_relative_to(STATIC) or not path.is_file():
            raise web.HTTPNotFound
        return _text(path)

    async def _file(self, request: web.Request) -> web.Response:
        self._guard.check(request)
        file = self._stage.discord.world.files.get(int(request.match_info["id"])) if self._stage else None
        if file is None:
            raise web.HTTPNotFound
        # what somebody uploaded is shown as a picture or saved, never opened as a page
        kind = file.content_type if file.content_type.startswith("image/") else "application/octet-stream"
        return web.Response(body=file.data, content_type=kind, headers=HEADERS)

    async def _wire(self, request: web.Request) -> web.WebSocketResponse:
        self._guard.check(request, origin_needed=True)
        if self._stage is None:
            raise web.HTTPServiceUnavailable(text=STARTING)
        socket = web.WebSocketResponse(heartbeat=30.0)
        await socket.prepare(request)
        self._sockets.add(socket)
        with suppress(ConnectionResetError):
            await Session(self._stage, socket).run()
        self._sockets.discard(socket)
        return socket

    async def _refuse(self, _: web.Request) -> web.Response:
        raise web.HTTPForbidden(text="This page opens by the whole address that the demo printed.\n")


def _text(path: Path) -> web.Response:
    kind = guess_type(path.name)[0] or "application/octet-stream"
    return web.Response(body=path.read_bytes(), content_type=kind, charset="utf-8", headers=HEADERS)
