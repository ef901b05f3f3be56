"""Where an evening is shown: its announcement and its panel, posted once and redrawn from the state at that moment."""

from datetime import timedelta

import discord

from bot.domain.jobs import Job
from bot.domain.watch.attendees import Crowd
from bot.domain.watch.watch import RUNNING, State, Watch
from bot.house import House
from bot.i18n import Speaker
from bot.ui.cards import Card
from bot.ui.channels import Change
from bot.ui.throttle import Throttle
from cogs.watch import announcing
from cogs.watch import panel as panels
from cogs.watch.words import Billing

PAUSE = 5.0  # seconds between two edits of a panel
OLD_PAUSE = 15.0  # after its first hour
OLD = timedelta(hours=1)


class Board:
    """Knows where evenings stand and keeps what stands there true."""

    def __init__(self, house: House, billing: Billing) -> None:
        self._reports = house.watch_reports
        self._clubs = house.clubs
        self._channels = house.channels
        self._clock = house.clock
        self._billing = billing
        self.throttle = Throttle(self._draw)

    async def refresh(self) -> None:
        """Redraws what is running: a process that died may have left it behind."""
        for watch_id in await self._reports.running():
            self.throttle.ask(watch_id)

    async def announce(self, job: Job) -> None:
        """A new evening's announcement."""
        found = await self._reports.with_crowd(job.subject)
        if found is None or found[0].message_id or found[0].over:
            return
        watch, crowd = found
        card = await self._announcement(watch, crowd)
        mark = announcing.MARK.format(watch.watch_id)
        if sent := await self._channels.send_in_time(watch.channel_id, card, job, mark):
            await self._reports.note(watch.watch_id, "message_id", sent.message_id)
            again = await self._reports.watch(watch.watch_id)
            if again and (again.turn != watch.turn or not sent.anew):
                await self.redraw_announcement(again)

    async def redraw(self, job: Job) -> None:
        """The plan was changed, or the evening began."""
        watch = await self._reports.watch(job.subject)
        if watch:
            await self.redraw_announcement(watch)

    async def redraw_announcement(self, watch: Watch) -> None:
        found = await self._reports.with_crowd(watch.watch_id)
        if found is None or found[0].message_id is None:
            return
        await self._change(found[0], "message_id", found[0].message_id, await self._announcement(*found))

    async def _change(self, watch: Watch, column: str, message_id: int, card: Card) -> None:
        if await self._channels.change(watch.channel_id, message_id, card) is Change.MESSAGE_GONE:
            await self._reports.message_lost(watch, column, message_id, self._clock.now())

    async def _announcement(self, watch: Watch, crowd: Crowd) -> Card:
        club = await self._clubs.settings(watch.club_id)
        ceiling = club.ceiling_at(await self._channels.with_parent(watch.channel_id))
        return announcing.announcement(watch, crowd, self._billing, ceiling, await self.speaker(watch))

    async def post_panel(self, job: Job) -> None:
        """The lobby opened: the one message of the whole evening, pinned where that is allowed."""
        found = await self._reports.with_crowd(job.subject)
        if found is None or found[0].panel_id or found[0].state not in RUNNING:
            return
        watch, crowd = found
        card = panels.panel(watch, crowd, self._clock.now(), await self.speaker(watch))
        mark = panels.MARK.format(watch.watch_id)
        if sent := await self._channels.send_in_time(watch.channel_id, card, job, mark):
            await self._reports.note(watch.watch_id, "panel_id", sent.message_id)
            self.throttle.ask(watch.watch_id)
            if self._channels.may(watch.channel_id, pin_messages=True):
                await self._channels.pin(watch.channel_id, sent.message_id)

    async def at_zero(self, job: Job) -> None:
        """A countdown has ended: the panel says so in its one edit."""
        self.throttle.ask(job.subject)

    async def close_panel(self, watch: Watch) -> None:
        """The last edit, in its turn like any other."""
        if watch.panel_id is None:
            return
        await self.throttle.in_turn(watch.watch_id)
        if self._channels.may(watch.channel_id, pin_messages=True):
            await self._channels.pin(watch.channel_id, watch.panel_id, pinned=False)

    async def speaker(self, watch: Watch) -> Speaker:
        return self._channels.speaker(watch.channel_id, await self._clubs.settings(watch.club_id))

    async def _draw(self, watch_id: int) -> float:
        """Redraws what shows the evening now; how long to leave it alone then."""
        found = await self._reports.with_crowd(watch_id)
        if found is None:
            return 0.0
        watch, crowd = found
        if watch.state is State.PLANNED:
            await self.redraw_announcement(watch)
            return PAUSE
        if watch.panel_id is None:
            return 0.0
        now = self._clock.now()
        card = panels.panel(watch.lapse(now) or watch, crowd, now, await self.speaker(watch))
        await self._change(watch, "panel_id", watch.panel_id, card)
        return pause_at(now - discord.utils.snowflake_time(watch.panel_id))


def pause_at(age: timedelta) -> float:
    """How long to leave a panel of that age alone between two edits, in seconds."""
    return OLD_PAUSE if age > OLD else PAUSE
