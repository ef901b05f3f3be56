"""A channel gets each fact once before any comes again."""

import asyncio
from collections.abc import Sequence
from random import Random

import pytest

from bot.domain.film import Fact
from bot.services.facts import Facts
from bot.storage.engine import Database
from bot.storage.opening import open_database
from tests.domain.films import made_up
from tests.services.times import NOW

pytestmark = pytest.mark.asyncio

CLUB, CHANNEL, OTHER_CHANNEL = 7, 70, 71
FILM = made_up()
AMONG = FILM.facts[:6]
KEYS = sorted(fact.key for fact in AMONG)


@pytest.fixture
def facts(db: Database) -> Facts:
    return Facts(db, lambda: Random(1))


async def told(facts: Facts, channel: int = CHANNEL, among: Sequence[Fact] = AMONG) -> tuple[str, bool]:
    picked = await facts.next_fact(CLUB, channel, FILM, among, NOW)
    assert picked is not None
    return picked.fact.key, picked.starts_over


async def test_all_come_once_then_it_says_that_it_starts_over(facts: Facts) -> None:
    first, second = [[await told(facts) for _ in AMONG] for _ in range(2)]
    assert sorted(key for key, _ in first) == sorted(key for key, _ in second) == KEYS
    assert not any(starts_over for _, starts_over in first)
    assert [starts_over for _, starts_over in second] == [True, *[False] * (len(AMONG) - 1)]


async def test_running_out_of_a_few_leaves_the_others_shown(facts: Facts) -> None:
    few, others = AMONG[:2], AMONG[2:]
    for _ in others:
        await told(facts, among=others)
    assert [(await told(facts, among=few))[1] for _ in range(3)] == [False, False, True]
    assert (await told(facts))[0] in {fact.key for fact in few}


async def test_channels_go_their_own_ways(facts: Facts) -> None:
    here = {(await told(facts))[0] for _ in AMONG}
    there = {(await told(facts, OTHER_CHANNEL))[0] for _ in AMONG}
    assert sorted(here) == sorted(there) == KEYS


async def test_presses_at_once_get_a_fact_each(facts: Facts) -> None:
    at_once = await asyncio.gather(*(told(facts) for _ in AMONG))
    assert sorted(key for key, _ in at_once) == KEYS


async def test_a_restart_remembers_what_was_shown(facts: Facts, db: Database, url: str) -> None:
    before = [(await told(facts))[0] for _ in range(3)]
    await db.close()
    reopened = await open_database(url, NOW)
    after = [(await told(Facts(reopened)))[0] for _ in range(3)]
    await reopened.close()
    assert sorted(before + after) == KEYS


async def test_there_is_no_fact_where_none_may_be_told(facts: Facts) -> None:
    assert await facts.next_fact(CLUB, CHANNEL, FILM, [], NOW) is None
