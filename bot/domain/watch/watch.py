"""A watch-along and the steps it takes: planned → lobby → playing ⇄ paused → finished, or cancelled. Before it is
planned it is a draft, until its host has confirmed the time."""

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.watch.breaks import BREAK
from bot.domain.watch.clock import FilmClock
from bot.domain.watch.taps import Spell

COUNTDOWN = timedelta(seconds=15)
UNSTARTED = timedelta(hours=6)  # a planned evening that nobody starts is called off
UNCONFIRMED = timedelta(hours=1)
IDLE = timedelta(hours=3)  # so long may a lobby or a pause last
SEEN_FROM = 0.9


class State(StrEnum):
    """Where an evening stands."""

    DRAFT = "draft"
    PLANNED = "planned"
    LOBBY = "lobby"
    PLAYING = "playing"
    PAUSED = "paused"
    FINISHED = "finished"
    CANCELLED = "cancelled"


UNBEGUN = frozenset({State.DRAFT, State.PLANNED, State.LOBBY})
RUNNING = frozenset({State.LOBBY, State.PLAYING, State.PAUSED})
LIVE = frozenset({State.PLAYING, State.PAUSED})


class Feature(Struct, frozen=True):
    """What is watched: a version of a film the bot knows, or a free title (`film` and `version` are empty)."""

    film: str
    version: str
    title: str
    length: timedelta


class Watch(Struct, frozen=True):
    """One evening. `turn` counts its steps and `plan` the times it was planned anew: a job of an earlier one no
    longer applies. `since` is when its state began; `resting` says that the countdown ends an intermission."""

    watch_id: int
    club_id: int
    channel_id: int
    feature: Feature
    host_id: int | None
    planned_for: datetime
    state: State
    since: datetime
    clock: FilmClock
    turn: int = 0
    plan: int = 0
    resting: bool = False
    venue_id: int | None = None
    role_id: int | None = None
    event_id: int | None = None
    message_id: int | None = None
    panel_id: int | None = None
    tape_id: int | None = None
    poll_id: int | None = None
    started_at: datetime | None = None

    @property
    def over(self) -> bool:
        return self.state in {State.FINISHED, State.CANCELLED}

    @property
    def lapses_at(self) -> datetime | None:
        """When the evening ends by itself if nothing happens."""
        match self.state:
            case State.DRAFT:
                return self.since + UNCONFIRMED
            case State.PLANNED:
                return max(self.planned_for, self.since) + UNSTARTED
            case State.LOBBY:
                return max(self.planned_for, self.since) + IDLE
            case State.PAUSED:
                return self.since + IDLE
            case State.PLAYING:
                return self.clock.ends_at
            case State.FINISHED | State.CANCELLED:
                return None

    def counting(self, now: datetime) -> datetime | None:
        """When the film goes on, while a countdown runs; None otherwise."""
        at = self.clock.playing_since
        return at if self.state is State.PLAYING and at and now < at else None

    def spell(self, now: datetime) -> Spell | None:
        """The stretch of film that a step taken now ends; None where none is running."""
        began = self.clock.playing_since
        if self.state is not State.PLAYING or began is None or now <= began:
            return None
        return Spell(self.clock.offset, began, now)

    def seen_to_the_end(self) -> bool:
        """Whether enough of the film was played to ask who saw it all."""
        return self.clock.offset >= self.clock.length * SEEN_FROM

    # each step is None where the state doesn't allow it

    def confirm(self, now: datetime) -> "Watch | None":
        """Makes a draft a planned evening, while its time is still ahead."""
        return (
            self._step(State.PLANNED, now) if self.state is State.DRAFT and self.planned_for > now else None
        )

    def open_lobby(self, now: datetime) -> "Watch | None":
        return self._step(State.LOBBY, now) if self.state is State.PLANNED else None

    def start(self, now: datetime) -> "Watch | None":
        """Counts down to the film's first second."""
        if self.state is not State.LOBBY:
            return None
        at = now + COUNTDOWN
        return replace(self._step(State.PLAYING, now), clock=self.clock.play(at), started_at=at)

    def pause(self, now: datetime) -> "Watch | None":
        if self.state is not State.PLAYING:
            return None
        return replace(self._step(State.PAUSED, now), clock=self.clock.pause(now))

    def rest(self, now: datetime) -> "Watch | None":
        """An intermission: stands still and goes on by itself."""
        if self.state is not State.PLAYING or self.counting(now):
            return None
        standing = self.clock.pause(now)
        return replace(self._step(State.PLAYING, now), clock=standing.play(now + BREAK), resting=True)

    def resume(self, now: datetime) -> "Watch | None":
        """Goes on after a countdown, out of a pause or early out of an intermission."""
        if self.state is not State.PAUSED and not (self.resting and self.counting(now)):
            return None
        standing = self.clock.pause(now)
        return replace(self._step(State.PLAYING, now), clock=standing.play(now + COUNTDOWN))

    def seek(self, to: timedelta, now: datetime) -> "Watch | None":
        if self.state not in LIVE:
            return None
        return replace(
            self._step(self.state, now),
            clock=self.clock.seek(to, now),
            since=self.since,
            resting=self.resting,
        )

    def finish(self, now: datetime) -> "Watch | None":
        if self.state not in LIVE:
            return None
        return replace(self._step(State.FINISHED, now), clock=self.clock.pause(now))

    def cancel(self, now: datetime) -> "Watch | None":
        """Calls it off; once the film has begun, an evening is finished instead."""
        return self._step(State.CANCELLED, now) if self.state in UNBEGUN else None

    def lapse(self, now: datetime) -> "Watch | None":
        """Ends by itself, as of the moment it was due to: None before that."""
        due = self.lapses_at
        if due is None or now < due:
            return None
        return self.finish(due) or self.cancel(due)

    def replan(self, at: datetime, now: datetime) -> "Watch | None":
        """Moves a planned evening."""
        if self.state is not State.PLANNED:
            return None
        return replace(self, planned_for=at, since=now, plan=self.plan + 1, turn=self.turn + 1)

    def _step(self, state: State, now: datetime) -> "Watch":
        return replace(self, state=state, since=now, turn=self.turn + 1, resting=False)
