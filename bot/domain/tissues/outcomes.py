"""What became of a press, an opening, a close, a reopening, an erasure."""

from datetime import datetime

from msgspec import Struct

from bot.domain.tissues.polls import Poll


class Cast(Struct, frozen=True):
    """A first ballot, on disk."""

    poll: Poll
    tissues: int


class Changed(Struct, frozen=True):
    """The member's ballot says something else now, on disk."""

    poll: Poll
    before: int
    after: int


class Kept(Struct, frozen=True):
    """The member's ballot said so already."""

    poll: Poll
    tissues: int


class Closed(Struct, frozen=True):
    """The poll takes no more ballots: nothing was changed. `mine` is what the member's ballot said, if any."""

    poll: Poll
    mine: int | None


class NoSuchPoll(Struct, frozen=True):
    """The poll is none of this club's."""


CastOutcome = Cast | Changed | Kept | Closed | NoSuchPoll


class Opened(Struct, frozen=True):
    """A new poll; its message follows."""

    poll: Poll


class AlreadyOpen(Struct, frozen=True):
    """This film's poll is open here already: never two for one evening."""

    poll: Poll


OpenOutcome = Opened | AlreadyOpen


class JustClosed(Struct, frozen=True):
    """The poll was closed by this very call."""

    poll: Poll


class NotOpen(Struct, frozen=True):
    """There is nothing to close: somebody else closed it, or it has been reopened since."""

    poll: Poll


CloseOutcome = JustClosed | NotOpen | NoSuchPoll


class Reopened(Struct, frozen=True):
    """The poll is open again."""

    poll: Poll


class NeedsClose(Struct, frozen=True):
    """It could be reopened, but its time is over: a new one has to be named."""

    poll: Poll


class StillOpen(Struct, frozen=True):
    """There is nothing to reopen."""

    poll: Poll


class TooLate(Struct, frozen=True):
    """It was closed longer ago than can be undone."""

    poll: Poll


ReopenOutcome = Reopened | NeedsClose | StillOpen | TooLate | AlreadyOpen | NoSuchPoll


class Receipt(Struct, frozen=True):
    """A member's own ballot."""

    poll: Poll
    tissues: int
    cast_at: datetime
    changed_at: datetime


class Erased(Struct, frozen=True):
    """The ballot is gone, or, where the poll is closed, nobody's any more."""

    poll: Poll


class NoBallot(Struct, frozen=True):
    """The member has none in this poll."""

    poll: Poll
