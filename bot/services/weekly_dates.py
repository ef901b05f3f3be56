"""What is done when a slot's date has come: settled in one transaction with the date after it, posted by a job of its
own, and noted. Where it can't be posted the slot rests, and who set it up is told once."""

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from random import Random

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.film import Film, Question
from bot.domain.jobs import Job
from bot.domain.spoilers import Room
from bot.domain.weekly.due import Later, TooLate, look, moment_for
from bot.domain.weekly.occurrences import Posting, State
from bot.domain.weekly.slots import SHORTEST_VOTE, Kind, Pause, Reason, Slot, by_day
from bot.services.weekly_settling import LOOK, ask_to_look, ask_to_post
from bot.storage import jobs, weekly
from bot.storage.engine import Database, Transaction

TELL = "weekly-tell"
NOTHING = "weekly-nothing"


class Ready(Struct, frozen=True):
    """A date that is to be posted now; `late` once its grace is over, when it only counts if it was posted before."""

    slot: Slot
    posting: Posting
    late: bool


class WeeklyDates:
    """Everything about dates that come; `wake` tells the runner that a job was asked for."""

    def __init__(self, db: Database, wake: Callable[[], None]) -> None:
        self._db = db
        self._wake = wake

    async def fell_due(self, slot_id: int, turn: int, now: datetime) -> tuple[Posting, ...]:
        """Settles the dates that have come and asks for the next, in one transaction; those that were missed."""

        async def settle(tx: Transaction) -> tuple[Posting, ...]:
            slot = await weekly.load(tx, slot_id)
            if slot is None or slot.turn != turn or slot.rests(now):
                return ()
            days = await weekly.handled(tx, slot_id, slot.next_day)
            due = look(slot, days, await weekly.quiet(tx, slot.club_id), now)
            if due.post:
                posting = await weekly.add_date(tx, slot, due.post.day, slot.appears(due.post), State.DUE)
                if posting:
                    await ask_to_post(tx, posting, now)
            after = replace(slot, next_day=due.next_day, turn=turn + 1, pause=None)
            await weekly.save(tx, after)
            await jobs.cancel(tx, LOOK, slot_id, now)
            await ask_to_look(tx, after, due.look_at)
            noted = [
                await weekly.add_date(tx, slot, each.day, slot.appears(each), State.MISSED)
                for each in due.missed
            ]
            return tuple(filter(None, noted))

        missed = await self._db.write(settle)
        self._wake()
        return missed

    async def ready(self, job: Job, now: datetime) -> Ready | None:
        """A date whose post is due; None where it is done, gone, or held back by quiet hours (it comes again)."""

        async def check(tx: Transaction) -> Ready | None:
            posting = await weekly.load_date(tx, job.subject)
            slot = await weekly.load(tx, posting.slot_id) if posting else None
            if slot is None or posting is None or posting.state is not State.DUE:
                return None
            if slot.rests(now):
                await weekly.note_date(tx, posting.date_id, State.MISSED)
                return None
            quiet = None if posting.by_hand else await weekly.quiet(tx, slot.club_id)
            moment = moment_for(slot, posting.due_at, quiet, now)
            if isinstance(moment, Later):
                await jobs.hold_back(tx, job, moment.until)
                return None
            return Ready(slot, posting, late=isinstance(moment, TooLate))

        found = await self._db.write(check)
        self._wake()
        return found

    async def posted(self, date_id: int, message_id: int | None = None, subject: str | None = None) -> None:
        await self._db.write(
            lambda tx: weekly.note_date(tx, date_id, State.POSTED, message_id=message_id, subject=subject)
        )

    async def closes_by_day(self, slot: Slot, posting: Posting, now: datetime) -> datetime:
        """An hour before the slot's next date, but not in quiet hours: its result would be posted then."""
        quiet = await self._db.read(lambda tx: weekly.quiet(tx, slot.club_id))
        closes_at = slot.before_next(posting.due_at, now)
        return by_day(quiet, closes_at, slot.next_post(max(posting.due_at, now)), now + SHORTEST_VOTE)

    async def missed(self, date_id: int) -> None:
        await self._db.write(lambda tx: weekly.note_date(tx, date_id, State.MISSED))

    async def failed(self, date_id: int) -> None:
        await self._db.write(lambda tx: weekly.note_date(tx, date_id, State.FAILED))

    async def nothing(self, posting: Posting, now: datetime) -> None:
        """There was nothing to post: whoever set the slot up is told once. A date of the calendar that was asked for
        early is still to come."""

        async def note(tx: Transaction) -> None:
            if posting.by_hand and posting.day:
                await weekly.drop_date(tx, posting.date_id)
            elif await weekly.note_date(tx, posting.date_id, State.EMPTY):
                await jobs.schedule(tx, NOTHING, posting.date_id, club_id=posting.club_id, due_at=now)

        await self._db.write(note)
        self._wake()

    async def rest(self, slots: Collection[int], why: Reason, now: datetime) -> None:
        """Lets slots rest that can't post any more. One message tells of all of them; where the bot is away from the
        club, once it is back."""

        async def lay_down(tx: Transaction) -> None:
            resting = [
                slot
                for slot_id in slots
                if (slot := await weekly.load(tx, slot_id)) and (slot.pause is None or slot.pause.until)
            ]
            for slot in resting:
                after = replace(slot, pause=Pause(why), turn=slot.turn + 1)
                await weekly.save(tx, after)
                await jobs.cancel(tx, LOOK, slot.slot_id, now)
            if why is not Reason.AWAY:
                await _ask_to_tell(tx, resting, now)

        await self._db.write(lay_down)
        self._wake()

    async def rest_channel(self, channel_id: int, now: datetime) -> None:
        """The channel is gone."""
        slots = await self._db.read(lambda tx: weekly.in_channel(tx, channel_id))
        await self.rest([slot.slot_id for slot in slots], Reason.CHANNEL_GONE, now)

    async def rest_club(self, club_id: int, now: datetime) -> None:
        """The bot is no longer in the club."""
        slots = await self._db.read(lambda tx: weekly.of_club(tx, club_id))
        await self.rest([slot.slot_id for slot in slots], Reason.AWAY, now)

    async def returned(self, clubs: Collection[int], now: datetime) -> None:
        """The bot is in these clubs: what rests because it was away is told of, once."""
        here = frozenset(clubs)
        resting = await self._db.read(lambda tx: weekly.resting(tx, Reason.AWAY))
        away = [slot for slot in resting if slot.club_id in here]
        if not away:
            return

        async def ask(tx: Transaction) -> None:
            for club_id in {slot.club_id for slot in away}:
                await _ask_to_tell(tx, [slot for slot in away if slot.club_id == club_id], now)

        await self._db.write(ask)
        self._wake()

    async def to_tell(self, slot_id: int) -> list[Slot]:
        """The slots that rest for the same reason as this one, set up by the same host; itself first."""

        async def find(tx: Transaction) -> list[Slot]:
            slot = await weekly.load(tx, slot_id)
            if slot is None or slot.pause is None:
                return []
            others = await weekly.of_club(tx, slot.club_id)
            return [slot, *(each for each in others if each.slot_id != slot_id and _alike(each, slot))]

        return await self._db.read(find)

    async def told(self, slots: Collection[Slot]) -> None:
        """Whoever set these up knows by now that they rest."""
        await self._db.write(lambda tx: weekly.note_told(tx, [slot.slot_id for slot in slots]))

    async def slot_and_date(self, date_id: int) -> tuple[Slot, Posting] | None:
        async def find(tx: Transaction) -> tuple[Slot, Posting] | None:
            posting = await weekly.load_date(tx, date_id)
            slot = await weekly.load(tx, posting.slot_id) if posting else None
            return (slot, posting) if slot and posting else None

        return await self._db.read(find)

    async def question(
        self, slot: Slot, posting: Posting, films: Sequence[Film], room: Room
    ) -> Question | None:
        """The question for a date, the same however often it is asked for: one that may stand in `room`, and of those
        one that the channel had longest ago."""
        fitting = _fitting(films, room)

        async def pick(tx: Transaction) -> Question | None:
            noted = await weekly.load_date(tx, posting.date_id)
            key = noted.subject if noted else None
            if key not in fitting:  # none yet, or the room knows less by now
                key = await _next_key(tx, slot, fitting, posting.day or posting.date_id)
                if key:
                    await weekly.note_subject(tx, posting.date_id, key)
            return fitting.get(key or "")

        return await self._db.write(pick)

    async def question_ahead(
        self, slot: Slot, day: date, films: Sequence[Film], room: Room
    ) -> Question | None:
        """What the question for a day to come would be now."""
        fitting = _fitting(films, room)

        async def pick(tx: Transaction) -> Question | None:
            return fitting.get(await _next_key(tx, slot, fitting, day) or "")

        return await self._db.read(pick)


