"""What was confirmed outlives the process; the file belongs to one process, for as long as that lives."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.errors import SetupError
from bot.storage.sqlite.database import open_sqlite
from tests.storage.conftest import Stored
from tests.storage.times import NOW

REPOSITORY = Path(__file__).parents[2]


@contextmanager
def confirming(path: Path, loop: str) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "tests.storage.confirming", f"sqlite:///{path}", loop]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("loop", ["asyncio", "uvloop"])
@pytest.mark.parametrize("confirmations", [1, 40, 400])
def test_a_kill_right_after_the_answer_loses_nothing(
    path: Path, stored: Stored, loop: str, confirmations: int
) -> None:
    with confirming(path, loop) as process:
        assert process.stdout
        confirmed = {process.stdout.readline().strip() for _ in range(confirmations)}
        process.kill()
        *whole, _cut = process.stdout.read().split("\n")
    confirmed.update(whole)
    assert len(confirmed) >= confirmations
    assert confirmed <= stored().keys()


@pytest.mark.asyncio
async def test_two_bots_on_one_file_refuse_until_the_first_is_gone(path: Path) -> None:
    with confirming(path, "asyncio") as process:
        assert process.stdout
        assert process.stdout.readline()
        with pytest.raises(SetupError, match="another running bot uses this file; stop that one first"):
            await (await open_sqlite(path, NOW)).close()
        process.kill()
        process.wait()
        database = await open_sqlite(path, NOW)
        rows = await database.read(lambda tx: tx.all("SELECT key FROM meta"))
        assert rows
        await database.close()


@pytest.mark.asyncio
async def test_one_process_opens_a_file_once_at_a_time(path: Path) -> None:
    first = await open_sqlite(path, NOW)
    with pytest.raises(SetupError, match="another running bot"):
        await (await open_sqlite(path, NOW)).close()
    await first.close()
    await (await open_sqlite(path, NOW)).close()
