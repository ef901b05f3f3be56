"""`/tissues`: how many tissues a film took, asked of the whole server."""

import discord
from discord.ext import commands

from bot.house import House, house_of
from bot.services.tissues import CLOSE, POST, REOPENED, RESULT
from cogs.tissues.group import TissueCommands
from cogs.tissues.hosting import Hosting
from cogs.tissues.posting import Posting
from cogs.tissues.showing import Showing
from cogs.tissues.voting import Voting
from cogs.tissues.words import Names


class TissuesCog(commands.Cog):
    """The command group, the buttons and the jobs of tissue polls."""

    def __init__(self, bot: commands.AutoShardedBot, house: House) -> None:
        self._bot = bot
        self._tissues = house.tissues
        self._clock = house.clock
        names = Names(house.films)
        self._posting = Posting(house, names)
        voting = Voting(house, names, self._posting)
        hosting = Hosting(house, names, self._posting)
        showing = Showing(house, names, self._posting)
        self._group = TissueCommands(house, names, voting, hosting, showing)
        for name, handler in (*voting.routes(), *hosting.routes(), *showing.routes()):
            house.desk.route(name, handler)
        house.runner.handle(POST, self._posting.post)
        house.runner.handle(CLOSE, self._posting.close_in_time)
        house.runner.handle(RESULT, self._posting.show_result)
        house.runner.handle(REOPENED, self._posting.show_reopened)

    async def cog_load(self) -> None:
        self._bot.tree.add_command(self._group)

    async def cog_unload(self) -> None:
        await self._posting.throttle.stop()

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """A count that changed after its message's last edit before a crash; a result nobody could be shown."""
        await self._posting.refresh_stale()
        await self._tissues.show_missing(self._clock.now())

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Discord may call it so when the bot was invited back; at the start all servers come like this."""
        if self._bot.is_ready():
            await self._tissues.show_missing(self._clock.now(), guild.id)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Invited back: polls may have closed meanwhile."""
        await self._tissues.show_missing(self._clock.now(), guild.id)


async def setup(bot: commands.AutoShardedBot) -> None:
    await bot.add_cog(TissuesCog(bot, house_of(bot)))
