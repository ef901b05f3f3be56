"""However long requests are under way, no window sees more of them come in than it may."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random

import aiohttp
import pytest
from aiohttp import web

from bot.ui.pace import Pace, paced

pytestmark = pytest.mark.asyncio

WINDOW = 0.2
MOST = 5
TOKEN = {"Authorization": "Bot token"}


class Server:
    """Notes when requests come in, after they were under way for a while; answers each after another while."""

    def __init__(self) -> None:
        self.came: list[float] = []
        self.asked = 0
        self._random = Random(7)

    async def answer(self, request: web.Request) -> web.Response:
        self.asked += 1
        await asyncio.sleep(self._random.uniform(0, 2 * WINDOW))
        self.came.append(asyncio.get_running_loop().time())
        await asyncio.sleep(self._random.uniform(0, WINDOW / 2))
        if "refused" in request.path:
            assert request.transport
            request.transport.abort()
        return web.Response()


@asynccontextmanager
async def serving(pace: Pace) -> AsyncIterator[tuple[Server, aiohttp.ClientSession, str]]:
    server = Server()
    app = web.Application()
    app.router.add_get("/{path}", server.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    async with aiohttp.ClientSession(trace_configs=[paced(pace)]) as session:
        yield server, session, f"http://{host}:{port}"
    await runner.cleanup()


async def get(session: aiohttp.ClientSession, url: str, headers: dict[str, str]) -> None:
    async with session.get(url, headers=headers, timeout=aiohttp.ClientTimeout(20)) as response:
        await response.read()


def fullest(came: list[float]) -> int:
    """The most that came in within a window, wherever it begins."""
    return max(sum(start <= each < start + WINDOW for each in came) for start in came)


async def test_no_window_sees_more_than_it_may() -> None:
    async with serving(Pace(MOST, WINDOW, apart=0.001)) as (server, session, url):
        await asyncio.gather(*(get(session, f"{url}/{number}", TOKEN) for number in range(6 * MOST)))
        assert len(server.came) == 6 * MOST
        assert fullest(server.came) <= MOST


async def test_a_bunch_goes_at_once_and_more_than_that_one_after_the_other() -> None:
    pace = Pace(apart=60, bunch=3)
    for _ in range(3):
        await asyncio.wait_for(pace.begin(), 5)
    fourth = asyncio.create_task(pace.begin())
    for _ in range(5):
        await asyncio.sleep(0)
    assert not fourth.done()
    fourth.cancel()


async def test_answers_to_members_wait_for_nobody() -> None:
    async with serving(Pace(1, window=60)) as (server, session, url):
        await get(session, f"{url}/counted", TOKEN)
        await asyncio.gather(*(get(session, f"{url}/answer", {}) for _ in range(20)))
        assert len(server.came) == 21


async def test_a_request_that_fails_gives_its_place_back() -> None:
    async with serving(Pace(1, window=0)) as (server, session, url):
        for _ in range(3):
            with pytest.raises(aiohttp.ClientError):
                await get(session, f"{url}/refused", TOKEN)
        await get(session, f"{url}/welcome", TOKEN)
        assert server.asked >= 4


async def test_whoever_stops_waiting_gives_its_place_back() -> None:
    pace = Pace(1, window=0, apart=0.05, bunch=1)
    await pace.begin()
    pace.end()
    waiting = asyncio.create_task(pace.begin())
    for _ in range(5):  # it has the place and waits to be let through
        await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await asyncio.wait_for(pace.begin(), 5)
