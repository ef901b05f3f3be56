"""Members who press a poll's buttons at random, and what each may believe their ballot to say."""

import asyncio
import re
from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bot.rehearsal import Answer, ClientRefuses, InteractionFailed, Member, Message

Ballot = int | None
Act = Callable[["Voter", int], Coroutine[Any, Any, Answer]]

RECORDED = re.compile(r"Recorded: (?P<after>\d+) tissues?(?: instead of (?P<before>\d+))?\.")
STANDS = re.compile(r"(?:It says|Your ballot says|Your ballot stays at) (?P<number>\d+) tissues?\b")
NONE = re.compile(r"takes no more answers|You have not answered yet|You have no ballot in this poll")

PAUSE = 0.6  # seconds between two presses of a member, on the average
NO_VALUE = -1  # of a press that only looks


@dataclass(frozen=True, slots=True)
class Said:
    """What an answer tells of the member's ballot: before the press, and after it."""

    before: Ballot
    after: Ballot
    recorded: bool = False


def understood(text: str) -> Said:
    if found := RECORDED.search(text):
        before = found["before"]
        return Said(int(before) if before else None, int(found["after"]), recorded=True)
    if found := STANDS.search(text):
        return Said(int(found["number"]), int(found["number"]))
    assert NONE.search(text), f"this answer says nothing of a ballot: {text}"
    return Said(None, None)


@dataclass(slots=True)
class Belief:
    """What the ballot may say. A press without an answer may have counted, and may still count for as long as the
    process lives that got it; `life` numbers the processes."""

    may: set[Ballot] = field(default_factory=lambda: {None})
    _pending: list[tuple[int, int]] = field(default_factory=list)

    def told(self, said: list[Said], life: int) -> None:
        """The answers to presses made at once, while process `life` was there."""
        if len(said) == 1:
            assert said[0].before in self.may, f"{said[0]}, but it can only have been {self.may}"
        if said:
            self.may = {each.after for each in said} | {value for value, got in self._pending if got >= life}

    def not_told(self, values: list[int], life: int) -> None:
        self.may |= set(values)
        self._pending += [(value, life) for value in values]


@dataclass(eq=False, slots=True)
class Voter:
    member: Member
    rng: Random
    belief: Belief = field(default_factory=Belief)


class Crowd:
    """Presses until told to stop; `life` says which process is there. `figures` counts what came of it."""

    def __init__(self, members: list[Member], poll: Message, seed: int, life: Callable[[], int]) -> None:
        self.voters = [Voter(member, Random(f"{seed} {place}")) for place, member in enumerate(members)]
        self.figures = Counter[str]()
        self._poll = poll
        self._life = life
        self._over = asyncio.Event()

    async def press(self, connected: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Everybody presses on, whatever happens to the bot, until `stop`."""
        async with asyncio.TaskGroup() as tasks:
            for voter in self.voters:
                tasks.create_task(self._keep_pressing(voter, connected))

    def stop(self) -> None:
        self._over.set()

    async def look(self) -> None:
        """Everybody looks at their own ballot once."""
        await asyncio.gather(*(self._act(voter, [], self._mine) for voter in self.voters))

    async def _keep_pressing(self, voter: Voter, connected: Callable[[], Coroutine[Any, Any, None]]) -> None:
        while not await self._waited(voter.rng.expovariate(1 / PAUSE)):
            await connected()
            try:
                await self._press_something(voter)
            except ClientRefuses:  # the poll is closed, and its message has no numbers now
                await self._act(voter, [], self._mine)

    async def _waited(self, seconds: float) -> bool:
        """Lets so much time pass, less once it is over; whether it is over."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._over.wait()
        return self._over.is_set()

    async def _press_something(self, voter: Voter) -> None:
        rng = voter.rng
        match rng.choices(("number", "more", "two", "mine"), (60, 20, 5, 15))[0]:
            case "number":
                await self._act(voter, [rng.randrange(5)], self._number)
            case "two":
                await self._act(voter, rng.choices(range(5), k=2), self._number)
            case "more":
                await self._more(voter, rng.randrange(1000))
            case _:
                await self._act(voter, [], self._mine)

    async def _more(self, voter: Voter, number: int) -> None:
        try:
            form = await voter.member.press(self._poll, "More…")
        except InteractionFailed:
            return  # a form that didn't open records nothing
        await self._act(
            voter, [number], lambda voter, value: voter.member.submit(form.modal, typed=str(value))
        )

    async def _act(self, voter: Voter, values: list[int], act: Act) -> None:
        """Presses for each of `values` at once, and once where there is none."""
        life = self._life()
        pressed = [self._answered(act(voter, value)) for value in values or [NO_VALUE]]
        answers = await asyncio.gather(*pressed)
        said = [understood(answer.text) for answer in answers if answer]
        assert {each.after for each in said if each.recorded} <= set(values)
        voter.belief.told(said, life)
        voter.belief.not_told(
            [value for value, answer in zip(values, answers, strict=False) if not answer], life
        )
        self.figures["presses"] += len(answers)
        self.figures["recorded"] += sum(each.recorded for each in said)
        self.figures["unanswered"] += answers.count(None)

    async def _answered(self, press: Coroutine[Any, Any, Answer]) -> Answer | None:
        try:
            return await press
        except InteractionFailed:
            return None

    async def _number(self, voter: Voter, value: int) -> Answer:
        return await voter.member.press(self._poll, str(value))

    async def _mine(self, voter: Voter, _value: int) -> Answer:
        return await voter.member.press(self._poll, "My ballot")
