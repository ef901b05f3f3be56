"""The command line: everything an operator or a pack author types."""

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
from dotenv import dotenv_values

from bot import packs
from bot.app import run as run_bot
from bot.clock import Clock
from bot.domain.film import Film
from bot.domain.spoilers import Level
from bot.errors import PackError, SetupError
from bot.i18n import load_texts
from bot.logs import configure
from bot.settings import Settings, read_settings
from bot.storage.opening import open_database
from bot.storage.sqlite.file import hold, told_to_operator

if sys.platform != "win32":
    import uvloop

ROOT = Path(__file__).resolve().parent.parent
DEMO = Path("var/demo")
BOT = (sys.executable, "-m", "bot", "run", "--follow-clock")  # as the rehearsal starts it
WRONG_SETUP = 2


@click.group()
def main() -> None:
    """Tissue Box, a Discord bot for film clubs."""


@main.command()
@click.option(
    "--follow-clock", is_flag=True, hidden=True, help="Take the clock's offset from standard input."
)
def run(follow_clock: bool) -> None:
    """Connect to Discord and serve until stopped. Settings come from the environment or a file .env here."""
    with _told_plainly():
        settings = read_settings({**_dotenv(), **os.environ}, ROOT)
        configure(settings.log_level, settings.log_format, settings.discord_token)
        _run_loop(lambda: _serve(settings, follow_clock=follow_clock))


@main.command("check-pack")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--public", is_flag=True, help="Print every text that anybody may read, for an eye to go over.")
def check_pack(files: tuple[Path, ...], public: bool) -> None:
    """Check film packs; print every fault, or what is in them."""
    faulty = False
    for file in files:
        try:
            film = packs.load(file)
        except PackError as error:
            faulty = True
            click.echo("\n".join(error.faults), err=True)
        else:
            click.echo("\n".join(packs.public_list(film) if public else _count(film)))
    sys.exit(1 if faulty else 0)


@main.command()
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Of the page; a free one otherwise.")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@click.option("--fresh", is_flag=True, help="Forget what the bot kept from the last demo.")
@click.option("--script", is_flag=True, help="Play a short evening and print it, with no page.")
def demo(port: int, no_browser: bool, fresh: bool, script: bool) -> None:
    """See the bot at work against a small Discord on this machine, with no token."""
    if script and (port or no_browser or fresh):
        raise click.UsageError("--script shows no page and keeps nothing; it stands alone")
    with _told_plainly(), _bot_told_plainly():
        if fresh:
            _forget_demo()
        DEMO.mkdir(parents=True, exist_ok=True)
        database = f"sqlite:///{DEMO.resolve()}/bot.db"
        _run_loop(_play_evening if script else lambda: _show_page(database, port, browser=not no_browser))


def _forget_demo() -> None:
    """SetupError while a demo runs: its database is in use."""
    database = DEMO.resolve() / "bot.db"
    with told_to_operator(database):
        hold(database).close()
    shutil.rmtree(DEMO, ignore_errors=True)


async def _show_page(database: str, port: int, *, browser: bool) -> None:
    from bot.rehearsal.page.stand import put_up  # noqa: PLC0415 - as below

    env = {"DATABASE_URL": database, "LOG_LEVEL": "INFO", "LOG_FORMAT": "text"}
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    try:
        async with put_up(BOT, env=env, cwd=ROOT, port=port) as stand:
            click.echo(f"{stand.address}\nThe club is open. Ctrl-C ends it.")
            if browser and _has_screen():
                import webbrowser  # noqa: PLC0415

                await asyncio.to_thread(webbrowser.open, stand.address)
            await stop.wait()
    except OSError as taken:
        raise SetupError(f"--port {port}: {taken.strerror or taken}") from None


