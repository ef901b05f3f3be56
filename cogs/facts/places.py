"""Every card about a film by name and arguments: what a button's address opens, and what a command answers with."""

from collections.abc import Sequence

from bot.domain.film import Film, Version
from bot.domain.spoilers import Eyes
from bot.errors import UserError
from bot.services.search import Index
from bot.services.versions import find_version
from bot.ui.addresses import number_in
from bot.ui.cards import Card
from bot.ui.desk import Asker
from bot.ui.reading import Reading
from cogs.facts import answers, facts, versions

ALL = "all"


class Places:
    """The cards of one film. Arguments come from members and from old buttons: whatever they name may be gone."""

    def __init__(self, film: Film) -> None:
        self.film = film
        self.index = Index(film)
        self._cards = {
            "version": lambda r, a: versions.version_card(r, self.version(a), _page(a[1:])),
            "versions": lambda r, _: versions.version_list(r),
            "pair": lambda r, _: versions.pair_card(r),
            "compare": self._compare,
            "cast": lambda r, a: versions.cast_card(r, self.version(a)),
            "fact": self._fact,
            "source": self._source,
            "claim": self._claim,
            "found": lambda r, a: self.card(r, *(a[0] if a else "").split(":")),
            "search": self._search,
            "truestory": lambda r, a: answers.true_story_card(r, _page(a)),
            "case": lambda r, a: answers.real_case_card(r, _page(a)),
            "claims": lambda r, a: answers.claims_card(r, _page(a)),
            "where": lambda r, a: answers.where_card(r, self._version_or_all(a), _page(a[1:])),
            "warnings": lambda r, a: answers.warnings_card(r, self._version_or_all(a), _page(a[1:])),
            "support": lambda r, a: answers.support_card(r, a[0] if a else None),
            "sources": self._sources,
        }

    @property
    def names(self) -> tuple[str, ...]:
        """Every place there is."""
        return tuple(self._cards)

    def card(self, reading: Reading, place: str, *args: str) -> Card:
        """The card at a place; UserError where there is no such place or thing (any more)."""
        make = self._cards.get(place)
        if make is None:
            raise UserError("error.old_button")
        return make(reading, args)

    def public(self, asker: Asker) -> Reading:
        """The film as everybody in the channel may read it."""
        return Reading(self.film, asker.room, Eyes.EVERYBODY, asker.public)

    def private(self, asker: Asker) -> Reading:
        """The film as this one member may read it."""
        return Reading(self.film, asker.room, Eyes.ONE_MEMBER, asker.t)

    def version(self, args: Sequence[str]) -> Version:
        """The version that the first argument names: by key, name, country or year."""
        return find_version([self.film], args[0] if args else "")[1]

    def _version_or_all(self, args: Sequence[str]) -> Version | None:
        return None if not args or args[0] == ALL else self.version(args)

    def _compare(self, reading: Reading, args: Sequence[str]) -> Card:
        one, other = self.version(args[:1]), self.version(args[1:])
        if one == other:
            raise UserError("error.same_version")
        return versions.compare_card(reading, one, other)

    def _fact(self, reading: Reading, args: Sequence[str]) -> Card:
        found = next((fact for fact in self.film.facts if fact.key in args[:1]), None)
        if found is None:
            raise UserError("error.old_button")
        return facts.fact_card(reading, found)

    def _source(self, reading: Reading, args: Sequence[str]) -> Card:
        found = next((fact for fact in self.film.facts if fact.key in args[:1]), None)
        if found is None:
            raise UserError("error.old_button")
        return facts.sources_card(reading, found.statement.sources, f"source:{found.key}", _page(args[1:]))

    def _claim(self, reading: Reading, args: Sequence[str]) -> Card:
        found = next((claim for claim in self.film.claims if claim.key in args[:1]), None)
        if found is None:
            raise UserError("error.old_button")
        return facts.claim_card(reading, found)

    def _search(self, reading: Reading, args: Sequence[str]) -> Card:
        query = args[0] if args else ""
        everything = self.index.find(query, None, facts.FOUND_SHOWN)
        found = everything if reading.private else self.index.find(query, reading.room, facts.FOUND_SHOWN)
        hidden = 0 if reading.private else sum(not reading.admits(entry.spoils) for entry in everything)
        return facts.found_card(reading, query, found, hidden)

    def _sources(self, reading: Reading, args: Sequence[str]) -> Card:
        version = self._version_or_all(args)
        sources = version.sources if version else self.film.sources
        place = f"sources:{version.key if version else ALL}"
        return facts.sources_card(reading, sources, place, _page(args[1:]))


def _page(args: Sequence[str]) -> int:
    """A page number from an address; the first page for anything that is none."""
    return (number_in(args[0]) if args else None) or 0
