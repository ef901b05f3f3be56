"""A club's settings: sensible unset, changed one by one, refused with what is accepted."""

from typing import Any

import pytest
from msgspec.structs import replace

from bot.domain.clubs import ClubSettings, Reset
from bot.domain.spoilers import Level
from bot.errors import UserError
from bot.services.clubs import Change, Clubs
from bot.storage.engine import Database
from bot.storage.opening import open_database
from tests.services.times import NOW

pytestmark = pytest.mark.asyncio

CLUB, OTHER_CLUB = 7, 8
THREAD, CHANNEL = 70, 71


@pytest.fixture
def clubs(db: Database) -> Clubs:
    return Clubs(db, ["en", "tr"])


async def test_a_club_that_has_set_nothing_has_the_defaults(clubs: Clubs) -> None:
    assert await clubs.settings(CLUB) == ClubSettings()
    place = await clubs.place(CLUB, [CHANNEL])
    assert place.room.ceiling is Level.PREMISE
    assert place.room.cover is None


async def test_every_setting_is_kept_over_a_restart(clubs: Clubs, db: Database, url: str) -> None:
    change = Change(
        zone="Asia/Seoul",
        language="tr",
        ceiling=Level.NONE,
        channel_ceilings={CHANNEL: Level.ENDING},
        host_role=5,
        announcements=6,
    )
    changed = await clubs.change(CLUB, change, NOW)
    assert changed == ClubSettings("Asia/Seoul", "tr", Level.NONE, {CHANNEL: Level.ENDING}, 5, 6)
    await db.close()
    reopened = await open_database(url, NOW)
    assert await Clubs(reopened, ["en", "tr"]).settings(CLUB) == changed
    await reopened.close()


@pytest.mark.parametrize(
    "change",
    [
        Change(zone="Europe/Istanbul"),
        Change(language="en"),
        Change(ceiling=Level.NONE),
        Change(channel_ceilings={THREAD: Level.ENDING}),
        Change(host_role=50),
        Change(announcements=60),
    ],
    ids=["zone", "language", "ceiling", "channel", "host role", "announcements"],
)
async def test_a_change_leaves_the_rest_as_it_was(clubs: Clubs, change: Change) -> None:
    before = await clubs.change(
        CLUB, Change("Asia/Seoul", "tr", Level.PLOT, {CHANNEL: Level.PREMISE}, 5, 6), NOW
    )
    after = await clubs.change(CLUB, change, NOW)
    differing = {
        name for name in ClubSettings.__struct_fields__ if getattr(after, name) != getattr(before, name)
    }
    asked_for = {name for name in Change.__struct_fields__ if getattr(change, name)}
    asked_for |= {"ceiling"} if change.ceiling is not None else set()
    assert differing == asked_for
    assert after.channel_ceilings.items() >= before.channel_ceilings.items()


async def test_clubs_do_not_mix(clubs: Clubs) -> None:
    await clubs.change(CLUB, Change(ceiling=Level.ENDING, channel_ceilings={CHANNEL: Level.NONE}), NOW)
    await clubs.change(OTHER_CLUB, Change(zone="Asia/Seoul"), NOW)
    assert await clubs.settings(OTHER_CLUB) == ClubSettings(zone="Asia/Seoul")
    assert (await clubs.settings(CLUB)).channel_ceilings == {CHANNEL: Level.NONE}


async def test_a_thread_goes_by_its_parents_ceiling_until_it_has_its_own(clubs: Clubs) -> None:
    await clubs.change(CLUB, Change(channel_ceilings={CHANNEL: Level.NONE}), NOW)
    assert (await clubs.place(CLUB, [THREAD, CHANNEL])).room.ceiling is Level.NONE
    await clubs.change(CLUB, Change(channel_ceilings={THREAD: Level.ENDING}), NOW)
    assert (await clubs.place(CLUB, [THREAD, CHANNEL])).room.ceiling is Level.ENDING


@pytest.mark.parametrize(
    ("change", "key", "params"),
    [
        (Change(zone="Asia/Gotham"), "club.zone_unknown", {"zone": "Asia/Gotham"}),
        (Change(zone=""), "club.zone_unknown", {"zone": ""}),
        (Change(language="xx"), "club.language_unknown", {"language": "xx", "known": "en, tr"}),
    ],
)
async def test_a_refusal_names_what_was_asked_and_what_is_accepted(
    clubs: Clubs, change: Change, key: str, params: dict[str, str]
) -> None:
    with pytest.raises(UserError) as refusal:
        await clubs.change(CLUB, change, NOW)
    assert (refusal.value.key, refusal.value.params) == (key, params)


async def test_a_refused_change_changes_nothing(clubs: Clubs) -> None:
    with pytest.raises(UserError):
        await clubs.change(CLUB, Change(zone="Asia/Seoul", language="xx", ceiling=Level.ENDING), NOW)
    assert await clubs.settings(CLUB) == ClubSettings()


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("europe/istanbul", "Europe/Istanbul"),
        ("Istanbul", "Europe/Istanbul"),
        ("new york", "America/New_York"),
        ("utc", "UTC"),
    ],
)
async def test_a_zone_is_known_however_it_is_written(clubs: Clubs, typed: str, zone: str) -> None:
    assert (await clubs.change(CLUB, Change(zone=typed), NOW)).zone == zone


FULL = ClubSettings("Asia/Seoul", "tr", Level.PLOT, {THREAD: Level.NONE, CHANNEL: Level.PREMISE}, 5, 6, 9)


@pytest.mark.parametrize(
    ("what", "unset"),
    [
        (Reset.LANGUAGE, {"language": None}),
        (Reset.HOST_ROLE, {"host_role": None}),
        (Reset.ANNOUNCEMENTS, {"announcements": None}),
        (Reset.SPOILERS, {"spoilers": None}),
        (Reset.CHANNEL_CEILING, {"channel_ceilings": {THREAD: Level.NONE}}),
    ],
)
async def test_one_setting_is_unset_and_the_rest_stays(
    clubs: Clubs, what: Reset, unset: dict[str, Any]
) -> None:
    full = Change("Asia/Seoul", "tr", Level.PLOT, {THREAD: Level.NONE, CHANNEL: Level.PREMISE}, 5, 6, 9)
    assert await clubs.change(CLUB, full, NOW) == FULL
    after = await clubs.change(CLUB, Change(reset=what, reset_at=(CHANNEL,)), NOW)
    assert after == replace(FULL, **unset)


async def test_a_press_outside_threads_asks_no_database(clubs: Clubs, db: Database) -> None:
    await clubs.settings(CLUB)
    await db.close()
    assert (await clubs.place(CLUB, [CHANNEL])).room.ceiling is Level.PREMISE
    with pytest.raises(RuntimeError, match="closed"):
        await clubs.place(CLUB, [THREAD, CHANNEL])
