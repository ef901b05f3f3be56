"""Reads one HTTP request into a call: JSON or multipart, its keys known, its caller known."""

import re
from collections.abc import Set as AbstractSet

import orjson
from aiohttp import BodyPartReader, web

from bot.rehearsal.routing import Auth, Call, Endpoint, Upload, json_keys
from bot.rehearsal.rules import IMPLEMENTED, TOKEN, ApiError, Rule
from bot.rehearsal.world import World

FORM = Rule("a body is JSON, or multipart with payload_json and files[n]", "docs: Uploading Files")
FILE_FIELD = re.compile(r"files\[(\d+)\]")
MOST_BYTES = 120 * 1024 * 1024


async def read_call(world: World, endpoint: Endpoint, params: dict[str, str], request: web.Request) -> Call:
    call = Call(world, endpoint, params, dict(request.query))
    if request.content_type == "multipart/form-data":
        await _read_multipart(call, request)
    elif request.can_read_body:
        call.body = _json(await request.read())
    return call


def check_token(call: Call, request: web.Request) -> None:
    if call.endpoint.auth is Auth.BOT and request.headers.get("Authorization") != f"Bot {call.world.token}":
        raise ApiError(401, 0, "401: Unauthorized", TOKEN)


def check_keys(call: Call) -> None:
    body, query = json_keys(call.body), call.query.keys()
    check_known(call.endpoint, (body - call.endpoint.body) | (query - call.endpoint.query))


def check_known(endpoint: Endpoint, unknown: AbstractSet[str]) -> None:
    """An unknown key is the rehearsal's gap or the bot's mistake: loud either way."""
    if unknown:
        keys = ", ".join(sorted(unknown))
        raise ApiError(501, 0, f"The rehearsal knows no {keys} at {endpoint.template}", IMPLEMENTED)


async def _read_multipart(call: Call, request: web.Request) -> None:
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            raise _bad_form("nested multipart")
        data = bytes(await part.read(decode=True))
        number = FILE_FIELD.fullmatch(part.name or "")
        if part.name == "payload_json":
            call.body = _json(data)
        elif number:
            call.files[int(number[1])] = Upload(part.filename or "file", data)
        else:
            raise _bad_form(f"field {part.name!r}")


def _json(data: bytes) -> object:
    try:
        return orjson.loads(data) if data else {}
    except orjson.JSONDecodeError:
        raise ApiError(400, 50109, "The request body contains invalid JSON.", FORM) from None


def _bad_form(what: str) -> ApiError:
    return ApiError(400, 50035, f"Invalid Form Body: {what}", FORM)
