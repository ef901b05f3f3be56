"""The cards of a watch-along: what they say in each state, what they keep back, and that Discord takes them."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.spoilers import Level
from bot.domain.watch.attendees import Crowd
from bot.domain.watch.clock import FilmClock
from bot.domain.watch.copies import OwnCopy, Reading
from bot.domain.watch.outcomes import Report, WhereAt
from bot.domain.watch.reminders import Reminder
from bot.domain.watch.tape import Tape
from bot.domain.watch.watch import COUNTDOWN, Feature, State, Watch
from bot.i18n import Speaker, load_texts
from bot.rehearsal.faults import Faults
from bot.rehearsal.limits_components import Checker
from bot.ui.cards import Card
from bot.ui.pictures import ALT_LIMIT, Picture
from cogs.watch import announcing, closing, panel, words
from cogs.watch.board import pause_at
from cogs.watch.showing import report_card
from cogs.watch.words import Billing
from tests.cogs.reading import ENGLISH, all_of, components, payload, texts
from tests.cogs.test_limits import PHONE
from tests.domain.films import shipped
from tests.services.times import NOW
from tests.stories.test_languages import english_in_text, pack_words, write_made_up

MINUTE = timedelta(minutes=1)
LENGTH = 132 * MINUTE
BILLING = Billing([shipped()])
FULL = Crowd(coming=20, ready=18, watching=18, taps=41)
FEW = Crowd(coming=1, ready=0, watching=2)
PICTURE = Picture("tape.png", b"", "alt")

PLANNED = Watch(
    watch_id=7,
    club_id=70,
    channel_id=71,
    feature=Feature("miracle", "tr2019", "🇹🇷 7. Koğuştaki Mucize (2019)", LENGTH),
    host_id=4,
    planned_for=NOW + timedelta(hours=3),
    state=State.PLANNED,
    since=NOW,
    clock=FilmClock(LENGTH),
    role_id=9,
    venue_id=8,
)


def must(step: Watch | None) -> Watch:
    assert step is not None
    return step


LOBBY = must(PLANNED.open_lobby(NOW))
COUNTING = must(LOBBY.start(NOW))
PLAYING = must(LOBBY.start(NOW - 40 * MINUTE))
PAUSED = must(PLAYING.pause(NOW))
AGAIN = must(PAUSED.resume(NOW + 4 * MINUTE))
RESTING = must(PLAYING.rest(NOW))
FINISHED = must(PLAYING.finish(NOW + 95 * MINUTE))
EARLY = must(PLAYING.finish(NOW))
CANCELLED = must(PLANNED.cancel(NOW))
EVERY = [PLANNED, LOBBY, COUNTING, PLAYING, PAUSED, AGAIN, RESTING, FINISHED, EARLY, CANCELLED]

TAPE = Tape((None, None, None, *([0, 3, 0, 12] * 32), 1))
LONGEST = Tape((999,) * 620)
DRY = Tape((0,) * 100)


def where(watch: Watch, copy: OwnCopy = OwnCopy(), taps: int = 4) -> WhereAt:  # noqa: B008 - frozen
    room = watch.clock.position(NOW)
    own = copy.shows(room, watch.clock.last)
    return WhereAt(watch, room, own, max(timedelta(), LENGTH - own), copy, taps)


def every_card(t: Speaker) -> Iterator[Card]:
    fast = OwnCopy(Reading(timedelta(), timedelta()), Reading(24 * MINUTE, 25 * MINUTE))
    slow = OwnCopy(Reading(MINUTE, timedelta()), Reading(MINUTE, timedelta()))
    for watch in EVERY:
        for crowd in (FULL, FEW):
            yield announcing.announcement(watch, crowd, BILLING, Level.PREMISE, t)
            yield panel.panel(watch, crowd, NOW + COUNTDOWN if watch is AGAIN else NOW, t)
    for watch in (COUNTING, PLAYING, PAUSED, RESTING):
        for copy in (OwnCopy(), fast, slow):
            yield panel.where_card(where(watch, copy), NOW, t, "said")
    for version in shipped().versions:
        feature = replace(PLANNED.feature, version=version.key)
        yield announcing.announcement(replace(PLANNED, feature=feature), FULL, BILLING, Level.PREMISE, t)
    yield announcing.reminder_card(PLANNED, Reminder.SOON, t)
    yield announcing.private_reminder(PLANNED, t)
    yield announcing.promise_card(PLANNED, t)
    for watch in (FINISHED, EARLY):
        yield closing.end_card(watch, BILLING, t)
        for tape in (TAPE, LONGEST, DRY, None):
            report = Report(watch, FULL, tape, sealed=tape is None)
            yield report_card(report, PICTURE if tape else None, t)
            if tape:
                yield closing.tape_card(report, tape, PICTURE, t)
                yield closing.minutes_card(tape, watch, t)


def said(card: Card) -> str:
    return "\n".join(texts(card))


def labels(card: Card) -> list[str]:
    return [each["label"] for each in components(card) if each.get("label")]


def test_every_card_fits_discord_and_a_phone() -> None:
    for card in every_card(ENGLISH):
        faults = Faults()
        Checker(faults, {PICTURE.name}).message(payload(card), v2=True)
        faults.raise_if_any()
        assert [label for label in labels(card) if len(label) > PHONE] == []


def test_every_text_comes_from_the_catalogues(tmp_path: Path) -> None:
    write_made_up(tmp_path)
    t = load_texts(tmp_path).speaker("ko")
    known = {*pack_words(shipped()), "said"}
    for card in every_card(t):
        assert english_in_text("\n".join([*texts(card), *labels(card)]), known) == set()


def test_a_playing_panel_gives_an_anchor_to_compute_with() -> None:
    card = panel.panel(PLAYING, FULL, NOW, ENGLISH)
    zero = int((NOW - 40 * MINUTE + COUNTDOWN).timestamp())
    assert f"Your film's **0:00** was at <t:{zero}:T>." in said(card)
    assert "18 watching · 41 tissues" in said(card)
    assert labels(card) == ["Tissue", "Where are we?", "Need a break", "Pause", "Finish"]
    later = panel.panel(AGAIN, FULL, NOW + 5 * MINUTE, ENGLISH)
    assert "(the 4 min of pauses counted in)" in said(later)


@pytest.mark.parametrize("watch", EVERY, ids=lambda w: w.state.value)
def test_where_two_watch_no_card_tells_their_taps(watch: Watch) -> None:
    assert "tissue" not in said(panel.panel(watch, FEW, NOW, ENGLISH)).lower()


def test_once_it_is_over_the_sum_of_taps_waits_for_the_poll() -> None:
    assert "41" not in said(panel.panel(FINISHED, FULL, NOW, ENGLISH))


def test_a_free_title_is_shown_as_it_was_typed() -> None:
    feature = Feature("", "", "**M** <@&9> _x_", LENGTH)
    for card in (
        announcing.announcement(replace(PLANNED, feature=feature), FULL, BILLING, Level.PREMISE, ENGLISH),
        panel.panel(replace(PLAYING, feature=feature), FULL, NOW, ENGLISH),
    ):
        assert r"\*\*M\*\*" in said(card)


def test_each_state_has_its_buttons() -> None:
    assert labels(panel.panel(LOBBY, FULL, NOW, ENGLISH)) == [
        "I'm ready",
        "Where are we?",
        "Start the countdown",
    ]
    assert labels(panel.panel(COUNTING, FULL, NOW, ENGLISH)) == ["Where are we?", "Pause", "Finish"]
    assert labels(panel.panel(PAUSED, FULL, NOW, ENGLISH)) == ["Tissue", "Where are we?", "Go on", "Finish"]
    assert labels(panel.panel(RESTING, FULL, NOW, ENGLISH)) == ["Tissue", "Where are we?", "Go on", "Finish"]
    assert labels(panel.panel(FINISHED, FULL, NOW, ENGLISH)) == ["What it left"]


def test_no_announcement_gives_away_more_than_the_premise_or_its_channel() -> None:
    for version in shipped().versions:
        feature = replace(PLANNED.feature, version=version.key)
        for ceiling in Level:
            card = announcing.announcement(replace(PLANNED, feature=feature), FULL, BILLING, ceiling, ENGLISH)
            for warning in shipped().warnings:
                statement = warning.statement
                shown = statement.text in all_of(card)
                assert not shown or statement.spoils.level <= min(ceiling, Level.PREMISE)


def test_a_sealed_report_tells_nothing_of_the_tissues() -> None:
    card = report_card(Report(FINISHED, FULL, None, sealed=True), None, ENGLISH)
    assert "shown when the poll closes" in said(card)
    assert "41" not in said(card)


@given(st.lists(st.none() | st.integers(0, 999), min_size=1, max_size=300))
def test_alt_text_fits_and_says_shape_total_and_the_wettest(minutes: list[int | None]) -> None:
    tape = Tape(tuple(minutes))
    alt = words.tape_alt(tape, ENGLISH)
    assert len(alt) <= ALT_LIMIT
    assert f"{tape.total} in all" in alt
    assert ENGLISH(words.FLOWS[tape.flow]) in alt
    for wet in tape.wettest:
        assert f"{words.clock(wet)} ({wet.taps})" in alt
    for hidden in (place for place, taps in enumerate(minutes) if taps is None):
        assert not re.search(rf"\b{hidden // 60}:{hidden % 60:02}:", alt)


def test_the_tapes_twin_names_every_minute_with_a_tap() -> None:
    assert words.minutes_text(Tape((None, 2, 0, *[0] * 60, 7))) == "0:01 2 · 1:03 7"


def test_a_time_is_written_in_the_clubs_zone_which_is_named() -> None:

    assert words.wall(NOW, ZoneInfo("Asia/Seoul"), ENGLISH) == "Mon 23 Nov 2026, 05:00 (Asia/Seoul)"


def test_a_label_keeps_its_time_however_long_the_title() -> None:

    long = replace(PLANNED, feature=replace(PLANNED.feature, title="A" * 100))
    shown = words.label(long, ZoneInfo("UTC"), ENGLISH)
    assert len(shown) <= 100
    assert shown.endswith("23:00 (UTC)")


def test_a_panel_is_left_alone_for_five_seconds_and_for_fifteen_after_its_first_hour() -> None:
    assert pause_at(MINUTE) == pause_at(60 * MINUTE) == 5
    assert pause_at(60 * MINUTE + timedelta(seconds=1)) == 15
