"""The bot itself, with a tally of how long its event loop was held at worst, written when a line asks for it."""

import asyncio
import sys
import time
from contextlib import suppress

from bot import cli
from bot.app import TissueBox

EVERY = 0.005


class Watched(TissueBox):
    """Beats every few milliseconds; a beat that comes late was held up."""

    async def setup_hook(self) -> None:
        await super().setup_hook()
        self._beating = asyncio.create_task(self._beat())

    async def close(self) -> None:
        self._beating.cancel()
        with suppress(asyncio.CancelledError):
            await self._beating
        await super().close()

    async def on_ready(self) -> None:
        self._worst = 0.0  # what the start takes is another figure
        await super().on_ready()

    async def _beat(self) -> None:
        self._worst = told = 0.0
        while True:
            asked = time.perf_counter()
            await asyncio.sleep(EVERY)
            self._worst = max(self._worst, time.perf_counter() - asked - EVERY)
            if self._worst != told:
                told = self._worst
                print(f"held {told * 1000:.1f}", flush=True)  # noqa: T201 - read by the bench


if __name__ == "__main__":
    import bot.app

    bot.app.TissueBox = Watched  # type: ignore[misc]
    sys.argv = ["bot", "run", "--follow-clock"]
    cli.main()
