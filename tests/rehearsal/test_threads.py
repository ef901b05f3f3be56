"""Threads: where they start, who may change them, when they go quiet, what the bot is told."""

from datetime import timedelta
from typing import Any

import pytest

from bot.rehearsal import Channel, ChannelType, ClientRefuses, Overwrite, Permission
from bot.rehearsal.rules import Json
from tests.rehearsal.conftest import Desk
from tests.rehearsal.raw import Reply

pytestmark = pytest.mark.asyncio
P = Permission
PRIVATE, PUBLIC = 12, 11


async def start(desk: Desk, **body: Any) -> Reply:
    channel = body.pop("channel", desk.cinema)
    return await desk.raw.ask("POST", f"/channels/{channel.id}/threads", {"name": "whole film", **body})


async def started(desk: Desk, **body: Any) -> Channel:
    got = await start(desk, **body)
    assert got.status == 200, got.body
    return desk.guild.channels[int(got.body["id"])]


async def change(desk: Desk, thread: Channel, **body: Any) -> Reply:
    return await desk.raw.ask("PATCH", f"/channels/{thread.id}", body)


async def write(desk: Desk, thread: Channel) -> Reply:
    return await desk.raw.ask("POST", f"/channels/{thread.id}/messages", {"content": "x"})


def deny(desk: Desk, *, channel: Channel | None = None, some: Permission) -> None:
    desk.guild.overwrite(channel or desk.cinema, desk.guild.me, Overwrite(deny=some))


def is_archived(thread: Channel) -> bool:
    return thread.state.archived


async def test_a_thread_is_private_unless_asked_otherwise(desk: Desk) -> None:
    async with desk.raw.listening():
        private = await started(desk, invitable=False, auto_archive_duration=60)
        told = await desk.raw.event("THREAD_CREATE")
        assert (told["type"], told["newly_created"], told["member"]["user_id"]) == (
            PRIVATE,
            True,
            str(desk.guild.me.id),
        )
        assert told["thread_metadata"]["invitable"] is False
        public = await started(desk, type=PUBLIC)
    assert (private.type, public.type) == (ChannelType.PRIVATE_THREAD, ChannelType.PUBLIC_THREAD)
    assert (desk.bob.can_see(private), desk.bob.can_see(public)) == (False, True)
    assert [(m.type, m.content) for m in desk.cinema.history()] == [(18, "whole film")]


# discord.md, Limits, threads: name 1-100; auto-archive 60, 1,440, 4,320 or 10,080 minutes
@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"name": ""}, "name"),
        ({"name": "n" * 101}, "name"),
        ({"auto_archive_duration": 61}, "auto_archive_duration"),
        ({"rate_limit_per_user": 21601}, "rate_limit_per_user"),
    ],
)
async def test_an_unsound_thread_is_refused(desk: Desk, body: Json, path: str) -> None:
    assert (await start(desk, **body)).errors_at(path)
    thread = desk.guild.thread(desk.cinema, "t")
    assert (await change(desk, thread, **body)).errors_at(path)


async def test_private_threads_stand_under_text_channels_only(desk: Desk) -> None:
    news = desk.guild.channel("news", ChannelType.ANNOUNCEMENT)
    voice = desk.guild.voice_channel("hall")
    assert (await start(desk, channel=news)).code == 50024
    assert (await start(desk, channel=voice, type=PUBLIC)).code == 50024
    assert (await started(desk, channel=news, type=10)).type is ChannelType.ANNOUNCEMENT_THREAD


@pytest.mark.parametrize(
    ("kind", "needed"), [(PRIVATE, P.CREATE_PRIVATE_THREADS), (PUBLIC, P.CREATE_PUBLIC_THREADS)]
)
async def test_each_kind_has_its_permission(desk: Desk, kind: int, needed: Permission) -> None:
    deny(desk, some=needed)
    assert (await start(desk, type=kind)).code == 50013
    assert (await start(desk, type=PRIVATE + PUBLIC - kind)).status == 200


