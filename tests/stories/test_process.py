"""The bot as a process: what an operator sees and relies on."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.rehearsal import Rehearsal
from tests.stories.conftest import ROOT, bot_process, found_club

COMMANDS = "/applications/{application_id}/commands"
ANSWERS = "/interactions/{interaction_id}/{interaction_token}/callback"


@pytest_asyncio.fixture(loop_scope="session")
async def desk() -> AsyncIterator[Rehearsal]:
    """A small Discord of the story's own."""
    async with Rehearsal.start() as discord_:
        yield discord_


def told(discord_: Rehearsal) -> bool:
    """Whether the bot has told Discord its commands since this was last asked."""
    methods = {used.method for used in discord_.coverage if used.template == COMMANDS}
    discord_.coverage.clear()
    return "PUT" in methods


@pytest.mark.asyncio
async def test_commands_are_told_once_and_again_only_when_they_changed(
    desk: Rehearsal, tmp_path: Path
) -> None:
    async with bot_process(desk, tmp_path) as bot:
        await bot.ready()
        assert told(desk)
        await bot.restart()
        await bot.ready()
        assert not told(desk)
    packs = tmp_path / "packs"
    packs.mkdir()
    pack = (ROOT / "data/films/miracle.toml").read_text(encoding="utf-8")
    (packs / "other.toml").write_text(pack.replace('slug = "miracle"', 'slug = "other"'), encoding="utf-8")
    async with bot_process(desk, tmp_path, PACKS_DIR=str(packs)) as bot:
        await bot.ready()
        assert told(desk)


@pytest.mark.asyncio
async def test_sigterm_ends_with_zero(desk: Rehearsal, tmp_path: Path) -> None:
    async with bot_process(desk, tmp_path) as bot:
        await bot.ready()
        async with asyncio.timeout(10):
            assert await bot.terminate() == 0


@pytest.mark.asyncio
async def test_what_is_in_hand_is_answered_before_the_end(desk: Rehearsal, tmp_path: Path) -> None:
    async with bot_process(desk, tmp_path) as bot:
        await bot.ready()
        club = found_club(desk, bot)
        desk.switches.delay("POST", ANSWERS, 1.0)
        asked = asyncio.create_task(club.alice.slash(club.cinema, "miracle versions"))
        await desk.until(lambda: any(used.template == ANSWERS for used in desk.coverage))
        ended, answer = await asyncio.gather(bot.terminate(), asked)
        assert ended == 0
        assert "Koğuştaki" in answer.text
        assert "WARNING" not in bot.stderr
        assert "ERROR" not in bot.stderr


@pytest.mark.asyncio
async def test_what_was_asked_for_is_on_disk_after_sigterm(desk: Rehearsal, tmp_path: Path) -> None:
    async with bot_process(desk, tmp_path) as bot:
        await bot.ready()
        club = found_club(desk, bot)
        await club.admin.slash(club.cinema, "club settings", zone="Asia/Manila")
        await bot.terminate()
        await bot.start()
        await bot.ready()
        shown = await club.admin.slash(club.cinema, "club settings")
        assert "Asia/Manila" in shown.text


@pytest.mark.asyncio
async def test_a_lost_connection_is_taken_up_again(desk: Rehearsal, tmp_path: Path) -> None:
    async with bot_process(desk, tmp_path) as bot:
        await bot.ready()
        club = found_club(desk, bot)
        await desk.drop_connection()
        await desk.connected()
        answer = await club.alice.slash(club.cinema, "miracle versions")
        assert "Koğuştaki" in answer.text
        assert desk.gateway.resumed == 1


@pytest.mark.asyncio
async def test_the_token_is_in_no_log_line(desk: Rehearsal, tmp_path: Path) -> None:
    async with bot_process(desk, tmp_path, LOG_LEVEL="DEBUG", LOG_FORMAT="json") as bot:
        await bot.ready()
        await bot.terminate()
        lines = [json.loads(line) for line in bot.stderr.splitlines()]
        assert {"at", "level", "logger", "message"} <= lines[0].keys()
        assert desk.token not in bot.stderr


@pytest.mark.asyncio
async def test_a_refused_token_is_said_in_one_line(desk: Rehearsal, tmp_path: Path) -> None:
    settings = {"DATABASE_URL": f"sqlite:///{tmp_path}/bot.db"}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "run"),
        cwd=ROOT,
        env={**settings, "DISCORD_TOKEN": "wrong", "DISCORD_API_BASE": desk.base, "LOG_LEVEL": "ERROR"},
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await process.communicate()
    assert process.returncode == 2
    assert said.decode().splitlines() == ["DISCORD_TOKEN: Discord refuses it; it takes the bot's token"]


@pytest.mark.asyncio
async def test_an_unreachable_discord_is_said_in_one_line(tmp_path: Path) -> None:
    async with Rehearsal.start() as gone:
        base = gone.base
    settings = {"DATABASE_URL": f"sqlite:///{tmp_path}/bot.db", "DISCORD_TOKEN": "some"}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "run"),
        cwd=ROOT,
        env={**settings, "DISCORD_API_BASE": base, "LOG_LEVEL": "ERROR"},
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await process.communicate()
    assert process.returncode == 2
    assert base in said.decode()
    assert len(said.decode().splitlines()) == 1
