"""Requests of the whole bot stay below what Discord allows it."""

import asyncio
from types import SimpleNamespace

import aiohttp

MOST = 45  # of the 50 requests a second
WINDOW = 1.0
APART = 1 / 40  # seconds from one to the next: sent in a bunch they would hold the event loop
BUNCH = 8  # that many may be: whoever asks for little waits for nothing


class Pace:
    """Lets requests through so that no `window` (seconds) sees more than `most` of them come in, however long each is
    under way: a place is free again only a whole window after the answer that its last request got."""

    def __init__(
        self, most: int = MOST, window: float = WINDOW, apart: float = APART, bunch: int = BUNCH
    ) -> None:
        self._window = window
        self._apart = apart
        self._ahead = (bunch - 1) * apart
        self._places = asyncio.Semaphore(most)
        self._next = 0.0

    async def begin(self) -> None:
        """Waits for the caller's turn; `end` has to follow, unless this raises."""
        await self._places.acquire()
        try:
            now = asyncio.get_running_loop().time()
            at = max(now, self._next)
            self._next = at + self._apart
            await asyncio.sleep(max(0.0, at - self._ahead - now))
        except asyncio.CancelledError:
            self._places.release()
            raise

    def end(self) -> None:
        """The request was answered, or came to nothing."""
        asyncio.get_running_loop().call_later(self._window, self._places.release)


def paced(pace: Pace) -> aiohttp.TraceConfig:
    """Has every request wait its turn that Discord counts, the library's own repeats included: those that carry the
    bot's token. Answers to members carry another, and are outside that limit."""

    async def begin(
        _session: aiohttp.ClientSession, request: SimpleNamespace, params: aiohttp.TraceRequestStartParams
    ) -> None:
        request.counts = "Authorization" in params.headers
        if request.counts:
            await pace.begin()

    async def end(_session: aiohttp.ClientSession, request: SimpleNamespace, _params: object) -> None:
        if request.counts:
            pace.end()

    trace = aiohttp.TraceConfig()
    trace.on_request_start.append(begin)
    trace.on_request_end.append(end)
    trace.on_request_exception.append(end)
    return trace
