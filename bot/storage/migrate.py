"""The numbered, forward-only migrations this release ships, and which of them a database still lacks."""

import re
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from bot.errors import SetupError

SHIPPED = Path(__file__).parent / "migrations"

_FILE_NAME = re.compile(r"(\d{3})_([a-z0-9_]+)\.sql")


class Migration(Struct, frozen=True):
    """One step of the schema: `NNN_name.sql`."""

    number: int
    name: str
    sql: str

    def __str__(self) -> str:
        return f"{self.number:03}_{self.name}"


def read_migrations(directory: Path = SHIPPED) -> tuple[Migration, ...]:
    """The migrations in `directory` in order; SetupError unless they are numbered 1, 2, 3 and so on."""
    found = tuple(_read(path) for path in sorted(directory.glob("*.sql")))
    numbers = [migration.number for migration in found]
    if numbers != list(range(1, len(found) + 1)):
        listed = ", ".join(map(str, found)) or "none"
        raise SetupError(
            f"{directory}: migrations must be numbered from 001 without gap or double; found {listed}"
        )
    return found


def _read(path: Path) -> Migration:
    name = _FILE_NAME.fullmatch(path.name)
    if name is None:
        raise SetupError(f"{path}: a migration's file is named like 001_meta.sql")
    return Migration(int(name[1]), name[2], path.read_text(encoding="utf-8"))


def lacking(migrations: Sequence[Migration], at: int) -> Sequence[Migration]:
    """Those of `migrations` that a database at number `at` lacks; SetupError if it is ahead of them all."""
    if at > len(migrations):
        raise SetupError(
            f"the database has schema {at}, this release knows schemas up to {len(migrations)}: "
            "start the newer release again, or restore the copy made before it migrated"
        )
    return migrations[at:]
