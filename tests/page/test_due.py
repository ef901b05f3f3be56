"""The bot says what falls due next; the clock can be sent there, and what was due happens."""

import pytest

from bot.rehearsal.page.stand import Stand
from tests.page.clicks import clicking


@pytest.mark.asyncio
async def test_the_clock_jumps_to_what_the_bot_waits_for(stand: Stand) -> None:
    async with clicking(stand) as page:
        assert page.state["clock"]["due"] is None
        await page.ask("slash", path="miracle quiz")
        await page.until(lambda: page.state["clock"]["due"])
        before = page.state["clock"]["due"]
        asked = stand.stage.club.cinema.history()[-1].text
        await page.ask("jump")
        await page.until(lambda: page.state["clock"]["offset"] > 5)
        await page.until(lambda: stand.stage.club.cinema.history()[-1].text != asked)
        await page.until(lambda: page.state["clock"]["due"] != before)
        await page.ask("crash")
        await page.until(lambda: page.state["clock"]["due"] is None)
