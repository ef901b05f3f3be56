"""Servers and their members, as far as a bot may ask without privileged intents."""

from bot.rehearsal.access import guild_of, member_of
from bot.rehearsal.entities import THREADS
from bot.rehearsal.payloads import channel_payload, guild_payload, member_payload, role_payload
from bot.rehearsal.routing import Call, Routes
from bot.rehearsal.rules import Json

routes = Routes()


@routes.add("GET", "/guilds/{guild_id}", query="with_counts")
async def get(call: Call) -> Json:
    guild = guild_of(call)
    counts = {"approximate_member_count": len(guild.members), "approximate_presence_count": 1}
    return guild_payload(guild) | (counts if call.query.get("with_counts") in {"1", "true"} else {})


@routes.add("GET", "/guilds/{guild_id}/members/{user_id}")
async def get_member(call: Call) -> Json:
    return member_payload(member_of(call, guild_of(call)))


@routes.add("GET", "/guilds/{guild_id}/channels")
async def get_channels(call: Call) -> list[Json]:
    return [channel_payload(c) for c in guild_of(call).channels.values() if c.type not in THREADS]


@routes.add("GET", "/guilds/{guild_id}/roles")
async def get_roles(call: Call) -> list[Json]:
    return [role_payload(role) for role in guild_of(call).roles.values()]
