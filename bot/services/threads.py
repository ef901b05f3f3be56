"""Spoiler threads: opened, kept in sight, closed, and asked questions."""

from collections.abc import Callable
from datetime import datetime
from random import Random

from bot.domain.film import Film, Question
from bot.domain.jobs import Job
from bot.domain.spoilers import Room
from bot.domain.threads.outcomes import OpenAlready, Opening
from bot.domain.threads.talk import askable, next_question
from bot.domain.threads.thread import KEEP_EVERY, SpoilerThread
from bot.storage import jobs, thread_members, threads
from bot.storage.engine import Database, Transaction
from bot.storage.threads import NewThread

MAKE = "spoilers-make"
GATE = "spoilers-gate"
FIRST_QUESTION = "spoilers-question"
KEEP = "spoilers-keep"
PART = "spoilers-part"

__all__ = ["FIRST_QUESTION", "GATE", "KEEP", "MAKE", "PART", "NewThread", "Threads"]


class Threads:
    """Use cases around threads themselves; `wake` tells the runner that a job was asked for."""

    def __init__(self, db: Database, wake: Callable[[], None], chance: Callable[[], Random] = Random) -> None:
        self._db = db
        self._wake = wake
        self._chance = chance

    async def open(self, new: NewThread, now: datetime) -> Opening | OpenAlready:
        """Notes that the club wants this thread and asks for it to be made; there is one of each."""

        async def add(tx: Transaction) -> Opening | OpenAlready:
            thread = await threads.add(tx, new, now)
            if thread is None:
                there = await threads.same_open(tx, new.club_id, new.subject)
                assert there is not None, "nothing else is unique about a new thread"
                return OpenAlready(there)
            await jobs.schedule(tx, MAKE, thread.row, club_id=thread.club_id, due_at=now)
            return Opening(thread)

        outcome = await self._db.write(add)
        self._wake()
        return outcome

    async def made(self, thread: SpoilerThread, thread_id: int, now: datetime) -> None:
        """Discord has made it: its door, its first question and its keeping follow; its end, if it was closed
        meanwhile."""

        async def note(tx: Transaction) -> None:
            if not await threads.made(tx, thread.row, thread_id):
                return
            noted = await threads.load(tx, thread.row)
            if noted and not noted.open:
                turn = await jobs.next_generation(tx, PART, thread.row)
                await jobs.schedule(tx, PART, thread.row, generation=turn, club_id=thread.club_id, due_at=now)
                return
            await jobs.schedule(tx, GATE, thread.row, club_id=thread.club_id, due_at=now)
            await jobs.schedule(tx, KEEP, thread.row, club_id=thread.club_id, due_at=now + KEEP_EVERY)
            if thread.prompts:
                await jobs.schedule(tx, FIRST_QUESTION, thread.row, club_id=thread.club_id, due_at=now)

        await self._db.write(note)
        self._wake()

    async def given_up(self, thread_row: int) -> None:
        """Discord won't make it: somebody else may ask for it again."""

        async def forget(tx: Transaction) -> None:
            await threads.forget(tx, thread_row)

        await self._db.write(forget)

    async def gate_posted(self, thread_row: int, gate_id: int) -> None:
        async def note(tx: Transaction) -> None:
            await threads.gate_posted(tx, thread_row, gate_id)

        await self._db.write(note)

    async def gate_lost(self, thread: SpoilerThread, now: datetime) -> None:
        """The message at its door was deleted: asks for another, if nobody has."""

        async def note(tx: Transaction) -> None:
            if thread.gate_id is not None and await threads.forget_gate(tx, thread.row, thread.gate_id):
                generation = await jobs.next_generation(tx, GATE, thread.row)
                await jobs.schedule(
                    tx, GATE, thread.row, generation=generation, club_id=thread.club_id, due_at=now
                )

        await self._db.write(note)
        self._wake()

    async def load(self, thread_row: int) -> SpoilerThread | None:
        return await self._db.read(lambda tx: threads.load(tx, thread_row))

    async def at(self, thread_id: int) -> SpoilerThread | None:
        """The thread with this number on Discord."""
        return await self._db.read(lambda tx: threads.at(tx, thread_id))

    async def open_in(self, club_id: int) -> list[SpoilerThread]:
        """The club's open threads, the newest first."""
        return await self._db.read(lambda tx: threads.open_in(tx, club_id))

    async def known_ids(self, club_id: int) -> frozenset[int]:
        """The numbers on Discord of all threads the club ever had."""
        return await self._db.read(lambda tx: threads.known_ids(tx, club_id))

    async def ask(self, thread: SpoilerThread, film: Film, room: Room, now: datetime) -> Question | None:
        """A question that the thread hasn't had, noted as asked; None where it has had them all."""
        questions, chance = askable(film, thread.subject, room), self._chance()

        async def pick(tx: Transaction) -> Question | None:
            found = next_question(questions, await threads.asked(tx, thread.row), chance)
            if found:
                await threads.note_asked(tx, thread, found.key, now)
            return found

        return await self._db.write(pick)

    async def first_question(
        self, thread: SpoilerThread, film: Film, room: Room, now: datetime
    ) -> Question | None:
        """The question a thread opens with: the same one however often it is asked for."""

        async def had(tx: Transaction) -> frozenset[str]:
            return await threads.asked(tx, thread.row)

        asked = await self._db.read(had)
        noted = next((question for question in film.questions if question.key in asked), None)
        if noted and room.admits(noted.text.spoils):  # the room may know less by now
            return noted
        return await self.ask(thread, film, room, now)

    async def kept(self, thread: SpoilerThread, job: Job, now: datetime) -> None:
        """Asks for it to be kept in sight again, once for each time."""

        async def again(tx: Transaction) -> None:
            turn, at = job.generation + 1, now + KEEP_EVERY
            await jobs.schedule(tx, KEEP, thread.row, generation=turn, club_id=thread.club_id, due_at=at)

        await self._db.write(again)
        self._wake()

    async def close(self, thread: SpoilerThread, closed_by: int, now: datetime) -> bool:
        """Closes it and asks for the closing note; False where somebody else has closed it."""

        async def shut(tx: Transaction) -> bool:
            if not await threads.close(tx, thread.row, closed_by, now):
                return False
            await thread_members.forget_reminders(tx, thread.row)
            for kind in (KEEP, FIRST_QUESTION):  # one that is still to be made tells its opener so
                await jobs.cancel(tx, kind, thread.row, now)
            await jobs.schedule(tx, PART, thread.row, club_id=thread.club_id, due_at=now)
            return True

        closed = await self._db.write(shut)
        self._wake()
        return closed

    async def lost(self, thread: SpoilerThread, now: datetime) -> None:
        """Somebody has deleted it on Discord: there is nothing left to close, and room for another."""

        async def note(tx: Transaction) -> None:
            await threads.close(tx, thread.row, None, now)
            await thread_members.forget_reminders(tx, thread.row)
            for kind in (GATE, KEEP, FIRST_QUESTION):
                await jobs.cancel(tx, kind, thread.row, now)

        await self._db.write(note)
