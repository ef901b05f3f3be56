"""The operator's settings: read once from the environment, checked whole, frozen, handed down."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast
from urllib.parse import urlsplit

from bot.errors import SetupError

DEFAULT_API_BASE = "https://discord.com/api/v10"
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
LOG_FORMATS = ("text", "json")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, checked. `metrics_port` is None where no port is set."""

    discord_token: str = field(repr=False)
    database_url: str
    discord_api_base: str
    log_level: str
    log_format: str
    metrics_port: int | None
    packs_dir: Path
    locales_dir: Path


def read_settings(environment: Mapping[str, str], root: Path) -> Settings:
    """The settings in `environment`, defaults lying under `root`. Raises SetupError with one line for each
    setting that is missing or malformed."""
    reader = _Reader(environment)
    settings = Settings(
        discord_token=reader.take("DISCORD_TOKEN", "", _token),
        database_url=reader.take("DATABASE_URL", "sqlite:///var/tissuebox.db", _database_url),
        discord_api_base=reader.take("DISCORD_API_BASE", DEFAULT_API_BASE, _api_base),
        log_level=reader.take("LOG_LEVEL", "INFO", _log_level),
        log_format=reader.take("LOG_FORMAT", "text", _log_format),
        metrics_port=reader.take("METRICS_PORT", "", _port),
        packs_dir=reader.take("PACKS_DIR", str(root / "data/films"), _directory),
        locales_dir=reader.take("LOCALES_DIR", str(root / "data/locales"), _directory),
    )
    if reader.faults:
        raise SetupError("\n".join(reader.faults))
    return settings


class _Reader:
    """Takes settings one by one and gathers what is wrong with them."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self.faults: list[str] = []

    def take(self, name: str, default: str, parse: Callable[[str], T]) -> T:
        value = self._environment.get(name, "").strip() or default
        try:
            return parse(value)
        except ValueError as fault:
            self.faults.append(f"{name}: {fault}")
            return cast("T", None)  # never seen: read_settings raises once faults are there


def _token(value: str) -> str:
    """A token's shape; its text stays out of every message."""
    if not value:
        raise ValueError("missing; it takes the bot's token from Discord's developer portal")
    if not re.fullmatch(r"[\w.-]+", value, re.ASCII):
        raise ValueError(
            "holds characters that no token has; it takes the bot's token, which is made of "
            "letters, digits, dots, dashes and underscores"
        )
    return value


def _database_url(value: str) -> str:
    """Never repeated in a message: it may hold a password."""
    if not value.startswith("sqlite:///") or value == "sqlite:///":
        raise ValueError("is not understood; it takes sqlite:///path/to/file.db")
    return value


def _api_base(value: str) -> str:
    if not _is_web_address(value):
        raise ValueError(f"{value!r} is no address; it takes one like {DEFAULT_API_BASE}")
    return value.rstrip("/")


def _is_web_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port or an IPv6 address that is none
        return False


def _log_level(value: str) -> str:
    return _one_of(value.upper(), LOG_LEVELS)


def _log_format(value: str) -> str:
    return _one_of(value.lower(), LOG_FORMATS)


def _one_of(value: str, accepted: tuple[str, ...]) -> str:
    if value not in accepted:
        raise ValueError(f"{value!r} is not understood; it takes one of {', '.join(accepted)}")
    return value


def _port(value: str) -> int | None:
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and 1 <= int(value) <= 65535):
        raise ValueError(f"{value!r} is no port; it takes a whole number from 1 to 65535, or nothing")
    return int(value)


def _directory(value: str) -> Path:
    path = Path(value)
    if not path.is_dir():
        raise ValueError(f"{value!r} is no folder; it takes a folder that exists")
    return path
