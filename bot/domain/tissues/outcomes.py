"""What became of a press, an opening, a close, a reopening, an erasure."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.tissues.polls import Poll


@dataclass(frozen=True, slots=True)
class Cast:
    """A first ballot, on disk."""

    poll: Poll
    tissues: int


@dataclass(frozen=True, slots=True)
class Changed:
    """The member's ballot says something else now, on disk."""

    poll: Poll
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Kept:
    """The member's ballot said so already."""

    poll: Poll
    tissues: int


@dataclass(frozen=True, slots=True)
class Closed:
    """The poll takes no more ballots: nothing was changed. `mine` is what the member's ballot said, if any."""

    poll: Poll
    mine: int | None


@dataclass(frozen=True, slots=True)
class NoSuchPoll:
    """The poll is none of this club's."""


CastOutcome = Cast | Changed | Kept | Closed | NoSuchPoll


@dataclass(frozen=True, slots=True)
class Opened:
    """A new poll; its message follows."""

    poll: Poll


@dataclass(frozen=True, slots=True)
class AlreadyOpen:
    """This film's poll is open here already: never two for one evening."""

    poll: Poll


OpenOutcome = Opened | AlreadyOpen


@dataclass(frozen=True, slots=True)
class JustClosed:
    """The poll was closed by this very call."""

    poll: Poll


@dataclass(frozen=True, slots=True)
class NotOpen:
    """There is nothing to close: somebody else closed it, or it has been reopened since."""

    poll: Poll


CloseOutcome = JustClosed | NotOpen | NoSuchPoll


@dataclass(frozen=True, slots=True)
class Reopened:
    """The poll is open again."""

    poll: Poll


@dataclass(frozen=True, slots=True)
class NeedsClose:
    """It could be reopened, but its time is over: a new one has to be named."""

    poll: Poll


@dataclass(frozen=True, slots=True)
class StillOpen:
    """There is nothing to reopen."""

    poll: Poll


@dataclass(frozen=True, slots=True)
class TooLate:
    """It was closed longer ago than can be undone."""

    poll: Poll


ReopenOutcome = Reopened | NeedsClose | StillOpen | TooLate | AlreadyOpen | NoSuchPoll


@dataclass(frozen=True, slots=True)
class Receipt:
    """A member's own ballot."""

    poll: Poll
    tissues: int
    cast_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Erased:
    """The ballot is gone, or, where the poll is closed, nobody's any more."""

    poll: Poll


@dataclass(frozen=True, slots=True)
class NoBallot:
    """The member has none in this poll."""

    poll: Poll
