"""The operator's settings: defaults, one line for each mistake, and a token that nobody ever reads."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SetupError
from bot.settings import Settings, read_settings

ROOT = Path(__file__).resolve().parents[1]
TOKEN = "MTA5.G4hX-q_z.secret-part"  # made up, in the shape of a token


def read(**environment: str) -> Settings:
    return read_settings({"DISCORD_TOKEN": TOKEN, **environment}, ROOT)


def faults(environment: dict[str, str]) -> list[str]:
    with pytest.raises(SetupError) as refusal:
        read_settings(environment, ROOT)
    return str(refusal.value).splitlines()


def test_a_token_is_all_it_takes() -> None:
    assert read() == Settings(
        discord_token=TOKEN,
        database_url="sqlite:///var/tissuebox.db",
        discord_api_base="https://discord.com/api/v10",
        log_level="INFO",
        log_format="text",
        metrics_port=None,
        packs_dir=ROOT / "data/films",
        locales_dir=ROOT / "data/locales",
    )


def test_every_setting_is_read(tmp_path: Path) -> None:
    settings = read(
        DATABASE_URL="sqlite:////srv/club.db",
        DISCORD_API_BASE="http://127.0.0.1:8080/api/v10/",
        LOG_LEVEL="warning",
        LOG_FORMAT="JSON",
        METRICS_PORT="9100",
        PACKS_DIR=str(tmp_path),
        LOCALES_DIR=str(tmp_path),
    )
    assert settings == Settings(
        TOKEN,
        "sqlite:////srv/club.db",
        "http://127.0.0.1:8080/api/v10",
        "WARNING",
        "json",
        9100,
        tmp_path,
        tmp_path,
    )


def test_an_empty_setting_is_its_default() -> None:
    names = ("DATABASE_URL", "DISCORD_API_BASE", "LOG_LEVEL", "LOG_FORMAT", "METRICS_PORT", "PACKS_DIR")
    assert read(**dict.fromkeys(names, " ")) == read()


@pytest.mark.parametrize(
    ("name", "value", "accepted"),
    [
        ("DISCORD_TOKEN", "", "the bot's token"),
        ("DISCORD_TOKEN", "two words", "letters, digits, dots, dashes and underscores"),
        ("DISCORD_TOKEN", '"in.quotes"', "letters, digits, dots, dashes and underscores"),
        ("DISCORD_TOKEN", "tökén", "letters, digits, dots, dashes and underscores"),
        ("DATABASE_URL", "postgresql://me:hunter2@host/db", "sqlite:///"),
        ("DATABASE_URL", "sqlite:///", "sqlite:///path"),
        ("DATABASE_URL", "club.db", "sqlite:///"),
        ("DISCORD_API_BASE", "discord.com", "https://discord.com/api/v10"),
        ("DISCORD_API_BASE", "ftp://discord.com", "https://discord.com/api/v10"),
        ("DISCORD_API_BASE", "http://[half", "https://discord.com/api/v10"),
        ("DISCORD_API_BASE", "http://host:port", "https://discord.com/api/v10"),
        ("LOG_LEVEL", "LOUD", "DEBUG, INFO, WARNING, ERROR"),
        ("LOG_FORMAT", "xml", "text, json"),
        ("METRICS_PORT", "http", "1 to 65535"),
        ("METRICS_PORT", "0", "1 to 65535"),
        ("METRICS_PORT", "65536", "1 to 65535"),
        ("METRICS_PORT", "-1", "1 to 65535"),
        ("METRICS_PORT", "٩١٠٠", "1 to 65535"),
        ("PACKS_DIR", "no/such/folder", "a folder that exists"),
        ("LOCALES_DIR", "README.md", "a folder that exists"),
    ],
)
def test_a_malformed_setting_is_one_line_that_names_it_and_what_it_accepts(
    name: str, value: str, accepted: str
) -> None:
    (line,) = faults({"DISCORD_TOKEN": TOKEN, name: value})
    assert line.startswith(f"{name}: ")
    assert accepted in line


def test_all_mistakes_are_told_at_once() -> None:
    lines = faults({"LOG_LEVEL": "LOUD", "LOG_FORMAT": "xml", "METRICS_PORT": "x"})
    assert [line.partition(":")[0] for line in lines] == [
        "DISCORD_TOKEN",
        "LOG_LEVEL",
        "LOG_FORMAT",
        "METRICS_PORT",
    ]


def test_a_password_in_an_address_is_not_repeated() -> None:
    assert "hunter2" not in "".join(
        faults({"DISCORD_TOKEN": TOKEN, "DATABASE_URL": "postgresql://me:hunter2@host/db"})
    )


def test_a_token_stands_in_no_repr() -> None:
    assert TOKEN not in repr(read())
    assert TOKEN not in str(read())


@given(st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), min_size=12))
def test_no_mistake_repeats_the_token(token: str) -> None:
    environment = {"DISCORD_TOKEN": token, "LOG_LEVEL": "LOUD"}
    assert token.strip() == "" or token.strip() not in "\n".join(faults(environment))


def example_lines() -> dict[str, str]:
    """Every setting that .env.example shows, with the value it gives."""
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    return dict(re.findall(r"^(?:# )?([A-Z_]+)=(.*)$", text, re.MULTILINE))


def test_the_example_lists_exactly_the_settings_there_are() -> None:
    assert set(example_lines()) == {name.upper() for name in Settings.__dataclass_fields__}


def test_the_example_shows_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    shown = read_settings({**example_lines(), "DISCORD_TOKEN": TOKEN}, ROOT)
    for name in Settings.__dataclass_fields__:
        value, default = getattr(shown, name), getattr(read(), name)
        assert (value.resolve() if isinstance(value, Path) else value) == default, name


def test_the_example_holds_no_token() -> None:
    assert example_lines()["DISCORD_TOKEN"] == ""
