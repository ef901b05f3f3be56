"""A club's settings, and what they make of a place and of an answer's language."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from functools import cache
from typing import assert_never
from zoneinfo import ZoneInfo, available_timezones

from msgspec import Struct, field
from msgspec.structs import replace

from bot.domain.spoilers import Level, Room

# Discord has no Filipino locale: a Filipino club's members come as one of these
ENGLISH_CLIENTS = frozenset({"en-US", "en-GB"})
FILIPINO = "fil"

NO_PLACES = frozenset({"Factory", "localtime"})  # listed among the zones, but whose time is it?


class Reset(StrEnum):
    """What can be set back to how it is when nobody has set it."""

    LANGUAGE = "language"
    ANNOUNCEMENTS = "announcements"
    HOST_ROLE = "host-role"
    SPOILERS = "spoilers"
    CHANNEL_CEILING = "channel-ceiling"


class ClubSettings(Struct, frozen=True):
    """How one club wants it. What nobody has set yet has a sensible value: UTC, the server's own language
    (None), the premise as ceiling, and hosts by Discord's Manage Events right (no role)."""

    zone: str = "UTC"
    language: str | None = None
    ceiling: Level = Level.PREMISE
    channel_ceilings: Mapping[int, Level] = field(default_factory=dict)
    host_role: int | None = None
    announcements: int | None = None
    spoilers: int | None = None

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    def ceiling_at(self, channels: Collection[int]) -> Level:
        """The ceiling of the first of `channels` (a thread, then its parent) that has its own, else the club's."""
        return next((self.channel_ceilings[c] for c in channels if c in self.channel_ceilings), self.ceiling)

    def without(self, what: Reset, channels: Collection[int]) -> "ClubSettings":
        """The same with one setting unset; of ceilings those of `channels`."""
        match what:
            case Reset.LANGUAGE:
                return replace(self, language=None)
            case Reset.ANNOUNCEMENTS:
                return replace(self, announcements=None)
            case Reset.HOST_ROLE:
                return replace(self, host_role=None)
            case Reset.SPOILERS:
                return replace(self, spoilers=None)
            case Reset.CHANNEL_CEILING:
                left = {own: level for own, level in self.channel_ceilings.items() if own not in channels}
                return replace(self, channel_ceilings=left)
            case other:
                assert_never(other)


class Place(Struct, frozen=True):
    """Where something is asked: the club's settings and what may be shown in this channel."""

    club: ClubSettings
    room: Room


def answer_language(*, preferred: str | None, club: str | None, client: str, spoken: Collection[str]) -> str:
    """The language of an answer to one member: their own choice, else Filipino in a Filipino club for English
    clients, else the client's."""
    if preferred in spoken and preferred is not None:
        return preferred
    if club == FILIPINO and client in ENGLISH_CLIENTS and FILIPINO in spoken:
        return FILIPINO
    return client


def known_zone(name: str) -> bool:
    """Whether `name` is an IANA zone."""
    return name in zones()


@cache
def zones() -> frozenset[str]:
    """Every IANA zone that is some place's or everybody's; looked up once, since it walks a folder of files."""
    return frozenset(available_timezones()) - NO_PLACES
