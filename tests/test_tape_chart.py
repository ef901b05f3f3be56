"""The tape as a picture: a PNG of one size that marks what it should and never fails, whatever the evening was."""

from collections import Counter
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.domain.watch.tape import Tape
from bot.tape_chart import SIZE, tape_png

BAR, MARKED, UNSHOWN = (127, 180, 220), (255, 209, 102), (70, 84, 95)


def drawn(tape: Tape) -> Image.Image:
    png = tape_png(tape.minutes, [wet.minute for wet in tape.wettest])
    with Image.open(BytesIO(png)) as image:
        assert image.format == "PNG"
        return image.convert("RGB")


def column(image: Image.Image, minute: float, minutes: int) -> Counter[tuple[int, ...]]:
    """The colours above a film minute, below the names."""
    x = round(64 + (SIZE[0] - 64 - 24) * minute / minutes)
    pixels = (image.getpixel((x, y)) for y in range(110, SIZE[1] - 60))
    return Counter(pixel for pixel in pixels if isinstance(pixel, tuple))


def near(found: Counter[tuple[int, ...]], colour: tuple[int, ...]) -> int:
    """Pixels of about that colour: a small palette moves them a little."""
    return sum(n for c, n in found.items() if all(abs(a - b) < 24 for a, b in zip(c, colour, strict=True)))


def test_the_wettest_minutes_are_marked_and_the_others_are_not() -> None:
    minutes = [0] * 100
    minutes[20], minutes[40], minutes[60], minutes[80] = 10, 8, 6, 4
    image = drawn(Tape(tuple(minutes)))
    heights = {minute: near(column(image, minute + 0.15, 100), MARKED) for minute in (20, 40, 60, 80)}
    assert heights[20] > heights[40] > heights[60] > 0
    assert heights[80] == 0
    assert near(column(image, 80.5, 100), BAR) > 0
    assert near(column(image, 50.5, 100), BAR) == 0


def test_a_minute_that_is_not_shown_is_no_empty_one() -> None:
    image = drawn(Tape((None, 0, 5, 5, 5, 5)))
    assert near(column(image, 0.5, 6), UNSHOWN) > 3
    assert near(column(image, 1.5, 6), UNSHOWN) <= 1


@pytest.mark.parametrize("minutes", [(), (0,), (None,) * 130, (3,), (1,) * 600])
def test_every_evening_has_a_picture(minutes: tuple[int | None, ...]) -> None:
    assert drawn(Tape(minutes)).size == SIZE


@settings(max_examples=15, deadline=None)
@given(st.lists(st.none() | st.integers(0, 10_000), min_size=1, max_size=240))
def test_no_evening_breaks_it(minutes: list[int | None]) -> None:
    assert drawn(Tape(tuple(minutes))).size == SIZE
