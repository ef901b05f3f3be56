"""Reminders of a planned evening: one in the channel, one for each member who asked."""

from hashlib import blake2s

from bot.domain.jobs import Job
from bot.domain.watch.reminders import Reminder
from bot.domain.watch.watch import State, Watch
from bot.house import House
from cogs.watch import announcing
from cogs.watch.board import Board


class Reminding:
    """The two jobs before an evening."""

    def __init__(self, house: House, board: Board) -> None:
        self._reports = house.watch_reports
        self._presence = house.watch_presence
        self._channels = house.channels
        self._clock = house.clock
        self._board = board

    async def day_before(self, job: Job) -> None:
        await self._remind(job, Reminder.DAY)

    async def soon(self, job: Job) -> None:
        await self._remind(job, Reminder.SOON)

    async def _remind(self, job: Job, reminder: Reminder) -> None:
        watch = await self._reports.watch(job.subject)
        if watch is None or watch.state is not State.PLANNED or watch.plan != job.generation:
            return
        if not reminder.worth_sending(watch.planned_for, self._clock.now()):
            return
        t = await self._board.speaker(watch)
        card = announcing.reminder_card(watch, reminder, t)
        mark = announcing.REMINDER_MARK.format(watch.watch_id, reminder, watch.plan)
        await self._channels.send_once(watch.channel_id, card, job, mark, pinged_role=watch.role_id)
        for member_id in await self._presence.to_remind(watch, reminder):
            await self._write_to(watch, reminder, member_id, job)

    async def _write_to(self, watch: Watch, reminder: Reminder, member_id: int, job: Job) -> None:
        """Noted even where the member has closed their messages since: they were told when they asked."""
        card = announcing.private_reminder(watch, await self._board.speaker(watch))
        await self._channels.send_privately(member_id, card, _nonce(job, member_id))
        await self._presence.reminded(watch, reminder, member_id)


def _nonce(job: Job, member_id: int) -> str:
    """What Discord drops a repeat by, one for each member: it holds for all of the bot's messages."""
    return blake2s(f"{job.nonce}:{member_id}".encode(), digest_size=12).hexdigest()
