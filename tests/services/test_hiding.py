"""Hidden messages, step by step: what a crash leaves behind always leads to one end."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.hiding import Complete, Hiding, Partial, State, found
from bot.services.hiding import SETTLE, SETTLE_AFTER, HiddenMessages, NewHiding
from bot.storage.engine import Database
from tests.services.spoilers import jobs
from tests.services.times import NOW

MESSAGE, THREAD, CHANNEL = 33, 80, 70


@pytest.fixture
def hidden(db: Database) -> HiddenMessages:
    return HiddenMessages(db, lambda: None)


def new(original: int | None = MESSAGE, *, parts: int = 1, channel: int = CHANNEL) -> NewHiding:
    return NewHiding(7, channel, CHANNEL, original, 1, 40, parts)


async def begun(hidden: HiddenMessages, wanted: NewHiding) -> Hiding:
    hiding = await hidden.begin(wanted, NOW)
    assert hiding is not None
    return hiding


@pytest.mark.asyncio
async def test_a_message_is_hidden_by_one_hand_only(hidden: HiddenMessages) -> None:
    await begun(hidden, new())
    assert await hidden.begin(new(), NOW) is None
    await begun(hidden, new(None))
    await begun(hidden, new(None))


@pytest.mark.asyncio
async def test_after_a_hiding_was_given_up_the_next_one_is_looked_after_too(
    hidden: HiddenMessages, db: Database
) -> None:
    await hidden.forget(await begun(hidden, new()), NOW)
    again = await begun(hidden, new())
    assert await jobs(db) == [(SETTLE, again.hiding_id, 0)]


@pytest.mark.asyncio
async def test_a_look_is_asked_for_before_anything_is_sent_and_not_once_it_is_done(
    hidden: HiddenMessages, db: Database
) -> None:
    hiding = await begun(hidden, new())
    assert await jobs(db) == [(SETTLE, hiding.hiding_id, 0)]
    assert timedelta(seconds=30) < SETTLE_AFTER < timedelta(minutes=5)
    await hidden.looked(hiding, {0: 50})
    assert await jobs(db) == [(SETTLE, hiding.hiding_id, 0)]
    await hidden.hidden(hiding, NOW)
    assert await jobs(db) == []
    done = await hidden.load(hiding.hiding_id)
    assert done is not None
    assert (done.state, done.copies) == (State.HIDDEN, {0: 50})


@pytest.mark.asyncio
async def test_only_a_whole_copy_is_noted(hidden: HiddenMessages) -> None:
    hiding = await begun(hidden, new(parts=2))
    assert await hidden.looked(hiding, {1: 51}) == Partial({1: 51})
    still = await hidden.load(hiding.hiding_id)
    assert still is not None
    assert (still.state, still.copies) == (State.SENDING, {})
    assert await hidden.looked(hiding, {0: 50, 1: 51}) == Complete({0: 50, 1: 51})
    noted = await hidden.load(hiding.hiding_id)
    assert noted is not None
    assert (noted.state, noted.copies) == (State.COPIED, {0: 50, 1: 51})


@pytest.mark.asyncio
async def test_no_column_could_hold_a_text(db: Database) -> None:
    rows = await db.read(
        lambda tx: tx.all(
            "SELECT t.name AS of_table, c.name, c.type FROM pragma_table_list AS t, pragma_table_info(t.name) AS c "
            "WHERE t.name IN ('hidings', 'hiding_copies')"
        )
    )
    assert {row["of_table"] for row in rows} == {"hidings", "hiding_copies"}
    assert {row["name"] for row in rows if row["type"] == "TEXT"} == {"state"}


@pytest.mark.asyncio
async def test_a_message_in_a_thread_is_reached_by_its_channels_webhook(hidden: HiddenMessages) -> None:
    assert (await begun(hidden, new(channel=THREAD))).thread_id == THREAD
    assert (await begun(hidden, new(34))).thread_id is None


@given(st.integers(1, 4), st.dictionaries(st.integers(0, 3), st.integers(1, 99)))
def test_a_copy_is_whole_once_every_part_is_there(parts: int, copies: dict[int, int]) -> None:
    hiding = Hiding(1, 7, CHANNEL, CHANNEL, MESSAGE, 1, 40, parts, State.SENDING)
    whole = all(part in copies for part in range(parts))
    assert found(hiding, copies) == (Complete(copies) if whole else Partial(copies))
