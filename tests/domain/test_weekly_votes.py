"""The vote for the next film: who stands, who wins, and how a tie is broken."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.weekly.candidates import Feature, Suggestion, candidates
from bot.domain.weekly.votes import (
    PATIENCE,
    Drawn,
    LeastWatched,
    NobodyVoted,
    Outright,
    Unread,
    decide,
    lot,
    next_look,
    winner_of,
)
from tests.domain.weekly import EIGHT, feature, vote

KNOWN = [Feature("miracle", f"v{number}", f"Version {number}", 120) for number in range(7)]


def suggestion(number: int, member: int, *, stood: int = 0) -> Suggestion:
    return Suggestion(
        number, member, feature(f"Title {number}"), EIGHT + timedelta(minutes=number), stood=stood
    )


def test_whoever_suggests_much_gets_no_more_than_their_share() -> None:
    busy = [suggestion(number, member=1) for number in range(20)]
    found = candidates([*busy, suggestion(50, member=2), suggestion(51, member=3)], KNOWN, {})
    assert [each.suggested_by for each in found[:3]] == [1, 2, 3]
    assert {each.suggested_by for each in found} == {1, 2, 3}
    assert len(found) == 10


def test_who_had_fewest_in_votes_so_far_begins() -> None:
    found = candidates([suggestion(1, 1, stood=3), suggestion(2, 2), suggestion(3, 1)], [], {})
    assert [each.feature.title for each in found] == ["Title 2", "Title 3", "Title 1"]


def test_the_known_films_fill_up_those_watched_least_first() -> None:
    found = candidates([suggestion(1, 1)], KNOWN, {KNOWN[0].key: 2, KNOWN[1].key: 1})
    assert [each.feature for each in found[1:]] == [*KNOWN[2:], KNOWN[1], KNOWN[0]]


def test_nothing_stands_twice() -> None:
    again = Suggestion(1, 1, Feature("miracle", "v3", "another name", 1), EIGHT)
    shouted = [suggestion(4, 1), Suggestion(5, 2, feature("TITLE 4"), EIGHT)]
    found = candidates([again, *shouted], KNOWN, {})
    keys = [each.feature.key for each in found]
    assert len(keys) == len(set(keys)) == 8


def test_more_votes_win() -> None:
    assert decide(vote(1, 3, 2)) == Outright(vote(1, 3, 2).candidates[1])


def test_of_a_tie_the_least_watched_wins() -> None:
    tied = vote(3, 1, 3, watched={0: 2, 2: 1})
    assert decide(tied) == LeastWatched(tied.candidates[2], (tied.candidates[0], tied.candidates[2]))


def test_then_a_lot_is_drawn_that_anybody_can_draw_again() -> None:
    tied = vote(3, 1, 3, 3, watched={3: 5})
    drawn = decide(tied)
    assert isinstance(drawn, Drawn)
    assert drawn.seed == 4711
    assert [each.number for each in drawn.tied] == [0, 2]
    # sha256sum of "4711:0" begins with 6960d097, of "4711:2" with c6cc48e5
    assert (lot(4711, 0)[:8], lot(4711, 2)[:8]) == ("6960d097", "c6cc48e5")
    assert drawn.winner.number == min((0, 2), key=lambda number: lot(4711, number))


def test_seeds_favour_nobody() -> None:
    wins = [winner_of(decide(vote(1, 1, seed=seed))) for seed in range(1000)]
    assert 400 < sum(each.number for each in wins if each) < 600


def test_without_a_vote_nothing_wins_and_what_was_not_read_is_not_guessed() -> None:
    assert decide(vote(0, 0)) == NobodyVoted()
    assert decide(vote(2, 0, seed=None)) == Unread()
    assert winner_of(Unread()) is None


@given(st.lists(st.integers(0, 4), min_size=2, max_size=10), st.integers(0, 10**6))
def test_the_winner_has_as_many_votes_as_any(votes: list[int], seed: int) -> None:
    winner = winner_of(decide(vote(*votes, seed=seed)))
    assert (winner.votes if winner else 0) == max(votes)


def test_discord_is_asked_again_with_growing_pauses_and_not_for_ever() -> None:
    closes, now, waits = EIGHT, EIGHT, []
    for looks in range(1000):
        again = next_look(looks, closes, now)
        if again is None:
            break
        waits.append(again - now)
        now = again
    assert waits == sorted(waits)
    assert waits[0] == timedelta(minutes=5)
    assert PATIENCE - timedelta(hours=1) <= now - closes <= PATIENCE
