"""The cards of the week: within Discord's limits however full they are, and silent where they have to be."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from bot.domain.spoilers import Level, Room
from bot.domain.watch.clock import FilmClock
from bot.domain.watch.watch import Feature as Film
from bot.domain.watch.watch import State as Evening
from bot.domain.watch.watch import Watch
from bot.domain.weekly.candidates import MOST, Feature, Standing, Suggestion
from bot.domain.weekly.occurrences import Posting, State, Week
from bot.domain.weekly.slots import MOST_SLOTS, Kind, Pause, Quiet, Reason
from bot.domain.weekly.votes import Candidate, Vote
from bot.rehearsal.faults import Faults
from bot.rehearsal.limits_components import Checker
from bot.ui.cards import TEXT_LIMIT, Card
from cogs.weekly import ballots, cards, words
from tests.cogs.reading import ENGLISH, components, payload, texts
from tests.cogs.test_limits import PHONE
from tests.domain.films import shipped
from tests.domain.weekly import EIGHT, SUNDAY, slot, vote

NOW = EIGHT - timedelta(days=2)
LONG = "W" * 25 + "*_~`|<>@" + "m" * 22  # as long as a title may be, and hard to write plainly
ID = 10**19
HOSTILE = Feature("", "", LONG, 900)
QUIET = Quiet((EIGHT - timedelta(hours=1)).time(), (EIGHT + timedelta(hours=1)).time(), "UTC")


def week(kind: Kind = Kind.QUESTION, pause: Pause | None = None) -> Week:
    days = {SUNDAY + timedelta(days=7 * n): State.SKIPPED for n in range(1, 9)}
    last = Posting(1, 1, ID, SUNDAY - timedelta(days=7), EIGHT - timedelta(days=7), False, State.MISSED)
    return Week(replace(slot(kind), club_id=ID, channel_id=ID, pause=pause), days, last)


def full_vote(*, closed: bool = False, native: bool = False, votes: int = 9) -> Vote:
    """Ten candidates with the longest titles, suggested by somebody."""
    standing = tuple(Candidate(n, HOSTILE, ID, 3, votes if closed else None) for n in range(1, MOST + 1))
    open_vote = Vote(1, 1, 1, ID, ID, native, NOW, EIGHT, standing, people=votes * MOST, message_id=ID)
    return replace(open_vote, closed_at=EIGHT, seed=123456, result_id=ID) if closed else open_vote


def evening() -> Watch:
    clock = FilmClock(timedelta(hours=2), timedelta(), None)
    return Watch(1, ID, ID, Film("", "", LONG, timedelta(hours=2)), ID, EIGHT, Evening.PLANNED, NOW, clock)


def every_card() -> list[Card]:
    resting = [
        replace(slot(kind), slot_id=n, channel_id=ID, pause=Pause(why))
        for n, (kind, why) in enumerate((kind, why) for kind in Kind for why in Reason)
    ]
    suggestions = [Suggestion(n, ID, HOSTILE, NOW) for n in range(ballots.MOST_LISTED)]
    return [
        *(cards.slot_card(week(kind), QUIET, NOW, ENGLISH, "Set up.") for kind in Kind),
        cards.slot_card(week(pause=Pause(Reason.ASKED)), None, NOW, ENGLISH),
        cards.list_card([week()] * MOST_SLOTS, QUIET, NOW, ENGLISH, host=True),
        cards.list_card([], None, NOW, ENGLISH, host=False),
        *(cards.question_card(question, ID, ENGLISH) for question in shipped().questions),
        cards.level_card(Room(Level.PLOT), ENGLISH),
        cards.remove_card(slot(), ENGLISH),
        *(cards.resting_card([each], "Club", ENGLISH, "weekly-show:a:1:1") for each in resting),
        cards.resting_card(resting[:1] * MOST_SLOTS, "Club", ENGLISH),
        *(cards.nothing_card(slot(kind), "Club", ENGLISH) for kind in Kind),
        ballots.vote_card(full_vote(), ENGLISH),
        ballots.vote_card(full_vote(closed=True), ENGLISH),
        *(ballots.result_card(full_vote(closed=True, native=native), watch, when, ENGLISH)
          for native in (False, True) for watch, when in ((None, "<t:1:F>"), (evening(), ""))),
        ballots.result_card(full_vote(closed=True, votes=0), None, "<t:1:F>", ENGLISH),
        ballots.result_card(replace(full_vote(closed=True), seed=None), None, "", ENGLISH),
        ballots.standing_card([Standing(HOSTILE, 1, ID)] * MOST, ENGLISH),
        ballots.list_card(suggestions, ID, ENGLISH, "On the list."),
        ballots.ballot_card(full_vote(), full_vote().candidates[0], ENGLISH),
    ]  # fmt: skip


def said(card: Card) -> str:
    return "\n".join(texts(card))


def test_every_card_fits_discord_and_a_phone() -> None:
    for card in every_card():
        faults = Faults()
        Checker(faults, set()).message(payload(card), v2=True)
        faults.raise_if_any()
        assert sum(map(len, texts(card))) <= TEXT_LIMIT
        assert [each["label"] for each in components(card) if len(each.get("label") or "") > PHONE] == []


def test_an_open_vote_shows_how_many_and_not_for_what() -> None:
    asked = replace(vote(5, 4, 3), closed_at=None)
    shown = said(ballots.vote_card(asked, ENGLISH))
    assert "12 people have voted. The counts stay hidden" in shown
    assert "**" not in shown


@pytest.mark.parametrize(("votes", "shown"), [((1, 1), False), ((2, 1), True)])
def test_under_three_votes_no_figure_is_shown(votes: tuple[int, int], shown: bool) -> None:
    text = said(ballots.result_card(vote(*votes), None, "", ENGLISH))
    assert ("**" in text) is shown
    assert ("fewer than 3" in text) is not shown


def test_a_tie_of_two_ballots_does_not_tell_that_it_was_one() -> None:
    tied, alone = (
        said(ballots.result_card(vote(*votes), None, "", ENGLISH)).splitlines()
        for votes in ((0, 1, 1), (0, 2, 0))
    )
    assert [line for line in tied if "SHA-256" in line] == [line for line in alone if "SHA-256" in line] != []
    assert "(1, 2)" in said(ballots.result_card(vote(1, 2, 2), None, "", ENGLISH))


def test_a_winner_of_unknown_length_is_not_offered_in_one_press() -> None:
    unknown = vote(3, 1)
    first = replace(unknown.candidates[0], feature=Feature("", "", "A film", None))
    unknown = replace(unknown, candidates=(first, *unknown.candidates[1:]))
    card = ballots.result_card(unknown, None, "<t:1:F>", ENGLISH)
    assert "Nobody knows how long" in said(card)
    assert "Plan it" not in {each.get("label") for each in components(card)}


def test_every_result_carries_the_mark_that_finds_it_again() -> None:
    for native in (False, True):
        card = ballots.result_card(full_vote(closed=True, native=native), None, "<t:1:F>", ENGLISH)
        assert "tb:weekly-mine:1:result" in {each.get("custom_id") for each in components(card)}


def test_a_date_in_a_list_names_its_zone() -> None:
    occurrence = slot().when.on(date(2026, 11, 29))
    assert words.date_label(occurrence, slot().when) == "2026-11-29 20:00 Europe/Berlin"
