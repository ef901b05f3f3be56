"""Scheduled events of a server."""

from datetime import UTC, datetime
from typing import Any

from bot.rehearsal.access import guild_of, permissions_in
from bot.rehearsal.entities import Channel, ChannelType
from bot.rehearsal.faults import Faults
from bot.rehearsal.guilds import Guild
from bot.rehearsal.permissions import Permission
from bot.rehearsal.routing import Call, Routes
from bot.rehearsal.rules import ApiError, Json, Rule, missing_permissions, unknown
from bot.rehearsal.scheduled import NEXT, EventPlace, EventStatus, ScheduledEvent

routes = Routes()
MANY = "/guilds/{guild_id}/scheduled-events"
ONE = f"{MANY}/{{event_id}}"
FIELDS = "name description privacy_level entity_type channel_id entity_metadata scheduled_start_time scheduled_end_time"
LIMITS = "discord.md: Limits, scheduled events"
DOCS = "docs: Guild Scheduled Event"
MOST = Rule("100 scheduled or active events a server", LIMITS)
LENGTHS = Rule("name 100, description 1,000, location 100 characters", LIMITS)
PLACE = Rule("EXTERNAL needs location and end, VOICE and STAGE their channel", LIMITS)
TIMES = Rule("an event starts in the future and ends after its start", DOCS)
PRIVACY = Rule("privacy_level is 2, GUILD_ONLY", f"{DOCS}, Privacy Level")
STATUS = Rule(
    "scheduled → active → completed, or scheduled → cancelled; each once", f"{DOCS}, Status Transitions"
)
OVER = Rule("a finished event can't be changed", "docs: JSON Error Codes, 180000")
HOSTING = {EventPlace.VOICE: ChannelType.VOICE, EventPlace.STAGE: ChannelType.STAGE}


@routes.add("GET", MANY, query="with_user_count")
async def listing(call: Call) -> list[Json]:
    events = guild_of(call).scheduled.values()
    return [e.payload(counted=_counted(call)) for e in events if e.open and _visible(e)]


@routes.add("POST", MANY, body=FIELDS)
async def create(call: Call) -> Json:
    guild = guild_of(call)
    event = ScheduledEvent(
        call.world.ids.next(), guild, call.world.me, "", EventPlace.EXTERNAL, call.world.clock.now()
    )
    _check_body(call, {"name": None, "entity_type": None, "scheduled_start_time": None, **call.body})
    _fill(call, event)
    _require(guild, event.channel, Permission.CREATE_EVENTS)
    if sum(e.open for e in guild.scheduled.values()) >= 100:
        raise ApiError(400, 30038, "Maximum number of uncompleted guild scheduled events reached (100)", MOST)
    return event.publish().payload()


@routes.add("GET", ONE, query="with_user_count")
async def get(call: Call) -> Json:
    return _event(call).payload(counted=_counted(call))


@routes.add("PATCH", ONE, body=f"{FIELDS} status")
async def edit(call: Call) -> Json:
    event = _event(call)
    _require_hold(event)
    if not event.open:
        raise ApiError(400, 180000, "Cannot update a finished event", OVER)
    _check_body(call, call.body)
    status = _status(event, call.body.get("status"))
    _fill(call, event)
    event.status = status
    event.tell("UPDATE")
    event.watch()
    return event.payload()


@routes.add("DELETE", ONE)
async def delete(call: Call) -> None:
    event = _event(call)
    _require_hold(event)
    event.delete()


def _event(call: Call) -> ScheduledEvent:
    event = guild_of(call).scheduled.get(call.id("event_id"))
    if event is None or not _visible(event):
        raise unknown(10070, "Guild Scheduled Event")
    return event


def _visible(event: ScheduledEvent) -> bool:
    return event.channel is None or Permission.VIEW_CHANNEL in permissions_in(event.channel)


def _counted(call: Call) -> bool:
    return call.query.get("with_user_count", "").lower() in {"1", "true"}


