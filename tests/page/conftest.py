"""The demo as it stands for a visitor: the little Discord, the real bot, the page; and the probing bot beside it."""

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from bot.rehearsal.page.stand import Stand, put_up
from tests.page.browser import Screen, found, launched, screen

ROOT = Path(__file__).resolve().parents[2]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    if found() is None:
        pytest.skip("no Chromium is installed on this machine")
    async with launched() as started:
        yield started


@pytest_asyncio.fixture(loop_scope="session")
async def stand(tmp_path: Path) -> AsyncIterator[Stand]:
    """A demo of the test's own, with the real bot."""
    env = {"DATABASE_URL": f"sqlite:///{tmp_path}/bot.db"}
    argv = [sys.executable, "-m", "bot", "run", "--follow-clock"]
    async with put_up(argv, env=env, cwd=ROOT) as put:
        yield put


@pytest_asyncio.fixture(loop_scope="session")
async def probed() -> AsyncIterator[Stand]:
    """The same with a bot that uses every kind of component."""
    async with put_up([sys.executable, "-m", "tests.rehearsal.probe_bot"], env={}, cwd=ROOT) as put:
        yield put


@pytest_asyncio.fixture(loop_scope="session")
async def demo(stand: Stand, browser: Browser) -> AsyncIterator[Screen]:
    async with screen(browser, stand.address) as shown:
        yield shown
        assert shown.faults == []


@pytest_asyncio.fixture(loop_scope="session")
async def probe(probed: Stand, browser: Browser) -> AsyncIterator[Screen]:
    async with screen(browser, probed.address) as shown:
        yield shown
        assert shown.faults == []
