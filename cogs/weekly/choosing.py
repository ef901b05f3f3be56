"""Which slot a host means: the one they name, or the only one there is."""

from discord import app_commands

from bot.domain.weekly.occurrences import Week
from bot.errors import UserError
from bot.house import House
from bot.services.search import fold
from bot.services.weekly_zones import find_zones
from bot.ui.desk import Asker
from bot.ui.plain import shortened
from cogs.weekly import words

Choice = app_commands.Choice[str]

MOST_CHOICES = 25
LABEL = 100


class Choosing:
    """Slots, dates and zones as options offer them."""

    def __init__(self, house: House) -> None:
        self._slots = house.weekly.slots
        self._channels = house.channels

    async def one(self, asker: Asker, typed: str | None) -> Week:
        """The slot of that number, the only one where none is named; UserError otherwise."""
        weeks = await self._slots.weeks(asker.club_id, asker.now)
        if not weeks:
            raise UserError("weekly.none_yet")
        found = [week for week in weeks if typed in {None, str(week.slot.slot_id)}]
        if len(found) != 1:
            raise UserError("weekly.which" if typed is None else "weekly.unknown")
        return found[0]

    async def slots(self, asker: Asker, typed: str) -> list[Choice]:
        """The club's slots, for an option's list."""
        weeks = await self._slots.weeks(asker.club_id, asker.now)
        labels = [
            (words.label(week.slot, self._channels.name(week.slot.channel_id), asker.t), week.slot.slot_id)
            for week in weeks
        ]
        return [
            app_commands.Choice(name=label, value=str(slot_id))
            for label, slot_id in labels
            if fold(typed) in fold(label)
        ][:MOST_CHOICES]

    async def dates(self, asker: Asker, slot: str | None, typed: str) -> list[Choice]:
        """The next dates of a slot; none while it isn't clear of which."""
        try:
            week = await self.one(asker, slot or None)
        except UserError:
            return []
        labels = [
            (words.date_label(each, week.slot.when), each.day)
            for each in week.ahead(asker.now, words.SHOWN_DATES)
        ]
        return [
            app_commands.Choice(name=label, value=day.isoformat()) for label, day in labels if typed in label
        ]

    @staticmethod
    def zones(asker: Asker, typed: str) -> list[Choice]:
        """`Istanbul · Turkey · +03:00 (Europe/Istanbul)`."""
        return [
            app_commands.Choice(
                name=_shortened(zone.city, zone.countries, zone.offset(asker.now), zone.name), value=zone.name
            )
            for zone in find_zones(typed, MOST_CHOICES)
        ]


def _shortened(city: str, countries: tuple[str, ...], offset: str, name: str) -> str:
    where = " · ".join(filter(None, (city, ", ".join(countries), offset)))
    return shortened(f"{where} ({name})", LABEL)