async def test_a_thread_from_a_message_has_its_id_and_there_is_one(desk: Desk) -> None:
    said = desk.bob.say(desk.cinema, "who cried?")
    path = f"{desk.messages}/{said.id}/threads"
    got = await desk.raw.ask("POST", path, {"name": "criers"})
    assert (got.body["id"], got.body["type"]) == (str(said.id), PUBLIC)
    assert (said.flags, said.payload()["thread"]["id"]) == (1 << 5, str(said.id))
    assert [(m.type, m.reference) for m in desk.guild.channels[said.id].history()] == [(21, said)]
    assert (await desk.raw.ask("POST", path, {"name": "again"})).code == 160004


async def test_a_forum_takes_posts_with_its_tags(desk: Desk) -> None:
    forum = desk.guild.forum_channel("talk", tags=["kr2013"])
    body: Json = {"channel": forum, "message": {"content": "The ending"}, "auto_archive_duration": 1440}
    tag = str(forum.tags[0].id)
    got = await start(desk, **body, applied_tags=[tag])
    assert (got.body["applied_tags"], got.body["message"]["id"]) == ([tag], got.body["id"])
    assert [m.text for m in desk.bob.sees(desk.guild.channels[int(got.body["id"])])] == ["The ending"]
    assert (await start(desk, **body, applied_tags=["1"])).code == 10087
    assert (await start(desk, **body, applied_tags=[tag] * 6)).errors_at("applied_tags")
    forum.requires_tag = True
    assert (await start(desk, **body)).code == 40067
    assert (await start(desk, channel=forum, message={"content": ""}, applied_tags=[tag])).code == 50006


@pytest.mark.parametrize("needed", [P.SEND_MESSAGES, P.SEND_MESSAGES_IN_THREADS])
async def test_a_post_needs_both_rights_to_send(desk: Desk, needed: Permission) -> None:
    forum = desk.guild.forum_channel("talk")
    deny(desk, channel=forum, some=needed)
    assert (await start(desk, channel=forum, message={"content": "x"})).code == 50013


async def test_making_tags_takes_manage_channels_and_there_are_twenty(desk: Desk) -> None:
    forum = desk.guild.forum_channel("talk", tags=["old"])
    old = {"id": str(forum.tags[0].id), "name": "older"}
    assert (await change(desk, forum, available_tags=[old])).code == 50013
    desk.guild.overwrite(forum, desk.guild.me, Overwrite(allow=P.MANAGE_CHANNELS))
    got = await change(desk, forum, available_tags=[old, {"name": "new"}])
    assert [t["name"] for t in got.body["available_tags"]] == ["older", "new"]
    assert got.body["available_tags"][0]["id"] == old["id"]
    assert (await change(desk, forum, available_tags=[{"name": str(i)} for i in range(21)])).code == 30048
    assert (await change(desk, forum, available_tags=[{"name": "n" * 51}])).errors_at(
        "available_tags", 0, "name"
    )


async def test_the_cap_on_active_threads_counts_the_awake(desk: Desk) -> None:
    desk.discord.habits.active_threads = 1
    first = await started(desk)
    assert (await start(desk)).code == 160006
    await change(desk, first, archived=True)
    await started(desk)
    assert (await change(desk, first, archived=False)).code == 160006
    assert (await write(desk, first)).code == 160006


async def test_quiet_threads_are_archived_and_words_wake_them(desk: Desk) -> None:
    thread = await started(desk, type=PUBLIC, auto_archive_duration=60)
    desk.discord.clock.jump(timedelta(minutes=50))
    desk.bob.say(thread, "still here")
    desk.discord.clock.jump(timedelta(minutes=50))
    assert not is_archived(thread)
    async with desk.raw.listening():
        desk.discord.clock.jump(timedelta(minutes=11))
        assert (await desk.raw.event("THREAD_UPDATE"))["thread_metadata"]["archived"] is True
        desk.bob.say(thread, "awake")
        assert (await desk.raw.event("THREAD_UPDATE"))["thread_metadata"]["archived"] is False


