"""No table without a word on whose data it holds and how long."""

import re

import pytest

from bot.storage.engine import Database
from bot.storage.ownership import HOLDS, columns

pytestmark = pytest.mark.asyncio

NAMES_A_PERSON = re.compile(r"(member|user|host|author|owner)_id|.+_by")


async def tables(database: Database) -> dict[str, set[str]]:
    """Each table's columns, as a fresh database of this release has them."""
    rows = await database.read(
        lambda tx: tx.all(
            "SELECT t.name AS of_table, c.name AS of_column "
            "FROM pragma_table_list AS t, pragma_table_info(t.name) AS c "
            "WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite_%'"
        )
    )
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row["of_table"], set()).add(row["of_column"])
    return found


async def test_every_table_says_whose_data_it_holds_and_no_other_does(database: Database) -> None:
    assert HOLDS.keys() == (await tables(database)).keys()


async def test_every_table_says_how_long(database: Database) -> None:
    assert [table for table, holding in HOLDS.items() if not holding.kept.strip()] == []


async def test_every_owners_column_exists(database: Database) -> None:
    found = await tables(database)
    missing = {table: set(columns(holding)) - found[table] for table, holding in HOLDS.items()}
    assert {table: names for table, names in missing.items() if names} == {}


async def test_no_column_names_a_person_unsaid(database: Database) -> None:
    unsaid = [
        f"{table}.{column}"
        for table, found in (await tables(database)).items()
        for column in found
        if NAMES_A_PERSON.fullmatch(column) and column not in columns(HOLDS[table])
    ]
    assert unsaid == []
