"""`/spoilers` and "Hide as spoiler": talk freely where everybody has seen it, leak nowhere else."""

from discord.ext import commands

from bot.house import House, house_of
from bot.services.hiding import SETTLE
from bot.services.seen import REMIND
from bot.services.threads import FIRST_QUESTION, GATE, KEEP, MAKE, PART
from bot.ui.threads import ThreadRooms
from bot.ui.webhooks import Webhooks
from cogs.spoilers.copies import Copies
from cogs.spoilers.gate import Gate
from cogs.spoilers.group import SpoilerCommands, hide_menu
from cogs.spoilers.hiding import Hiding
from cogs.spoilers.keeping import Keeping
from cogs.spoilers.lists import Lists
from cogs.spoilers.opening import Openings
from cogs.spoilers.titles import Titles


class SpoilersCog(commands.Cog):
    """The command group, the message menu, the buttons and the jobs of spoiler threads."""

    def __init__(self, bot: commands.AutoShardedBot, house: House) -> None:
        self._bot = bot
        titles, rooms = Titles(house.films), ThreadRooms(bot)
        copies = Copies(house, Webhooks(bot), bot)
        keeping = Keeping(house, rooms)
        openings = Openings(house, rooms, titles, keeping)
        self._gate = Gate(house, rooms, titles)
        lists = Lists(house, rooms, titles, self._gate.line)
        hiding = Hiding(house, titles, copies)
        self._group = SpoilerCommands(house, titles, openings, keeping, lists, hiding)
        self._menu = hide_menu(house.desk, hiding)
        for part in (openings, self._gate, lists, hiding):
            for name, handler in part.routes():
                house.desk.route(name, handler)
        jobs = {
            MAKE: openings.make,
            GATE: openings.post_door,
            FIRST_QUESTION: openings.ask_first,
            KEEP: keeping.keep,
            PART: keeping.part,
            REMIND: self._gate.remind,
            SETTLE: copies.settle,
        }
        for kind, run in jobs.items():
            house.runner.handle(kind, run)

    async def cog_load(self) -> None:
        self._bot.tree.add_command(self._group)
        self._bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        await self._gate.stop()

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Whoever waited at a door when a process died."""
        await self._gate.resume()


async def setup(bot: commands.AutoShardedBot) -> None:
    await bot.add_cog(SpoilersCog(bot, house_of(bot)))
