"""`/miracle` over the wire: every subcommand answers, publicly no further than the channel's ceiling."""

from datetime import timedelta

import pytest

from bot.rehearsal import ClientRefuses
from tests.stories.conftest import Club

VERSIONS = ("kr2013", "in2017", "tr2019", "ph2019", "id2022", "id2024", "mx2025")


@pytest.mark.asyncio
async def test_versions_shows_all_seven_in_their_own_scripts(club: Club) -> None:
    answer = await club.alice.slash(club.cinema, "miracle versions")
    for title in ("7번방의 선물", "ಪುಷ್ಪಕವಿಮಾನ", "7. Koğuştaki Mucize", "La celda de los milagros"):
        assert title in answer.text
    assert not answer.ephemeral
    assert answer.message in club.bob.sees(club.cinema)


@pytest.mark.asyncio
async def test_a_version_opens_from_the_select_for_the_one_who_chose(club: Club) -> None:
    listed = await club.alice.slash(club.cinema, "miracle versions")
    opened = await club.bob.choose(listed, "Open a version", "tr2019")
    assert opened.ephemeral
    assert "Mehmet Ada Öztekin" in opened.text
    assert opened.message not in club.alice.sees(club.cinema)


@pytest.mark.asyncio
@pytest.mark.parametrize("version", VERSIONS)
async def test_each_version_and_its_cast_answer(club: Club, version: str) -> None:
    card = await club.alice.slash(club.cinema, "miracle version", version=version)
    cast = await club.alice.slash(club.cinema, "miracle cast", version=version)
    assert "Directed" in card.text or "Director" in card.text
    assert "Cast" in cast.text
    assert "||" not in card.text + cast.text


@pytest.mark.asyncio
async def test_an_ending_goes_to_one_member_behind_a_spoiler_tag(club: Club) -> None:
    public = await club.alice.slash(club.cinema, "miracle compare", one="kr2013", other="tr2019")
    assert "**Ending**" not in public.text
    private = await club.alice.press(public, "Show me, only me")
    assert private.ephemeral
    assert "**Ending**" in private.text
    assert "||" in private.text
    assert private.message not in club.bob.sees(club.cinema)


@pytest.mark.asyncio
async def test_two_versions_can_be_compared_from_the_list(club: Club) -> None:
    listed = await club.alice.slash(club.cinema, "miracle versions")
    asked = await club.alice.press(listed, "Compare two")
    compared = await club.alice.choose(asked, "Choose two", "kr2013", "tr2019")
    assert "7번방의 선물" in compared.text
    assert "Koğuştaki" in compared.text


@pytest.mark.asyncio
async def test_a_channel_gets_no_fact_twice_until_it_had_them_all(evening: Club) -> None:
    club = evening
    first = await club.alice.slash(club.cinema, "miracle fact", version="tr2019")
    told = [first.text]
    again = first
    while "from now on they repeat" not in again.text:
        again = await club.bob.press(again, "Another")
        club.discord_.clock.jump(timedelta(seconds=5))
        told.append(again.text)
    assert len(told) > 3
    assert len(set(told[:-1])) == len(told) - 1


@pytest.mark.asyncio
async def test_a_channel_is_told_another_fact_every_few_seconds_at_most(evening: Club) -> None:
    club = evening
    first = await club.alice.slash(club.cinema, "miracle fact")
    elsewhere = await club.alice.slash(club.lounge, "miracle fact")
    await club.alice.press(first, "Another")
    refused = await club.bob.press(first, "Another")
    assert refused.ephemeral
    assert "One at a time" in refused.text
    assert not (await club.bob.press(elsewhere, "Another")).ephemeral
    club.discord_.clock.jump(timedelta(seconds=5))
    assert not (await club.bob.press(first, "Another")).ephemeral


