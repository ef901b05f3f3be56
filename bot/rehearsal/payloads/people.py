"""Users, roles and members in Discord's wire shapes."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from bot.rehearsal.entities import Role, User
from bot.rehearsal.permissions import Permission
from bot.rehearsal.rules import Json

if TYPE_CHECKING:
    from bot.rehearsal.standing import Standing


def stamp(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def user_payload(user: User) -> Json:
    return {
        "id": str(user.id),
        "username": user.name if user.bot else user.name.lower().replace(" ", "_"),
        "global_name": None if user.bot else user.name,
        "discriminator": "0",
        "avatar": None,
        "bot": user.bot,
        "public_flags": 0,
        "flags": 0,
    }


def role_payload(role: Role) -> Json:
    return {
        "id": str(role.id),
        "name": role.name,
        "permissions": str(int(role.permissions)),
        "position": role.position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": role.managed,
        "mentionable": role.mentionable,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
        "tags": {"bot_id": str(role.bot_id)} if role.bot_id else {},
    }


def member_payload(member: Standing, *, permissions: Permission | None = None) -> Json:
    body: Json = {
        "user": user_payload(member.user),
        "nick": None,
        "avatar": None,
        "banner": None,
        "roles": [str(role.id) for role in member.roles],
        "joined_at": stamp(member.joined_at),
        "premium_since": None,
        "communication_disabled_until": stamp(member.timed_out_until),
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
    }
    return body if permissions is None else {**body, "permissions": str(int(permissions))}
