"""A process of its own that writes without end and prints each number once its write is confirmed.

Arguments: the database's URL, and `uvloop` or `asyncio`."""

import asyncio
import itertools
import sys
from datetime import UTC, datetime
from functools import partial

import uvloop

from bot.storage.meta import set_value
from bot.storage.opening import open_database

WRITERS = 8


async def confirm_for_ever(url: str) -> None:
    database = await open_database(url, datetime.now(UTC))
    numbers = itertools.count()

    async def confirm() -> None:
        for number in numbers:
            await database.write(partial(set_value, key=f"{number}", value="confirmed"))
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()

    await asyncio.gather(*(confirm() for _ in range(WRITERS)))


if __name__ == "__main__":
    loop = uvloop.new_event_loop if sys.argv[2] == "uvloop" else asyncio.new_event_loop
    with asyncio.Runner(loop_factory=loop) as runner:
        runner.run(confirm_for_ever(sys.argv[1]))
