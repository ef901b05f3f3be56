"""Hiding a message: a hidden copy first, then the original goes. Whatever happens between, one of them is left."""

from collections.abc import Mapping
from enum import StrEnum, auto

from msgspec import Struct, field


class State(StrEnum):
    """How far it has got: the copy may or may not stand there, it does, the original is gone."""

    SENDING = auto()
    COPIED = auto()
    HIDDEN = auto()


class Hiding(Struct, frozen=True):
    """By numbers only. `copies` maps each part to its message; `original_id` is None for a text that was written to
    be hidden."""

    hiding_id: int
    club_id: int
    channel_id: int
    hook_channel_id: int
    original_id: int | None
    author_id: int
    after_id: int
    parts: int
    state: State
    copies: Mapping[int, int] = field(default_factory=dict)

    @property
    def thread_id(self) -> int | None:
        """The thread it is in, which its channel's webhook has to be told."""
        return self.channel_id if self.channel_id != self.hook_channel_id else None


class Complete(Struct, frozen=True):
    """All of the copy stands there: the original may go."""

    copies: Mapping[int, int]


class Partial(Struct, frozen=True):
    """Some of the copy, or none: what there is of it has to go, the original stays."""

    copies: Mapping[int, int]


def found(hiding: Hiding, copies: Mapping[int, int]) -> Complete | Partial:
    """What a look at the channel says about a copy."""
    return Complete(copies) if copies.keys() >= set(range(hiding.parts)) else Partial(copies)
