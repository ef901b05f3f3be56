"""Pictures say the figures they are given, look the same everywhere, and leave nothing behind in memory."""

import tracemalloc
from io import BytesIO

import pytest
from PIL import Image

from bot.charts import MOST_BARS, SIZE, Bar, bars_png


def bars(*heights: float) -> list[Bar]:
    return [Bar(str(place), f"{height:g}", height) for place, height in enumerate(heights)]


def drawn_heights(png: bytes, count: int) -> list[int]:
    """How many pixels of bar stand in the middle of each of `count` places."""
    with Image.open(BytesIO(png)) as image:
        pixels = image.convert("RGB")
        step = (SIZE[0] - 56) / count
        columns = [int(28 + step * (place + 0.5) + step * 0.3) for place in range(count)]
        return [sum(_is_bar(pixels.getpixel((x, y))) for y in range(SIZE[1])) for x in columns]


def _is_bar(colour: object) -> bool:
    assert isinstance(colour, tuple)
    return all(abs(a - b) < 24 for a, b in zip(colour, (127, 180, 220), strict=True))


def test_a_picture_is_a_png_of_one_size() -> None:
    with Image.open(BytesIO(bars_png(bars(3, 2, 4)))) as image:
        assert (image.format, image.size) == ("PNG", SIZE)


def test_bars_are_as_high_as_their_figures_say() -> None:
    heights = drawn_heights(bars_png(bars(2, 8, 0, 4)), 4)
    assert heights[2] == 0
    assert heights[1] == pytest.approx(4 * heights[0], abs=6)
    assert heights[1] == pytest.approx(2 * heights[3], abs=6)


def test_figures_and_labels_are_drawn() -> None:
    plain = bars_png([Bar("", "", 3), Bar("", "", 4)])
    assert bars_png([Bar("0", "", 3), Bar("", "", 4)]) != plain
    assert bars_png([Bar("", "3", 3), Bar("", "", 4)]) != plain


@pytest.mark.parametrize("heights", [[], [0.0, 0.0], [1e9, 1.0], [1.0] * (MOST_BARS + 10)])
def test_odd_figures_make_a_picture_too(heights: list[float]) -> None:
    assert bars_png(bars(*heights)).startswith(b"\x89PNG")


def test_the_same_figures_make_the_same_picture() -> None:
    assert bars_png(bars(3, 2, 4)) == bars_png(bars(3, 2, 4))


def test_two_hundred_pictures_leave_memory_as_it_was() -> None:
    bars_png(bars(3, 2, 4))
    tracemalloc.start()
    try:
        for count in range(20):
            bars_png(bars(count, 2, 4))
        before, _ = tracemalloc.get_traced_memory()
        for count in range(200):
            bars_png(bars(count, 2, 4))
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < 100_000
