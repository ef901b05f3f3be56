"""One member at one evening: what they said of themselves, their copy of the film, their taps."""

from datetime import datetime

from msgspec import Struct

from bot.domain.watch.copies import IN_STEP, OwnCopy


class Attendee(Struct, frozen=True):
    """Nothing is set for a member who has pressed nothing yet. `vote` is the turn of the evening in which they asked
    for a break."""

    member_id: int
    coming: bool = False
    remind: bool = False
    ready: bool = False
    joined_at: datetime | None = None
    vote: int | None = None
    copy: OwnCopy = IN_STEP
    taps: int = 0
    tapped_at: datetime | None = None


class Crowd(Struct, frozen=True):
    """How many are coming, ready and watching, and their taps; `taps` is None where too few watch to say."""

    coming: int = 0
    ready: int = 0
    watching: int = 0
    taps: int | None = None
