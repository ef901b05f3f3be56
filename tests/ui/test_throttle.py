"""A message is redrawn at once after a quiet time, then no more often than it may be, always from the last state."""

import asyncio

import pytest

from bot.ui.throttle import Throttle

pytestmark = pytest.mark.asyncio


class Message:
    """What is drawn, and a gate to hold a drawing up."""

    def __init__(self, pause: float = 0.0) -> None:
        self.state = 0
        self.begun = asyncio.Queue[int]()
        self.drawn = asyncio.Queue[int]()
        self.may_go_on = asyncio.Event()
        self.may_go_on.set()
        self._pause = pause
        self.hands = self.most_hands = 0

    async def draw(self, _subject: int) -> float:
        self.hands += 1
        self.most_hands = max(self.most_hands, self.hands)
        seen = self.state
        self.begun.put_nowait(seen)
        await self.may_go_on.wait()
        self.drawn.put_nowait(seen)
        self.hands -= 1
        return self._pause


async def next_of(queue: asyncio.Queue[int]) -> int:
    return await asyncio.wait_for(queue.get(), 5)


async def turns(count: int = 20) -> None:
    """Lets whatever is ready to run, run."""
    for _ in range(count):
        await asyncio.sleep(0)


async def test_a_quiet_message_is_drawn_at_once() -> None:
    message = Message(pause=60)
    throttle = Throttle(message.draw)
    throttle.ask(1)
    assert await next_of(message.drawn) == 0
    await throttle.stop()


async def test_however_many_ask_meanwhile_it_is_drawn_once_more_from_the_last_state() -> None:
    message = Message()
    message.may_go_on.clear()
    throttle = Throttle(message.draw)
    throttle.ask(1)
    await next_of(message.begun)
    for message.state in range(1, 501):
        throttle.ask(1)
    message.may_go_on.set()
    assert [await next_of(message.drawn), await next_of(message.drawn)] == [0, 500]
    await turns()
    assert message.drawn.empty()


async def test_it_is_left_alone_for_its_pause() -> None:
    message = Message(pause=60)
    throttle = Throttle(message.draw)
    throttle.ask(1)
    await next_of(message.drawn)
    for _ in range(50):
        throttle.ask(1)
    await turns()
    assert message.drawn.empty()
    await throttle.stop()


async def test_what_can_not_wait_comes_after_the_hand_at_work_and_before_the_pause_is_over() -> None:
    message = Message(pause=60)
    message.may_go_on.clear()
    throttle = Throttle(message.draw)
    throttle.ask(1)
    await next_of(message.begun)
    message.state = 7
    closing = asyncio.create_task(throttle.at_once(1))
    await turns()
    message.may_go_on.set()
    await asyncio.wait_for(closing, 5)
    assert [message.drawn.get_nowait(), message.drawn.get_nowait()] == [0, 7]
    assert message.most_hands == 1
    await throttle.stop()


async def test_subjects_do_not_wait_for_each_other() -> None:
    message = Message()
    message.may_go_on.clear()
    throttle = Throttle(message.draw)
    for subject in (1, 2):
        throttle.ask(subject)
    await next_of(message.begun)
    await next_of(message.begun)
    assert message.hands == 2
    message.may_go_on.set()


async def test_a_drawing_that_fails_is_asked_for_again_by_the_next_press(
    caplog: pytest.LogCaptureFixture,
) -> None:
    message = Message()
    tried = asyncio.Queue[int]()

    async def draw(subject: int) -> float:
        tried.put_nowait(subject)
        if tried.qsize() == 1:
            raise OSError("Discord is away")
        return await message.draw(subject)

    throttle = Throttle(draw, after_fault=0.0)
    throttle.ask(1)
    await turns()
    assert "could not redraw 1" in caplog.text
    throttle.ask(1)
    assert await next_of(message.drawn) == 0


async def test_after_a_failure_it_rests_as_after_a_drawing() -> None:
    tried = asyncio.Queue[int]()

    async def draw(subject: int) -> float:
        tried.put_nowait(subject)
        raise OSError("Discord is away")

    throttle = Throttle(draw)
    throttle.ask(1)
    await next_of(tried)
    await turns()
    throttle.ask(1)
    await turns()
    assert tried.empty()
    await throttle.stop()


async def test_who_can_not_wait_hears_of_a_failure() -> None:
    async def draw(_subject: int) -> float:
        raise OSError("Discord is away")

    with pytest.raises(OSError, match="Discord is away"):
        await Throttle(draw).at_once(1)


async def test_who_waits_for_a_turn_goes_on_when_a_later_state_is_drawn() -> None:
    message = Message()
    message.may_go_on.clear()
    throttle = Throttle(message.draw)
    throttle.ask(1)
    await next_of(message.begun)
    message.state = 1
    waiting = asyncio.create_task(throttle.in_turn(1))
    given_up = asyncio.create_task(throttle.in_turn(1))
    await turns()
    given_up.cancel()
    assert not waiting.done()
    message.may_go_on.set()
    await asyncio.wait_for(waiting, 5)
    assert [await next_of(message.drawn) for _ in range(2)] == [0, 1]


async def test_who_waits_for_a_turn_goes_on_when_somebody_draws_it_at_once() -> None:
    message = Message(pause=60)
    throttle = Throttle(message.draw)
    await throttle.in_turn(1)
    waiting = asyncio.create_task(throttle.in_turn(1))
    await turns()
    assert not waiting.done()
    await throttle.at_once(1)
    await asyncio.wait_for(waiting, 5)
    await throttle.stop()


async def test_who_waits_for_a_turn_hears_of_a_failure() -> None:
    async def draw(_subject: int) -> float:
        raise OSError("Discord is away")

    with pytest.raises(OSError, match="Discord is away"):
        await Throttle(draw).in_turn(1)


async def test_nothing_is_kept_of_what_is_not_being_drawn() -> None:
    message = Message()
    throttle = Throttle(message.draw)
    for subject in range(100):
        throttle.ask(subject)
        await throttle.at_once(subject + 100)
    await turns()
    assert not throttle._canvases
    assert message.drawn.qsize() == 200
