"""Killed at each step, and with each answer lost after Discord has acted: one thread, and one copy or the original.
`make chaos` plays the same at random, and longer."""

from collections.abc import AsyncIterator, Iterable
from datetime import timedelta
from functools import partial

import pytest
import pytest_asyncio

from bot.rehearsal import Rehearsal
from tests.chaos.spoilers import (
    DELETE,
    FIND_HOOK,
    HIDING,
    LIST_THREADS,
    MAKE_HOOK,
    MAKE_THREAD,
    OPENING,
    SEND,
    SEND_COPY,
    Route,
    Stage,
    hide,
    open_thread,
)
from tests.stories.conftest import bot_process
from tests.stories.spoilers import enter, opened, threads, written

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    home = tmp_path_factory.mktemp("stage")
    async with Rehearsal.start() as discord_, bot_process(discord_, home) as bot:
        await bot.ready()
        yield Stage(discord_, bot, home / "bot.db")


NAMES = {
    FIND_HOOK: "look for the webhook",
    MAKE_HOOK: "make the webhook",
    SEND_COPY: "send the copy",
    DELETE: "delete the original",
    LIST_THREADS: "look for the thread",
    MAKE_THREAD: "make the thread",
    SEND: "post the door",
}


def ways(routes: Iterable[Route]) -> list[tuple[Route, bool]]:
    """Every answer lost, and a death after each that changed something."""
    return [(route, die) for route in routes for die in (False, True) if not (die and route[0] == "GET")]


def shown(value: Route | bool) -> str:
    if isinstance(value, tuple):
        return NAMES[value]
    return "killed" if value else "asked again"


@pytest.mark.parametrize(("route", "die"), ways(HIDING), ids=shown)
async def test_one_copy_or_the_original(stage: Stage, route: Route, die: bool) -> None:
    webhooks = stage.discord_.world.webhooks
    if route in {FIND_HOOK, MAKE_HOOK}:
        for hook in webhooks.of(stage.club.cinema):
            webhooks.close(hook)
        await stage.die()  # a webhook that is known is not looked for
    number = HIDING.index(route) * 2 + die
    await hide(stage, number, partial(stage.lost, route, die=die))
    assert len(webhooks.of(stage.club.cinema)) <= 1


@pytest.mark.parametrize(("route", "die"), ways(OPENING), ids=shown)
async def test_one_thread_with_one_door(stage: Stage, route: Route, die: bool) -> None:
    before = len(threads(stage.club))
    number = OPENING.index(route) * 2 + die
    await open_thread(stage, number, partial(stage.lost, route, die=die))
    assert len(threads(stage.club)) == before + 1


async def test_killed_between_steps(stage: Stage) -> None:
    await hide(stage, 20, partial(stage.killed_within, 0.02))
    await open_thread(stage, 20, partial(stage.killed_within, 0.02))


async def test_who_waited_at_a_door_when_the_bot_died_is_let_in(stage: Stage) -> None:
    club = stage.club
    thread = await opened(club, "any")
    await club.alice.slash(club.cinema, "spoilers seen", versions="any")
    add = ("PUT", "/channels/{channel_id}/thread-members/{user_id}")
    door = next(message for message in written(club.cinema) if thread.name in message.text)
    stage.discord_.switches.delay(*add, 5.0)
    assert "let in" in (await club.alice.press(door, "I've seen it")).text
    await stage.bot.kill()
    stage.discord_.switches.delay(*add, 0.0)
    thread.state.members.pop(club.alice.id, None)
    await stage.bot.start()
    await stage.bot.ready()
    await stage.discord_.until(lambda: club.alice.id in thread.state.members)


async def test_an_open_thread_stays_in_sight_without_a_word(stage: Stage) -> None:
    club = stage.club
    thread = await opened(club, "kr2013, mx2025", prompts=False)
    await enter(club, club.bob, thread)
    before = len(thread.history())
    for _ in range(5):
        stage.discord_.clock.jump(timedelta(days=5))
        await stage.discord_.until(
            lambda: thread.state.idle_at - stage.discord_.clock.now() > timedelta(days=1), within=20
        )
        assert not thread.state.archived
    assert len(thread.history()) == before
    assert thread.state.auto_archive_minutes == 10_080
