"""What a spoiler thread is about, who may enter it, and what it covers and gives away."""

from collections.abc import Collection
from datetime import timedelta
from enum import StrEnum

from msgspec import Struct

from bot.domain.film import Film
from bot.domain.spoilers import Cover, Level, Room, Spoil, closure

LEVELS = (Level.PREMISE, Level.PLOT, Level.ENDING)


class Privacy(StrEnum):
    """Who can read a thread: those who were let in, or everybody who sees its channel."""

    GATED = "gated"
    PUBLIC = "public"


class Subject(Struct, frozen=True):
    """A club has one open thread of each. `versions` are keys in the pack's order; `up_to` is None for the whole
    film."""

    film: str
    versions: tuple[str, ...]
    level: Level
    up_to: timedelta | None
    privacy: Privacy

    @property
    def gated(self) -> bool:
        return self.privacy is Privacy.GATED

    def unseen_by(self, seen: Collection[str]) -> tuple[str, ...]:
        """What somebody who has seen `seen` would still need to have seen: all of the versions are asked for."""
        return tuple(version for version in self.versions if version not in seen)

    def room(self, film: Film | None, ceiling: Level) -> Room:
        """What the bot itself may say inside, where the parent channel shows up to `ceiling`. What is public stays
        at that: clients preview a public thread's last message in the parent. A thread for one part of a film
        stays at the premise, since no text says at which minute it gives something away."""
        if self.up_to is not None:
            ceiling = min(ceiling, Level.PREMISE)
        if film is None or not self.gated:
            return Room(ceiling)
        return Room(ceiling, self._cover(film))

    def _cover(self, film: Film) -> Cover:
        if self.up_to is None:
            return film.cover(frozenset(self.versions), self.level)
        return Cover(frozenset(Spoil(target, Level.PREMISE) for target in targets(film, self.versions)))

    def gives_away(self, film: Film) -> tuple[str, ...]:
        """The other versions that talk at this level gives away with these."""
        own = closure((Spoil(target, self.level) for target in targets(film, self.versions)), film.implied)
        given = {part.target for part in own.parts}
        return tuple(
            version.key
            for version in film.versions
            if version.key not in self.versions and given & {version.key, version.line}
        )


def targets(film: Film, versions: Collection[str]) -> frozenset[str]:
    """The versions and the plot lines they share with others."""
    lines = {line for line, keys in film.lines.items() if set(versions) & set(keys)}
    return frozenset(versions) | lines
