"""The command picker's list: what this member may use here, in their language, a line for each subcommand."""

from collections.abc import Iterator

from bot.rehearsal.commands import MESSAGE_MENU
from bot.rehearsal.entities import Channel, ChannelType
from bot.rehearsal.members import Member
from bot.rehearsal.offered import GROUP, SUBCOMMAND, offered
from bot.rehearsal.rules import Json


def offers(viewer: Member, channel: Channel) -> Json:
    if channel.type is ChannelType.FORUM:
        return {"commands": [], "menus": [], "things": {}}
    return {
        "commands": sorted(
            (leaf for command in offered(viewer, channel) for leaf in _leaves(command, viewer.user.locale)),
            key=lambda leaf: str(leaf["label"]),
        ),
        "menus": [
            {"name": command["name"], "label": _said(command, "name", viewer.user.locale)}
            for command in offered(viewer, channel, MESSAGE_MENU)
        ],
        "things": things(viewer),
    }


def things(viewer: Member) -> Json:
    """What options and selects of members, roles and channels choose from."""
    guild = viewer.guild
    return {
        "users": [{"id": str(m.id), "name": m.name} for m in guild.members.values()],
        "roles": [{"id": str(r.id), "name": r.name} for r in guild.roles.values()],
        "channels": [
            {"id": str(c.id), "name": c.name, "type": int(c.type)}
            for c in guild.channels.values()
            if viewer.can_see(c)
        ],
    }


def _leaves(node: Json, locale: str, path: str = "", label: str = "") -> Iterator[Json]:
    path, label = f"{path} {node['name']}".strip(), f"{label} {_said(node, 'name', locale)}".strip()
    inner = [o for o in node.get("options") or [] if o["type"] in {SUBCOMMAND, GROUP}]
    for option in inner:
        yield from _leaves(option, locale, path, label)
    if not inner:
        options = [_option(option, locale) for option in node.get("options") or []]
        said = _said(node, "description", locale)
        yield {"path": path, "label": label, "description": said, "options": options}


def _option(option: Json, locale: str) -> Json:
    choices = [{"name": _said(c, "name", locale), "value": c["value"]} for c in option.get("choices") or []]
    limits = ("min_value", "max_value", "min_length", "max_length", "channel_types")
    return {
        "name": option["name"],
        "label": _said(option, "name", locale),
        "description": _said(option, "description", locale),
        "type": option["type"],
        "required": bool(option.get("required")),
        "autocomplete": bool(option.get("autocomplete")),
        "choices": choices,
        **{limit: option[limit] for limit in limits if option.get(limit) is not None},
    }


def _said(node: Json, key: str, locale: str) -> str:
    return str((node.get(f"{key}_localizations") or {}).get(locale) or node.get(key) or "")