async def test_changing_the_time_counts_as_activity_and_a_pin_keeps_a_post(desk: Desk) -> None:
    thread = await started(desk, auto_archive_duration=60)
    desk.discord.clock.jump(timedelta(minutes=55))
    await change(desk, thread, auto_archive_duration=1440)
    desk.discord.clock.jump(timedelta(hours=23))
    assert not is_archived(thread)
    desk.discord.clock.jump(timedelta(hours=2))
    assert is_archived(thread)
    kept = desk.bob.post(desk.guild.forum_channel("talk"), "rules", "be kind")
    await change(desk, kept, flags=2)
    desk.discord.clock.jump(timedelta(days=30))
    assert not is_archived(kept)


async def test_an_archived_thread_changes_only_by_being_opened(desk: Desk) -> None:
    thread = await started(desk)
    sent = (await write(desk, thread)).body["id"]
    await change(desk, thread, archived=True)
    message = f"/channels/{thread.id}/messages/{sent}"
    assert (await change(desk, thread, name="n")).code == 50083
    assert (await desk.raw.ask("PATCH", message, {"content": "y"})).code == 50083
    assert (await desk.raw.ask("PUT", f"/channels/{thread.id}/messages/pins/{sent}")).code == 50083
    assert (await change(desk, thread, name="n", archived=False)).body["name"] == "n"
    assert thread.history()[-1].type == 4
    await change(desk, thread, archived=True)
    assert (await desk.raw.ask("DELETE", message)).status == 204
    assert (await write(desk, thread)).status == 200
    assert not is_archived(thread)


async def test_a_locked_thread_is_for_its_managers(desk: Desk) -> None:
    thread = await started(desk, type=PUBLIC)
    assert (await change(desk, thread, locked=True, archived=True)).body["thread_metadata"]["locked"] is True
    assert (await write(desk, thread)).code == 160005
    with pytest.raises(ClientRefuses, match="160005"):
        desk.bob.say(thread, "x")
    desk.guild.set_permissions(desk.guild.bot_role, P.NONE)
    assert (await change(desk, thread, archived=False)).code == 160005
    desk.guild.set_permissions(desk.guild.bot_role, P.MANAGE_THREADS)
    await change(desk, thread, archived=False)
    assert (await write(desk, thread)).status == 200
    desk.guild.set_permissions(desk.guild.bot_role, P.NONE)
    assert (await write(desk, thread)).code == 160005


async def test_the_creator_changes_what_is_theirs_and_managers_the_rest(desk: Desk) -> None:
    own, hers = await started(desk, type=PUBLIC), desk.alice.start_thread(desk.cinema, "hers")
    desk.guild.set_permissions(desk.guild.bot_role, P.NONE)
    for body in ({"locked": True}, {"rate_limit_per_user": 5}):
        assert (await change(desk, own, **body)).code == 50013
    assert (await change(desk, own, name="mine", auto_archive_duration=60)).status == 200
    assert (await change(desk, hers, name="mine")).code == 50013
    assert (await change(desk, own, invitable=False)).code == 50024
    desk.alice.archive(hers)
    assert (await change(desk, hers, archived=False)).status == 200
    assert (await desk.raw.ask("DELETE", f"/channels/{own.id}")).code == 50013
    desk.guild.set_permissions(desk.guild.bot_role, P.MANAGE_THREADS)
    async with desk.raw.listening():
        assert (await desk.raw.ask("DELETE", f"/channels/{own.id}")).status == 200
        assert (await desk.raw.event("THREAD_DELETE"))["id"] == str(own.id)


