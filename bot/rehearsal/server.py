"""The HTTP side: one handler that authenticates, limits, judges, acts and records."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any

import orjson
from aiohttp import web

from bot.rehearsal.openapi import Judge
from bot.rehearsal.ratelimits import RateLimitError, RateLimits
from bot.rehearsal.requests import check_keys, check_token, read_call
from bot.rehearsal.routes import ALL
from bot.rehearsal.routing import Auth, Call, Endpoint, File, Router, json_keys
from bot.rehearsal.rules import IMPLEMENTED, ApiError, Rule, Violation
from bot.rehearsal.switches import Switches
from bot.rehearsal.world import World

API = "/api/v10"
JSON = "application/json"  # exactly, without a charset: discord.md, trap 6
SHAPE = Rule("values have the types and keys that the docs give them", "docs: the route's parameters")
MAJOR = ("channel_id", "guild_id", "webhook_id", "webhook_token")


@dataclass(frozen=True, slots=True)
class Used:
    """One way in which the bot has used a route."""

    method: str
    template: str
    body: frozenset[str] = frozenset()
    query: frozenset[str] = frozenset()


@dataclass(slots=True)
class Server:
    world: World
    judge: Judge | None = None
    rates: RateLimits = field(default_factory=RateLimits)
    switches: Switches = field(default_factory=Switches)
    coverage: set[Used] = field(default_factory=set)
    _router: Router = field(default_factory=lambda: Router(*ALL))

    async def handle(self, request: web.Request) -> web.Response:
        """Whatever happens, the answer is Discord-shaped and its status counted."""
        headers: dict[str, str] = {}
        started, breach = time.monotonic(), None
        try:
            response = await self._answer(request, headers)
        except ApiError as error:
            response, breach = self._refuse(request, error, headers)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            shapeless = ApiError(400, 50035, f"Invalid Form Body: {error!r}", SHAPE)
            response, breach = self._refuse(request, shapeless, headers)
        self.rates.note(response.status)
        took = time.monotonic() - started
        self.world.feed.note("call", _asked(request), status=response.status, took=took, breach=breach)
        return response

    async def _answer(self, request: web.Request, headers: dict[str, str]) -> web.Response:
        endpoint, params = self._find(request)
        call = await read_call(self.world, endpoint, params, request)
        self.coverage.add(
            Used(endpoint.method, endpoint.template, json_keys(call.body), frozenset(call.query))
        )
        self.world.feed.stir()
        check_token(call, request)
        if self.rates.banned:
            return web.Response(status=429, text="banned", content_type="text/html")
        headers.update(self._admit(call))
        check_keys(call)
        if self.judge is not None:
            self.judge.check(call)
        return await self._act(call, headers)

    async def _act(self, call: Call, headers: dict[str, str]) -> web.Response:
        await asyncio.sleep(self.switches.delay_of(call.endpoint))
        result = await call.endpoint.handler(call)
        if self.switches.loses(call.endpoint):
            return web.Response(status=502, text="lost", content_type="text/html", headers=headers)
        return _respond(result, headers)

    def _find(self, request: web.Request) -> tuple[Endpoint, dict[str, str]]:
        found = self._router.find(request.method, request.path.removeprefix(API))
        if found is None:
            message = f"The rehearsal knows no {request.method} {request.path}"
            raise ApiError(501, 0, message, IMPLEMENTED)
        return found

    def _admit(self, call: Call) -> dict[str, str]:
        endpoint = call.endpoint
        major = "/".join(call.params.get(name, "") for name in MAJOR)
        return self.rates.admit(
            f"{endpoint.method} {endpoint.template}",
            major,
            endpoint.quota,
            counts_globally=endpoint.auth is Auth.BOT,
        )

    def _refuse(
        self, request: web.Request, error: ApiError, headers: dict[str, str]
    ) -> tuple[web.Response, str | None]:
        """The answer, and the rule that was broken; a limit that was closed on purpose breaks none."""
        body = error.body()
        detail = orjson.dumps(error.errors).decode() if error.errors else error.message
        asked = f"{request.method} {request.path.removeprefix(API)}"
        violation = Violation(error.rule, asked, error.code or error.status, detail)
        self.world.violations.append(violation)
        if isinstance(error, RateLimitError):
            headers = {**headers, **error.headers}
        response = web.Response(
            body=orjson.dumps(body), status=error.status, content_type=JSON, headers=headers
        )
        deliberate = isinstance(error, RateLimitError) and self.rates.closed
        return response, None if deliberate else f"{violation.rule.text} [{violation.rule.source}] {detail}"


def _asked(request: web.Request) -> str:
    """The request for a log: what is long in a path is a token."""
    parts = request.path.removeprefix(API).split("/")
    return f"{request.method} {'/'.join(part if len(part) <= 24 else '…' for part in parts)}"


def _respond(result: Any, headers: dict[str, str]) -> web.Response:
    if result is None:
        return web.Response(status=204, headers=headers)
    if isinstance(result, File):
        return web.Response(body=result.data, content_type=result.content_type, headers=headers)
    return web.Response(body=orjson.dumps(result), content_type=JSON, headers=headers)
