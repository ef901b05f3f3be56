"""Jobs: rows that fall due, and how long a failed one waits for its next try."""

from datetime import datetime, timedelta

from msgspec import Struct

LEASE = timedelta(minutes=2)
KEPT = timedelta(days=90)  # once it is finished
MOST_TRIES = 300  # a day and more: Discord may be down for hours
PATIENT_TRIES = 30 * 24
_HOUR = timedelta(hours=1)
_FIRST_PAUSE = timedelta(seconds=5)
_LONGEST_PAUSE = timedelta(minutes=5)


class Job(Struct, frozen=True):
    """Something that is due: its kind, the row it is about, and which generation of it (a reopened poll's
    close is a new generation). Before `first_tried_at` nothing was done for it."""

    job_id: int
    kind: str
    subject: int
    generation: int
    club_id: int
    due_at: datetime
    tries: int
    first_tried_at: datetime | None = None

    @property
    def again(self) -> bool:
        """Whether its message may stand already, sent by an earlier try or for an earlier generation."""
        return self.tries > 1 or self.generation > 0

    @property
    def sent_since(self) -> datetime | None:
        """From when on an earlier try may have sent its message; None where nobody can tell."""
        return self.first_tried_at if self.generation == 0 else None

    @property
    def nonce(self) -> str:
        """What Discord drops a repeated message by; at most 25 characters."""
        return f"j{self.job_id:x}.{self.generation:x}"


def next_try(tries: int, now: datetime, *, patient: bool = False) -> datetime | None:
    """When a job that failed for the `tries`-th time is tried again; None once it has been tried enough. A `patient`
    one waits for something that others have to mend, and goes on for weeks, hour by hour."""
    if tries >= MOST_TRIES:
        return now + _HOUR if patient and tries < MOST_TRIES + PATIENT_TRIES else None
    return now + min(_FIRST_PAUSE * (1 << min(tries - 1, 16)), _LONGEST_PAUSE)