async def test_threads_are_told_to_who_may_see_them(desk: Desk) -> None:
    desk.guild.set_permissions(desk.guild.bot_role, P.NONE)
    async with desk.raw.listening():
        secret = desk.alice.start_thread(desk.cinema, "secret", private=True)
        desk.alice.say(secret, "unheard")
        public = desk.alice.start_thread(desk.cinema, "open")
        assert (await desk.raw.event("THREAD_CREATE"))["id"] == str(public.id)
        desk.alice.add(secret, desk.guild.me)
        assert (await desk.raw.event("THREAD_CREATE"))["id"] == str(secret.id)
        told = await desk.raw.event("THREAD_MEMBERS_UPDATE")
        assert ([m["user_id"] for m in told["added_members"]], told["member_count"]) == (
            [str(desk.guild.me.id)],
            2,
        )
        desk.alice.add(secret, desk.bob)
        desk.alice.remove(secret, desk.guild.me)
        assert (await desk.raw.event("THREAD_MEMBERS_UPDATE"))["removed_member_ids"] == [
            str(desk.guild.me.id)
        ]
    assert (await desk.raw.ask("GET", f"/channels/{secret.id}")).code == 50001
    async with desk.raw.listening():
        threads = (await desk.raw.event("GUILD_CREATE"))["threads"]
        assert [t["id"] for t in threads] == [str(public.id)]


async def test_a_channel_that_comes_into_sight_brings_its_threads(desk: Desk) -> None:
    deny(desk, some=P.VIEW_CHANNEL)
    thread = desk.alice.start_thread(desk.cinema, "unseen")
    async with desk.raw.listening():
        assert (await desk.raw.event("GUILD_CREATE"))["threads"] == []
        desk.guild.overwrite(desk.cinema, desk.guild.me, Overwrite())
        told = await desk.raw.event("THREAD_LIST_SYNC")
    assert (told["channel_ids"], [t["id"] for t in told["threads"]]) == (
        [str(desk.cinema.id)],
        [str(thread.id)],
    )


async def test_active_and_archived_threads_are_listed(desk: Desk) -> None:
    public, private = await started(desk, type=PUBLIC), await started(desk)
    hers = desk.alice.start_thread(desk.cinema, "hers", private=True)
    archived = f"/channels/{desk.cinema.id}/threads/archived"

    async def ids(path: str, **query: str) -> list[str]:
        return [t["id"] for t in (await desk.raw.ask("GET", path, query=query)).body["threads"]]

    assert await ids(f"/guilds/{desk.guild.id}/threads/active") == [
        str(t.id) for t in (hers, private, public)
    ]
    for thread in (public, private):
        await change(desk, thread, archived=True)
    desk.alice.archive(hers)
    assert await ids(f"{archived}/public") == [str(public.id)]
    assert await ids(f"{archived}/private") == [str(hers.id), str(private.id)]
    assert await ids(f"{archived}/private", before=hers.state.archived_at.isoformat()) == [str(private.id)]
    assert await ids(f"/channels/{desk.cinema.id}/users/@me/threads/archived/private") == [str(private.id)]
    assert (await desk.raw.ask("GET", f"{archived}/public", query={"limit": "1"})).errors_at("limit")
    desk.guild.set_permissions(desk.guild.bot_role, P.NONE)
    assert (await desk.raw.ask("GET", f"{archived}/private")).code == 50013


async def test_a_public_threads_last_message_shows_under_its_channel(desk: Desk) -> None:
    public = desk.alice.start_thread(desk.cinema, "open")
    secret = desk.alice.start_thread(desk.cinema, "secret", private=True)
    assert desk.bob.previews(desk.cinema) == []
    desk.alice.say(public, "first")
    last = desk.alice.say(public, "he lives")
    desk.alice.say(secret, "he dies")
    desk.alice.add(public, desk.guild.me)
    assert desk.bob.previews(desk.cinema) == [(public, last)]
    assert desk.alice.previews(desk.cinema) == [(public, last)]
