"""Who is inside a thread: joining, adding, removing, mentioning in, and how many there is room for."""

import pytest

from bot.rehearsal import Channel, ClientRefuses, Member, Overwrite, Permission
from tests.rehearsal.conftest import Desk

pytestmark = pytest.mark.asyncio
P = Permission
ADDED, REMOVED = 1, 2


def gated(desk: Desk, *, invitable: bool = False) -> Channel:
    thread = desk.guild.thread(desk.cinema, "whole film", private=True)
    thread.state.invitable = invitable
    return thread


def inside(thread: Channel, member: Member | str) -> str:
    return f"/channels/{thread.id}/thread-members/{member if isinstance(member, str) else member.id}"


async def test_who_is_added_sees_the_thread_until_removed(desk: Desk) -> None:
    thread = gated(desk)
    assert (await desk.raw.ask("PUT", inside(thread, desk.alice))).status == 204
    assert (await desk.raw.ask("PUT", inside(thread, desk.alice))).status == 204
    assert (desk.alice.can_see(thread), desk.bob.can_see(thread)) == (True, False)
    got = await desk.raw.ask("GET", inside(thread, desk.alice), query={"with_member": "true"})
    assert (got.body["user_id"], got.body["member"]["user"]["id"]) == (str(desk.alice.id),) * 2
    assert (await desk.raw.ask("DELETE", inside(thread, desk.alice))).status == 204
    assert not desk.alice.can_see(thread)
    assert (await desk.raw.ask("GET", inside(thread, desk.alice))).code == 10007
    assert [(m.type, m.mentioned) for m in thread.history()] == [
        (ADDED, [desk.alice.user]),
        (REMOVED, [desk.alice.user]),
    ]


async def test_an_archived_thread_lets_nobody_in_or_out(desk: Desk) -> None:
    thread = gated(desk)
    await desk.raw.ask("PUT", inside(thread, desk.alice))
    await desk.raw.ask("PATCH", f"/channels/{thread.id}", {"archived": True})
    for method, who in (("PUT", desk.bob), ("DELETE", desk.alice), ("PUT", "@me"), ("DELETE", "@me")):
        assert (await desk.raw.ask(method, inside(thread, who))).code == 50083


async def test_the_bot_joins_and_leaves(desk: Desk) -> None:
    thread = desk.alice.start_thread(desk.cinema, "open")
    assert (await desk.raw.ask("PUT", inside(thread, "@me"))).status == 204
    assert desk.guild.me.id in thread.state.members
    assert (await desk.raw.ask("DELETE", inside(thread, "@me"))).status == 204
    assert desk.guild.me.id not in thread.state.members
    assert (await desk.raw.ask("PUT", f"/channels/{desk.cinema.id}/thread-members/@me")).code == 50024


async def test_adding_takes_the_right_to_send_and_to_invite(desk: Desk) -> None:
    hers = desk.alice.start_thread(desk.cinema, "hers", private=True)
    desk.alice.add(hers, desk.guild.me)
    desk.guild.set_permissions(desk.guild.bot_role, P.NONE)
    assert (await desk.raw.ask("PUT", inside(hers, desk.bob))).status == 204
    assert (await desk.raw.ask("DELETE", inside(hers, desk.bob))).code == 50013
    desk.alice.remove(hers, desk.bob)
    hers.state.invitable = False
    assert (await desk.raw.ask("PUT", inside(hers, desk.bob))).code == 50013
    hers.state.invitable = True
    desk.guild.overwrite(desk.cinema, desk.guild.me, Overwrite(deny=P.SEND_MESSAGES_IN_THREADS))
    assert (await desk.raw.ask("PUT", inside(hers, desk.bob))).code == 50013


async def test_only_of_a_private_thread_may_the_creator_send_people_away(desk: Desk) -> None:
    public, private = desk.guild.thread(desk.cinema, "open"), gated(desk)
    for thread in (public, private):
        await desk.raw.ask("PUT", inside(thread, desk.alice))
    desk.guild.set_permissions(desk.guild.bot_role, P.NONE)
    assert (await desk.raw.ask("DELETE", inside(public, desk.alice))).code == 50013
    assert (await desk.raw.ask("DELETE", inside(private, desk.alice))).status == 204


