"""What may be done with a poll when, to the minute."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.domain.tissues.polls import LONGEST, REOPEN_WITHIN, SHORTEST, Poll, checked_close
from bot.errors import UserError

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
TICK = timedelta(milliseconds=1)
POLL = Poll(
    poll_id=1,
    club_id=2,
    channel_id=3,
    film="miracle",
    version="tr2019",
    live=False,
    opened_at=NOW,
    closes_at=NOW + timedelta(hours=48),
)
CLOSED = replace(POLL, closed_at=NOW + timedelta(hours=1))


def test_ballots_count_up_to_the_announced_minute_and_not_after_it() -> None:
    assert POLL.accepts(POLL.closes_at - TICK)
    assert not POLL.accepts(POLL.closes_at)
    assert not CLOSED.accepts(NOW + timedelta(hours=2))


def test_a_close_can_be_undone_for_a_quarter_of_an_hour() -> None:
    assert CLOSED.closed_at
    assert CLOSED.reopenable(CLOSED.closed_at + REOPEN_WITHIN)
    assert not CLOSED.reopenable(CLOSED.closed_at + REOPEN_WITHIN + TICK)
    assert not POLL.reopenable(NOW)


@pytest.mark.parametrize(
    ("poll", "people", "shown"),
    [
        (POLL, 100, False),
        (replace(POLL, live=True), 2, False),
        (replace(POLL, live=True), 3, True),
        (CLOSED, 2, False),
        (CLOSED, 3, True),
        (replace(POLL, generation=1), 100, False),
    ],
)
def test_figures_are_shown_after_the_close_or_live_and_of_three_people_or_more(
    poll: Poll, people: int, shown: bool
) -> None:
    assert poll.shows_figures(people) is shown


def test_a_poll_closes_within_a_month_and_not_at_once() -> None:
    assert checked_close(NOW + SHORTEST, NOW) == NOW + SHORTEST
    assert checked_close(NOW + LONGEST, NOW) == NOW + LONGEST
    with pytest.raises(UserError, match=r"tissues\.closes_too_soon"):
        checked_close(NOW + SHORTEST - TICK, NOW)
    with pytest.raises(UserError, match=r"tissues\.closes_too_late"):
        checked_close(NOW + LONGEST + TICK, NOW)
