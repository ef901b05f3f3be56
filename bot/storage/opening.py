"""From DATABASE_URL to an open database, migrated and ready."""

from datetime import datetime
from pathlib import Path

from bot.errors import SetupError
from bot.storage.engine import Database
from bot.storage.sqlite.database import open_sqlite

SQLITE = "sqlite:///"


async def open_database(url: str, now: datetime) -> Database:
    """Opens what `url` names, creating and migrating it as needed; SetupError says what stands in the way."""
    return await open_sqlite(sqlite_path(url), now)


def sqlite_path(url: str) -> Path:
    """The file that an SQLite URL names. The URL itself is never repeated: it may hold a password."""
    name = url.removeprefix(SQLITE)
    if not url.startswith(SQLITE) or name in {"", ":memory:"}:
        raise SetupError(
            "DATABASE_URL must be sqlite:///relative/path.db or sqlite:////absolute/path.db "
            "(postgresql:// follows in a later release)"
        )
    try:
        path = Path(name).expanduser().resolve()
    except (RuntimeError, ValueError) as unusable:  # a home that nobody has, a name with a NUL
        raise SetupError(f"DATABASE_URL: that path can't be used ({unusable})") from None
    if not path.name:
        raise SetupError("DATABASE_URL: that is a folder; a file is needed, as in sqlite:///var/tissuebox.db")
    return path
