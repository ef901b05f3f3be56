"""One open page: who looks, at which channel, and what of it the browser has been told already."""

from __future__ import annotations

import asyncio
from itertools import islice
from typing import Any

import orjson
from aiohttp import WSMsgType, web

from bot.rehearsal.answers import Modal
from bot.rehearsal.entities import Channel
from bot.rehearsal.messages import Message
from bot.rehearsal.page.actions import Asked, perform
from bot.rehearsal.page.commands import offers
from bot.rehearsal.page.messages import shown, thread_stub, visible
from bot.rehearsal.page.stage import Stage
from bot.rehearsal.page.views import around
from bot.rehearsal.rules import Json

GATHER = 0.03  # seconds in which changes are sent together
SHOWN = 80  # messages of a channel
LINES = 400  # of the log


class Session:
    def __init__(self, stage: Stage, socket: web.WebSocketResponse) -> None:
        self.stage, self._socket = stage, socket
        self.viewer, self.channel = stage.club.first, stage.club.cinema
        self.forms: dict[str, Modal] = {}
        self._sent: dict[str, bytes] = {}
        self._drawn: dict[int, tuple[bytes, Json]] = {}
        self._line = 0
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Until the browser goes."""
        self._spawn(self._tell())
        try:
            async for frame in self._socket:
                if frame.type is WSMsgType.TEXT:
                    self._spawn(self._act(frame.data))
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def look(self, viewer: Any = None, channel: Channel | None = None) -> None:
        """See as another member, or another channel; one that the member doesn't see gives way to one they do."""
        self.viewer = viewer or self.viewer
        self.channel = channel or self.channel
        if self.channel.guild is None:
            self.channel = self.viewer.dm
        if not self.viewer.can_see(self.channel):
            self.channel = next(c for c in self.stage.guild.channels.values() if self.viewer.can_see(c))
        self._drawn.clear()

    def state(self) -> Json:
        """All that the page shows now, by key."""
        self.stage.phones.look()
        messages = self._messages()
        return {
            **around(self.stage, self.viewer, self.channel),
            "offers": offers(self.viewer, self.channel),
            "messages": [str(message.id) for message in messages],
            **{f"m:{message.id}": self._draw(message) for message in messages},
        }

    def _messages(self) -> list[Message]:
        newest_first = (m for m in reversed(self.channel.messages.values()) if visible(self.viewer, m))
        return list(islice(newest_first, SHOWN))[::-1]

    def _draw(self, message: Message) -> Json:
        votes = (
            [answer for answer, user in message.poll.votes if user == self.viewer.id] if message.poll else []
        )
        looks = orjson.dumps((message.payload(), message.edited, message.loading, votes))
        known = self._drawn.get(message.id)
        if known is None or known[0] != looks:
            known = self._drawn[message.id] = looks, shown(self.viewer, message)
        thread = message.thread and thread_stub(self.viewer, message.thread)
        return {**known[1], "thread": thread}

    def _spawn(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _act(self, text: str) -> None:
        try:
            asked: Asked = dict(orjson.loads(text))
        except (TypeError, ValueError):
            return  # nothing that the page sends
        reply = await perform(self, asked)
        await self._send({"reply": asked.get("n"), **reply})
        self.stage.discord.world.feed.stir()

    async def _tell(self) -> None:
        with self.stage.discord.world.feed.watch() as stirred:
            while True:
                await self._tell_changes()
                await stirred.wait()
                await asyncio.sleep(GATHER)
                stirred.clear()

    async def _tell_changes(self) -> None:
        if not self.viewer.can_see(self.channel):
            self.look()
        now = {key: orjson.dumps(value) for key, value in self.state().items()}
        changed = {k: orjson.Fragment(v) for k, v in now.items() if self._sent.get(k) != v}
        gone = [key for key in self._sent if key not in now]
        lines = [line for line in self.stage.discord.world.feed.lines if line.number > self._line][-LINES:]
        self._sent, self._line = now, lines[-1].number if lines else self._line
        if changed or gone or lines:
            await self._send({"set": changed, "drop": gone, "log": lines})

    async def _send(self, body: Json) -> None:
        if not self._socket.closed:
            await self._socket.send_str(orjson.dumps(body).decode())
