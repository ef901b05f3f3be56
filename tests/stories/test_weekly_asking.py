"""What hosts and members ask of the week, over the wire: what is offered, what is refused and in which words."""

import pytest

from bot.rehearsal import Member
from tests.stories.conftest import Club
from tests.stories.weeks import set_up

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_slots_are_told_apart_by_their_channel(club: Club) -> None:
    await set_up(club, "question", 6, "20:00")
    await set_up(club, "question", 6, "20:00", channel=club.lounge)
    offered = await club.host.complete(club.cinema, "weekly remove", slot="")
    assert [each.name for each in offered] == [
        f"Question to talk about · #{room} · every Sunday at 20:00, Europe/Berlin"
        for room in ("cinema", "lounge")
    ]
    sure = await club.host.slash(club.cinema, "weekly remove", slot=offered[1].value)
    assert f"<#{club.lounge.id}>" in sure.text


async def test_dates_are_offered_once_it_is_clear_of_what(club: Club) -> None:
    await set_up(club, "question", 6, "20:00")
    await set_up(club, "question", 2, "20:00")
    assert await club.host.complete(club.cinema, "weekly skip", date="") == []
    slots = await club.host.complete(club.cinema, "weekly skip", slot="")
    also = {"slot": slots[0].value}
    assert len(await club.host.complete(club.cinema, "weekly skip", also=also, date="")) == 5


@pytest.mark.parametrize("until", ["0001-01-01", "9999-12-31", "2020-02-30"])
async def test_a_day_that_makes_no_rest_is_refused_in_words(club: Club, until: str) -> None:
    await set_up(club, "question", 6, "20:00")
    refused = await club.host.slash(club.cinema, "weekly pause", until=until)
    assert "Until:" in refused.text or "I don't understand" in refused.text
    assert "Rests" not in (await club.host.slash(club.cinema, "weekly list")).text


@pytest.mark.parametrize(
    ("kind", "said"),
    [("tissue-poll", "without a tissue poll"), ("watch-along", "No vote was won")],
)
async def test_where_there_is_nothing_to_post_now_it_is_said_at_once(
    club: Club, kind: str, said: str
) -> None:
    await set_up(club, kind, 6, "20:00")
    answer = await club.host.slash(club.cinema, "weekly now")
    assert said in answer.text
    shown = await club.host.slash(club.cinema, "weekly list")
    assert "Last:" not in shown.text
    assert club.host.dm.history() == []


async def test_a_channel_that_is_gone_is_refused(club: Club) -> None:
    await club.admin.slash(club.cinema, "club settings", announcements=club.lounge)
    club.guild.delete_channel(club.lounge)
    refused = await club.host.slash(club.cinema, "weekly add", kind="question", day=6, time="20:00")
    assert "gone" in refused.text
    assert "Nothing happens" in (await club.host.slash(club.cinema, "weekly list")).text
    gone = [each for each in club.discord_.violations if each.code == 10003]
    assert len(gone) == 1  # Discord was asked whether it is a thread that sleeps
    club.discord_.violations.remove(gone[0])


async def test_only_the_question_of_the_next_film_needs_the_right_to_send_polls(club: Club) -> None:
    added = await club.host.slash(
        club.cinema, "weekly add", kind="question", day=6, time="20:00", poll="discord"
    )
    assert "Set up." in added.text


async def suggested(member: Member, club: Club, film: str, minutes: int | None = None) -> str:
    options = {"film": film} if minutes is None else {"film": film, "minutes": minutes}
    return (await member.slash(club.cinema, "weekly suggest", **options)).text


async def test_nobody_gets_stuck_with_suggestions_that_are_not_shown(club: Club) -> None:
    for member in (club.alice, club.bob, club.dilan):
        for number in range(10):
            await suggested(member, club, f"{member.user.name} {number}", 90)
    assert "ake one back" in await suggested(club.alice, club, "one more", 90)
    listed = await club.alice.slash(club.cinema, "weekly suggest")
    assert "10 older ones are not shown" in listed.text
    taken = await club.alice.choose(listed, "Take one of yours back", "Alice 0")
    assert "9 older ones are not shown" in taken.text
    assert "Alice 0" not in str(taken.message.components)


async def test_the_length_of_a_film_the_bot_knows_is_its_own(club: Club) -> None:
    shown = await suggested(club.alice, club, "tr2019", 1)
    assert "132 min" in shown


async def test_a_title_is_nothing_but_text(club: Club) -> None:
    shown = await suggested(club.bob, club, "Free \u202eNitro** https://example.org <@1>", 90)
    assert "Free Nitro\\*\\* https:\u200b//example.org ‹@1>" in shown
