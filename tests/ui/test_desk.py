"""A press finds its way: to its handler with its arguments, in the right place and language, or to a sentence."""

from collections.abc import AsyncIterator
from pathlib import Path
from unittest.mock import Mock, create_autospec

import discord
import pytest
import pytest_asyncio

from bot.clock import Clock
from bot.domain.spoilers import Level
from bot.errors import UserError
from bot.i18n import Catalogue, Texts, load_texts
from bot.services.clubs import Change, Clubs
from bot.storage.engine import Database
from bot.storage.opening import open_database
from bot.ui.cards import button
from bot.ui.desk import Desk, Press
from bot.ui.report import Reporter
from tests.domain.films import ROOT

pytestmark = pytest.mark.asyncio

TEXTS = load_texts(ROOT / "data/locales")
CLUB, CHANNEL, THREAD = 7, 70, 71


@pytest_asyncio.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await open_database(f"sqlite:///{tmp_path}/bot.db", Clock().now())
    yield opened
    await opened.close()


@pytest.fixture
def clubs(db: Database) -> Clubs:
    return Clubs(db, TEXTS.languages)


@pytest.fixture
def desk(clubs: Clubs) -> Desk:
    return Desk(TEXTS, clubs.place, Clock(), Reporter(TEXTS))


def interaction(*, guild: int | None = CLUB, channel: int = CHANNEL, values: tuple[str, ...] = ()) -> Mock:
    press: Mock = create_autospec(discord.Interaction, instance=True)
    press.guild_id, press.channel_id = guild, channel
    press.channel = create_autospec(discord.TextChannel, instance=True)
    press.locale, press.guild_locale = discord.Locale.american_english, discord.Locale.turkish
    press.response = create_autospec(discord.InteractionResponse, instance=True)
    press.response.is_done.return_value = False
    press.extras = {}
    press.data = {"values": list(values)}
    return press


def answered(press: Mock) -> str:
    return str(press.response.send_message.await_args.args[0])


class Noted:
    """A handler that notes its presses."""

    def __init__(self) -> None:
        self.presses: list[Press] = []

    async def __call__(self, press: Press) -> None:
        self.presses.append(press)


async def test_a_press_comes_with_the_arguments_of_its_address_and_the_values_chosen(desk: Desk) -> None:
    noted = Noted()
    desk.route("facts", noted)
    press = interaction(values=("tr2019",))
    press.client.desk = desk
    await button("Open", "facts:miracle:version").callback(press)
    (seen,) = noted.presses
    assert (seen.args, seen.values) == (("miracle", "version"), ("tr2019",))


async def test_a_thread_keeps_to_its_parents_ceiling(desk: Desk, clubs: Clubs) -> None:
    await clubs.change(CLUB, Change(channel_ceilings={CHANNEL: Level.NONE}), Clock().now())
    press = interaction(channel=THREAD)
    press.channel = create_autospec(discord.Thread, instance=True)
    press.channel.parent_id = CHANNEL
    assert (await desk.asker(press)).room.ceiling is Level.NONE
    assert (await desk.asker(interaction(channel=THREAD))).room.ceiling is Level.PREMISE


async def test_everybody_is_told_in_the_clubs_language_and_one_in_their_own(desk: Desk, clubs: Clubs) -> None:
    await clubs.change(CLUB, Change(language="en"), Clock().now())
    press = interaction()
    press.locale = discord.Locale.korean
    asker = await desk.asker(press)
    spoken = TEXTS.speaker("ko").language
    assert (asker.public.language, asker.t.language) == ("en", spoken)


async def test_outside_a_server_it_says_where_it_works(desk: Desk) -> None:
    desk.route("facts", Noted())
    press = interaction(guild=None)
    await desk.pressed(press, "facts", (), ())
    assert "only inside a server" in answered(press)


async def test_a_press_that_nobody_handles_any_more_is_answered(desk: Desk) -> None:
    press = interaction()
    await desk.pressed(press, "long-gone", (), ())
    assert "older than what it was about" in answered(press)


async def test_a_handler_that_fails_is_reported_to_who_pressed(desk: Desk) -> None:
    async def failing(_press: Press) -> None:
        raise ZeroDivisionError

    desk.route("facts", failing)
    press = interaction()
    await desk.pressed(press, "facts", (), ())
    assert "Something went wrong on my side" in answered(press)


async def test_a_route_has_one_handler(desk: Desk) -> None:
    desk.route("facts", Noted())
    with pytest.raises(ValueError, match="facts"):
        desk.route("facts", Noted())


@pytest.mark.parametrize("args", [(), ("x",), ("1", "2"), ("9" * 30,)])
async def test_an_address_that_is_not_ours_is_an_old_button(desk: Desk, args: tuple[str, ...]) -> None:
    async def numbered(press: Press) -> None:
        press.numbers(1)

    async def picked(press: Press) -> None:
        press.chosen()

    desk.route("numbered", numbered)
    desk.route("picked", picked)
    for route, values in (("numbered", ()), ("picked", args[:1] if len(args) == 1 else ())):
        press = interaction()
        await desk.pressed(press, route, args, values)
        assert "older than what it was about" in answered(press)


async def test_an_address_that_lacks_a_word_is_an_old_button(desk: Desk) -> None:
    async def worded(press: Press) -> None:
        press.word()

    desk.route("worded", worded)
    press = interaction()
    await desk.pressed(press, "worded", (), ())
    assert "older than what it was about" in answered(press)


async def test_a_fault_of_a_handler_is_not_taken_for_an_old_button(desk: Desk) -> None:
    async def faulty(_press: Press) -> None:
        int("x")

    desk.route("faulty", faulty)
    press = interaction()
    await desk.pressed(press, "faulty", ("1",), ())
    assert "Something went wrong on my side" in answered(press)


async def test_errors_speak_the_language_of_answers(db: Database) -> None:
    def said(language: str, text: str) -> Catalogue:
        return Catalogue(language, {"quiz.running": (text,)}, lambda _n: 0)

    texts = Texts({"en": said("en", "running"), "fil": said("fil", "tumatakbo")})
    club = Clubs(db, texts.languages)
    await club.change(CLUB, Change(language="fil"), Clock().now())
    desk = Desk(texts, club.place, Clock(), Reporter(texts))

    async def refusing(_press: Press) -> None:
        raise UserError("quiz.running")

    desk.route("refusing", refusing)
    press = interaction()
    await desk.pressed(press, "refusing", (), ())
    assert answered(press) == "tumatakbo"
