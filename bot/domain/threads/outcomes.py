"""What became of an opening, a press at a gate, a hidden message."""

from msgspec import Struct

from bot.domain.threads.thread import SpoilerThread


class Opening(Struct, frozen=True):
    """A new thread; Discord is asked for it next."""

    thread: SpoilerThread


class OpenAlready(Struct, frozen=True):
    """The club has this one: never two of the same."""

    thread: SpoilerThread


class Ask(Struct, frozen=True):
    """The member has to say first that they have seen these (for a part of a film: that they have got so far)."""

    thread: SpoilerThread
    versions: tuple[str, ...]


class LetIn(Struct, frozen=True):
    """The member may enter and will be let in; noted on disk."""

    thread: SpoilerThread


class Full(Struct, frozen=True):
    """Discord's limit of people in a thread is reached."""

    thread: SpoilerThread


class Shut(Struct, frozen=True):
    """The thread is closed."""

    thread: SpoilerThread


class NoSuchThread(Struct, frozen=True):
    """It is none of this club's."""


class SeenAlready(Struct, frozen=True):
    """There is nothing to wait for: the member may enter."""

    thread: SpoilerThread


class WillRemind(Struct, frozen=True):
    """The member is told once their list says they may enter."""

    thread: SpoilerThread


GateOutcome = Ask | LetIn | Full | Shut | NoSuchThread
ReminderOutcome = SeenAlready | WillRemind | Shut | NoSuchThread
