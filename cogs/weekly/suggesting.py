"""What members would like to watch: put on the club's list, shown, taken back."""

from collections.abc import Iterator

from bot.domain.weekly.candidates import LONGEST_TITLE, Feature
from bot.errors import UserError
from bot.house import House
from bot.services.search import fold
from bot.services.weekly_votes import known
from bot.ui.desk import Asker, Handler, Press
from bot.ui.plain import clean, plain
from cogs.weekly.ballots import list_card

MOST_OWN = 10


class Suggesting:
    """`/weekly suggest` and the list it shows."""

    def __init__(self, house: House) -> None:
        self._votes = house.weekly.votes
        self._known = [known(film, version.key) for film in house.films for version in film.versions]

    def routes(self) -> Iterator[tuple[str, Handler]]:
        yield "weekly-withdraw", self._withdraw

    def offered(self, typed: str) -> list[Feature]:
        """The versions whose title or key holds what was typed."""
        return [each for each in self._known if fold(typed) in fold(f"{each.version} {each.title}")]

    async def suggest(self, asker: Asker, typed: str | None, minutes: int | None) -> None:
        """Puts a version or a free title on the list; without either, shows the list."""
        if typed is None:
            await self._show(asker)
            return
        feature = self._feature(typed, minutes)
        own = [
            each for each in await self._votes.suggestions(asker.club_id) if each.member_id == asker.member_id
        ]
        if len(own) >= MOST_OWN:
            raise UserError("weekly.too_many_wishes", most=MOST_OWN)
        added = await self._votes.suggest(asker.club_id, asker.member_id, feature, asker.now)
        key = "weekly.suggested" if added else "weekly.suggested_before"
        await self._show(asker, asker.t(key, title=plain(feature.title)))

    def _feature(self, typed: str, minutes: int | None) -> Feature:
        """A version of a pack by its key or whole title; anything else is a title of its own, whose length only the
        member knows."""
        for each in self._known:
            if typed in {f"{each.film}:{each.version}", each.version} or fold(typed) == fold(each.title):
                return Feature(each.film, each.version, each.title, each.minutes or minutes)
        title = clean(typed)
        if not title or len(title) > LONGEST_TITLE:
            raise UserError("weekly.title_long", most=LONGEST_TITLE)
        if minutes is None:
            raise UserError("weekly.minutes_needed", title=plain(title))
        return Feature("", "", title, minutes)

    async def _withdraw(self, press: Press) -> None:
        asker = press.asker
        listed = await self._votes.suggestions(asker.club_id)
        if any(
            each.member_id == asker.member_id and str(each.suggestion_id) == press.values[0]
            for each in listed
        ):
            await self._votes.withdraw(asker.club_id, press.chosen())
        await self._show(asker, asker.t("weekly.withdrawn"))

    async def _show(self, asker: Asker, said: str = "") -> None:
        listed = await self._votes.suggestions(asker.club_id)
        await asker.whisper(list_card(listed, asker.member_id, asker.t, said))
