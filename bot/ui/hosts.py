"""Who may plan and run things in a club: the role its settings name, and everybody with Manage Events."""

import discord

from bot.errors import NotAllowedError
from bot.ui.desk import Asker


def is_host(asker: Asker) -> bool:
    user, role = asker.interaction.user, asker.club.host_role
    has_role = role is not None and isinstance(user, discord.Member) and user.get_role(role) is not None
    return has_role or asker.interaction.permissions.manage_events


def require_host(asker: Asker) -> None:
    """Raises NotAllowedError, naming who may, unless the member is a host here."""
    if is_host(asker):
        return
    role = asker.club.host_role
    if role is None:
        raise NotAllowedError("host.needs_right")
    raise NotAllowedError("host.needs_role", role=f"<@&{role}>")
