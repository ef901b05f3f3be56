"""What became of an opening, a press at a gate, a hidden message."""

from dataclasses import dataclass

from bot.domain.threads.thread import SpoilerThread


@dataclass(frozen=True, slots=True)
class Opening:
    """A new thread; Discord is asked for it next."""

    thread: SpoilerThread


@dataclass(frozen=True, slots=True)
class OpenAlready:
    """The club has this one: never two of the same."""

    thread: SpoilerThread


@dataclass(frozen=True, slots=True)
class Ask:
    """The member has to say first that they have seen these (for a part of a film: that they have got so far)."""

    thread: SpoilerThread
    versions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LetIn:
    """The member may enter and will be let in; noted on disk."""

    thread: SpoilerThread


@dataclass(frozen=True, slots=True)
class Full:
    """Discord's limit of people in a thread is reached."""

    thread: SpoilerThread


@dataclass(frozen=True, slots=True)
class Shut:
    """The thread is closed."""

    thread: SpoilerThread


@dataclass(frozen=True, slots=True)
class NoSuchThread:
    """It is none of this club's."""


@dataclass(frozen=True, slots=True)
class SeenAlready:
    """There is nothing to wait for: the member may enter."""

    thread: SpoilerThread


@dataclass(frozen=True, slots=True)
class WillRemind:
    """The member is told once their list says they may enter."""

    thread: SpoilerThread


GateOutcome = Ask | LetIn | Full | Shut | NoSuchThread
ReminderOutcome = SeenAlready | WillRemind | Shut | NoSuchThread
