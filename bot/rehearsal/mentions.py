"""Whom a message notifies: what stands in its text, as far as `allowed_mentions` lets it."""

import re
from collections.abc import Iterator

from bot.rehearsal.messages import Message, walk
from bot.rehearsal.permissions import Permission
from bot.rehearsal.rules import Json

USER, ROLE, EVERYONE = re.compile(r"<@!?(\d+)>"), re.compile(r"<@&(\d+)>"), re.compile(r"@(everyone|here)")


def pings_of(message: Message, allowed: Json | None) -> set[str]:
    """`user:<id>`, `role:<id>` and `everyone`, for those who really are notified."""
    text = "\n".join(_pinging_texts(message))
    found = {f"user:{i}" for i in USER.findall(text)}
    found |= {f"role:{i}" for i in ROLE.findall(text) if _may_ping_role(message, int(i))}
    found |= {"everyone"} if EVERYONE.search(text) and _may_ping_everyone(message) else set()
    return {ping for ping in found if _allowed(ping, allowed)}


def _pinging_texts(message: Message) -> Iterator[str]:
    yield message.content
    yield from (c["content"] for c in walk(message.components) if c["type"] == 10)


def _allowed(ping: str, allowed: Json | None) -> bool:
    if allowed is None:
        return True
    kind, _, target = ping.partition(":")
    plural = {"user": "users", "role": "roles"}.get(kind, kind)
    return plural in (allowed.get("parse") or []) or target in {str(i) for i in allowed.get(plural) or []}


def _may_ping_everyone(message: Message) -> bool:
    """The author's right; a webhook has that of everybody."""
    guild = message.channel.guild
    if guild is None:
        return False
    author = guild.members.get(message.author.id)
    granted = guild.permissions_of(author, message.channel) if author else guild.everyone.permissions
    return Permission.MENTION_EVERYONE in granted


def _may_ping_role(message: Message, role_id: int) -> bool:
    guild = message.channel.guild
    role = guild.roles.get(role_id) if guild else None
    return role is not None and (role.mentionable or _may_ping_everyone(message))
