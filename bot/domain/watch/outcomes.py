"""What became of a step, a tap, a reading or a vote."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.watch.attendees import Crowd
from bot.domain.watch.copies import OwnCopy
from bot.domain.watch.tape import Tape
from bot.domain.watch.watch import Watch


@dataclass(frozen=True, slots=True)
class Moved:
    """The evening took the step, on disk; `before` is how it stood."""

    watch: Watch
    before: Watch


@dataclass(frozen=True, slots=True)
class NotNow:
    """The evening's state does not allow it: nothing was changed."""

    watch: Watch


@dataclass(frozen=True, slots=True)
class NoSuchWatch:
    """The evening is none of this club's."""


@dataclass(frozen=True, slots=True)
class ChannelTaken:
    """Another evening is running in this channel."""

    watch: Watch


Step = Moved | NotNow | ChannelTaken | NoSuchWatch


@dataclass(frozen=True, slots=True)
class Tapped:
    """A tap, on disk, at `position` of the member's own film; it was their `taps`-th."""

    watch: Watch
    position: timedelta
    taps: int


@dataclass(frozen=True, slots=True)
class TooSoon:
    """The member's last tap is less than a few seconds old."""

    watch: Watch


TapOutcome = Tapped | TooSoon | NotNow | NoSuchWatch


@dataclass(frozen=True, slots=True)
class WhereAt:
    """The film clock for one member: what the room's and what their own film shows."""

    watch: Watch
    room: timedelta
    own: timedelta
    left: timedelta
    copy: OwnCopy
    taps: int


WhereOutcome = WhereAt | NotNow | NoSuchWatch


@dataclass(frozen=True, slots=True)
class BreakAsked:
    """So many have asked for a break, and so many are needed."""

    watch: Watch
    asked: int
    needed: int


@dataclass(frozen=True, slots=True)
class BreakBegun:
    """This vote was the last one needed."""

    watch: Watch
    until: datetime


BreakOutcome = BreakAsked | BreakBegun | NotNow | NoSuchWatch


@dataclass(frozen=True, slots=True)
class Noted:
    """What the member said of themselves (coming, ready, watching, a reminder wished for) is on disk."""

    watch: Watch
    on: bool


NoteOutcome = Noted | NotNow | NoSuchWatch


@dataclass(frozen=True, slots=True)
class Report:
    """A finished evening. `tape` is None where it has none yet or where it may not be seen before its poll closes
    (`sealed`)."""

    watch: Watch
    crowd: Crowd
    tape: Tape | None
    sealed: bool
