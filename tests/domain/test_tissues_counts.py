"""What ballots come to: every figure of a result."""

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.tissues.counts import BOX, Boxes, Counts, Part, Shape, boxes, lines_within

ballots = st.lists(st.integers(0, 999), min_size=1, max_size=60)


def counted(*given_ballots: int) -> Counts:
    return Counts({number: given_ballots.count(number) for number in given_ballots})


@given(ballots)
def test_the_figures_are_those_of_the_ballots(given_ballots: list[int]) -> None:
    counts = counted(*given_ballots)
    assert counts.people == len(given_ballots)
    assert counts.total == sum(given_ballots)
    assert counts.mean == pytest.approx(statistics.fmean(given_ballots))
    assert counts.median == statistics.median(given_ballots)
    assert sum(people for _, people in counts.bins) == len(given_ballots)


def test_nobody_comes_to_nothing() -> None:
    counts = Counts({})
    assert (counts.people, counts.total, counts.mean, counts.median) == (0, 0, 0, 0)


def test_the_bins_are_the_buttons_and_two_heaps() -> None:
    assert counted(0, 1, 1, 4, 5, 9, 10, 999).bins == (
        ("0", 1),
        ("1", 2),
        ("2", 0),
        ("3", 0),
        ("4", 1),
        ("5-9", 2),
        ("10+", 2),
    )


@pytest.mark.parametrize(
    ("given_ballots", "shape"),
    [
        ([3, 3, 3], Shape.ALIKE),
        ([0, 1, 1, 7], Shape.LOW),
        ([2, 3, 4, 9], Shape.MIDDLE),
        ([5, 12, 80, 0], Shape.HIGH),
        ([0, 1, 3, 6], Shape.SPREAD),
        ([0, 1, 5, 10], Shape.SPREAD),
    ],
)
def test_the_shape_is_the_heap_of_most(given_ballots: list[int], shape: Shape) -> None:
    assert counted(*given_ballots).shape is shape


@pytest.mark.parametrize(
    ("total", "nearest"),
    [
        (0, Boxes(0, Part.NOTHING)),
        (12, Boxes(0, Part.NOTHING)),
        (17, Boxes(0, Part.QUARTER)),
        (31, Boxes(0, Part.THIRD)),
        (50, Boxes(0, Part.HALF)),
        (80, Boxes(0, Part.THREE_QUARTERS)),
        (88, Boxes(1, Part.NOTHING)),
        (100, Boxes(1, Part.NOTHING)),
        (137, Boxes(1, Part.THIRD)),
        (166, Boxes(1, Part.TWO_THIRDS)),
    ],
)
def test_boxes_are_rounded_to_what_people_say(total: int, nearest: Boxes) -> None:
    assert boxes(total) == nearest


@given(st.integers(0, 999_000))
def test_boxes_are_never_further_off_than_an_eighth(total: int) -> None:
    parts = {
        Part.NOTHING: 0.0,
        Part.QUARTER: 1 / 4,
        Part.THIRD: 1 / 3,
        Part.HALF: 0.5,
        Part.TWO_THIRDS: 2 / 3,
        Part.THREE_QUARTERS: 3 / 4,
    }
    found = boxes(total)
    assert abs(found.whole + parts[found.part] - total / BOX) <= 1 / 8 + 1e-9


@given(st.lists(st.text(max_size=50)), st.integers(0, 300))
def test_lines_are_kept_whole_and_within_the_limit(lines: list[str], limit: int) -> None:
    kept = lines_within(lines, limit)
    assert len("\n".join(kept)) <= limit
    assert lines[: len(kept)] == kept
    if len(kept) < len(lines):
        assert len("\n".join(lines[: len(kept) + 1])) > limit
