"""Which function answers which route, and what a request carries when it gets there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from bot.rehearsal.ratelimits import Quota
from bot.rehearsal.rules import ApiError, Rule

if TYPE_CHECKING:
    from bot.rehearsal.world import World

SNOWFLAKE = Rule("ids are snowflakes", "docs: Reference, Snowflakes")
USUAL = Quota(50, 1.0)


class Auth(Enum):
    BOT = auto()
    TOKEN_IN_PATH = auto()  # interactions and webhooks; outside the bot's global limit
    NONE = auto()


@dataclass(frozen=True, slots=True)
class Upload:
    filename: str
    data: bytes


@dataclass(frozen=True, slots=True)
class File:
    """An answer that isn't JSON."""

    data: bytes
    content_type: str


@dataclass(slots=True)
class Call:
    world: World
    endpoint: Endpoint
    params: dict[str, str]
    query: dict[str, str] = field(default_factory=dict)
    body: Any = field(default_factory=dict)
    files: dict[int, Upload] = field(default_factory=dict)

    def id(self, name: str) -> int:
        value = self.params[name]
        if not value.isdecimal():
            message = f'Value "{value}" is not snowflake.'
            raise ApiError(400, 50035, "Invalid Form Body", SNOWFLAKE, errors={name: {"_errors": [message]}})
        return int(value)


Handler = Callable[[Call], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Endpoint:
    method: str
    template: str
    handler: Handler
    body: frozenset[str]
    query: frozenset[str]
    auth: Auth
    quota: Quota | None

    def match(self, parts: list[str]) -> dict[str, str] | None:
        params = {}
        for mine, theirs in zip(self.template.split("/"), parts, strict=True):
            if mine.startswith("{"):
                params[mine[1:-1]] = theirs
            elif mine != theirs:
                return None
        return params


class Routes:
    """A module's endpoints; the first that matches answers, so fixed names stand before parameters."""

    def __init__(self) -> None:
        self.endpoints: list[Endpoint] = []

    def add(
        self,
        method: str,
        template: str,
        *,
        body: str = "",
        query: str = "",
        auth: Auth = Auth.BOT,
        quota: Quota | None = USUAL,
    ) -> Callable[[Handler], Handler]:
        """Register a handler; `body` and `query` list the keys it knows."""

        def register(handler: Handler) -> Handler:
            keys, params = frozenset(body.split()), frozenset(query.split())
            self.endpoints.append(Endpoint(method, template, handler, keys, params, auth, quota))
            return handler

        return register


class Router:
    def __init__(self, *modules: Routes) -> None:
        self._by_shape: dict[tuple[str, int], list[Endpoint]] = {}
        for endpoint in (e for module in modules for e in module.endpoints):
            shape = endpoint.method, endpoint.template.count("/")
            self._by_shape.setdefault(shape, []).append(endpoint)

    def find(self, method: str, path: str) -> tuple[Endpoint, dict[str, str]] | None:
        parts = path.split("/")
        for endpoint in self._by_shape.get((method, len(parts) - 1), []):
            params = endpoint.match(parts)
            if params is not None:
                return endpoint, params
        return None


def json_keys(body: Any) -> frozenset[str]:
    items: list[Any] = body if isinstance(body, list) else [body]
    return frozenset(key for item in items if isinstance(item, dict) for key in item)
