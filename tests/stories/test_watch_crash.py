"""A watch-along under fire, a short one; `make chaos` plays the long one."""

import pytest

from tests.chaos.watch import play

pytestmark = pytest.mark.asyncio


async def test_no_confirmed_tap_is_lost_and_nothing_stands_twice() -> None:
    await play(kills=9, seed=5)
