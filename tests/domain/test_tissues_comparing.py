"""A poll beside its club's others: on the mean, from five ballots on either side, saying how many."""

import pytest

from bot.domain.tissues.comparing import (
    NONE,
    Alike,
    Beyond,
    More,
    NewRecord,
    RecordStands,
    Tally,
    Usual,
    beside,
    by_version,
    compare,
)


def tally(version: str, people: int, total: int, polls: int = 1) -> Tally:
    return Tally("miracle", version, people, total, polls)


KR = tally("kr2013", 27, 70)
TR = tally("tr2019", 31, 137)


def test_under_five_ballots_nothing_is_compared() -> None:
    assert compare(tally("tr2019", 4, 40), [KR]) == NONE


def test_from_five_ballots_on_it_is() -> None:
    assert compare(tally("tr2019", 5, 40), [KR]).record == NewRecord(KR)


def test_nothing_is_compared_with_fewer_than_five_ballots() -> None:
    assert compare(TR, [tally("kr2013", 4, 4)]) == NONE


def test_small_polls_add_up_to_a_usual_but_hold_no_record() -> None:
    found = compare(TR, [tally("kr2013", 4, 4), tally("kr2013", 4, 8)])
    assert found.record is None
    assert found.usual == Usual(Tally("", "", people=8, total=12, polls=2))
    assert found.others == (More(TR, tally("kr2013", 8, 12, polls=2), TR.mean / 1.5),)


def test_a_record_stands_until_it_is_beaten() -> None:
    assert compare(TR, [KR]).record == NewRecord(KR)
    assert compare(KR, [TR]).record == RecordStands(TR)
    assert compare(TR, [TR]).record == RecordStands(TR)


def test_a_version_is_not_compared_with_itself_nor_a_poll_about_none() -> None:
    assert compare(TR, [tally("tr2019", 30, 60)]).others == ()
    assert compare(tally("", 30, 60), [KR]).others == ()
    assert compare(TR, [tally("", 30, 60)]).others == ()


def test_versions_of_another_film_are_left_out() -> None:
    assert compare(TR, [Tally("other", "kr2013", 30, 60)]).others == ()


def test_the_wetter_version_comes_first() -> None:
    assert beside(TR, KR) == More(TR, KR, TR.mean / KR.mean)
    assert beside(KR, TR) == More(TR, KR, TR.mean / KR.mean)


def test_no_ratio_is_told_where_none_would_say_anything() -> None:
    dry = tally("ph2019", 9, 0)
    assert beside(dry, TR) == Beyond(TR, dry)
    assert beside(dry, tally("mx2025", 8, 0)) == Alike(dry, tally("mx2025", 8, 0))
    assert beside(tally("a", 100, 104), tally("b", 100, 100)) == Alike(
        tally("a", 100, 104), tally("b", 100, 100)
    )


def test_versions_are_added_up_and_the_wettest_comes_first() -> None:
    found = by_version([KR, tally("tr2019", 5, 5), tally("tr2019", 5, 95)])
    assert found == (tally("tr2019", 10, 100, polls=2), KR)
    assert found[0].mean == pytest.approx(10)
