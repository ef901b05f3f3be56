"""The tissue tape as a picture: taps per film minute, the wettest minutes named, no words in any script. Imports
Pillow, so only the thread that draws imports it."""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw

from bot.charts import font

SIZE = (880, 480)

_BACKGROUND = (30, 42, 51)
_BAR = (127, 180, 220)
_MARKED = (255, 209, 102)
_UNSHOWN = (70, 84, 95)
_TEXT = (240, 244, 247)
_AXIS = (110, 128, 141)
_LEFT, _RIGHT, _FOOT = 64, 24, 58
_LABEL, _FIGURE = 38, 32  # still 14 pixels high on a phone's 400
_HEAD = 104
_GAP = 18
_TICKS = (10, 15, 30, 60)  # minutes between two ticks
_MOST_TICKS = 6


def tape_png(minutes: Sequence[int | None], marked: Sequence[int]) -> bytes:
    """`minutes` side by side as a PNG, the tallest filling the height; those in `marked` are named above. A minute
    that is None is a low grey block: not shown, which isn't none."""
    with Image.new("RGB", SIZE, _BACKGROUND) as image:
        _Drawing(ImageDraw.Draw(image), minutes, marked).draw()
        written = BytesIO()
        image.quantize(32).save(written, "PNG")
        return written.getvalue()


class _Drawing:
    """One tape on its canvas."""

    def __init__(
        self, draw: ImageDraw.ImageDraw, minutes: Sequence[int | None], marked: Sequence[int]
    ) -> None:
        self._draw = draw
        self._minutes = minutes
        self._marked = sorted(marked)
        self._step = (SIZE[0] - _LEFT - _RIGHT) / max(1, len(minutes))
        self._most = max((taps or 0 for taps in minutes), default=0)
        self._ground = SIZE[1] - _FOOT

    def draw(self) -> None:
        self._draw_scale()
        for minute, taps in enumerate(self._minutes):
            self._draw_minute(minute, taps)
        for minute, left in zip(self._marked, self._places(), strict=True):
            self._name(minute, left)

    def _left(self, minute: float) -> float:
        return _LEFT + self._step * minute

    def _top(self, taps: int) -> float:
        return self._ground - (self._ground - _HEAD) * taps / max(1, self._most)

    def _draw_minute(self, minute: int, taps: int | None) -> None:
        gap = 1.0 if self._step >= 4 else 0.0
        left, right = self._left(minute), self._left(minute + 1) - gap
        if taps is None:
            self._draw.rectangle((left, self._ground - 10, right, self._ground), fill=_UNSHOWN)
        elif taps:
            colour = _MARKED if minute in self._marked else _BAR
            self._draw.rectangle((left, self._top(taps), right, self._ground), fill=colour)

    def _draw_scale(self) -> None:
        """The ground with its ticks, and the height of the wettest minute with its figure."""
        right = SIZE[0] - _RIGHT
        self._draw.line((_LEFT, self._ground + 1, right, self._ground + 1), fill=_AXIS, width=2)
        if self._most:
            self._draw.line((_LEFT, _HEAD, right, _HEAD), fill=_UNSHOWN, width=1)
            self._write(str(self._most), (_LEFT - 10, _HEAD), "rm", _FIGURE)
        for minute in range(0, len(self._minutes) + 1, self._between_ticks()):
            x = self._left(minute)
            self._draw.line((x, self._ground, x, self._ground + 8), fill=_AXIS, width=2)
            self._write(_clock(minute), (x, self._ground + 14), "lt" if x < _LEFT + 30 else "mt", _FIGURE)

    def _between_ticks(self) -> int:
        fitting = (each for each in _TICKS if len(self._minutes) <= each * _MOST_TICKS)
        return next(fitting, _TICKS[-1])

    def _places(self) -> list[float]:
        """Where each name begins: above its minute, moved aside as far as no two touch and none leaves the picture."""
        widths = [font(_LABEL).getlength(_clock(minute)) for minute in self._marked]
        places: list[float] = []
        end: float = _LEFT - _GAP
        for minute, wide in zip(self._marked, widths, strict=True):
            places.append(max(self._left(minute + 0.5) - wide / 2, end + _GAP))
            end = places[-1] + wide
        end = SIZE[0] - _RIGHT + _GAP
        for index in reversed(range(len(places))):
            places[index] = min(places[index], end - _GAP - widths[index])
            end = places[index]
        return places

    def _name(self, minute: int, left: float) -> None:
        """A minute's name, and a line from it to its bar."""
        middle = left + font(_LABEL).getlength(_clock(minute)) / 2
        bar = (self._left(minute + 0.5), self._top(self._minutes[minute] or 0))
        self._draw.line((middle, _HEAD - 40, bar[0], _HEAD - 12, *bar), fill=_MARKED, width=2)
        self._write(_clock(minute), (left, _HEAD - 46), "ls", _LABEL)

    def _write(self, text: str, at: tuple[float, float], anchor: str, size: int) -> None:
        self._draw.text(at, text, fill=_TEXT, font=font(size), anchor=anchor)


def _clock(minute: int) -> str:
    """`1:04`: hours and minutes into the film."""
    hours, minutes = divmod(minute, 60)
    return f"{hours}:{minutes:02}"