def _fitting(films: Sequence[Film], room: Room) -> dict[str, Question]:
    every = {f"{film.slug}:{each.key}": each for film in films for each in film.questions}
    return {key: each for key, each in every.items() if room.admits(each.text.spoils)}


async def _next_key(tx: Transaction, slot: Slot, keys: Collection[str], day: date | int) -> str | None:
    """The key for a day, or for a date beside the calendar: drawn from those that were not asked yet."""
    asked = await weekly.subjects(tx, slot.channel_id, Kind.QUESTION)
    return _least_recent(sorted(keys), asked, Random(f"{slot.slot_id} {day}"))  # noqa: S311 - no secret


async def _ask_to_tell(tx: Transaction, slots: Sequence[Slot], now: datetime) -> None:
    """One message for each host who set some of these up; a rest is told of once."""
    first = {slot.made_by: slot for slot in reversed(slots)}
    for slot in first.values():
        found = await weekly.load(tx, slot.slot_id)
        turn = found.turn if found else slot.turn
        await jobs.ask_once(tx, TELL, slot.slot_id, generation=turn, club_id=slot.club_id, due_at=now)


def _alike(one: Slot, other: Slot) -> bool:
    same = one.pause is not None and other.pause is not None and one.pause.why is other.pause.why
    return same and one.made_by == other.made_by


def _least_recent(keys: Sequence[str], asked: Sequence[str], chance: Random) -> str | None:
    fresh = [key for key in keys if key not in asked]
    if fresh:
        return chance.choice(fresh)
    return max(keys, key=asked.index, default=None)
