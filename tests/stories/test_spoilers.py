"""Spoiler threads over the wire: who gets in, who doesn't, and what the bot says where."""

import pytest

from bot.domain.threads.thread import NEAR_CAP
from bot.rehearsal import ClientRefuses, Overwrite, Permission
from tests.stories.conftest import Club
from tests.stories.spoilers import SEEN, YES, door, enter, opened, threads, unhurried, written  # noqa: F401 - a fixture

pytestmark = pytest.mark.asyncio


async def test_a_gated_thread_from_its_opening_to_the_first_who_is_in(club: Club) -> None:
    thread = await opened(club)
    assert thread.name == "🔒 kr2013 · whole film"
    assert not thread.state.invitable
    gate = door(club, thread)
    assert "Also gives away in2017, ph2019 and id2022." in gate.text
    assert "0 inside" in gate.text

    question = await club.alice.press(gate, SEEN)
    assert question.ephemeral
    assert "7번방의 선물 (2013) to the end?" in question.text
    assert "the ending too" in question.text
    assert club.alice.id not in thread.state.members
    answer = await club.alice.press(question, YES)
    assert answer.ephemeral
    assert f"<#{thread.id}>" in answer.text
    await club.discord_.until(lambda: club.alice.id in thread.state.members)
    await club.discord_.until(lambda: "1 inside" in gate.text)
    await club.discord_.until(lambda: bool(written(thread)))
    assert club.alice.sees(thread)
    assert [message for message in written(thread) if message.pings] == []


async def test_who_has_not_seen_it_can_neither_read_nor_join(club: Club) -> None:
    thread = await opened(club)
    await enter(club, club.alice, thread)
    club.alice.say(thread, "the ending")
    for deed in (lambda: club.bob.say(thread, "let me in"), lambda: club.bob.join(thread)):
        with pytest.raises(ClientRefuses, match="50001"):
            deed()
    with pytest.raises(ClientRefuses):
        club.alice.add(thread, club.bob)
    club.alice.say(thread, f"come in <@{club.bob.id}>")
    assert club.bob.sees(thread) == []
    question = await club.bob.press(door(club, thread), SEEN)
    answer = await club.bob.press(question, "Not yet")
    assert "Nothing was noted" in answer.text
    assert club.bob.id not in thread.state.members
    assert club.bob.previews(club.cinema) == []


async def test_who_is_in_the_list_needs_no_question_and_who_left_the_server_presses_again(club: Club) -> None:
    thread = await opened(club)
    await club.alice.slash(club.lounge, "spoilers seen", versions="kr2013, tr2019")
    answer = await club.alice.press(door(club, thread), SEEN)
    assert "let in" in answer.text
    await club.discord_.until(lambda: club.alice.id in thread.state.members)

    club.alice.leave()
    assert club.alice.id not in thread.state.members
    back = club.guild.member("Alice", user=club.alice)
    assert back.sees(thread) == []
    assert "let in" in (await back.press(door(club, thread), SEEN)).text
    await club.discord_.until(lambda: back.id in thread.state.members)
    await club.discord_.until(lambda: "1 inside" in door(club, thread).text)


async def test_unseen_takes_the_member_out_of_gated_threads_of_that_version(club: Club) -> None:
    korean, turkish, every = (
        await opened(club),
        await opened(club, "tr2019"),
        await opened(club, "any"),
    )
    assert every.name == "🔒 all 7 films · whole film"
    await club.alice.slash(club.cinema, "spoilers seen", versions="any")
    for thread in (korean, turkish, every):
        await club.alice.press(door(club, thread), SEEN)
    await club.discord_.until(
        lambda: all(club.alice.id in thread.state.members for thread in (korean, turkish, every))
    )
    answer = await club.alice.slash(club.cinema, "spoilers unseen", versions="kr2013")
    assert answer.ephemeral
    assert "You leave 2 gated threads" in answer.text
    await club.discord_.until(lambda: club.alice.id not in korean.state.members | every.state.members.keys())
    assert club.alice.id in turkish.state.members
    assert "7번방의 선물 (2013) to the end?" in (await club.alice.press(door(club, korean), SEEN)).text


async def test_the_seen_list_is_ones_own_and_the_same_in_every_server(club: Club) -> None:
    await club.alice.slash(club.cinema, "spoilers seen", versions="tr2019")
    other = club.discord_.guild("Another club", locale="en-US")
    there = other.member("Alice", user=club.alice)
    lists = await there.slash(other.text_channel("talk"), "spoilers seen")
    assert lists.ephemeral
    assert "7. Koğuştaki Mucize (2019)" in lists.text
    assert "Nothing yet" in (await club.bob.slash(club.cinema, "spoilers seen")).text