def _require(guild: Guild, channel: Channel | None, needed: Permission) -> None:
    if needed not in guild.permissions_of(guild.me, channel):
        raise missing_permissions()


def _require_hold(event: ScheduledEvent) -> None:
    """One's own events need CREATE_EVENTS, those of others MANAGE_EVENTS (docs: Permissions)."""
    guild = event.guild
    own = event.creator is guild.world.me
    enough = Permission.MANAGE_EVENTS | (Permission.CREATE_EVENTS if own else Permission.NONE)
    if not enough & guild.permissions_of(guild.me, event.channel):
        raise missing_permissions()


def _status(event: ScheduledEvent, wanted: Any) -> EventStatus:
    if wanted is None:
        return event.status
    if wanted not in NEXT[event.status]:
        faults = Faults()
        message = f"{event.status.name} doesn't become {wanted}"
        faults.add(("status",), "GUILD_SCHEDULED_EVENT_INVALID_STATUS_TRANSITION", message, STATUS)
        faults.raise_if_any()
    return EventStatus(wanted)


def _check_body(call: Call, body: Json) -> None:
    faults = Faults()
    for key in ("name", "entity_type", "scheduled_start_time"):
        if key in body:
            faults.required((key,), body[key], PLACE if key == "entity_type" else LENGTHS)
    faults.text(("name",), body.get("name"), LENGTHS, least=1, most=100)
    faults.text(("description",), body.get("description"), LENGTHS, most=1000)
    location = (body.get("entity_metadata") or {}).get("location")
    faults.text(("entity_metadata", "location"), location, LENGTHS, least=1, most=100)
    if body.get("privacy_level", 2) != 2:
        faults.add(("privacy_level",), "BASE_TYPE_CHOICES", "Value must be one of {2}.", PRIVACY)
    start = _moment(body.get("scheduled_start_time"))
    if start is not None and start <= call.world.clock.now():
        message = "Cannot schedule event in the past."
        faults.add(("scheduled_start_time",), "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST", message, TIMES)
    faults.raise_if_any()


def _fill(call: Call, event: ScheduledEvent) -> None:
    """Take over what the body names, if the event as a whole is then sound."""
    body = call.body
    place = EventPlace(body.get("entity_type") or event.place)
    start = _moment(body.get("scheduled_start_time")) or event.starts_at
    end = _moment(body["scheduled_end_time"]) if "scheduled_end_time" in body else event.ends_at
    metadata = body.get("entity_metadata") or {}
    location = metadata.get("location", event.location) if place is EventPlace.EXTERNAL else None
    channel = event.channel
    if "channel_id" in body:
        channel = call.world.channel(int(body["channel_id"])) if body["channel_id"] else None
    _check_whole(place, start, end, location, channel)
    event.place, event.starts_at, event.ends_at = place, start, end
    event.location, event.channel = location, channel
    event.name = body.get("name", event.name)
    event.description = body.get("description", event.description)


def _check_whole(
    place: EventPlace, start: datetime, end: datetime | None, location: str | None, channel: Channel | None
) -> None:
    faults = Faults()
    if place is EventPlace.EXTERNAL:
        faults.required(("entity_metadata", "location"), location, PLACE)
        faults.required(("scheduled_end_time",), end, PLACE)
        if channel is not None:
            faults.add(("channel_id",), "BASE_TYPE_BAD_VALUE", "EXTERNAL has no channel", PLACE)
    elif channel is None or channel.type is not HOSTING[place]:
        faults.add(("channel_id",), "BASE_TYPE_REQUIRED", f"{place.name} needs such a channel", PLACE)
    if end is not None and end <= start:
        message = "Event end must be after event start."
        faults.add(("scheduled_end_time",), "GUILD_SCHEDULED_EVENT_SCHEDULE_END", message, TIMES)
    faults.raise_if_any()


def _moment(text: str | None) -> datetime | None:
    """Discord reads a time without a zone as UTC."""
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
