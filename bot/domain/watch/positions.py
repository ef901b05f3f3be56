"""Places in a film as members write and read them: `mm:ss` or `h:mm:ss`."""

import re
import unicodedata
from datetime import timedelta

from bot.errors import UserError

_WRITTEN = re.compile(r"(?:(?P<hours>\d{1,2}):)?(?P<minutes>\d{1,3}):(?P<seconds>\d{2})")
_MARKS = str.maketrans({"：": ":", "٫": ":", ".": ":", "．": ":"})


def position_in(typed: str, length: timedelta) -> timedelta:
    """The place in a film of `length` that `typed` names; UserError says what is accepted instead."""
    written = _WRITTEN.fullmatch(_plain(typed))
    if written is None:
        raise UserError("watch.position_unclear", example=spoken(length / 2))
    hours, minutes, seconds = (int(part or 0) for part in written.group("hours", "minutes", "seconds"))
    if seconds > 59 or (written["hours"] and minutes > 59):
        raise UserError("watch.position_unclear", example=spoken(length / 2))
    place = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if place > length:
        raise UserError("watch.position_past_end", length=spoken(length))
    return place


def spoken(position: timedelta) -> str:
    """`4:07` or `1:04:07`."""
    minutes, seconds = divmod(int(position.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def _plain(typed: str) -> str:
    """`typed` with any script's decimal digits as 0 to 9, and a colon for what stands in for one."""
    digits = (str(unicodedata.decimal(letter, letter)) for letter in typed.strip())
    return "".join(digits).translate(_MARKS)
