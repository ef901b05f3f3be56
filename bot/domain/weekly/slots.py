"""A weekly appointment of a club, and when it rests."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.domain.recurrence import Occurrence, WeeklyTime, instant

GRACE = timedelta(hours=6)
LONGEST_GRACE = timedelta(days=3)
AHEAD = timedelta(days=3)  # so early is a weekly watch-along planned: time to say who is coming
OPEN_FOR = timedelta(hours=48)
BEFORE_NEXT = timedelta(hours=1)
SHORTEST_VOTE = timedelta(hours=1)
MOST_SLOTS = 10  # as many as one message can show


class Kind(StrEnum):
    """What a slot does on its date."""

    TISSUE_POLL = "tissue-poll"
    NEXT_FILM = "next-film"
    QUESTION = "question"
    WATCH_ALONG = "watch-along"


class Reason(StrEnum):
    """Why a slot rests."""

    ASKED = "asked"
    CHANNEL_GONE = "channel-gone"
    NO_RIGHT = "no-right"
    AWAY = "away"


class Pause(Struct, frozen=True):
    """A rest, until somebody ends it or (asked for so) until a moment."""

    why: Reason
    until: datetime | None = None


class Voting(Struct, frozen=True):
    """How a slot asks for the next film: for how long, by Discord's own poll or by buttons with hidden counts, and
    whether the winner is planned by itself or offered to the host."""

    open_for: timedelta = OPEN_FOR
    native: bool = False
    plans: bool = False


class Slot(Struct, frozen=True):
    """`next_day` is the first date that nothing has been done about yet; `turn` counts how often it was settled: a job
    of an earlier turn no longer applies."""

    slot_id: int
    club_id: int
    channel_id: int
    kind: Kind
    when: WeeklyTime
    grace: timedelta
    voting: Voting
    made_by: int | None
    next_day: date
    turn: int = 0
    pause: Pause | None = None

    @property
    def ahead(self) -> timedelta:
        """How long before its date it is posted."""
        return AHEAD if self.kind is Kind.WATCH_ALONG else timedelta()

    @property
    def native(self) -> bool:
        """Whether it asks by Discord's own poll."""
        return self.kind is Kind.NEXT_FILM and self.voting.native

    def appears(self, occurrence: Occurrence) -> datetime:
        """When an occurrence is to be posted."""
        return occurrence.at - self.ahead

    def rests(self, now: datetime) -> bool:
        return self.pause is not None and (self.pause.until is None or now < self.pause.until)

    def is_ahead(self, day: date, now: datetime) -> bool:
        """Whether `day` is a date that is still to be posted, held back or not."""
        if not self.when.falls_on(day) or day < self.next_day:
            return False
        return not self.rests(now) or self.appears(self.when.on(day)) > now

    def upcoming(self, moment: datetime, number: int) -> list[Occurrence]:
        """The next dates that are still to be posted at `moment`."""
        first = max(moment + self.ahead, self.when.on(self.next_day).at - timedelta(seconds=1))
        return self.when.next_days(first, number)

    def next_post(self, moment: datetime) -> datetime:
        """When the first date after `moment` is to be posted."""
        return self.appears(self.when.next_after(moment + self.ahead))

    def before_next(self, due_at: datetime, opened_at: datetime) -> datetime:
        """An hour before the date that follows what was due at `due_at` and is opened now, or in an hour's time."""
        return max(self.next_post(max(opened_at, due_at)) - BEFORE_NEXT, opened_at + SHORTEST_VOTE)

    def closes_at(self, due_at: datetime, opened_at: datetime) -> datetime:
        """When a vote opened now, for what was due at `due_at`, closes: in time, and before the date after it."""
        return min(opened_at + self.voting.open_for, self.before_next(due_at, opened_at))


class Quiet(Struct, frozen=True):
    """The hours of a club in which nothing is posted that no member asked for, by the clocks of `zone`."""

    start: time
    end: time
    zone: str

    def lifted(self, moment: datetime) -> datetime:
        """`moment`, or the end of the quiet hours it falls in."""
        local = moment.astimezone(ZoneInfo(self.zone))
        if not self._covers(local.time()):
            return moment
        day = local.date() + timedelta(days=int(local.time() >= self.end))
        return max(moment, instant(datetime.combine(day, self.end), self.zone))

    def began(self, moment: datetime) -> datetime:
        """`moment`, or the beginning of the quiet hours it falls in."""
        local = moment.astimezone(ZoneInfo(self.zone))
        if not self._covers(local.time()):
            return moment
        day = local.date() - timedelta(days=int(local.time() < self.start))
        return min(moment, instant(datetime.combine(day, self.start), self.zone))

    def _covers(self, shown: time) -> bool:
        if self.start <= self.end:
            return self.start <= shown < self.end
        return shown >= self.start or shown < self.end


def by_day(quiet: Quiet | None, moment: datetime, latest: datetime, earliest: datetime) -> datetime:
    """`moment` outside quiet hours: their end where that is before `latest`, else their beginning, but not before
    `earliest`."""
    if quiet is None:
        return moment
    after = quiet.lifted(moment)
    return after if after < latest else max(quiet.began(moment), earliest)


def lifted(quiet: Quiet | None, moment: datetime) -> datetime:
    return quiet.lifted(moment) if quiet else moment
