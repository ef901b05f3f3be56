"""Hide as spoiler and /spoilers say over the wire: what stands there afterwards, and what is left alone."""

import asyncio
from collections.abc import Callable

import pytest

from bot.rehearsal import Answer, Member, Message, Overwrite, Permission
from bot.rehearsal.messages import SUPPRESS_EMBEDS, SUPPRESS_NOTIFICATIONS
from tests.stories.conftest import Club
from tests.stories.spoilers import enter, grant, opened, unhurried, written  # noqa: F401 - a fixture

pytestmark = pytest.mark.asyncio

MENU = "Hide as spoiler"


@pytest.fixture(autouse=True)
def webhooks(club: Club) -> None:
    grant(club)


async def hidden(club: Club, message: Message, by: Member | None = None) -> list[Message]:
    """The copies that stand in a message's place."""
    before = set(written(message.channel))
    answer = await (by or club.alice).menu(message, MENU)
    assert answer.ephemeral
    assert "Hidden" in answer.text, answer.text
    assert message.deleted
    return [each for each in written(message.channel) if each not in before]


async def test_a_message_is_sent_again_under_its_authors_name_behind_a_tag(club: Club) -> None:
    club.alice.say(club.cinema, "before")
    original = club.alice.say(club.cinema, "He ||really|| dies | `in || code` <@1> https://example.org/a")
    (copy,) = await hidden(club, original)
    assert copy.author.name == "Alice"
    assert copy.webhook_id is not None
    assert copy.content.startswith("||He really dies")
    assert copy.content.count("||") == 2
    assert copy.content.endswith("||")
    assert copy.pings == set()
    assert copy.flags & SUPPRESS_EMBEDS
    assert copy.flags & SUPPRESS_NOTIFICATIONS
    again = club.alice.say(club.cinema, "and the child")
    await hidden(club, again)
    assert len(club.discord_.world.webhooks.of(club.cinema)) == 1


async def test_files_go_along_under_names_that_say_nothing(club: Club) -> None:
    original = club.alice.say(club.cinema, "look", files={"the_ending.png": b"\x89PNG..", "b.txt": b"words"})
    (copy,) = await hidden(club, original)
    assert [(file.filename, file.data) for file in copy.attachments] == [
        ("SPOILER_1.png", b"\x89PNG.."),
        ("SPOILER_2.txt", b"words"),
    ]
    bare = club.alice.say(club.cinema, files={"only.png": b"\x89PNG"})
    (copy,) = await hidden(club, bare)
    assert copy.content == ""
    assert copy.attachments[0].spoiler


async def test_a_reply_says_what_it_answers_and_pings_nobody(club: Club) -> None:
    question = club.bob.say(club.cinema, "how does it end?")
    original = club.alice.say(club.cinema, "badly", reply_to=question)
    (copy,) = await hidden(club, original)
    head, text = copy.content.splitlines()
    assert str(question.id) in head
    assert text == "||badly||"
    assert copy.pings == set()


async def test_a_text_too_long_for_one_message_takes_two(club: Club) -> None:
    original = club.alice.say(club.cinema, "word " * 500)
    copies = await hidden(club, original)
    assert len(copies) == 2
    assert all(len(copy.content) <= 2000 for copy in copies)
    await _delete(club, club.alice, copies[1])
    assert [copy.deleted for copy in copies] == [True, True]


async def test_a_host_may_hide_and_the_copy_says_so(club: Club) -> None:
    original = club.alice.say(club.cinema, "he dies")
    refused = await club.bob.menu(original, MENU)
    assert "Manage Events" in refused.text
    assert not original.deleted
    (copy,) = await hidden(club, original, by=club.host)
    assert "hidden by a host" in copy.content
    assert copy.author.name == "Alice"


async def test_only_the_author_can_delete_the_copy(club: Club) -> None:
    (copy,) = await hidden(club, club.alice.say(club.cinema, "he dies"), by=club.host)
    for other in (club.bob, club.host):
        assert "Only its author" in (await other.press(copy, "Delete (author)")).text
    kept = await club.alice.press(await club.alice.press(copy, "Delete (author)"), "Leave it")
    assert "It stays" in kept.text
    assert not copy.deleted
    await _delete(club, club.alice, copy)
    assert copy.deleted


async def _delete(club: Club, member: Member, copy: Message) -> None:
    sure = await member.press(copy, "Delete (author)")
    assert sure.ephemeral
    assert "Deleted" in (await member.press(sure, "Delete it")).text


async def test_inside_a_thread_its_channels_webhook_is_used(club: Club) -> None:
    thread = await opened(club, "tr2019", prompts=False)
    await enter(club, club.alice, thread)
    (copy,) = await hidden(club, club.alice.say(thread, "the end of another film"))
    assert copy.channel is thread
    assert len(club.discord_.world.webhooks.of(club.cinema)) == 1
    await _delete(club, club.alice, copy)


def _poll(club: Club) -> Message:
    return club.alice.ask(club.cinema, "Who dies?", ["He", "She"])


