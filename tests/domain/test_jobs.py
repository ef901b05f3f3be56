"""When a failed job is tried again, and by which mark Discord drops a repeated message."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.jobs import LEASE, MOST_TRIES, Job, next_try

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
ids = st.integers(1, 2**53)
generations = st.integers(0, 1_000_000)


def job(job_id: int, generation: int) -> Job:
    return Job(job_id, "any", 1, generation, 1, NOW, 1)


def test_each_try_waits_twice_as_long_as_the_one_before_up_to_five_minutes() -> None:
    waits = [again - NOW for tries in range(1, MOST_TRIES) if (again := next_try(tries, NOW))]
    assert waits[0] == timedelta(seconds=5)
    assert all(later == min(2 * earlier, timedelta(minutes=5)) for earlier, later in pairwise(waits))


def test_a_job_outlives_an_outage_of_a_day() -> None:
    waits = [again - NOW for tries in range(1, MOST_TRIES) if (again := next_try(tries, NOW))]
    assert sum(waits, timedelta()) > timedelta(days=1)


def test_enough_tries_are_enough() -> None:
    assert next_try(MOST_TRIES - 1, NOW) is not None
    assert next_try(MOST_TRIES, NOW) is None


def test_what_others_have_to_mend_is_waited_for_hour_by_hour_for_a_month() -> None:
    assert next_try(MOST_TRIES, NOW, patient=True) == NOW + timedelta(hours=1)
    assert next_try(MOST_TRIES + 30 * 24 - 1, NOW, patient=True) is not None
    assert next_try(MOST_TRIES + 30 * 24, NOW, patient=True) is None


def test_a_lease_is_long_enough_for_an_answer_and_short_enough_to_wait_for() -> None:
    assert timedelta(seconds=30) <= LEASE <= timedelta(minutes=5)


@given(ids, generations)
def test_a_nonce_fits_discord(job_id: int, generation: int) -> None:
    assert len(job(job_id, generation).nonce) <= 25


@given(ids, generations, ids, generations)
def test_two_jobs_or_generations_never_share_a_nonce(one: int, first: int, other: int, second: int) -> None:
    same = (one, first) == (other, second)
    assert (job(one, first).nonce == job(other, second).nonce) is same
