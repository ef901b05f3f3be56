"""The bot as a process: builds the services, loads the cogs, syncs the commands, and closes in order."""

import asyncio
import logging
import signal
from collections.abc import Sequence
from urllib.parse import urlsplit

import aiohttp
import discord
from discord import app_commands
from discord.asset import Asset
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from bot.clock import Clock
from bot.domain.film import Film
from bot.errors import SetupError
from bot.heap import keep_servers
from bot.house import House
from bot.i18n import CommandTexts, Texts
from bot.runner import Runner
from bot.services.clubs import Clubs
from bot.services.facts import Facts
from bot.services.gates import Gates
from bot.services.hiding import HiddenMessages
from bot.services.jobs import Jobs
from bot.services.memory import Memory
from bot.services.quizzes import Quizzes
from bot.services.seen import Seen
from bot.services.threads import Threads
from bot.services.tissue_results import TissueResults
from bot.services.tissues import Tissues
from bot.services.watch_presence import Presence
from bot.services.watch_reports import WatchReports
from bot.services.watches import Watches
from bot.services.weekly import Weekly
from bot.settings import DEFAULT_API_BASE, Settings
from bot.storage.engine import Database
from bot.ui.channels import Channels
from bot.ui.command_sync import sync_commands
from bot.ui.desk import Desk
from bot.ui.forms import take_submission
from bot.ui.pace import Pace, paced
from bot.ui.persistent import Persistent
from bot.ui.pictures import Pictures
from bot.ui.report import Reporter

log = logging.getLogger(__name__)

ASKED = ("CommandTree-invoker", "discord-ui-dynamic-item", "discord.py: on_interaction")
PATIENCE = 3.0  # seconds: after that Discord takes no first answer anyway

COGS = ("cogs.facts", "cogs.tissues", "cogs.watch", "cogs.spoilers", "cogs.weekly", "cogs.club")


class Tree(app_commands.CommandTree["TissueBox"]):
    """The commands; an error in one goes where all errors go."""

    async def on_error(
        self, interaction: discord.Interaction["TissueBox"], error: app_commands.AppCommandError, /
    ) -> None:
        if interaction.type is not discord.InteractionType.autocomplete:
            await self.client.reporter.report(interaction, error)


class TissueBox(commands.AutoShardedBot):
    """One connected bot: no privileged intent, no cache of members or messages, no mentions unless asked for."""

    def __init__(self, db: Database, films: Sequence[Film], texts: Texts, clock: Clock) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=Tree,
            intents=discord.Intents(guilds=True),
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            allowed_mentions=discord.AllowedMentions.none(),
            http_trace=paced(Pace()),
        )
        self.reporter = Reporter(texts)
        self._memory = Memory(db)
        self.house = self._furnish(db, films, texts, clock)

    def _furnish(self, db: Database, films: Sequence[Film], texts: Texts, clock: Clock) -> House:
        runner = Runner(Jobs(db), clock)
        clubs = Clubs(db, texts.languages, films, runner.wake)
        return House(
            clock=clock,
            texts=texts,
            films=films,
            runner=runner,
            desk=Desk(texts, clubs.place, clock, self.reporter),
            channels=Channels(self, texts),
            pictures=Pictures(),
            clubs=clubs,
            facts=Facts(db),
            quizzes=Quizzes(db, runner.wake),
            tissues=Tissues(db, runner.wake),
            tissue_results=TissueResults(db),
            watches=Watches(db, runner.wake),
            watch_presence=Presence(db, runner.wake),
            watch_reports=WatchReports(db, runner.wake),
            weekly=Weekly.over(db, films, runner.wake),
            seen=Seen(db, runner.wake),
            threads=Threads(db, runner.wake),
            gates=Gates(db, runner.wake),
            hidden=HiddenMessages(db, runner.wake),
        )

    @property
    def desk(self) -> Desk:
        return self.house.desk

    async def setup_hook(self) -> None:
        """Everything between logging in and connecting."""
        if Route.BASE != DEFAULT_API_BASE:  # discord.py falls back to its own address when a session is lost
            _, gateway, _ = await self.http.get_bot_gateway()
            DiscordWebSocket.DEFAULT_GATEWAY = URL(gateway)
        for cog in COGS:
            await self.load_extension(cog)
        self.add_dynamic_items(Persistent)
        await sync_commands(self.tree, CommandTexts(self.house.texts), self._memory)

    async def on_ready(self) -> None:
        """What fell due is done once the servers are known: their languages and the bot's rights in them. This comes
        again after every new session."""
        keep_servers()
        self.house.runner.start()

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Commands and presses find their own way; what was filled into a form is taken here."""
        await take_submission(interaction, self.desk)

    async def close(self) -> None:
        """Stops taking work, finishes what is in hand, then disconnects."""
        if not self.is_closed():
            await self.house.runner.stop()
            await _answer_what_is_asked()
        await super().close()


async def _answer_what_is_asked() -> None:
    """Waits, PATIENCE at most, for the commands and presses that discord.py has started; it names their tasks but
    keeps no list of them."""
    asked = {task for task in asyncio.all_tasks() if task.get_name().startswith(ASKED)}
    if asked:
        await asyncio.wait(asked, timeout=PATIENCE)


async def run(settings: Settings, db: Database, films: Sequence[Film], texts: Texts, clock: Clock) -> None:
    """Runs until SIGTERM or SIGINT; raises SetupError for a token that Discord refuses."""
    _point_at(settings.discord_api_base)
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = (
        False  # a bot that never speaks needs neither
    )
    bot = TissueBox(db, films, texts, clock)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with bot:
        running = asyncio.create_task(bot.start(settings.discord_token))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        log.info("stopping")
    try:
        await running
    except discord.LoginFailure:
        raise SetupError("DISCORD_TOKEN: Discord refuses it; it takes the bot's token") from None
    except (aiohttp.ClientError, discord.HTTPException, discord.GatewayNotFound) as unreachable:
        raise SetupError(f"Discord can't be reached at {settings.discord_api_base}: {unreachable}") from None


def _point_at(base: str) -> None:
    """Sends REST calls to another server. The gateway's address is what that server answers; discord.py has no
    setting for either (discord.py 2.7.1: `Route.BASE` and `Asset.BASE` are class attributes)."""
    if base == DEFAULT_API_BASE:
        return
    log.info("REST goes to %s", base)
    Route.BASE = base
    parts = urlsplit(base)
    Asset.BASE = f"{parts.scheme}://{parts.netloc}"
