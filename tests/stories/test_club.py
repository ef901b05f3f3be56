"""`/club settings` and `/help` over the wire."""

import pytest

from bot.rehearsal import ClientRefuses
from tests.stories.conftest import Club


@pytest.mark.asyncio
async def test_settings_have_sensible_values_before_anyone_has_set_anything(club: Club) -> None:
    shown = await club.admin.slash(club.cinema, "club settings")
    assert "UTC" in shown.text
    assert "the premise" in shown.text
    assert "Manage Events" in shown.text
    assert shown.ephemeral


@pytest.mark.asyncio
async def test_what_is_set_stays_set_and_the_rest_stays_as_it_was(club: Club) -> None:
    await club.admin.slash(club.cinema, "club settings", zone="Europe/Istanbul", ceiling="plot")
    shown = await club.admin.slash(club.cinema, "club settings", announcements=club.lounge)
    assert "Europe/Istanbul" in shown.text
    assert "the plot" in shown.text
    assert f"<#{club.lounge.id}>" in shown.text


@pytest.mark.asyncio
async def test_zones_are_offered_by_city(club: Club) -> None:
    offered = await club.admin.complete(club.cinema, "club settings", zone="new york")
    assert [choice.value for choice in offered] == ["America/New_York"]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"zone": "Mars/Olympus"}, "Mars/Olympus"),
        ({"language": "tlh"}, "tlh"),
        ({"channel-ceiling": "plot"}, "both the channel"),
    ],
)
async def test_what_nobody_knows_is_refused_and_nothing_changes(
    club: Club, options: dict[str, str], named: str
) -> None:
    before = await club.admin.slash(club.cinema, "club settings")
    refused = await club.admin.slash(club.cinema, "club settings", **options)
    after = await club.admin.slash(club.cinema, "club settings")
    assert named in refused.text
    assert after.text == before.text


@pytest.mark.asyncio
async def test_only_admins_are_offered_the_settings(club: Club) -> None:
    with pytest.raises(ClientRefuses):
        await club.alice.slash(club.cinema, "club settings")


@pytest.mark.asyncio
async def test_help_is_by_who_asks(club: Club) -> None:
    member = await club.alice.slash(club.cinema, "help")
    admin = await club.admin.slash(club.cinema, "help")
    assert "/miracle versions" in member.text
    assert "/club settings" not in member.text
    assert "/club settings" in admin.text
    assert member.ephemeral


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("command", "option"),
    [
        ("miracle version", "version"),
        ("miracle fact", "topic"),
        ("club settings", "zone"),
        ("club settings", "language"),
        ("tissues results", "poll"),
        ("tissues open", "closes"),
    ],
)
@pytest.mark.parametrize("typed", ["x" * 6000, "9" * 6000, "9" * 20], ids=["letters", "digits", "too large"])
async def test_whatever_is_typed_gets_an_answer(club: Club, command: str, option: str, typed: str) -> None:
    who = club.admin if command.startswith("club") else club.host
    answer = await who.slash(club.cinema, command, **{option: typed})
    assert "Something went wrong" not in answer.text
    assert 0 < len(answer.text) < 2000
