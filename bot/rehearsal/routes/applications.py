"""The application itself."""

from bot.rehearsal.payloads import user_payload
from bot.rehearsal.routing import Call, Routes
from bot.rehearsal.rules import Json

routes = Routes()


def _application(call: Call) -> Json:
    world = call.world
    return {
        "id": str(world.application_id),
        "name": world.me.name,
        "description": "",
        "icon": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 0,
        "owner": user_payload(world.owner),
        "team": None,
        "summary": "",
        "approximate_guild_count": len(world.guilds),
        "integration_types_config": {"0": {}},
    }


@routes.add("GET", "/oauth2/applications/@me")
async def oauth_application(call: Call) -> Json:
    return _application(call)


@routes.add("GET", "/applications/@me")
async def application(call: Call) -> Json:
    return _application(call)
