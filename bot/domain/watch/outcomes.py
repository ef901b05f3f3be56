"""What became of a step, a tap, a reading or a vote."""

from datetime import datetime, timedelta

from msgspec import Struct

from bot.domain.watch.attendees import Crowd
from bot.domain.watch.copies import OwnCopy
from bot.domain.watch.tape import Tape
from bot.domain.watch.watch import Watch


class Moved(Struct, frozen=True):
    """The evening took the step, on disk; `before` is how it stood."""

    watch: Watch
    before: Watch


class NotNow(Struct, frozen=True):
    """The evening's state does not allow it: nothing was changed."""

    watch: Watch


class NoSuchWatch(Struct, frozen=True):
    """The evening is none of this club's."""


class ChannelTaken(Struct, frozen=True):
    """Another evening is running in this channel."""

    watch: Watch


Step = Moved | NotNow | ChannelTaken | NoSuchWatch


class Tapped(Struct, frozen=True):
    """A tap, on disk, at `position` of the member's own film; it was their `taps`-th."""

    watch: Watch
    position: timedelta
    taps: int


class TooSoon(Struct, frozen=True):
    """The member's last tap is less than a few seconds old."""

    watch: Watch


TapOutcome = Tapped | TooSoon | NotNow | NoSuchWatch


class WhereAt(Struct, frozen=True):
    """The film clock for one member: what the room's and what their own film shows."""

    watch: Watch
    room: timedelta
    own: timedelta
    left: timedelta
    copy: OwnCopy
    taps: int


WhereOutcome = WhereAt | NotNow | NoSuchWatch


class BreakAsked(Struct, frozen=True):
    """So many have asked for a break, and so many are needed."""

    watch: Watch
    asked: int
    needed: int


class BreakBegun(Struct, frozen=True):
    """This vote was the last one needed."""

    watch: Watch
    until: datetime


BreakOutcome = BreakAsked | BreakBegun | NotNow | NoSuchWatch


class Noted(Struct, frozen=True):
    """What the member said of themselves (coming, ready, watching, a reminder wished for) is on disk."""

    watch: Watch
    on: bool


NoteOutcome = Noted | NotNow | NoSuchWatch


class Report(Struct, frozen=True):
    """A finished evening. `tape` is None where it has none yet or where it may not be seen before its poll closes
    (`sealed`)."""

    watch: Watch
    crowd: Crowd
    tape: Tape | None
    sealed: bool