async def test_clients_write_a_line_for_what_happened(desk: Desk) -> None:
    thread = desk.alice.start_thread(desk.cinema, "after", source=desk.bob.say(desk.cinema, "who cried?"))
    desk.alice.add(thread, desk.bob)
    await desk.raw.ask("PATCH", f"/channels/{thread.id}", {"name": "criers"})
    assert [m.text for m in desk.bob.sees(thread)] == [
        "who cried?",
        "Alice added Bob to the thread.",
        "Tissue Box changed the thread's name: criers",
    ]
    desk.alice.start_thread(desk.cinema, "open")
    assert desk.bob.sees(desk.cinema)[-1].text == "Alice started a thread: open"


async def test_who_is_not_here_or_cannot_see_the_channel_cannot_be_added(desk: Desk) -> None:
    thread = gated(desk)
    other = desk.discord.guild("Another club").member("Carol")
    assert (await desk.raw.ask("PUT", inside(thread, other))).code == 10007
    assert (await desk.raw.ask("PUT", inside(thread, "1"))).code == 10013
    desk.guild.overwrite(desk.cinema, desk.bob, Overwrite(deny=P.VIEW_CHANNEL))
    assert (await desk.raw.ask("PUT", inside(thread, desk.bob))).code == 50001


async def test_a_full_thread_is_full_and_counts_to_fifty(desk: Desk) -> None:
    desk.discord.server.rates.enforced = False
    desk.discord.habits.thread_members = 60
    thread = gated(desk)
    for number in range(59):
        member = desk.guild.member(f"M{number}")
        assert (await desk.raw.ask("PUT", inside(thread, member))).status == 204
    assert (await desk.raw.ask("PUT", inside(thread, desk.alice))).code == 30033
    assert (await desk.raw.ask("GET", f"/channels/{thread.id}")).body["member_count"] == 50
    with pytest.raises(ClientRefuses):
        desk.alice.join(thread)


async def test_listing_members_is_privileged(desk: Desk) -> None:
    assert (await desk.raw.ask("GET", f"/channels/{gated(desk).id}/thread-members")).code == 50001


async def test_a_friend_is_mentioned_in_only_where_that_is_invited(desk: Desk) -> None:
    open_door, closed = gated(desk, invitable=True), gated(desk)
    for thread in (open_door, closed):
        await desk.raw.ask("PUT", inside(thread, desk.alice))
        desk.alice.say(thread, f"look, <@{desk.bob.id}>")
    assert (desk.bob.can_see(open_door), desk.bob.can_see(closed)) == (True, False)


async def test_the_bots_mentions_let_people_in_unless_they_are_off(desk: Desk) -> None:
    thread = gated(desk)
    body = {"content": f"<@{desk.bob.id}>", "allowed_mentions": {"parse": []}}
    await desk.raw.ask("POST", f"/channels/{thread.id}/messages", body)
    assert not desk.bob.can_see(thread)
    await desk.raw.ask("POST", f"/channels/{thread.id}/messages", {"content": f"<@{desk.bob.id}>"})
    assert desk.bob.can_see(thread)


async def test_who_speaks_is_inside_and_who_leaves_the_server_is_out(desk: Desk) -> None:
    thread = desk.guild.thread(desk.cinema, "open")
    desk.bob.say(thread, "hello")
    assert desk.bob.id in thread.state.members
    desk.bob.leave()
    desk.guild.member("Bob", user=desk.bob)
    assert desk.bob.id not in thread.state.members


async def test_members_keep_to_the_same_rules(desk: Desk) -> None:
    secret = desk.alice.start_thread(desk.cinema, "secret", private=True)
    for act in (
        lambda: desk.bob.join(secret),
        lambda: desk.bob.say(secret, "x"),
        lambda: desk.bob.archive(secret),
    ):
        with pytest.raises(ClientRefuses):
            act()
    desk.alice.add(secret, desk.bob)
    desk.bob.say(secret, "thanks")
    desk.bob.leave_thread(secret)
    assert not desk.bob.can_see(secret)
    desk.alice.archive(secret)
    with pytest.raises(ClientRefuses):
        desk.alice.add(secret, desk.bob)
    desk.alice.unarchive(secret)
    desk.alice.add(secret, desk.bob)
    assert desk.discord.violations == []
