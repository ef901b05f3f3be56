"""Who stands in the vote for the next film: what members suggested, each a fair share, then the films of the packs."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain, islice, zip_longest

from msgspec import Struct

MOST = 10  # what Discord's own poll takes
FEWEST = 2
LONGEST_TITLE = 55  # characters of an answer in Discord's own poll


class Feature(Struct, frozen=True):
    """Something to watch: a version of a film the bot knows, or a free title (`film` and `version` are empty)."""

    film: str
    version: str
    title: str
    minutes: int | None

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes two of them the same: titles of known versions may be written differently one day."""
        return (self.film, self.version, "" if self.version else self.title.casefold())


class Suggestion(Struct, frozen=True):
    """What a member would like to watch; `stood` counts the votes it has been in."""

    suggestion_id: int
    member_id: int
    feature: Feature
    suggested_at: datetime
    stood: int = 0


class Standing(Struct, frozen=True):
    """A feature that stands in a vote, and whose suggestion it was."""

    feature: Feature
    suggestion_id: int | None = None
    suggested_by: int | None = None


Watched = Mapping[tuple[str, str, str], int]


def candidates(
    suggestions: Sequence[Suggestion], known: Sequence[Feature], watched: Watched, most: int = MOST
) -> list[Standing]:
    """Up to `most` features, none twice. Suggestions come first, a member's turn about: whoever had the fewest in votes
    so far begins. Known films fill the rest, those watched least here first."""
    suggested = [Standing(each.feature, each.suggestion_id, each.member_id) for each in _fairly(suggestions)]
    rarest = sorted(known, key=lambda feature: watched.get(feature.key, 0))
    return list(islice(_once(chain(suggested, map(Standing, rarest))), most))


def _fairly(suggestions: Collection[Suggestion]) -> Iterator[Suggestion]:
    """The members in turn, each with what stood least and longest ago."""
    by_member: dict[int, list[Suggestion]] = defaultdict(list)
    for suggestion in sorted(suggestions, key=lambda s: (s.stood, s.suggested_at, s.suggestion_id)):
        by_member[suggestion.member_id].append(suggestion)
    members = sorted(by_member.values(), key=lambda own: (sum(s.stood for s in own), own[0].suggested_at))
    return (each for turn in zip_longest(*members) for each in turn if each is not None)


def _once(standing: Iterator[Standing]) -> Iterator[Standing]:
    seen = set()
    for each in standing:
        if each.feature.key not in seen:
            seen.add(each.feature.key)
            yield each
