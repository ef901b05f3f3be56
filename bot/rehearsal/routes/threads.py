"""Starting threads and forum posts, and the lists of them."""

from datetime import datetime

from bot.rehearsal import thread_acts, threads
from bot.rehearsal.access import channel_of, guild_of, home_of, message_of
from bot.rehearsal.compose import new_message
from bot.rehearsal.entities import Channel, ChannelType
from bot.rehearsal.guilds import Guild
from bot.rehearsal.payloads import channel_payload, message_payload, thread_member_payload
from bot.rehearsal.permissions import Permission
from bot.rehearsal.published import publish
from bot.rehearsal.requests import check_known
from bot.rehearsal.routing import Call, Routes
from bot.rehearsal.rules import ApiError, Json, Rule
from bot.rehearsal.thread_rules import check_form, check_post, check_start

routes = Routes()
FORM = "name auto_archive_duration rate_limit_per_user"
ARCHIVE = "/channels/{channel_id}/threads/archived"
ONCE = Rule("one thread a message", "docs: JSON Error Codes, 160004")
PAGE = Rule("2-100 threads a request", "openapi: list_public_archived_threads")
MESSAGE_KEYS = frozenset(
    {"content", "embeds", "components", "attachments", "flags", "allowed_mentions", "tts"}
)


@routes.add("POST", "/channels/{channel_id}/messages/{message_id}/threads", body=FORM)
async def start_from_message(call: Call) -> Json:
    parent = channel_of(call)
    message = message_of(call, parent)
    check_form(call.body, named=True)
    check_start(home_of(parent).me, parent)
    if message.thread is not None or message.id in home_of(parent).channels:
        raise ApiError(400, 160004, "A thread has already been created for this message", ONCE)
    thread = thread_acts.start(
        home_of(parent).me,
        parent,
        call.body["name"],
        source=message,
        minutes=_minutes(call.body),
        slowmode=_slowmode(call.body, parent),
    )
    return channel_payload(thread)


@routes.add(
    "POST",
    "/channels/{channel_id}/threads",
    body=f"{FORM} type invitable message applied_tags",
    query="use_nested_fields",
)
async def start(call: Call) -> Json:
    """A thread of its own, private unless its type says otherwise; in a forum, a post."""
    parent = channel_of(call)
    if parent.type is ChannelType.FORUM:
        return _post(call, parent)
    check_known(call.endpoint, call.body.keys() & {"message", "applied_tags"})
    check_form(call.body, named=True)
    private = call.body.get("type") in (None, ChannelType.PRIVATE_THREAD)
    check_start(home_of(parent).me, parent, private=private)
    invitable = call.body.get("invitable") is not False
    thread = thread_acts.start(
        home_of(parent).me,
        parent,
        call.body["name"],
        private=private,
        invitable=invitable,
        minutes=_minutes(call.body),
        slowmode=_slowmode(call.body, parent),
    )
    return channel_payload(thread)


def _post(call: Call, forum: Channel) -> Json:
    check_known(call.endpoint, call.body.keys() & {"invitable"})  # discord.py sends a type all the same
    check_form(call.body, named=True)
    me, tags = home_of(forum).me, [int(tag) for tag in call.body.get("applied_tags") or []]
    body: Json = call.body["message"]
    check_known(call.endpoint, body.keys() - MESSAGE_KEYS)
    check_post(me, forum, tags)
    if call.files:
        channel_of(call, Permission.ATTACH_FILES)
    first = new_message(call.world, forum, body, call.files)
    thread = thread_acts.start(
        me,
        forum,
        call.body["name"],
        tags=tags,
        minutes=_minutes(call.body),
        slowmode=_slowmode(call.body, forum),
    )
    first.id, first.channel = thread.id, thread
    return {**channel_payload(thread), "message": message_payload(publish(call.world, first))}


def _minutes(body: Json) -> int:
    return body.get("auto_archive_duration") or 4320


def _slowmode(body: Json, parent: Channel) -> int:
    return body.get("rate_limit_per_user") or parent.slowmode


@routes.add("GET", "/guilds/{guild_id}/threads/active")
async def active(call: Call) -> Json:
    guild = guild_of(call)
    seen = [t for t in threads.active(guild) if guild.me.can_see(t)]
    return _listed(guild, sorted(seen, key=_number, reverse=True))


@routes.add("GET", f"{ARCHIVE}/public", query="before limit")
async def archived_public(call: Call) -> Json:
    parent = channel_of(call, Permission.READ_MESSAGE_HISTORY)
    return _page(call, parent, [t for t in _archived(parent) if t.type is not ChannelType.PRIVATE_THREAD])


@routes.add("GET", f"{ARCHIVE}/private", query="before limit")
async def archived_private(call: Call) -> Json:
    parent = channel_of(call, Permission.READ_MESSAGE_HISTORY, Permission.MANAGE_THREADS)
    return _page(call, parent, [t for t in _archived(parent) if t.type is ChannelType.PRIVATE_THREAD])


@routes.add("GET", "/channels/{channel_id}/users/@me/threads/archived/private", query="before limit")
async def archived_joined(call: Call) -> Json:
    """By id, the newest first; `before` is an id here."""
    parent = channel_of(call, Permission.READ_MESSAGE_HISTORY)
    guild, limit = home_of(parent), _limit(call)
    mine = [t for t in _archived(parent) if t.type is ChannelType.PRIVATE_THREAD]
    mine = sorted((t for t in mine if guild.me.id in t.state.members), key=_number, reverse=True)
    if "before" in call.query:
        mine = [t for t in mine if t.id < int(call.query["before"])]
    return {**_listed(guild, mine[:limit]), "has_more": len(mine) > limit}


def _page(call: Call, parent: Channel, found: list[Channel]) -> Json:
    limit = _limit(call)
    if "before" in call.query:
        before = datetime.fromisoformat(call.query["before"])
        found = [t for t in found if t.state.archived_at < before]
    return {**_listed(home_of(parent), found[:limit]), "has_more": len(found) > limit}


def _archived(parent: Channel) -> list[Channel]:
    """The last archived first."""
    of_parent = [t for t in home_of(parent).channels.values() if t.parent is parent and t.thread is not None]
    return sorted((t for t in of_parent if t.state.archived), key=lambda t: t.state.archived_at, reverse=True)


def _limit(call: Call) -> int:
    limit = int(call.query.get("limit", 50))
    if not 2 <= limit <= 100:
        errors = {"limit": {"_errors": [{"code": "NUMBER_TYPE_MAX", "message": "2 to 100"}]}}
        raise ApiError(400, 50035, "Invalid Form Body", PAGE, errors=errors)
    return limit


def _listed(guild: Guild, found: list[Channel]) -> Json:
    inside = [t for t in found if guild.me.id in t.state.members]
    return {
        "threads": [channel_payload(t) for t in found],
        "members": [thread_member_payload(t, guild.me.id) for t in inside],
    }


def _number(thread: Channel) -> int:
    return thread.id
