"""Pictures of figures: bars with a label under and a figure above each, and no words in any script. Imports Pillow,
so only the thread that draws imports it."""

from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO

from msgspec import Struct
from PIL import Image, ImageDraw, ImageFont

SIZE = (880, 440)
MOST_BARS = 24

_BACKGROUND = (30, 42, 51)
_BAR = (127, 180, 220)
_TEXT = (240, 244, 247)
_AXIS = (110, 128, 141)
_MARGIN, _HEAD, _FOOT = 28, 56, 60


class Bar(Struct, frozen=True):
    """One bar: what stands under it, what above it, and its height against the others."""

    label: str
    figure: str
    height: float


def bars_png(bars: Sequence[Bar]) -> bytes:
    """`bars` side by side as a PNG, the tallest filling the height; at most MOST_BARS of them are drawn."""
    with Image.new("RGB", SIZE, _BACKGROUND) as image:
        draw = ImageDraw.Draw(image)
        _draw(draw, bars[:MOST_BARS])
        written = BytesIO()
        image.quantize(32).save(written, "PNG")
        return written.getvalue()


def _draw(draw: ImageDraw.ImageDraw, bars: Sequence[Bar]) -> None:
    width, height = SIZE
    ground = height - _FOOT
    step = (width - 2 * _MARGIN) / max(len(bars), 1)
    tallest = max((bar.height for bar in bars), default=0) or 1
    for place, bar in enumerate(bars):
        middle = _MARGIN + step * (place + 0.5)
        top = ground - (ground - _HEAD) * bar.height / tallest
        if bar.height > 0:
            left, right = middle - step * 0.36, middle + step * 0.36
            draw.rectangle((left, min(top, ground - 2), right, ground), fill=_BAR)
        _write(draw, bar.figure, (middle, top - 6), step, "ms")
        _write(draw, bar.label, (middle, ground + 12), step, "mt")
    draw.line((_MARGIN, ground, width - _MARGIN, ground), fill=_AXIS, width=2)


def _write(draw: ImageDraw.ImageDraw, text: str, at: tuple[float, float], room: float, anchor: str) -> None:
    """Writes `text` as large as its room allows."""
    largest = font(34)
    wide = largest.getlength(text) or 1
    size = 34 if wide <= room * 0.95 else max(10, int(34 * room * 0.95 / wide))
    draw.text(at, text, fill=_TEXT, font=font(size), anchor=anchor)


@lru_cache(maxsize=32)
def font(size: int) -> ImageFont.FreeTypeFont:
    """The font that Pillow brings along, so that a picture looks the same on every machine."""
    found = ImageFont.load_default(size)
    assert isinstance(found, ImageFont.FreeTypeFont), "Pillow's wheels are built with FreeType"
    return found