async def test_who_asked_is_told_once_the_list_says_so_and_is_let_in_by_their_own_press(club: Club) -> None:
    thread = await opened(club, "kr2013, tr2019")
    assert "seen all 2: kr2013 and tr2019" in door(club, thread).text
    answer = await club.bob.press(door(club, thread), "Remind me when I have")
    assert "once your list says" in answer.text
    await club.bob.slash(club.cinema, "spoilers seen", versions="tr2019")
    assert written(club.bob.dm) == []
    await club.bob.slash(club.cinema, "spoilers seen", versions="kr2013")
    await club.discord_.until(lambda: len(written(club.bob.dm)) == 1)
    assert thread.name in written(club.bob.dm)[0].text
    assert str(door(club, thread).id) in written(club.bob.dm)[0].text
    assert club.bob.id not in thread.state.members
    assert "let in" in (await club.bob.press(door(club, thread), SEEN)).text


async def test_a_thread_for_one_part_asks_for_that_minute_and_records_nothing(club: Club) -> None:
    thread = await opened(club, "kr2013", "plot", **{"up-to-minute": "1:05:00"})
    assert thread.name == "🔒 kr2013 · to 1:05:00"
    gate = door(club, thread)
    question = await club.alice.press(gate, "I'm that far")
    assert "up to 1:05:00?" in question.text
    await club.alice.press(question, YES)
    await club.discord_.until(lambda: club.alice.id in thread.state.members)
    assert "Nothing yet" in (await club.alice.slash(club.cinema, "spoilers seen")).text
    refused = await club.host.slash(
        club.cinema, "spoilers open", versions="kr2013", level="plot", **{"up-to-minute": "9:99"}
    )
    assert refused.ephemeral
    assert len(threads(club)) == 1


async def test_there_is_one_open_thread_of_each_kind(club: Club) -> None:
    first = await opened(club)
    again = await club.host.slash(club.cinema, "spoilers open", versions="kr2013", level="ending")
    assert f"open already: <#{first.id}>" in again.text
    assert threads(club) == [first]
    plot = await opened(club, "kr2013", "plot")
    assert plot.name == "🔒 kr2013 · plot, not the ending"


async def test_only_hosts_open_and_close(club: Club) -> None:
    for command in ("open", "close"):
        options = {"versions": "kr2013", "level": "ending"} if command == "open" else {}
        answer = await club.alice.slash(club.cinema, f"spoilers {command}", **options)
        assert "Manage Events" in answer.text
    unclear = await club.host.slash(club.cinema, "spoilers open", versions="matrix", level="ending")
    assert "“matrix”" in unclear.text
    assert "kr2013" in unclear.text


async def test_the_host_is_told_who_else_can_read_it(club: Club) -> None:
    mods = club.guild.role("Mods", permissions=Permission.MANAGE_THREADS)
    answer = await club.host.slash(club.cinema, "spoilers open", versions="kr2013", level="ending")
    assert f"<@&{mods.id}>" in answer.text


async def test_questions_stay_within_the_thread_and_never_come_twice(club: Club) -> None:
    thread = await opened(club, "tr2019")
    await enter(club, club.alice, thread)
    await club.discord_.until(lambda: len(written(thread)) == 1)
    asked = [written(thread)[0].text]
    while "every question" not in (answer := await club.alice.slash(thread, "spoilers prompt")).text:
        assert not answer.ephemeral
        asked.append(answer.text)
    assert len(set(asked)) == len(asked) > 5
    assert answer.ephemeral
    outside = await club.alice.slash(club.cinema, "spoilers prompt")
    assert "inside one of my spoiler threads" in outside.text


async def test_a_fact_asked_inside_goes_as_far_as_the_thread_and_is_open_there(club: Club) -> None:
    thread = await opened(club)
    await enter(club, club.alice, thread)
    inside = await club.alice.slash(thread, "miracle version", version="kr2013")
    outside = await club.alice.slash(club.cinema, "miracle version", version="kr2013")
    assert not inside.ephemeral
    assert len(inside.text) > len(outside.text)
    assert "||" not in inside.text
    other = await club.alice.slash(thread, "miracle version", version="tr2019")
    assert other.text == (await club.alice.slash(club.cinema, "miracle version", version="tr2019")).text


async def test_closing_says_what_it_came_to_and_locks(club: Club) -> None:
    thread = await opened(club, prompts=False)
    await enter(club, club.alice, thread)
    club.alice.say(thread, "one")
    club.alice.say(thread, "two")
    offered = await club.host.complete(club.cinema, "spoilers close", thread="kr")
    answer = await club.host.slash(club.cinema, "spoilers close", thread=offered[0].value)
    assert answer.ephemeral
    await club.discord_.until(lambda: thread.state.archived)
    assert thread.state.locked
    # Discord counts its own line about Alice too
    assert "1 person, 3 messages, 1 day" in written(thread)[-1].text
    assert "This thread is closed" in written(club.cinema)[0].text
    assert "None is open" in (await club.bob.slash(club.cinema, "spoilers list")).text
    await opened(club)


async def test_the_list_says_what_one_would_need_to_have_seen(club: Club) -> None:
    await opened(club)
    await opened(club, "tr2019")
    staff = club.guild.text_channel(
        "staff", overwrites={club.guild.everyone: Overwrite(deny=Permission.VIEW_CHANNEL)}
    )
    await club.alice.slash(club.cinema, "spoilers seen", versions="tr2019")
    answer = await club.alice.slash(club.lounge, "spoilers list")
    assert answer.ephemeral
    assert "needs you to have seen kr2013" in answer.text
    assert "tr2019 · whole film" in answer.text
    assert "you may enter" in answer.text
    assert staff.name not in answer.text


