"""Where the gateway is."""

from bot.rehearsal.routing import Auth, Call, Routes
from bot.rehearsal.rules import Json

routes = Routes()


@routes.add("GET", "/gateway", auth=Auth.NONE)
async def gateway(call: Call) -> Json:
    return {"url": call.world.gateway_url}


@routes.add("GET", "/gateway/bot")
async def gateway_bot(call: Call) -> Json:
    limit = {"total": 1000, "remaining": 1000, "reset_after": 86_400_000, "max_concurrency": 1}
    return {"url": call.world.gateway_url, "shards": call.world.shards, "session_start_limit": limit}
