"""`/miracle` and its kin: what a film pack knows, told no further than the place allows."""

from discord.ext import commands

from bot.errors import UserError
from bot.house import House, house_of
from bot.services.quizzes import TIME_UP
from bot.ui.desk import Press
from cogs.facts.group import FilmCommands
from cogs.facts.places import Places
from cogs.facts.quiz import QuizTable


class FactsCog(commands.Cog):
    """One command group for each film, the buttons they share, and the quiz."""

    def __init__(self, bot: commands.AutoShardedBot, house: House) -> None:
        self._bot = bot
        quizzes = QuizTable(house.quizzes, house.clubs, house.channels, house.clock)
        self._groups = {
            film.slug: FilmCommands(Places(film), house.desk, house.facts, quizzes) for film in house.films
        }
        house.desk.route("facts", self._opened)
        house.desk.route("another", self._another)
        house.desk.route("quiz", quizzes.answered)
        house.runner.handle(TIME_UP, quizzes.time_up)

    async def cog_load(self) -> None:
        for group in self._groups.values():
            self._bot.tree.add_command(group)

    async def _opened(self, press: Press) -> None:
        await self._group(press).opened(press)

    async def _another(self, press: Press) -> None:
        await self._group(press).another(press)

    def _group(self, press: Press) -> FilmCommands:
        """The film that an address names first; its pack may have gone since the button was sent."""
        group = self._groups.get(press.args[0]) if press.args else None
        if group is None:
            raise UserError("error.old_button")
        return group


async def setup(bot: commands.AutoShardedBot) -> None:
    await bot.add_cog(FactsCog(bot, house_of(bot)))
