"""Time zones as people look for them: by city, by country, by name."""

from datetime import datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.domain.clubs import zones
from bot.errors import UserError
from bot.services.search import fold

_TABLES = files("tzdata") / "zoneinfo"


class Zone(Struct, frozen=True):
    """An IANA zone, its city and the countries that keep it, by their English names; none for zones of no place."""

    name: str
    city: str
    countries: tuple[str, ...]
    folded: str

    def offset(self, now: datetime) -> str:
        """`+03:00`."""
        return now.astimezone(ZoneInfo(self.name)).isoformat()[-6:]


def find_zones(typed: str, most: int) -> list[Zone]:
    """Zones whose city, country or name holds every word typed; a beginning counts before a middle, places of the
    tables before old names."""
    wanted = fold(typed).replace("_", " ")
    found = [zone for zone in _zones() if all(word in zone.folded for word in wanted.split())]
    found.sort(key=lambda zone: (not zone.countries, not fold(zone.city).startswith(wanted), zone.name))
    return found[:most]


def zone_named(typed: str) -> str | None:
    """The IANA zone that is meant by its name or its city, however written: `europe/istanbul`, `Istanbul`. Of two
    names for a city (Asia/Istanbul is one) the tables know one; None where it isn't clear."""
    if typed in zones():
        return typed
    wanted = fold(typed).strip().replace("_", " ")
    named = [zone for zone in _zones() if fold(zone.name).replace("_", " ") == wanted]
    city = [zone for zone in _zones() if fold(zone.city) == wanted]
    found = named or [zone for zone in city if zone.countries] or city
    return found[0].name if len(found) == 1 else None


def known_name(typed: str) -> str:
    """The zone that is meant; raises UserError where there is none."""
    name = zone_named(typed)
    if name is None:
        raise UserError("club.zone_unknown", zone=typed)
    return name


@cache
def _zones() -> tuple[Zone, ...]:
    places = _places()
    return tuple(_zone(name, places.get(name, ())) for name in sorted(zones()))


def _zone(name: str, countries: tuple[str, ...]) -> Zone:
    city = name.rpartition("/")[2].replace("_", " ")
    return Zone(name, city, countries, fold(f"{city} {' '.join(countries)} {name.replace('_', ' ')}"))


def _places() -> dict[str, tuple[str, ...]]:
    """The countries of each zone, after the tables that come with the zones."""
    names = dict(line.split("\t")[:2] for line in _lines("iso3166.tab"))
    found: dict[str, tuple[str, ...]] = {}
    for line in _lines("zone.tab"):
        country, _, zone = line.split("\t")[:3]
        found[zone] = (*found.get(zone, ()), names[country])
    return found


def _lines(table: str) -> list[str]:
    text = (_TABLES / table).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
