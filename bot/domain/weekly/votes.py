"""A vote for the next film, and how it is decided."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from msgspec import Struct

from bot.domain.weekly.candidates import Feature

FIRST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=1)
PATIENCE = timedelta(hours=24)


class Candidate(Struct, frozen=True):
    """A feature in a vote. `watched` is how often it was watched here before; `votes` is None while they may not be
    known."""

    number: int
    feature: Feature
    suggested_by: int | None
    watched: int
    votes: int | None = None


class Vote(Struct, frozen=True):
    """The question, asked once for an occurrence. `native` is Discord's own poll; `people` have voted."""

    vote_id: int
    slot_id: int
    date_id: int
    club_id: int
    channel_id: int
    native: bool
    opened_at: datetime
    closes_at: datetime
    candidates: tuple[Candidate, ...]
    closed_at: datetime | None = None
    people: int = 0
    seed: int | None = None
    message_id: int | None = None
    result_id: int | None = None
    watch_id: int | None = None

    @property
    def open(self) -> bool:
        return self.closed_at is None

    def accepts(self, now: datetime) -> bool:
        """Whether a ballot counts now: not after the announced minute, even if closing is late."""
        return self.open and not self.native and now < self.closes_at

    def candidate(self, number: int) -> Candidate | None:
        return next((each for each in self.candidates if each.number == number), None)


class Outright(Struct, frozen=True):
    """More wanted this one than any other."""

    winner: Candidate


class LeastWatched(Struct, frozen=True):
    """As many wanted each of `tied`; this one was watched here least often."""

    winner: Candidate
    tied: tuple[Candidate, ...]


class Drawn(Struct, frozen=True):
    """As many wanted each of `tied`, and each was watched as often: a lot was drawn from `seed`."""

    winner: Candidate
    tied: tuple[Candidate, ...]
    seed: int


class NobodyVoted(Struct, frozen=True):
    """There is nothing to decide."""


class Unread(Struct, frozen=True):
    """Discord never said what its poll came to."""


Decision = Outright | LeastWatched | Drawn | NobodyVoted | Unread


def decide(vote: Vote) -> Decision:
    """What a closed vote came to; the same each time it is asked."""
    if vote.seed is None:
        return Unread()
    leaders = _best([each for each in vote.candidates if each.votes])
    if not leaders:
        return NobodyVoted()
    if len(leaders) == 1:
        return Outright(leaders[0])
    rarest = min(each.watched for each in leaders)
    left = [each for each in leaders if each.watched == rarest]
    if len(left) == 1:
        return LeastWatched(left[0], tuple(leaders))
    return Drawn(min(left, key=lambda each: lot(vote.seed or 0, each.number)), tuple(left), vote.seed)


def winner_of(decision: Decision) -> Candidate | None:
    match decision:
        case Outright(winner) | LeastWatched(winner) | Drawn(winner):
            return winner
        case NobodyVoted() | Unread():
            return None


def lot(seed: int, number: int) -> str:
    """A candidate's lot, which anybody can draw again: the SHA-256 of `seed:number`; the lowest wins."""
    return sha256(f"{seed}:{number}".encode()).hexdigest()


def next_look(looks: int, closes_at: datetime, now: datetime) -> datetime | None:
    """When to ask again for a poll's final result after `looks` looks in vain; None once it was asked enough."""
    again = now + min(FIRST_WAIT * (1 << min(looks, 10)), LONGEST_WAIT)
    return again if again <= closes_at + PATIENCE else None


def _best(candidates: Sequence[Candidate]) -> list[Candidate]:
    most = max((each.votes or 0 for each in candidates), default=0)
    return [each for each in candidates if each.votes == most]


class Voted(Struct, frozen=True):
    """The member's ballot, on disk, and what it said before."""

    vote: Vote
    candidate: Candidate
    before: Candidate | None


class Over(Struct, frozen=True):
    """The vote takes no more ballots: nothing was changed. `mine` is what the member's says, if any."""

    vote: Vote
    mine: Candidate | None


class NoSuchVote(Struct, frozen=True):
    """The vote is none of this club's, or has no such candidate."""


VoteOutcome = Voted | Over | NoSuchVote
