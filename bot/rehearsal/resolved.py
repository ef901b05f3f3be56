"""The objects that an interaction's ids stand for, as Discord sends them along."""

from typing import Any

from bot.rehearsal.entities import Channel, Role, User
from bot.rehearsal.messages import Message
from bot.rehearsal.payloads import channel_payload, member_payload, role_payload, user_payload
from bot.rehearsal.rules import Json
from bot.rehearsal.standing import Standing

KEPT_OF_MEMBER = ("user", "deaf", "mute")  # what a resolved member is sent without


class Resolved:
    def __init__(self, actor: Standing) -> None:
        self._actor = actor
        self.data: Json = {}

    def add(self, thing: Any) -> str:
        """Remember a thing and give its id."""
        match thing:
            case Standing():
                self._put("users", thing.id, user_payload(thing.user))
                body = member_payload(thing, permissions=thing.permissions())
                self._put("members", thing.id, {k: v for k, v in body.items() if k not in KEPT_OF_MEMBER})
            case User():
                self._put("users", thing.id, user_payload(thing))
            case Role():
                self._put("roles", thing.id, role_payload(thing))
            case Channel():
                permissions = str(int(self._actor.permissions(thing)))
                self._put("channels", thing.id, {**channel_payload(thing), "permissions": permissions})
            case Message():
                self._put("messages", thing.id, thing.payload())
            case _:
                raise TypeError(f"{thing!r} is nothing that an interaction resolves")
        return str(thing.id)

    def _put(self, kind: str, number: int, body: Json) -> None:
        self.data.setdefault(kind, {})[str(number)] = body
