"""`/club settings` and `/help` over the wire."""

from pathlib import Path

import pytest

from bot.rehearsal import ClientRefuses, Member, Rehearsal
from cogs.club.help import FOR_HOSTS
from cogs.club.settings import CEILINGS_SHOWN
from tests.stories.conftest import ROOT, Club, bot_process, found_club


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
        ({"channel-ceiling": "plot", "reset": "channel-ceiling"}, "both the channel"),
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


@pytest.mark.asyncio
async def test_help_leaves_out_what_only_hosts_may_use(club: Club) -> None:
    host, member = await _every_page(club, club.host), await _every_page(club, club.alice)
    assert [name for name in sorted(FOR_HOSTS) if f"`/{name}`" not in host] == []
    assert [name for name in sorted(FOR_HOSTS) if f"`/{name}`" in member] == []


async def _every_page(club: Club, member: Member) -> str:
    shown = await member.slash(club.cinema, "help")
    texts = [shown.text]
    while more := [b["label"] for b in shown.message.buttons() if b["label"].startswith("Page ")]:
        shown = await member.press(shown, more[0])
        texts.append(shown.text)
    assert all(len(text) < 4000 for text in texts)
    return "\n".join(texts)


@pytest.mark.asyncio
async def test_help_names_itself_and_the_message_menu(club: Club) -> None:
    every = await _every_page(club, club.alice)
    assert "`/help`" in every
    assert "Hide as spoiler" in every


@pytest.mark.asyncio
async def test_help_fits_with_many_films(tmp_path: Path) -> None:
    pack = (ROOT / "data/films/miracle.toml").read_text(encoding="utf-8")
    packs = tmp_path / "packs"
    packs.mkdir()
    slugs = ["miracle", "second", "third", "fourth"]
    for slug in slugs:
        (packs / f"{slug}.toml").write_text(pack.replace('slug = "miracle"', f'slug = "{slug}"'), "utf-8")
    async with Rehearsal.start() as discord_, bot_process(discord_, tmp_path, PACKS_DIR=str(packs)) as bot:
        await bot.ready()
        club = found_club(discord_, bot)
        every = await _every_page(club, club.admin)
        assert all(f"`/{slug} sources`" in every for slug in slugs)
        assert [str(violation) for violation in discord_.violations] == []


@pytest.mark.asyncio
async def test_many_ceilings_are_shown_in_part(club: Club) -> None:
    for number in range(CEILINGS_SHOWN + 2):
        channel = club.guild.text_channel(f"room-{number}")
        await club.admin.slash(club.cinema, "club settings", channel=channel, **{"channel-ceiling": "ending"})
    shown = await club.admin.slash(club.cinema, "club settings")
    assert shown.text.count("shows up to") == CEILINGS_SHOWN
    assert "and 2 more channels" in shown.text


@pytest.mark.asyncio
async def test_what_was_set_can_be_unset(club: Club) -> None:
    before = await club.admin.slash(club.cinema, "club settings")
    role = club.guild.role("Projectionists")
    ceiling = {"channel": club.cinema, "channel-ceiling": "ending"}
    everything = {"language": "en", "announcements": club.lounge, "host-role": role, "spoilers": club.lounge}
    await club.admin.slash(club.cinema, "club settings", **everything, **ceiling)
    for what in ("language", "announcements", "host-role", "spoilers", "channel-ceiling"):
        await club.admin.slash(club.cinema, "club settings", reset=what)
    plain = await club.admin.slash(club.cinema, "club settings")
    assert plain.text == before.text


@pytest.mark.asyncio
async def test_everybody_can_be_a_host(club: Club) -> None:
    shown = await club.admin.slash(club.cinema, "club settings", **{"host-role": club.guild.everyone})
    assert "everybody here" in shown.text
    opened = await club.alice.slash(club.cinema, "tissues open", version="tr2019")
    assert "That takes a host" not in opened.text


@pytest.mark.asyncio
async def test_a_host_role_that_is_gone_is_not_named(club: Club) -> None:
    role = club.guild.role("Projectionists")
    await club.admin.slash(club.cinema, "club settings", **{"host-role": role})
    named = await club.alice.slash(club.cinema, "tissues open", version="tr2019")
    club.guild.delete_role(role)
    gone = await club.alice.slash(club.cinema, "tissues open", version="tr2019")
    assert f"<@&{role.id}>" in named.text
    assert "An admin can also name a host role" in gone.text


@pytest.mark.asyncio
async def test_a_zone_may_be_typed_as_people_write_it(club: Club) -> None:
    for typed in ("Istanbul", "europe/istanbul", "EUROPE/ISTANBUL"):
        shown = await club.admin.slash(club.cinema, "club settings", zone=typed)
        assert "Europe/Istanbul" in shown.text
