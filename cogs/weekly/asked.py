"""What a host asks for in a slot's options; None is what they left out."""

from datetime import timedelta

from msgspec import Struct


class Wanted(Struct, frozen=True):
    """A slot's options; `weekday` 0 is Monday, `time` as it was typed."""

    weekday: int | None = None
    time: str | None = None
    zone: str | None = None
    channel_id: int | None = None
    grace: timedelta | None = None
    open_for: timedelta | None = None
    native: bool | None = None
    plans: bool | None = None