@pytest.mark.asyncio
async def test_who_is_timed_out_asks_for_no_fact_and_answers_no_quiz(club: Club) -> None:
    fact = await club.bob.slash(club.cinema, "miracle fact")
    quiz = await club.bob.slash(club.cinema, "miracle quiz")
    asked = quiz.text
    club.alice.time_out(timedelta(hours=1))
    refused = await club.alice.press(fact, "Another")
    assert refused.ephemeral
    assert "You are timed out here" in refused.text
    assert quiz.message is not None
    for choice in quiz.message.buttons():
        refused = await club.alice.press(quiz, str(choice["label"]))
        assert "You are timed out here" in refused.text
    assert quiz.text == asked


@pytest.mark.asyncio
async def test_search_forgives_typos_and_foreign_letters(club: Club) -> None:
    offered = await club.alice.complete(club.cinema, "miracle search", query="kogustaki")
    assert any("Koğuştaki" in choice.name for choice in offered)
    found = await club.alice.slash(club.cinema, "miracle search", query="Ryu Sung-ryong")
    assert "Ryu Seung-ryong" in found.text


@pytest.mark.asyncio
async def test_a_found_fact_opens(club: Club) -> None:
    (choice, *_) = await club.alice.complete(club.cinema, "miracle search", query="typhoon")
    opened = await club.alice.slash(club.cinema, "miracle search", query=choice.value)
    assert "typhoon" in opened.text


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("command", "word"),
    [
        ("truestory", "Is it a true story?"),
        ("claims", "What articles say"),
        ("where", "Where to watch"),
    ],
)
async def test_public_answers(club: Club, command: str, word: str) -> None:
    answer = await club.alice.slash(club.cinema, f"miracle {command}")
    assert word in answer.text
    assert not answer.ephemeral


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("command", "word"),
    [("warnings", "Content warnings"), ("support", "findahelpline.com"), ("sources", "sources")],
)
async def test_private_answers(club: Club, command: str, word: str) -> None:
    answer = await club.alice.slash(club.cinema, f"miracle {command}")
    assert word in answer.text
    assert answer.ephemeral


@pytest.mark.asyncio
async def test_pages_turn_in_place_for_one_member(club: Club) -> None:
    first = await club.alice.slash(club.cinema, "miracle claims")
    second = await club.alice.press(first, "Page 2 of 3")
    assert second.ephemeral
    third = await club.alice.press(second, "Page 3 of 3")
    assert third.message is second.message


@pytest.mark.asyncio
async def test_bad_input_gets_a_sentence_that_names_what_is_accepted(club: Club) -> None:
    unknown = await club.alice.slash(club.cinema, "miracle version", version="fr2031")
    assert "fr2031" in unknown.text
    assert "kr2013" in unknown.text
    assert unknown.ephemeral
    same = await club.alice.slash(club.cinema, "miracle compare", one="kr2013", other="kr2013")
    assert "two different" in same.text
    with pytest.raises(ClientRefuses):
        await club.alice.slash(club.cinema, "miracle version")


@pytest.mark.asyncio
async def test_a_version_is_found_by_its_country_too(club: Club) -> None:
    answer = await club.alice.slash(club.cinema, "miracle version", version="mexico")
    assert "La celda de los milagros" in answer.text


@pytest.mark.asyncio
async def test_a_raised_ceiling_shows_more_in_that_channel_only(club: Club) -> None:
    before = await club.alice.slash(club.cinema, "miracle compare", one="kr2013", other="tr2019")
    saved = await club.admin.slash(
        club.cinema, "club settings", **{"channel": club.cinema, "channel-ceiling": "ending"}
    )
    assert "the ending" in saved.text
    after = await club.alice.slash(club.cinema, "miracle compare", one="kr2013", other="tr2019")
    elsewhere = await club.alice.slash(club.lounge, "miracle compare", one="kr2013", other="tr2019")
    assert "**Ending**" not in before.text
    assert "**Ending**" in after.text
    assert "**Ending**" not in elsewhere.text
