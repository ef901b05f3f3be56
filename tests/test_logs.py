"""Log lines for people and machines, never with the token in them."""

import json
import logging
from collections.abc import Iterator

import pytest

from bot.logs import HIDDEN, configure
from bot.settings import read_settings
from tests.test_settings import ROOT, TOKEN

log = logging.getLogger("test")


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers = handlers
    root.setLevel(level)


def fail_with(text: str) -> None:
    raise RuntimeError(text)


def speak() -> None:
    """Says the token in every way that a log line has."""
    log.info("logging in with %s", TOKEN)
    log.info(TOKEN)
    log.info("%r", {"Authorization": f"Bot {TOKEN}"})
    try:
        fail_with(f"Bot {TOKEN} is refused")
    except RuntimeError:
        log.exception("no luck")


@pytest.mark.parametrize("style", ["text", "json"])
def test_the_token_is_struck_from_every_line_and_trace(
    style: str, capsys: pytest.CaptureFixture[str]
) -> None:
    configure("DEBUG", style, TOKEN)
    speak()
    said = capsys.readouterr().err
    assert TOKEN not in said
    assert said.count(HIDDEN) >= 4
    assert "Traceback" in said


@pytest.mark.parametrize("what", ["webhooks", "interactions"])
def test_the_tokens_in_addresses_are_struck_too(what: str, capsys: pytest.CaptureFixture[str]) -> None:
    configure("INFO", "text", TOKEN)
    log.warning("rate limited: POST https://example.org/api/v10/%s/123/aW-5_x.Q/callback", what)
    assert f"/{what}/123/{HIDDEN}/callback" in capsys.readouterr().err


@pytest.mark.parametrize("style", ["text", "json"])
def test_the_settings_themselves_may_be_logged(style: str, capsys: pytest.CaptureFixture[str]) -> None:
    configure("DEBUG", style, "some other token")
    log.info("%s %r", *[read_settings({"DISCORD_TOKEN": TOKEN}, ROOT)] * 2)
    said = capsys.readouterr().err
    assert "tissuebox.db" in said
    assert TOKEN not in said


def test_each_json_line_can_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    configure("DEBUG", "json", TOKEN)
    log.warning('a "quoted" line\nof 서울, %s', "\udcff")
    speak()
    entries = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [entry["level"] for entry in entries] == ["WARNING", "INFO", "INFO", "INFO", "ERROR"]
    assert all(entry["logger"] == "test" and entry["at"].endswith("+00:00") for entry in entries)
    assert entries[0]["message"] == 'a "quoted" line\nof 서울, \\udcff'
    assert "RuntimeError" in entries[-1]["trace"]


@pytest.mark.parametrize(("level", "lines"), [("DEBUG", 4), ("INFO", 3), ("WARNING", 2), ("ERROR", 1)])
def test_a_level_silences_what_is_below_it(
    level: str, lines: int, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(level, "text", TOKEN)
    log.debug("a")
    log.info("b")
    log.warning("c")
    log.error("d")
    assert len(capsys.readouterr().err.splitlines()) == lines


def test_what_members_type_is_not_dumped_by_the_library(capsys: pytest.CaptureFixture[str]) -> None:
    configure("DEBUG", "text", TOKEN)
    logging.getLogger("discord.gateway").debug("For Shard ID None: WebSocket Event: a payload")
    assert capsys.readouterr().err == ""
