"""What a club's settings make of a place and of an answer's language."""

import pytest

from bot.domain.clubs import ClubSettings, answer_language, known_zone
from bot.domain.spoilers import Level

THREAD, CHANNEL, ELSEWHERE = 1, 2, 3
SPOKEN = ("en", "fil", "tr")


@pytest.mark.parametrize(
    ("own", "ceiling"),
    [
        ({}, Level.PREMISE),
        ({ELSEWHERE: Level.ENDING}, Level.PREMISE),
        ({CHANNEL: Level.NONE}, Level.NONE),
        ({THREAD: Level.ENDING, CHANNEL: Level.NONE}, Level.ENDING),
    ],
)
def test_the_nearest_ceiling_holds(own: dict[int, Level], ceiling: Level) -> None:
    assert ClubSettings(channel_ceilings=own).ceiling_at([THREAD, CHANNEL]) is ceiling


def test_a_club_that_has_set_nothing_keeps_to_the_premise_and_to_utc() -> None:
    assert ClubSettings().ceiling_at([CHANNEL]) is Level.PREMISE
    assert ClubSettings().tz.key == "UTC"


@pytest.mark.parametrize(
    ("preferred", "club", "client", "answered"),
    [
        ("tr", "fil", "en-US", "tr"),
        ("xx", None, "ko", "ko"),
        (None, "fil", "en-US", "fil"),
        (None, "fil", "en-GB", "fil"),
        (None, "fil", "ko", "ko"),
        (None, "tr", "en-US", "en-US"),
    ],
)
def test_a_member_is_answered_in_the_language_they_would_choose(
    preferred: str | None, club: str | None, client: str, answered: str
) -> None:
    assert answer_language(preferred=preferred, club=club, client=client, spoken=SPOKEN) == answered


def test_filipino_is_not_promised_before_it_is_spoken() -> None:
    assert answer_language(preferred=None, club="fil", client="en-US", spoken=("en",)) == "en-US"


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Asia/Seoul", True),
        ("UTC", True),
        ("Asia/Gotham", False),
        ("", False),
        ("../etc/passwd", False),
        ("localtime", False),
        ("Factory", False),
    ],
)
def test_a_zone_is_an_iana_name(name: str, known: bool) -> None:
    assert known_zone(name) is known
