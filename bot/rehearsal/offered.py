"""The command picker: which commands a member is offered, and which options it lets them fill."""

from dataclasses import dataclass
from typing import Any

from bot.rehearsal.answers import ClientRefuses
from bot.rehearsal.commands import CHAT_INPUT
from bot.rehearsal.entities import Channel, Role
from bot.rehearsal.permissions import Permission
from bot.rehearsal.resolved import Resolved
from bot.rehearsal.rules import Json
from bot.rehearsal.standing import Standing

IN_GUILD, IN_BOT_DM = 0, 1
SUBCOMMAND, GROUP = 1, 2
STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER = 3, 4, 5, 6, 7, 8, 9, 10


@dataclass(frozen=True, slots=True)
class Picked:
    """A command and the subcommands chosen in it; `options` are those of the innermost."""

    command: Json
    nesting: list[Json]

    @property
    def options(self) -> list[Json]:
        return (self.nesting[-1] if self.nesting else self.command).get("options") or []

    def data(self, filled: list[Json], resolved: Resolved) -> Json:
        options = filled
        for step in reversed(self.nesting):
            options = [{"name": step["name"], "type": step["type"], "options": options}]
        data: Json = {"id": self.command["id"], "name": self.command["name"], "type": CHAT_INPUT}
        if "guild_id" in self.command:
            data["guild_id"] = self.command["guild_id"]
        data |= {"options": options} if options else {}
        return data | ({"resolved": resolved.data} if resolved.data else {})


def offered(member: Standing, channel: Channel, kind: int = CHAT_INPUT) -> list[Json]:
    """The commands that the member's client lists in this channel."""
    scopes = {None} if channel.guild is None else {None, channel.guild.id}
    commands = [c for scope, c in member.world.commands if scope in scopes and c["type"] == kind]
    return [command for command in commands if _why_not(member, channel, command) is None]


def pick(member: Standing, channel: Channel, path: str) -> Picked:
    name, *steps = path.split()
    command = find(member, channel, name, CHAT_INPUT)
    nesting: list[Json] = []
    options = command["options"]
    for step in steps:
        inner = next(
            (o for o in options if o["type"] in {SUBCOMMAND, GROUP} and _called(o, step, member)), None
        )
        if inner is None:
            raise ClientRefuses(f"/{name} has no {step!r}: {_names(options)}")
        nesting.append(inner)
        options = inner.get("options") or []
    if any(o["type"] in {SUBCOMMAND, GROUP} for o in options):
        raise ClientRefuses(f"/{path} is not complete: {_names(options)}")
    return Picked(command, nesting)


def find(member: Standing, channel: Channel, name: str, kind: int) -> Json:
    scopes = {None} if channel.guild is None else {None, channel.guild.id}
    every = [c for scope, c in member.world.commands if scope in scopes and c["type"] == kind]
    named = [c for c in every if _called(c, name, member)]
    if not named:
        raise ClientRefuses(f"there is no {name!r}: {_names(every)}")
    reason = _why_not(member, channel, named[0])
    if reason is not None:
        raise ClientRefuses(f"{name!r} is not offered to {member.name}: {reason}")
    return named[0]


def fill(picked: Picked, values: dict[str, Any], resolved: Resolved, *, focused: str = "") -> list[Json]:
    """The options as the client sends them, or why it doesn't."""
    known = {option["name"]: option for option in picked.options}
    for name in values.keys() - known.keys():
        raise ClientRefuses(f"there is no option {name!r}: {_names(picked.options)}")
    missing = [n for n, o in known.items() if o.get("required") and n not in values and not focused]
    if missing:
        raise ClientRefuses(f"required and missing: {', '.join(missing)}")
    return [_filled(known[name], value, resolved, focused) for name, value in values.items()]


def _filled(option: Json, value: Any, resolved: Resolved, focused: str) -> Json:
    filled: Json = {"name": option["name"], "type": option["type"]}
    if option["name"] == focused:
        if not option.get("autocomplete"):
            raise ClientRefuses(f"{focused!r} has no autocomplete")
        return {**filled, "value": value, "focused": True}
    return {**filled, "value": _value(option, value, resolved)}


def _value(option: Json, value: Any, resolved: Resolved) -> Any:
    kinds: dict[int, tuple[type, ...]] = {
        STRING: (str,),
        INTEGER: (int,),
        BOOLEAN: (bool,),
        NUMBER: (int, float),
    }
    kind, name = option["type"], option["name"]
    if kind not in kinds:
        return _thing(option, value, resolved)
    if option.get("choices"):
        return _choice(option, value)
    if not isinstance(value, kinds[kind]) or (isinstance(value, bool) and kind != BOOLEAN):
        raise ClientRefuses(f"{name!r} takes no {type(value).__name__}")
    size = len(value) if isinstance(value, str) else value
    least, most = ("min_length", "max_length") if kind == STRING else ("min_value", "max_value")
    if (option.get(least) is not None and size < option[least]) or (
        option.get(most) is not None and size > option[most]
    ):
        raise ClientRefuses(f"{name!r} is {value!r}: between {option.get(least)} and {option.get(most)}")
    return value


def _choice(option: Json, value: Any) -> Any:
    for choice in option["choices"]:
        if value in {choice["value"], choice["name"], *(choice.get("name_localizations") or {}).values()}:
            return choice["value"]
    raise ClientRefuses(f"{option['name']!r} has no choice {value!r}: {_names(option['choices'])}")


def _thing(option: Json, value: Any, resolved: Resolved) -> str:
    fits = {
        USER: isinstance(value, Standing),
        CHANNEL: isinstance(value, Channel),
        ROLE: isinstance(value, Role),
        MENTIONABLE: isinstance(value, Standing | Role),
    }
    if not fits.get(option["type"], False):
        raise ClientRefuses(f"{option['name']!r} takes no {type(value).__name__}")
    types = option.get("channel_types")
    if types and value.type not in types:
        raise ClientRefuses(f"{option['name']!r} takes no channel of type {int(value.type)}")
    return resolved.add(value)


def _why_not(member: Standing, channel: Channel, command: Json) -> str | None:
    context = IN_BOT_DM if channel.guild is None else IN_GUILD
    if command["contexts"] is not None and context not in command["contexts"]:
        return "not in this context"
    if channel.guild is None:
        return None if command["dm_permission"] else "not in this context"
    permissions = member.permissions(channel)
    if Permission.USE_APPLICATION_COMMANDS not in permissions:
        return "no permission to use application commands here"
    wanted = command["default_member_permissions"]
    if wanted is None or Permission.ADMINISTRATOR in permissions:
        return None
    lacking = Permission(int(wanted)) & ~permissions
    return "lacks permissions" if lacking or int(wanted) == 0 else None


def _called(item: Json, name: str, member: Standing) -> bool:
    localized = (item.get("name_localizations") or {}).get(member.user.locale)
    return name in {item["name"], localized}


def _names(items: list[Json]) -> str:
    return ", ".join(sorted(str(item["name"]) for item in items)) or "nothing"
