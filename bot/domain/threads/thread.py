"""One spoiler thread of a club, and when it is kept in sight or put away."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from msgspec import Struct

from bot.domain.threads.subjects import Subject

KEPT_FOR = timedelta(minutes=10_080)  # the longest time after which Discord archives a quiet thread
NUDGED_TO = timedelta(minutes=4_320)
KEEP_EVERY = KEPT_FOR - timedelta(days=1)
MOST_INSIDE = 1_000  # Discord's limit, the bot itself among them
NEAR_CAP = 900  # of 1,000 active threads in a server


class SpoilerThread(Struct, frozen=True):
    """`row` is its number here, `thread_id` the one Discord gave it, None until it is made; `gate_id` is the
    message at its door, in the channel `parent_id`. `prompts` says whether it opens with a question."""

    row: int
    club_id: int
    parent_id: int
    subject: Subject
    name: str
    prompts: bool
    opened_at: datetime
    thread_id: int | None = None
    gate_id: int | None = None
    closed_at: datetime | None = None

    @property
    def open(self) -> bool:
        return self.closed_at is None


class Parting(Struct, frozen=True):
    """What a closed thread came to."""

    people: int
    messages: int
    days: int


def days_open(thread: SpoilerThread, until: datetime) -> int:
    """Days as people count them: the first one is a day too."""
    return (until - thread.opened_at).days + 1


def put_away(quiet_since: Mapping[int, datetime], active: int) -> list[int]:
    """Which of our threads to archive in a server with `active` ones, the quietest first, so that it stays below the
    cap. They wake with the next message or press."""
    too_many = max(0, active - NEAR_CAP)
    mine = sorted((since, thread) for thread, since in quiet_since.items())
    return [thread for _, thread in mine[:too_many]]
