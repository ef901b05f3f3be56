"""Channels and threads as such: read, change, delete."""

from collections.abc import Iterator
from typing import Any

from bot.rehearsal import thread_acts, threads
from bot.rehearsal.access import channel_of, home_of
from bot.rehearsal.entities import Channel, ChannelType, Tag
from bot.rehearsal.faults import Faults
from bot.rehearsal.payloads import channel_payload
from bot.rehearsal.permissions import Permission
from bot.rehearsal.requests import check_known
from bot.rehearsal.routing import Call, Routes
from bot.rehearsal.rules import ApiError, Json, Rule
from bot.rehearsal.thread_rules import PLACE, check_cap, check_change, check_form, check_tags

routes = Routes()
ONE = "/channels/{channel_id}"
OF_CHANNEL = frozenset({"name", "topic", "rate_limit_per_user", "available_tags", "flags"})
OF_THREAD = frozenset(
    {"name", "archived", "locked", "invitable", "auto_archive_duration", "rate_limit_per_user", "flags"}
    | {"applied_tags"}
)
PINNED, REQUIRE_TAG = 1 << 1, 1 << 4
NAME = Rule("a channel's name has 1-100 characters", "openapi: UpdateGuildChannelRequestPartial")
TAGS = Rule("20 tags a forum", "discord.md: Limits, forum channels")
TAG_NAME = Rule("a tag's name has 1-50 characters", "openapi: UpdateThreadTagRequest")


@routes.add("GET", ONE)
async def get(call: Call) -> Json:
    return channel_payload(channel_of(call))


@routes.add("POST", f"{ONE}/typing")
async def typing(call: Call) -> None:
    channel_of(call)


@routes.add("PATCH", ONE, body=" ".join(OF_CHANNEL | OF_THREAD))
async def edit(call: Call) -> Json:
    channel = channel_of(call)
    if channel.thread is not None:
        _edit_thread(call, channel)
    else:
        _edit_channel(call, channel)
    return channel_payload(channel)


@routes.add("DELETE", ONE)
async def delete(call: Call) -> Json:
    thread = channel_of(call).thread is not None
    channel = channel_of(call, Permission.MANAGE_THREADS if thread else Permission.MANAGE_CHANNELS)
    body = channel_payload(channel)
    home_of(channel).delete_channel(channel)
    return body


def _edit_channel(call: Call, channel: Channel) -> None:
    body: Json = call.body
    check_known(call.endpoint, body.keys() - OF_CHANNEL)
    channel_of(call, Permission.MANAGE_CHANNELS)
    faults = Faults()
    faults.text(("name",), body.get("name"), NAME, least=1, most=100)
    faults.raise_if_any()
    if "available_tags" in body:
        channel.tags = list(_tags(call, body["available_tags"] or []))
    if "flags" in body:
        channel.requires_tag = bool(body["flags"] & REQUIRE_TAG)
    channel.name = body.get("name") or channel.name
    channel.topic = body.get("topic", channel.topic)
    channel.slowmode = body.get("rate_limit_per_user") or (
        0 if "rate_limit_per_user" in body else channel.slowmode
    )
    home_of(channel).changed(channel)


def _tags(call: Call, wanted: list[Json]) -> Iterator[Tag]:
    if len(wanted) > 20:
        raise ApiError(400, 30048, "Maximum number of tags in a forum channel has been reached", TAGS)
    faults = Faults()
    for index, tag in enumerate(wanted):
        faults.text(("available_tags", index, "name"), tag["name"], TAG_NAME, least=1, most=50)
    faults.raise_if_any()
    for tag in wanted:
        number = int(tag["id"]) if tag.get("id") else call.world.ids.next()
        yield Tag(number, tag["name"], bool(tag.get("moderated")), tag.get("emoji_name"))


def _edit_thread(call: Call, thread: Channel) -> None:
    body = {key: value for key, value in call.body.items() if value is not None}
    check_known(call.endpoint, body.keys() - OF_THREAD)
    me, state = home_of(thread).me, thread.state
    check_form(body, named="name" in body)
    check_change(me, thread, body)
    if "invitable" in body and thread.type is not ChannelType.PRIVATE_THREAD:
        raise ApiError(400, 50024, "Cannot execute action on this channel type", PLACE)
    if "applied_tags" in body:
        wanted = [int(tag) for tag in body["applied_tags"]]
        check_tags(me, threads.parent_of(thread), wanted)
        state.applied_tags = wanted
    if state.archived and body.get("archived") is False:
        check_cap(home_of(thread))
    _apply(thread, body)
    if "name" in body:
        thread_acts.rename(me, thread, body["name"])
    _announce(thread, body)


def _apply(thread: Channel, body: Json) -> None:
    state, now = thread.state, home_of(thread).world.clock.now()
    state.locked, state.invitable = body.get("locked", state.locked), body.get("invitable", state.invitable)
    thread.slowmode = body.get("rate_limit_per_user", thread.slowmode)
    if "flags" in body:
        state.pinned = bool(body["flags"] & PINNED)
    minutes = body.get("auto_archive_duration", state.auto_archive_minutes)
    if minutes != state.auto_archive_minutes:  # counts as activity: discord.md, Limits, threads
        state.auto_archive_minutes, state.active_at, state.archived_at = minutes, now, now


def _announce(thread: Channel, body: dict[str, Any]) -> None:
    """One THREAD_UPDATE for all that has changed."""
    if body.get("archived") is True and not thread.state.archived:
        threads.archive(thread)
    elif body.get("archived") is False and thread.state.archived:
        threads.unarchive(thread)
    else:
        threads.tell(thread, "UPDATE")
        threads.watch(thread)
