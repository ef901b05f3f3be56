"""The application's commands as Discord keeps them: by scope, with ids that outlive a re-sync."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.rehearsal.ids import Snowflakes, time_of
from bot.rehearsal.rules import ApiError, Json, Rule, unknown

CHAT_INPUT, USER_MENU, MESSAGE_MENU = 1, 2, 3
MOST = {CHAT_INPUT: 100, USER_MENU: 15, MESSAGE_MENU: 15}
COMMAND_COUNT = Rule("100 slash commands, 15 user and 15 message menus", "discord.md: Limits, commands")
DAILY_CREATES = Rule("200 command creates per day and guild", "discord.md: Limits, commands")

Scope = int | None  # a guild's id; None for global commands


@dataclass(slots=True)
class _Shelf:
    by_id: dict[int, Json] = field(default_factory=dict)
    created: list[datetime] = field(default_factory=list)


class Commands:
    def __init__(self, ids: Snowflakes, application_id: int) -> None:
        self._ids, self._application_id = ids, application_id
        self._shelves: dict[Scope, _Shelf] = {}
        self._some = asyncio.Event()

    def all(self, scope: Scope = None) -> list[Json]:
        return list(self._shelf(scope).by_id.values())

    def __iter__(self) -> Iterator[tuple[Scope, Json]]:
        for scope, shelf in self._shelves.items():
            for command in shelf.by_id.values():
                yield scope, command

    async def until_some(self) -> None:
        """Wait until the application has any command."""
        await self._some.wait()

    def get(self, scope: Scope, command_id: int) -> Json:
        try:
            return self._shelf(scope).by_id[command_id]
        except KeyError:
            raise unknown(10063, "application command") from None

    def replace(self, scope: Scope, bodies: list[Json]) -> list[Json]:
        """A bulk overwrite: who isn't in the list goes, who keeps name and type keeps the id."""
        shelf = self._shelf(scope)
        kept = {_key(old): old for old in shelf.by_id.values()}
        new = [self._made(scope, body, kept.get(_key(body))) for body in bodies]
        _check_counts(new)
        self._count_creates(shelf, sum(_key(body) not in kept for body in bodies))
        shelf.by_id = {int(command["id"]): command for command in new}
        return new

    def upsert(self, scope: Scope, body: Json) -> Json:
        """A create; one of the same name and type is overwritten, as Discord does."""
        shelf = self._shelf(scope)
        old = next((c for c in shelf.by_id.values() if _key(c) == _key(body)), None)
        command = self._made(scope, body, old)
        _check_counts([*(c for c in shelf.by_id.values() if c is not old), command])
        self._count_creates(shelf, 0 if old else 1)
        shelf.by_id[int(command["id"])] = command
        return command

    def edit(self, scope: Scope, command_id: int, body: Json) -> Json:
        old = self.get(scope, command_id)
        command = self._made(scope, {**old, **body}, old)
        self._shelf(scope).by_id[command_id] = command
        return command

    def delete(self, scope: Scope, command_id: int) -> None:
        self.get(scope, command_id)
        del self._shelf(scope).by_id[command_id]

    def _shelf(self, scope: Scope) -> _Shelf:
        return self._shelves.setdefault(scope, _Shelf())

    def _made(self, scope: Scope, body: Json, old: Json | None) -> Json:
        command = {
            "id": old["id"] if old else str(self._ids.next()),
            "application_id": str(self._application_id),
            "version": str(self._ids.next()),
            "type": body.get("type") or CHAT_INPUT,
            "name": body["name"],
            "name_localizations": body.get("name_localizations"),
            "description": body.get("description") or "",
            "description_localizations": body.get("description_localizations"),
            "options": body.get("options") or [],
            "default_member_permissions": _bits(body.get("default_member_permissions")),
            "contexts": body.get("contexts"),
            "integration_types": body.get("integration_types") or [0],
            "nsfw": bool(body.get("nsfw")),
            "dm_permission": body.get("dm_permission", True),
        }
        self._some.set()
        return command if scope is None else {**command, "guild_id": str(scope)}

    def _count_creates(self, shelf: _Shelf, creates: int) -> None:
        if not creates:
            return
        now = time_of(self._ids.next())
        shelf.created = [at for at in shelf.created if now - at < timedelta(days=1)] + [now] * creates
        if len(shelf.created) > 200:
            message = "Max number of daily application command creates has been reached (200)"
            raise ApiError(400, 30034, message, DAILY_CREATES)


def _key(command: Json) -> tuple[str, int]:
    return command["name"], command.get("type") or CHAT_INPUT


def _bits(value: object) -> str | None:
    return None if value is None else str(value)


def _check_counts(commands: list[Json]) -> None:
    for kind, most in MOST.items():
        if sum(c["type"] == kind for c in commands) > most:
            message = f"Maximum number of application commands reached ({most})"
            raise ApiError(400, 30032, message, COMMAND_COUNT)
