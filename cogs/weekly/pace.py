"""Sends of the whole bot stay below what Discord allows it, with room for everything else."""

import asyncio

A_SECOND = 40  # of the 50 requests a second; answers to members are outside that limit


class Pace:
    """Lets callers through one after the other, evenly."""

    def __init__(self, a_second: float = A_SECOND) -> None:
        self._apart = 1 / a_second
        self._next = 0.0

    async def turn(self) -> None:
        """Waits for the caller's turn."""
        now = asyncio.get_running_loop().time()
        at = max(now, self._next)
        self._next = at + self._apart
        if at > now:
            await asyncio.sleep(at - now)
