"""What may be seen of a poll, and what a recount says."""

from msgspec import Struct

from bot.domain.tissues.comparing import Comparisons
from bot.domain.tissues.counts import Counts
from bot.domain.tissues.polls import Poll


class PeopleOnly(Struct, frozen=True):
    """No more than how many have answered: the poll is open and hidden, or too few have."""

    poll: Poll
    people: int


class Figures(Struct, frozen=True):
    """The counts, and while nothing can change them any more what they come to beside others."""

    poll: Poll
    counts: Counts
    comparisons: Comparisons


Result = PeopleOnly | Figures


class Recount(Struct, frozen=True):
    """The counts that are kept beside those worked out anew from the ballots. While a poll is open and hidden
    `kept` and `found` are None: only whether they match may be said."""

    poll: Poll
    matches: bool
    kept: Counts | None = None
    found: Counts | None = None


class BoardRow(Struct, frozen=True):
    """A member who chose to be listed, with their tissues over all closed polls that count for the board."""

    member_id: int
    total: int
    polls: int


class Board(Struct, frozen=True):
    """The board, most tissues first, and whether the one who asks is on it."""

    rows: tuple[BoardRow, ...]
    joined: bool
