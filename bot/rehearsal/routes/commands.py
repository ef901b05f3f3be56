"""Application commands, global and per guild."""

from typing import Any

from bot.rehearsal.access import guild_of
from bot.rehearsal.commands import Scope
from bot.rehearsal.limits_commands import check_command, check_commands
from bot.rehearsal.routing import Call, Routes
from bot.rehearsal.rules import Json, missing_access

routes = Routes()
GLOBAL = "/applications/{application_id}/commands"
GUILD = "/applications/{application_id}/guilds/{guild_id}/commands"
KEYS = (
    "id type name name_localizations description description_localizations options"
    " default_member_permissions dm_permission default_permission contexts integration_types nsfw handler"
)


def _scope(call: Call) -> Scope:
    if call.id("application_id") != call.world.application_id:
        raise missing_access()
    return guild_of(call).id if "guild_id" in call.params else None


def _listed(call: Call, commands: list[Json]) -> list[Json]:
    """Translations are left out unless asked for."""
    if call.query.get("with_localizations", "").lower() in {"true", "1"}:
        return commands
    hidden = {"name_localizations", "description_localizations"}
    return [{key: value for key, value in c.items() if key not in hidden} for c in commands]


async def get_commands(call: Call) -> Any:
    return _listed(call, call.world.commands.all(_scope(call)))


async def put_commands(call: Call) -> Any:
    scope = _scope(call)
    check_commands(call.body)
    return call.world.commands.replace(scope, call.body)


async def post_command(call: Call) -> Any:
    scope = _scope(call)
    check_command(call.body)
    return call.world.commands.upsert(scope, call.body)


async def get_command(call: Call) -> Any:
    return call.world.commands.get(_scope(call), call.id("command_id"))


async def patch_command(call: Call) -> Any:
    scope, command_id = _scope(call), call.id("command_id")
    check_command({**call.world.commands.get(scope, command_id), **call.body})
    return call.world.commands.edit(scope, command_id, call.body)


async def delete_command(call: Call) -> None:
    call.world.commands.delete(_scope(call), call.id("command_id"))


for _base in (GLOBAL, GUILD):
    routes.add("GET", _base, query="with_localizations")(get_commands)
    routes.add("PUT", _base, body=KEYS)(put_commands)
    routes.add("POST", _base, body=KEYS)(post_command)
    routes.add("GET", f"{_base}/{{command_id}}")(get_command)
    routes.add("PATCH", f"{_base}/{{command_id}}", body=KEYS)(patch_command)
    routes.add("DELETE", f"{_base}/{{command_id}}")(delete_command)
