"""`/weekly`: the club's week, and the vote that chooses the next film."""

import discord
from discord.ext import commands

from bot.house import House, house_of
from bot.services.weekly_dates import NOTHING, TELL
from bot.services.weekly_settling import LOOK, POST, RESULT
from bot.services.weekly_votes import AGAIN, CLOSE
from bot.ui.desk import Press
from cogs.weekly.cards import level_card
from cogs.weekly.choosing import Choosing
from cogs.weekly.contents import Contents
from cogs.weekly.group import WeeklyCommands
from cogs.weekly.hosting import Hosting
from cogs.weekly.native import NativePolls
from cogs.weekly.posting import Posts
from cogs.weekly.previewing import Previewing
from cogs.weekly.suggesting import Suggesting
from cogs.weekly.telling import Telling
from cogs.weekly.voting import Voting


class WeeklyCog(commands.Cog):
    """The command group, the buttons and the jobs of the week."""

    def __init__(self, bot: commands.AutoShardedBot, house: House) -> None:
        self._bot = bot
        self._clock = house.clock
        self._dates = house.weekly.dates
        native = NativePolls(bot, house.channels)
        choosing, suggesting, contents = Choosing(house), Suggesting(house), Contents(house)
        self._voting = Voting(house, native)
        posts = Posts(bot, house, native, self._voting.redraw_result)
        telling, hosting = Telling(bot, house), Hosting(house, choosing, posts, contents)
        self._group = WeeklyCommands(house, choosing, hosting, Previewing(choosing, contents), suggesting)
        house.desk.route("weekly-level", _say_level)
        for name, handler in (*hosting.routes(), *self._voting.routes(), *suggesting.routes()):
            house.desk.route(name, handler)
        for kind, job in (
            (LOOK, posts.look),
            (POST, posts.post),
            (TELL, telling.of_rest),
            (NOTHING, telling.of_nothing),
            (CLOSE, self._voting.close_in_time),
            (AGAIN, self._voting.post_again),
            (RESULT, self._voting.show_result),
        ):
            house.runner.handle(kind, job)

    async def cog_load(self) -> None:
        self._bot.tree.add_command(self._group)

    async def cog_unload(self) -> None:
        await self._voting.throttle.stop()

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """What changed while nobody was looking."""
        await self._dates.returned([guild.id for guild in self._bot.guilds], self._clock.now())
        await self._voting.refresh_stale()

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        await self._dates.returned([guild.id], self._clock.now())

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Discord may call it so when the bot was invited back; at the start all servers come like this."""
        if self._bot.is_ready():
            await self._dates.returned([guild.id], self._clock.now())

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        await self._dates.rest_club(guild.id, self._clock.now())

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        await self._dates.rest_channel(channel.id, self._clock.now())

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, thread: discord.RawThreadDeleteEvent) -> None:
        await self._dates.rest_channel(thread.thread_id, self._clock.now())


async def _say_level(press: Press) -> None:
    await press.asker.whisper(level_card(press.asker.room, press.asker.t))


async def setup(bot: commands.AutoShardedBot) -> None:
    await bot.add_cog(WeeklyCog(bot, house_of(bot)))
