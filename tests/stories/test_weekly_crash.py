"""Killed around its dates the bot posts each once; `make chaos` does it for longer."""

from pathlib import Path

import pytest

from tests.chaos.weekly import run


@pytest.mark.asyncio
async def test_killed_around_its_dates_each_comes_once(tmp_path: Path) -> None:
    weeks = await run(tmp_path, kills=12, seed=9)
    assert (weeks.kills, weeks.weeks) == (12, 3)
