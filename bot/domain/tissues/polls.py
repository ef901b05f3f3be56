"""A tissue poll: what may be done with it when, and what became of a press."""

from datetime import datetime, timedelta

from msgspec import Struct

from bot.errors import UserError

OPEN_FOR = timedelta(hours=48)
SHORTEST = timedelta(minutes=1)
LONGEST = timedelta(days=31)
REOPEN_WITHIN = timedelta(minutes=15)
FEWEST_SHOWN = 3  # people; under that a figure would name somebody


class Poll(Struct, frozen=True):
    """The question, asked once in a club. `film` and `version` are empty where it is about none in particular, or
    about an evening with a free `title`.
    `generation` counts the reopenings; `closed_at` is None while it is open."""

    poll_id: int
    club_id: int
    channel_id: int
    film: str
    version: str
    live: bool
    opened_at: datetime
    closes_at: datetime
    closed_at: datetime | None = None
    generation: int = 0
    message_id: int | None = None
    result_id: int | None = None
    title: str = ""

    @property
    def open(self) -> bool:
        return self.closed_at is None

    def accepts(self, now: datetime) -> bool:
        """Whether a ballot counts now: not after the announced minute, even if closing is late."""
        return self.open and now < self.closes_at

    def reopenable(self, now: datetime) -> bool:
        return self.closed_at is not None and now - self.closed_at <= REOPEN_WITHIN

    @property
    def reopened(self) -> bool:
        """Open again after a close: its counts have been seen."""
        return self.open and self.generation > 0

    def shows_figures(self, people: int) -> bool:
        """Whether anybody may see more of it than how many have answered."""
        return people >= FEWEST_SHOWN and (self.live or not self.open)


def checked_close(closes_at: datetime, now: datetime) -> datetime:
    """`closes_at`, if a poll asked for now may close then; UserError otherwise."""
    if closes_at < now + SHORTEST:
        raise UserError("tissues.closes_too_soon")
    if closes_at > now + LONGEST:
        raise UserError("tissues.closes_too_late", days=LONGEST.days)
    return closes_at