async def test_an_archived_thread_is_woken_before_anybody_goes_in_or_out(club: Club) -> None:
    thread = await opened(club)
    await enter(club, club.alice, thread)
    moderator = club.guild.member(
        "Mo", roles=[club.guild.role("Mods", permissions=Permission.MANAGE_THREADS)]
    )
    moderator.archive(thread)
    await club.bob.press(await club.bob.press(door(club, thread), SEEN), YES)
    await club.discord_.until(lambda: club.bob.id in thread.state.members)
    moderator.archive(thread)
    await club.alice.slash(club.cinema, "spoilers unseen", versions="kr2013")
    await club.discord_.until(lambda: club.alice.id not in thread.state.members)


async def test_the_list_is_a_door_too(club: Club) -> None:
    thread = await opened(club)
    listed = await club.alice.slash(club.lounge, "spoilers list")
    question = await club.alice.choose(listed, "Enter a gated thread…", thread.name)
    await club.alice.press(question, YES)
    await club.discord_.until(lambda: club.alice.id in thread.state.members)


async def test_a_thread_that_somebody_deleted_can_be_opened_again(club: Club) -> None:
    first = await opened(club)
    club.guild.delete_channel(first)
    before = len(club.discord_.violations)
    second = await opened(club)
    del club.discord_.violations[before:]  # the bot asks whether it is still there
    assert second.name == first.name


async def test_a_server_near_its_cap_has_the_quietest_thread_put_away(club: Club) -> None:
    quiet = await opened(club)
    for number in range(NEAR_CAP):
        club.guild.thread(club.lounge, f"talk {number}", owner=club.host)
    await opened(club, "tr2019")
    assert quiet.state.archived
    assert not quiet.state.locked
    await enter(club, club.alice, quiet)


async def test_at_the_cap_the_host_is_told(club: Club) -> None:
    club.guild.thread(club.lounge, "talk", owner=club.host)
    club.discord_.habits.active_threads = 1
    before = len(club.discord_.violations)
    answer = await club.host.slash(club.cinema, "spoilers open", versions="kr2013", level="ending")
    club.discord_.habits.active_threads = 1000
    assert "as many active threads as Discord allows" in answer.text
    del club.discord_.violations[before:]
    await opened(club)


async def test_who_presses_at_the_door_of_a_deleted_thread_is_told(club: Club) -> None:
    thread = await opened(club)
    gate = door(club, thread)
    club.guild.delete_channel(thread)
    before = len(club.discord_.violations)
    answer = await club.alice.press(await club.alice.press(gate, SEEN), YES)
    await club.discord_.until(lambda: "didn't let me add you" in answer.text)
    del club.discord_.violations[before:]  # the bot finds out by trying


async def test_who_can_not_see_the_channel_is_told_why_they_are_not_let_in(club: Club) -> None:
    thread = await opened(club)
    listed = await club.alice.slash(club.lounge, "spoilers list")
    club.guild.overwrite(club.cinema, club.alice, Overwrite(deny=Permission.VIEW_CHANNEL))
    question = await club.alice.choose(listed, "Enter a gated thread…", thread.name)
    before = len(club.discord_.violations)
    answer = await club.alice.press(question, YES)
    await club.discord_.until(lambda: "You can't see" in answer.text)
    del club.discord_.violations[before:]  # the bot finds out by trying
    assert club.alice.id not in thread.state.members


async def test_what_was_pressed_too_late_says_that_the_thread_is_closed(club: Club) -> None:
    thread = await opened(club, prompts=False)
    gate = door(club, thread)
    question = await club.alice.press(gate, SEEN)
    offered = await club.host.complete(club.cinema, "spoilers close", thread="kr")
    await club.host.slash(club.cinema, "spoilers close", thread=offered[0].value)
    assert (
        "closed already"
        in (await club.host.slash(club.cinema, "spoilers close", thread=offered[0].value)).text
    )
    await club.discord_.until(lambda: thread.state.archived)
    assert "This thread is closed" in (await club.alice.press(question, YES)).text
    assert "None is open" in (await club.bob.press(gate, "Open threads")).text
    assert club.alice.id not in thread.state.members


async def test_another_question_comes_at_the_press_of_a_button(club: Club) -> None:
    thread = await opened(club)
    await enter(club, club.alice, thread)
    await club.discord_.until(lambda: len(written(thread)) == 1)
    second = await club.alice.press(written(thread)[0], "Another question")
    assert not second.ephemeral
    assert second.text != written(thread)[0].text


async def test_who_may_enter_already_needs_no_reminder(club: Club) -> None:
    thread = await opened(club)
    await club.alice.slash(club.cinema, "spoilers seen", versions="kr2013")
    answer = await club.alice.press(door(club, thread), "Remind me when I have")
    assert "press the first button" in answer.text
