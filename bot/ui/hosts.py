"""Who may plan and run things in a club: the role its settings name, and everybody with Manage Events."""

import discord

from bot.errors import NotAllowedError
from bot.ui.desk import Asker


def is_host(asker: Asker) -> bool:
    role = asker.club.host_role
    has_role = role is not None and (is_everybody(asker, role) or _has(asker, role))
    return has_role or asker.interaction.permissions.manage_events


def is_everybody(asker: Asker, role: int) -> bool:
    """Whether `role` is @everyone, which has the server's number and is on no member's list."""
    return role == asker.interaction.guild_id


def require_host(asker: Asker) -> None:
    """Raises NotAllowedError, naming who may, unless the member is a host here."""
    if is_host(asker):
        return
    role, guild = asker.club.host_role, asker.interaction.guild
    if role is None or guild is None or guild.get_role(role) is None:  # never named, or gone since
        raise NotAllowedError("host.needs_right")
    raise NotAllowedError("host.needs_role", role=f"<@&{role}>")


def _has(asker: Asker, role: int) -> bool:
    user = asker.interaction.user
    return isinstance(user, discord.Member) and user.get_role(role) is not None
