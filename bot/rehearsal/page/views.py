"""What one member's screen shows around the messages: the club, its channels, the clock, the bot."""

from collections.abc import Iterator

from bot.rehearsal.entities import THREADS, Channel, ChannelType
from bot.rehearsal.members import Member
from bot.rehearsal.page.messages import last_of
from bot.rehearsal.page.stage import Stage
from bot.rehearsal.payloads import channel_payload, guild_create_payload
from bot.rehearsal.permissions import Permission
from bot.rehearsal.rules import Json

LOCALES = ("en-US", "en-GB", "ko", "tr", "id", "es-419", "hi", "de", "sv-SE")
KINDS = {ChannelType.FORUM: "forum", ChannelType.VOICE: "voice", ChannelType.PRIVATE_THREAD: "private"}


def around(stage: Stage, viewer: Member, channel: Channel) -> Json:
    """Everything but the messages, by key; a key is sent again when its value is another."""
    return {
        "club": {"name": stage.guild.name, "locale": stage.guild.locale, "locales": LOCALES},
        "members": [_person(stage, member) for member in stage.members()],
        "viewer": _person(stage, viewer),
        "tree": list(_tree(stage, viewer)),
        "events": guild_create_payload(stage.guild)["guild_scheduled_events"],
        "here": _here(viewer, channel),
        "clock": {"offset": stage.discord.clock.offset.total_seconds(), "due": _due(stage)},
        "bot": _bot(stage),
        "phone": stage.phones.of(viewer),
    }


def _person(stage: Stage, member: Member) -> Json:
    return {
        "id": str(member.id),
        "name": member.name,
        "locale": member.user.locale,
        "zone": stage.club.zones.get(member.id),
        "roles": [role.name for role in member.roles],
    }


def _due(stage: Stage) -> float | None:
    return stage.bot.due.timestamp() if stage.bot.due else None


def _bot(stage: Stage) -> Json:
    listening = stage.discord.gateway.listener(stage.guild.id) is not None
    running = stage.bot.running
    state = "up" if listening and running else "starting" if running else "down"
    return {"name": stage.discord.world.me.name, "state": state, "limited": stage.limited_until}


def _tree(stage: Stage, viewer: Member) -> Iterator[Json]:
    every = list(stage.guild.channels.values())
    for channel in every:
        if channel.type not in THREADS and viewer.can_see(channel):
            inside = [t for t in every if t.parent is channel and viewer.can_see(t)]
            yield {**_place(viewer, channel), "threads": [_thread(viewer, thread) for thread in inside]}
    yield {**_place(viewer, viewer.dm), "name": stage.discord.world.me.name, "threads": []}


def _place(viewer: Member, channel: Channel) -> Json:
    wire = channel_payload(channel)
    return {
        "id": str(channel.id),
        "name": channel.name,
        "kind": "dm" if channel.guild is None else KINDS.get(channel.type, "text"),
        "last": next((str(m.id) for m in reversed(channel.messages.values()) if viewer.reads(m)), None),
        "tags": [tag["name"] for tag in wire.get("available_tags", [])],
    }


def _thread(viewer: Member, thread: Channel) -> Json:
    place, wire = _place(viewer, thread), channel_payload(thread)
    tags = channel_payload(thread.parent).get("available_tags", []) if thread.parent else []
    return place | {
        "archived": wire["thread_metadata"]["archived"],
        "locked": wire["thread_metadata"]["locked"],
        "tags": [tag["name"] for tag in tags if str(tag["id"]) in wire["applied_tags"]],
        "preview": last_of(viewer, thread),
    }


def _here(viewer: Member, channel: Channel) -> Json:
    permissions = viewer.permissions(channel) if channel.guild else None
    needed = Permission.SEND_MESSAGES_IN_THREADS if channel.type in THREADS else Permission.SEND_MESSAGES
    kind = _place(viewer, channel)["kind"]
    return {
        "id": str(channel.id),
        "name": viewer.world.me.name if channel.guild is None else channel.name,
        "kind": kind,
        "topic": channel.topic,
        "parent": channel.parent.name if channel.parent else None,
        "thread": channel.type in THREADS,
        "sends": kind != "forum" and (permissions is None or needed in permissions),
        "commands": kind != "forum",
    }
