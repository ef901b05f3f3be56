"""The clock that a rehearsal may turn while somebody waits."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot import clock as clocks
from bot.clock import Clock

pytestmark = pytest.mark.asyncio

HOUR = timedelta(hours=1)
SOON = 5


async def test_it_tells_the_time_in_utc_moved_by_its_offset() -> None:
    clock = Clock()
    assert clock.now().tzinfo is UTC
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)
    clock.set_offset(-HOUR)
    assert abs(clock.now() + HOUR - datetime.now(UTC)) < timedelta(seconds=5)


async def test_a_wait_for_what_is_past_ends_at_once() -> None:
    clock = Clock()
    async with asyncio.timeout(SOON):
        await clock.wait(clock.now() - HOUR, asyncio.Event())


async def test_a_wait_ends_when_its_time_has_come() -> None:
    clock = Clock()
    until = clock.now() + timedelta(milliseconds=20)
    async with asyncio.timeout(SOON):
        await clock.wait(until, asyncio.Event())
    assert clock.now() >= until


@pytest.mark.parametrize("until", [None, datetime.max.replace(tzinfo=UTC)])
async def test_a_wait_ends_when_somebody_wakes_it(until: datetime | None) -> None:
    clock, woken = Clock(), asyncio.Event()
    waiting = asyncio.create_task(clock.wait(until, woken))
    await asyncio.wait({waiting}, timeout=0)
    assert not waiting.done()
    woken.set()
    await asyncio.wait_for(waiting, SOON)


async def test_turning_the_clock_wakes_whoever_waits() -> None:
    clock, woken = Clock(), asyncio.Event()
    waiting = asyncio.create_task(clock.wait(clock.now() + HOUR, woken))
    await asyncio.wait({waiting}, timeout=0.01)
    clock.set_offset(HOUR)
    await asyncio.wait_for(waiting, SOON)
    assert woken.is_set()


async def test_nobody_is_woken_after_their_wait() -> None:
    clock, woken = Clock(), asyncio.Event()
    await clock.wait(clock.now(), woken)
    clock.set_offset(HOUR)
    assert not woken.is_set()


@pytest.mark.parametrize("until", [None, datetime.max.replace(tzinfo=UTC)])
async def test_no_wait_is_long_since_the_wall_clock_may_change(
    until: datetime | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clocks, "LONGEST_NAP", timedelta(milliseconds=10))
    clock = Clock()
    async with asyncio.timeout(SOON):
        await clock.wait(until, asyncio.Event())