def _with_thread(club: Club) -> Message:
    message = club.alice.say(club.cinema, "let us talk")
    club.alice.start_thread(club.cinema, "talk", source=message)
    return message


REFUSED: dict[str, Callable[[Club], Message]] = {
    "A poll": _poll,
    "Stickers": lambda club: club.alice.say(club.cinema, sticker="Wave"),
    "Voice messages": lambda club: club.alice.say(club.cinema, voice=True),
    "A forwarded message": lambda club: club.alice.say(
        club.cinema, forward=club.bob.say(club.lounge, "secret")
    ),
    "more than I can send": lambda club: club.alice.say(
        club.cinema, "big", files={"film.mkv": b"0" * (10 * 1024**2 + 1)}
    ),
    "This message has a thread": _with_thread,
    "is the post itself": lambda club: club.alice.post(
        club.guild.forum_channel("talk"), "Post", "first"
    ).history()[0],
}


@pytest.mark.parametrize("reason", REFUSED)
async def test_what_can_not_be_sent_again_is_left_alone_with_the_reason(club: Club, reason: str) -> None:
    message = REFUSED[reason](club)
    before = len(message.channel.history())
    answer = await club.alice.menu(message, MENU)
    assert answer.ephemeral
    assert reason in answer.text
    assert not message.deleted
    assert len(message.channel.history()) == before


async def test_messages_of_bots_are_left_alone(club: Club) -> None:
    card = await club.host.slash(club.cinema, "miracle versions")
    assert card.message is not None
    assert "not those of bots" in (await club.host.menu(card.message, MENU)).text
    said = await _say(club, "a secret")
    copy = written(club.cinema)[-1]
    assert "Said" in said.text
    assert "not those of bots" in (await club.host.menu(copy, MENU)).text


@pytest.mark.parametrize(
    ("right", "named"),
    [
        (Permission.MANAGE_WEBHOOKS, "Manage Webhooks"),
        (Permission.MANAGE_MESSAGES, "Manage Messages"),
        (Permission.READ_MESSAGE_HISTORY, "Read Message History"),
        (Permission.ATTACH_FILES, "Attach Files"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_each_missing_right_is_named_and_the_original_stays(
    club: Club, right: Permission, named: str
) -> None:
    club.guild.overwrite(club.cinema, club.guild.bot_role, Overwrite(deny=right))
    original = club.alice.say(club.cinema, "he dies", files={"a.png": b"\x89PNG"})
    answer = await club.alice.menu(original, MENU)
    assert named in answer.text
    assert "put || on both sides" in answer.text
    assert not original.deleted
    assert len(written(club.cinema)) == 1


async def test_a_webhook_that_somebody_deleted_is_made_anew(club: Club) -> None:
    await hidden(club, club.alice.say(club.cinema, "one"))
    (hook,) = club.discord_.world.webhooks.of(club.cinema)
    club.discord_.world.webhooks.close(hook)
    await hidden(club, club.alice.say(club.cinema, "two"))


async def _say(club: Club, text: str, **options: str) -> Answer:
    chosen = {"versions": "kr2013", "level": "ending", **options}
    return await club.alice.slash(club.cinema, "spoilers say", text=text, **chosen)


async def test_say_states_the_film_and_how_far_it_goes(club: Club) -> None:
    answer = await _say(club, "he ||really|| dies", level="plot")
    assert answer.ephemeral
    copy = written(club.cinema)[-1]
    assert copy.author.name == "Alice"
    assert copy.content == "-# kr2013 · plot, not the ending\n||he really dies||"
    await _delete(club, club.alice, copy)


async def test_who_may_not_write_has_nothing_said_for_them(club: Club) -> None:
    deny = Overwrite(deny=Permission.SEND_MESSAGES)
    club.guild.overwrite(club.cinema, club.alice, deny)
    assert "can't write" in (await _say(club, "psst")).text
    assert written(club.cinema) == []


async def test_in_a_forums_post_too(club: Club) -> None:
    forum = club.guild.forum_channel("talk")
    post = club.bob.post(forum, "Post", "first")
    (copy,) = await hidden(club, club.alice.say(post, "the ending"))
    assert copy.channel is post
    assert len(club.discord_.world.webhooks.of(forum)) == 1


async def test_a_right_that_is_taken_away_midway_leaves_the_original_and_no_copy(club: Club) -> None:
    send = ("POST", "/webhooks/{webhook_id}/{webhook_token}")
    await hidden(club, club.alice.say(club.cinema, "one"))
    before, original = len(written(club.cinema)), club.alice.say(club.cinema, "two")
    violations = len(club.discord_.violations)
    club.discord_.switches.delay(*send, 0.5)
    deed = asyncio.create_task(club.alice.menu(original, MENU))
    await asyncio.sleep(0.25)  # the copy is on its way, and nobody hears of that
    grant(club, without=Permission.MANAGE_MESSAGES)
    answer = await deed
    club.discord_.switches.delay(*send, 0.0)
    assert "Discord didn't let me" in answer.text
    assert not original.deleted
    assert len(written(club.cinema)) == before + 1
    del club.discord_.violations[violations:]  # the bot finds out by trying
