"""Public spoiler threads, forums, and what the bot says where a right or a place is missing."""

import pytest

from bot.rehearsal import Answer, Overwrite, Permission
from bot.rehearsal.entities import Channel, ChannelType
from tests.stories.conftest import Club
from tests.stories.spoilers import door, grant, opened, threads, unhurried, written  # noqa: F401 - a fixture

pytestmark = pytest.mark.asyncio

WHOLE = {"versions": "kr2013", "level": "ending"}
CONFIRM = "Open it for everybody"


async def opened_public(club: Club, channel: Channel, **options: str) -> Channel:
    """A public thread that the host opens, past the warning."""
    warning = await club.host.slash(channel, "spoilers open", **{**WHOLE, "privacy": "public", **options})
    assert warning.ephemeral
    assert "Everybody can read a public thread" in warning.text
    assert threads(club) == []
    await confirmed(club, warning)
    return threads(club)[0]


async def confirmed(club: Club, warning: Answer) -> Answer:
    """Past the warning, once Discord has made the thread."""
    answer = await club.host.press(warning, CONFIRM)
    await answer.settled()
    return answer


async def test_a_public_thread_opens_after_a_warning_and_a_confirm_step(club: Club) -> None:
    thread = await opened_public(club, club.cinema)
    assert thread.name == "kr2013 · whole film"
    assert thread.type is ChannelType.PUBLIC_THREAD
    await club.discord_.until(lambda: len(written(thread)) == 2)
    assert "Careful" in written(thread)[0].text


async def test_who_thinks_better_of_it_opens_nothing(club: Club) -> None:
    warning = await club.host.slash(club.cinema, "spoilers open", **WHOLE, privacy="public")
    assert "Nothing was opened" in (await club.host.press(warning, "Leave it")).text
    assert threads(club) == []


async def test_in_a_public_thread_the_bot_says_no_more_than_its_channel_may(club: Club) -> None:
    await club.admin.slash(club.cinema, "club settings", channel=club.cinema, **{"channel-ceiling": "none"})
    thread = await opened_public(club, club.cinema)
    inside = await club.alice.slash(thread, "miracle version", version="kr2013")
    outside = await club.alice.slash(club.cinema, "miracle version", version="kr2013")
    assert inside.text == outside.text
    while "every question" not in (await club.alice.slash(thread, "spoilers prompt")).text:
        pass
    assert all("court" not in message.text for _, message in club.bob.previews(club.cinema))


async def test_in_a_forum_a_public_thread_is_a_post_with_tags(club: Club) -> None:
    forum = club.guild.forum_channel("talk", tags=["tr2019"])
    grant(club, Permission.MANAGE_CHANNELS)
    talk = club.host.post(forum, "a post", "hello")
    warning = await club.host.slash(
        talk, "spoilers open", versions="kr2013, tr2019", level="plot", privacy="public"
    )
    await confirmed(club, warning)
    post = next(thread for thread in threads(club) if thread is not talk)
    assert post.parent is forum
    assert post.name == "kr2013 + tr2019 · plot, not the ending"
    names = {tag.id: tag.name for tag in forum.tags}
    assert [names[tag] for tag in post.state.applied_tags] == ["kr2013", "tr2019"]
    assert "Careful" in written(post)[0].text


async def test_without_manage_channels_a_post_goes_untagged_and_that_is_said(club: Club) -> None:
    forum = club.guild.forum_channel("talk")
    talk = club.host.post(forum, "a post", "hello")
    warning = await club.host.slash(talk, "spoilers open", **WHOLE, privacy="public")
    answer = await confirmed(club, warning)
    assert "Manage Channels" in answer.text
    assert next(thread for thread in threads(club) if thread is not talk).state.applied_tags == []


async def test_gated_in_a_forum_needs_a_channel_and_both_ways_out_are_offered(club: Club) -> None:
    forum = club.guild.forum_channel("talk")
    talk = club.host.post(forum, "a post", "hello")
    answer = await club.host.slash(talk, "spoilers open", **WHOLE)
    assert answer.ephemeral
    assert "/club settings spoilers" in answer.text
    warning = await club.host.press(answer, "Open a public one…")
    assert "Everybody can read a public thread" in warning.text
    assert threads(club) == [talk]

    shown = await club.admin.slash(club.cinema, "club settings", spoilers=club.lounge)
    assert f"<#{club.lounge.id}>" in shown.text
    await club.host.slash(talk, "spoilers open", **WHOLE)
    gated = next(thread for thread in threads(club) if thread is not talk)
    assert gated.parent is club.lounge
    await club.discord_.until(lambda: bool(written(club.lounge)))
    assert gated.name in door(club, gated, club.lounge).text


@pytest.mark.parametrize(
    ("right", "named"),
    [
        (Permission.CREATE_PRIVATE_THREADS, "Create Private Threads"),
        (Permission.SEND_MESSAGES_IN_THREADS, "Send Messages In Threads"),
        (Permission.SEND_MESSAGES, "Send Messages"),
        (Permission.READ_MESSAGE_HISTORY, "Read Message History"),
        (Permission.VIEW_CHANNEL, "View Channel"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_each_right_that_is_missing_for_a_gated_thread_is_named_with_its_mend(
    club: Club, right: Permission, named: str
) -> None:
    club.guild.overwrite(club.cinema, club.guild.bot_role, Overwrite(deny=right))
    answer = await club.host.slash(club.cinema, "spoilers open", **WHOLE)
    assert answer.ephemeral
    assert named in answer.text
    assert "Edit Channel → Permissions → Tissue Box" in answer.text
    assert threads(club) == []


async def test_where_no_private_thread_can_be_opened_a_public_one_can(club: Club) -> None:
    deny = Overwrite(deny=Permission.CREATE_PRIVATE_THREADS)
    club.guild.overwrite(club.cinema, club.guild.bot_role, deny)
    answer = await club.host.slash(club.cinema, "spoilers open", **WHOLE)
    warning = await club.host.press(answer, "Open a public one…")
    await confirmed(club, warning)
    assert [thread.type for thread in threads(club)] == [ChannelType.PUBLIC_THREAD]


async def test_without_the_right_to_open_public_threads_the_way_without_is_named(club: Club) -> None:
    deny = Overwrite(deny=Permission.CREATE_PUBLIC_THREADS)
    club.guild.overwrite(club.cinema, club.guild.bot_role, deny)
    answer = await club.host.slash(club.cinema, "spoilers open", **WHOLE, privacy="public")
    assert "Create Public Threads" in answer.text
    assert "/spoilers say" in answer.text


async def test_a_thread_closed_without_manage_threads_is_archived_and_that_is_said(club: Club) -> None:
    grant(club, without=Permission.MANAGE_THREADS)
    thread = await opened(club)
    offered = await club.host.complete(club.cinema, "spoilers close", thread="kr")
    answer = await club.host.slash(club.cinema, "spoilers close", thread=offered[0].value)
    assert "Manage Threads" in answer.text
    await club.discord_.until(lambda: thread.state.archived)
    assert not thread.state.locked


async def test_a_voice_channel_has_no_threads(club: Club) -> None:
    voice = club.guild.voice_channel("foyer")
    answer = await club.host.slash(voice, "spoilers open", **WHOLE, privacy="public")
    assert "can't be threads" in answer.text
