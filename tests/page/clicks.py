"""The page's wire without a browser: what it is told, by key, and what it asks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from yarl import URL

from bot.rehearsal.page.stand import Stand


class Clicks:
    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._number = 0
        self.state: dict[str, Any] = {}
        self.log: list[dict[str, Any]] = []
        self.replies: dict[int, dict[str, Any]] = {}

    async def until(self, holds: Callable[[], object]) -> None:
        """Take in what comes until `holds` does."""
        async with asyncio.timeout(15):
            while not holds():
                self._take(await self._socket.receive_json())

    async def send(self, deed: str, **details: Any) -> int:
        """Ask, and don't wait for the answer: its number."""
        self._number += 1
        await self._socket.send_json({"n": self._number, "do": deed, **details})
        return self._number

    async def send_raw(self, text: str) -> None:
        await self._socket.send_str(text)

    async def ask(self, deed: str, **details: Any) -> dict[str, Any]:
        mine = await self.send(deed, **details)
        await self.until(lambda: mine in self.replies)
        return self.replies.pop(mine)

    @property
    def texts(self) -> list[str]:
        """The HTML of the messages shown, oldest first."""
        return [self.message(number)["html"] for number in self.state["messages"]]

    def message(self, number: str) -> dict[str, Any]:
        found: dict[str, Any] = self.state[f"m:{number}"]
        return found

    def places(self) -> list[str]:
        """The names in the list of channels, threads after their channel."""
        every = ([place, *place["threads"]] for place in self.state["tree"])
        return [place["name"] for family in every for place in family]

    def named(self, place: str) -> dict[str, Any]:
        family = (each for top in self.state["tree"] for each in (top, *top["threads"]))
        found: dict[str, Any] = next(each for each in family if each["name"] == place)
        return found

    def member(self, name: str) -> str:
        return next(str(each["id"]) for each in self.state["members"] if each["name"] == name)

    async def look_as(self, name: str) -> None:
        await self.ask("look", member=self.member(name))
        await self.until(lambda: self.state["viewer"]["name"] == name)

    async def go_to(self, place: str) -> None:
        await self.ask("look", channel=self.named(place)["id"])
        await self.until(lambda: self.state["here"]["name"] == place)

    def _take(self, frame: dict[str, Any]) -> None:
        if "reply" in frame:
            self.replies[frame["reply"]] = frame
            return
        self.state |= frame["set"]
        for key in frame["drop"]:
            del self.state[key]
        self.log += frame["log"]


@asynccontextmanager
async def clicking(stand: Stand) -> AsyncIterator[Clicks]:
    url = URL(stand.address)
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(url / "wire", origin=str(url.origin())) as socket,
    ):
        clicks = Clicks(socket)
        await clicks.until(lambda: clicks.state)
        yield clicks
