"""Users and the private channels to them."""

from bot.rehearsal.access import user_of
from bot.rehearsal.payloads import channel_payload, user_payload
from bot.rehearsal.routing import Call, Routes
from bot.rehearsal.rules import Json

routes = Routes()


@routes.add("GET", "/users/@me")
async def me(call: Call) -> Json:
    body = {"mfa_enabled": True, "verified": True, "email": None, "locale": "en-US"}
    return {**user_payload(call.world.me), **body}


@routes.add("GET", "/users/{user_id}")
async def user(call: Call) -> Json:
    return user_payload(user_of(call.world, call.id("user_id")))


@routes.add("POST", "/users/@me/channels", body="recipient_id")
async def open_dm(call: Call) -> Json:
    """Opening always works; whether the user takes messages shows when one is sent (50007)."""
    recipient = user_of(call.world, int(call.body["recipient_id"]))
    return channel_payload(call.world.dm(recipient))
