"""Scheduled events: what they are, which way they may go, and when Discord moves them by itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import TYPE_CHECKING

from bot.rehearsal.entities import Channel, User
from bot.rehearsal.payloads.people import stamp, user_payload
from bot.rehearsal.rules import Json

if TYPE_CHECKING:
    from bot.rehearsal.guilds import Guild


class EventStatus(IntEnum):
    SCHEDULED = 1
    ACTIVE = 2
    COMPLETED = 3
    CANCELLED = 4


class EventPlace(IntEnum):
    STAGE = 1
    VOICE = 2
    EXTERNAL = 3


Status = EventStatus
NEXT = {
    Status.SCHEDULED: {Status.ACTIVE, Status.CANCELLED},
    Status.ACTIVE: {Status.COMPLETED},
    Status.COMPLETED: set[Status](),
    Status.CANCELLED: set[Status](),
}


@dataclass(eq=False, slots=True)
class ScheduledEvent:
    id: int
    guild: Guild
    creator: User
    name: str
    place: EventPlace
    starts_at: datetime
    ends_at: datetime | None = None
    description: str | None = None
    channel: Channel | None = None
    location: str | None = None
    status: EventStatus = EventStatus.SCHEDULED
    interested: set[int] = field(default_factory=set)

    @property
    def open(self) -> bool:
        return bool(NEXT[self.status])

    def publish(self) -> ScheduledEvent:
        self.guild.scheduled[self.id] = self
        self.tell("CREATE")
        self.watch()
        return self

    def start(self) -> None:
        """As when Discord or a member starts it: nothing happens to one that isn't waiting."""
        self._move(Status.ACTIVE)

    def complete(self) -> None:
        self._move(Status.COMPLETED)

    def cancel(self) -> None:
        self._move(Status.CANCELLED)

    def delete(self) -> None:
        del self.guild.scheduled[self.id]
        self.tell("DELETE")

    def watch(self) -> None:
        """Be looked at again when the clock reaches the next moment at which Discord acts."""
        moment = self._next_moment()
        if moment is not None:
            self.guild.world.timetable.plan(moment, self._look)

    def tell(self, what: str) -> None:
        self.guild.world.emit(f"GUILD_SCHEDULED_EVENT_{what}", self.payload(), self.guild)

    def payload(self, *, counted: bool = False) -> Json:
        return {
            "id": str(self.id),
            "guild_id": str(self.guild.id),
            "channel_id": str(self.channel.id) if self.channel else None,
            "creator_id": str(self.creator.id),
            "creator": user_payload(self.creator),
            "name": self.name,
            "description": self.description,
            "image": None,
            "scheduled_start_time": stamp(self.starts_at),
            "scheduled_end_time": stamp(self.ends_at),
            "privacy_level": 2,
            "status": int(self.status),
            "entity_type": int(self.place),
            "entity_id": None,
            "entity_metadata": {"location": self.location} if self.location else None,
            "recurrence_rule": None,
            **({"user_count": len(self.interested)} if counted else {}),
        }

    def _move(self, status: EventStatus) -> None:
        if status in NEXT[self.status]:
            self.status = status
            self.tell("UPDATE")
            self.watch()

    def _next_moment(self) -> datetime | None:
        if self.place is EventPlace.EXTERNAL:
            return {Status.SCHEDULED: self.starts_at, Status.ACTIVE: self.ends_at}.get(self.status)
        unstarted = self.guild.world.habits.unstarted_event
        return self.starts_at + unstarted if self.status is Status.SCHEDULED else None

    def _look(self) -> None:
        moment, gone = self._next_moment(), self.id not in self.guild.scheduled
        if moment is None or gone or moment > self.guild.world.clock.now():
            return  # moved, over or deleted meanwhile: a later look is planned if there is one to take
        if self.status is Status.ACTIVE:
            self.complete()
        elif self.place is EventPlace.EXTERNAL:
            self.start()
        else:
            self.cancel()
