"""Channels as such."""

from bot.rehearsal.access import channel_of
from bot.rehearsal.payloads import channel_payload
from bot.rehearsal.routing import Call, Routes
from bot.rehearsal.rules import Json

routes = Routes()


@routes.add("GET", "/channels/{channel_id}")
async def get(call: Call) -> Json:
    return channel_payload(channel_of(call))


@routes.add("POST", "/channels/{channel_id}/typing")
async def typing(call: Call) -> None:
    channel_of(call)
