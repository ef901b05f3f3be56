"""Any error becomes a sentence for the member and a line in the log, and never another error."""

import logging
from typing import Any
from unittest.mock import Mock, create_autospec

import aiohttp
import discord
import pytest
from discord import app_commands

from bot.errors import NotAllowedError, UserError
from bot.i18n import load_texts
from bot.ui.report import ALREADY_ANSWERED, LONGEST_SAID, UNKNOWN_INTERACTION, Reporter
from tests.domain.films import ROOT

pytestmark = pytest.mark.asyncio

REPORTER = Reporter(load_texts(ROOT / "data/locales"))


def refused(status: int, code: int = 0) -> Any:
    response = create_autospec(aiohttp.ClientResponse, instance=True)
    response.status, response.reason = status, "No"
    kind = {403: discord.Forbidden, 404: discord.NotFound}.get(status, discord.HTTPException)
    return kind(response, {"code": code, "message": "refused"})


def interaction(*, answered: bool = False) -> Mock:
    press: Mock = create_autospec(discord.Interaction, instance=True)
    press.locale, press.extras = discord.Locale.american_english, {}
    press.response = create_autospec(discord.InteractionResponse, instance=True)
    press.response.is_done.return_value = answered
    press.followup = create_autospec(discord.Webhook, instance=True)
    return press


async def said(error: BaseException) -> str:
    """What the member reads; it must be for them alone."""
    press = interaction()
    await REPORTER.report(press, error)
    press.response.send_message.assert_awaited_once()
    call = press.response.send_message.await_args
    assert call.kwargs["ephemeral"] is True
    return str(call.args[0])


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (UserError("club.zone_unknown", zone="Asia/Gotham"), "Asia/Gotham"),
        (NotAllowedError("club.not_admin"), "Manage Server"),
        (refused(403), "Discord does not let me"),
        (app_commands.CheckFailure("no"), "You may not do that here"),
    ],
)
async def test_what_a_member_can_mend_is_told_without_a_trace(
    error: Exception, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        assert words in await said(error)
    assert not [record for record in caplog.records if record.levelno > logging.INFO]


async def test_an_error_is_found_inside_the_librarys_wrapping() -> None:
    command = create_autospec(app_commands.Command, instance=True)
    command.name = "quiz"
    wrapped = app_commands.CommandInvokeError(command, UserError("quiz.running"))
    wrapped.__cause__ = wrapped.original
    assert "A quiz is running" in await said(wrapped)


async def test_an_option_that_names_nobody_is_said_in_words() -> None:
    transformer = create_autospec(app_commands.Transformer, instance=True)
    unknown = app_commands.TransformerError("who left", discord.AppCommandOptionType.user, transformer)
    words = await said(unknown)
    assert "“who left”" in words
    assert "went wrong" not in words


async def test_the_unexpected_gets_a_mark_that_member_and_log_share(
    caplog: pytest.LogCaptureFixture,
) -> None:
    words = await said(ZeroDivisionError("somewhere deep"))
    (record,) = caplog.records
    mark = record.getMessage().split()[-1]
    assert mark in words
    assert "somewhere deep" not in words
    assert record.levelno == logging.ERROR
    assert "somewhere deep" in caplog.text


@pytest.mark.parametrize("code", [UNKNOWN_INTERACTION, ALREADY_ANSWERED])
async def test_who_can_no_longer_be_answered_is_not_tried(code: int) -> None:
    press = interaction()
    await REPORTER.report(press, refused(404, code))
    press.response.send_message.assert_not_awaited()


async def test_after_an_answer_the_error_follows() -> None:
    press = interaction(answered=True)
    await REPORTER.report(press, UserError("quiz.running"))
    press.followup.send.assert_awaited_once()
    assert press.followup.send.await_args.kwargs["ephemeral"] is True
    press.response.send_message.assert_not_awaited()


@pytest.mark.parametrize("trouble", [refused(500), aiohttp.ClientConnectionError("gone"), TimeoutError()])
async def test_a_report_that_can_not_be_sent_is_logged_and_raises_nothing(
    trouble: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    press = interaction()
    press.response.send_message.side_effect = trouble
    await REPORTER.report(press, UserError("quiz.running"))
    assert "could not tell a member" in caplog.text


async def test_what_was_typed_is_echoed_short_and_what_may_be_chosen_whole() -> None:
    known = ", ".join(f"version{number}" for number in range(30))
    words = await said(UserError("error.unknown_version", version="x" * 6000, known=known))
    assert "x" * 39 + "…" in words
    assert known in words


async def test_no_sentence_is_longer_than_a_message() -> None:
    words = await said(UserError("error.unknown_version", version="x", known="y" * 6000))
    assert len(words) == LONGEST_SAID
