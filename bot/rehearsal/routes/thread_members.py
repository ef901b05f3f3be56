"""Who is inside a thread."""

from bot.rehearsal import thread_acts, threads
from bot.rehearsal.access import channel_of, user_of
from bot.rehearsal.entities import Channel
from bot.rehearsal.payloads import member_payload, thread_member_payload
from bot.rehearsal.ratelimits import Quota
from bot.rehearsal.routing import Call, Routes
from bot.rehearsal.rules import ApiError, Json, Rule, unknown
from bot.rehearsal.thread_rules import PLACE, check_add, check_open, check_remove, check_room

routes = Routes()
MANY = "/channels/{channel_id}/thread-members"
ME, ONE = f"{MANY}/@me", f"{MANY}/{{user_id}}"
QUOTA = Quota(25, 1.0)
PRIVILEGED = Rule("listing a thread's members needs the members intent", "discord.md: Limits, threads")


def _thread(call: Call) -> Channel:
    channel = channel_of(call)
    if channel.thread is None:
        raise ApiError(400, 50024, "Cannot execute action on this channel type", PLACE)
    return channel


@routes.add("PUT", ME, quota=QUOTA)
async def join(call: Call) -> None:
    thread = _thread(call)
    check_open(thread)
    check_room(thread, call.world.me)
    threads.enter(thread, [call.world.me])


@routes.add("DELETE", ME, quota=QUOTA)
async def leave(call: Call) -> None:
    thread = _thread(call)
    check_open(thread)
    threads.leave(thread, call.world.me)


@routes.add("PUT", ONE, quota=QUOTA)
async def add(call: Call) -> None:
    thread, user = _thread(call), user_of(call.world, call.id("user_id"))
    me = threads.guild_of(thread).me
    check_add(me, thread, user)
    thread_acts.add(me, thread, user)


@routes.add("DELETE", ONE, quota=QUOTA)
async def remove(call: Call) -> None:
    thread, user = _thread(call), user_of(call.world, call.id("user_id"))
    me = threads.guild_of(thread).me
    check_remove(me, thread)
    thread_acts.remove(me, thread, user)


@routes.add("GET", ONE, query="with_member")
async def get(call: Call) -> Json:
    thread, user_id = _thread(call), call.id("user_id")
    if user_id not in thread.state.members:
        raise unknown(10007, "Member")
    body = thread_member_payload(thread, user_id)
    if call.query.get("with_member", "").lower() in {"1", "true"}:
        body["member"] = member_payload(threads.guild_of(thread).members[user_id])
    return body


@routes.add("GET", MANY, query="with_member limit after")
async def listing(_: Call) -> list[Json]:
    raise ApiError(403, 50001, "Missing Access", PRIVILEGED)
