"""`/watch`: evenings at which a club watches together, by one film clock."""

import discord
from discord.ext import commands

from bot.domain.jobs import Job
from bot.domain.watch.reminders import Reminder
from bot.house import House, house_of
from bot.services.tissues import RESULT
from bot.services.watches import END, EVENT, FORGET, LAPSE, PANEL, POST, REDRAW, REMIND, TAPE, ZERO
from cogs.watch.attending import Attending
from cogs.watch.board import Board
from cogs.watch.choosing import Chooser
from cogs.watch.closing import Closing
from cogs.watch.events import Events
from cogs.watch.group import WatchCommands
from cogs.watch.hosting import Hosting
from cogs.watch.planning import Planning
from cogs.watch.reminding import Reminding
from cogs.watch.showing import Showing
from cogs.watch.words import Billing


class WatchCog(commands.Cog):
    """The command group, the buttons and the jobs of watch-alongs."""

    def __init__(self, bot: commands.AutoShardedBot, house: House) -> None:
        self._bot = bot
        self._house = house
        billing = Billing(house.films)
        chooser = Chooser(house.watch_reports)
        self._board = Board(house, billing)
        self._events = Events(bot, house, self._board)
        self._closing = Closing(house, billing, self._board)
        self._reminding = Reminding(house, self._board)
        planning = Planning(house, billing, chooser, self._events)
        hosting = Hosting(house, chooser, self._board)
        attending = Attending(house, chooser, self._board)
        showing = Showing(house, chooser, self._closing)
        self._group = WatchCommands(house, billing, chooser, planning, hosting, attending, showing)
        for part in (planning, hosting, attending, showing):
            for name, handler in part.routes():
                house.desk.route(name, handler)
        self._take_jobs()

    def _take_jobs(self) -> None:
        runner = self._house.runner
        runner.handle(POST, self._board.announce)
        runner.handle(REDRAW, self._board.redraw)
        runner.handle(PANEL, self._board.post_panel)
        runner.handle(ZERO, self._board.at_zero)
        runner.handle(EVENT, self._events.keep_in_step)
        runner.handle(REMIND[Reminder.DAY], self._reminding.day_before)
        runner.handle(REMIND[Reminder.SOON], self._reminding.soon)
        runner.handle(LAPSE, self._lapse)
        runner.handle(END, self._closing.end)
        runner.handle(TAPE, self._closing.show_tape)
        runner.handle(FORGET, self._closing.forget)
        runner.also(RESULT, self._house.watch_reports.poll_closed)

    async def cog_load(self) -> None:
        self._bot.tree.add_command(self._group)

    async def cog_unload(self) -> None:
        await self._board.throttle.stop()

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """What a process that died left undrawn."""
        await self._board.refresh()

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """An evening whose channel is gone has nowhere to be."""
        await self._house.watches.leave_channel(channel.id, self._house.clock.now())

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, thread: discord.RawThreadDeleteEvent) -> None:
        await self._house.watches.leave_channel(thread.thread_id, self._house.clock.now())

    async def _lapse(self, job: Job) -> None:
        """Nobody came to go on, or to finish."""
        await self._house.watches.lapse(job.subject, job.club_id, self._house.clock.now())


async def setup(bot: commands.AutoShardedBot) -> None:
    await bot.add_cog(WatchCog(bot, house_of(bot)))