def _has_screen() -> bool:
    """Without one `webbrowser` may open a text browser in the terminal."""
    return sys.platform in {"win32", "darwin"} or bool({"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys())


async def _play_evening() -> None:
    # here and not above: a bot that serves shouldn't carry a Discord in its memory
    from bot.rehearsal import BotProcess, Rehearsal  # noqa: PLC0415
    from bot.rehearsal.evening import Evening  # noqa: PLC0415
    from bot.rehearsal.transcript import Transcript  # noqa: PLC0415

    colour = sys.stdout.isatty() or "FORCE_COLOR" in os.environ
    with TemporaryDirectory(prefix="tissuebox-") as home:
        env = {"DATABASE_URL": f"sqlite:///{home}/demo.db", "LOG_LEVEL": "WARNING"}
        async with (
            Rehearsal.start() as discord_,
            BotProcess(discord_, BOT, env=env, cwd=ROOT) as bot,
        ):
            await bot.ready()
            await Evening(discord_, Transcript(colour), click.echo).play()


def _count(film: Film) -> Iterator[str]:
    """A line for each table: how many texts of each level it holds."""
    for table, levels in packs.counts(film).items():
        counted = ", ".join(f"{levels[level]} {level.word}" for level in Level if levels[level])
        yield f"{film.slug} {table}: {counted}"


async def _serve(settings: Settings, *, follow_clock: bool) -> None:
    clock = _AnnouncingClock() if follow_clock else Clock()
    films = packs.load_all(settings.packs_dir)
    texts = load_texts(settings.locales_dir)
    turning = await _follow_stdin(clock) if follow_clock else None
    db = await open_database(settings.database_url, clock.now())
    try:
        await run_bot(settings, db, films, texts, clock)
    finally:
        await db.close()
        if turning:
            turning.cancel()


class _AnnouncingClock(Clock):
    """Says `due <unix>` on standard output, or `due never`, whenever another instant is waited for."""

    _said = ""

    async def wait(self, until: datetime | None, woken: asyncio.Event) -> None:
        due = "never" if until is None else str(ceil(until.timestamp()))
        if due != self._said:
            self._said = due
            click.echo(f"due {due}")
        await super().wait(until, woken)


async def _follow_stdin(clock: Clock) -> asyncio.Task[None]:
    """Moves `clock` by what lines `offset <seconds>` on standard input say, the first of them awaited: a
    rehearsal turns the clock so. Where it ends, the rehearsal is gone, and the bot stops."""
    lines = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    _turn(clock, await lines.readline())

    async def listen() -> None:
        async for line in lines:
            _turn(clock, line)
        signal.raise_signal(signal.SIGTERM)

    return asyncio.create_task(listen(), name="clock")


def _turn(clock: Clock, line: bytes) -> None:
    word, _, seconds = line.decode().partition(" ")
    if word == "offset":
        clock.set_offset(timedelta(seconds=float(seconds)))


def _dotenv() -> dict[str, str]:
    try:
        return {name: value for name, value in dotenv_values(".env").items() if value is not None}
    except (OSError, UnicodeDecodeError) as fault:
        raise SetupError(f".env can't be read; it takes lines NAME=value in UTF-8: {fault}") from fault


@contextmanager
def _told_plainly() -> Iterator[None]:
    """What an operator can mend is said in a line, with no trace, and ends with exit code 2."""
    try:
        yield
    except (SetupError, PackError) as error:
        click.echo(str(error), err=True)
        sys.exit(WRONG_SETUP)


@contextmanager
def _bot_told_plainly() -> Iterator[None]:
    """Of a bot that didn't come up beside the rehearsal, the last line it wrote says why."""
    from bot.rehearsal.process import ProcessError  # noqa: PLC0415 - as above

    try:
        yield
    except ProcessError as error:
        raise SetupError(str(error).strip().splitlines()[-1]) from None


def _run_loop(main: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Runs on uvloop where there is one."""
    if sys.platform == "win32":
        asyncio.run(main())
    else:
        uvloop.run(main())
