"""Requests that must not be repeated unseen: what Discord takes no nonce for.

discord.py repeats a request after a 500 or 502 by itself, though Discord may have done what it was asked
(2.7.1, `HTTPClient.request`). It rewinds the request's files before each try: there a repeat is stopped."""

from collections.abc import Awaitable, Callable
from io import BytesIO
from typing import Any, TypeVar

import discord
from discord.http import HTTPClient, MultipartParameters, Route

T = TypeVar("T")

TRIES = 3


class UnsureError(Exception):
    """The request got no answer that tells whether it was done."""


class _OneTry(discord.File):
    """No file at all: it only refuses to be sent a second time."""

    def __init__(self) -> None:
        super().__init__(BytesIO(), "one-try")

    def reset(self, *, seek: int | bool = True) -> None:
        if seek:
            raise UnsureError


async def once(
    http: HTTPClient, route: Route, body: MultipartParameters, params: dict[str, Any] | None = None
) -> Any:
    """Sends `body` at most once; UnsureError where it would be sent again."""
    files = [*(body.files or []), _OneTry()]
    if body.multipart:
        return await http.request(route, form=body.multipart, files=files, params=params or {})
    return await http.request(route, json=body.payload, files=files, params=params or {})


async def made_once(look: Callable[[], Awaitable[T | None]], make: Callable[[], Awaitable[T]]) -> T:
    """What is there already, else what is made; looked for before every try."""
    for _ in range(TRIES):
        if (there := await look()) is not None:
            return there
        try:
            return await make()
        except UnsureError:
            continue
    if (there := await look()) is not None:
        return there
    raise UnsureError


def plain_body(payload: dict[str, Any]) -> MultipartParameters:
    """A body of JSON alone."""
    return MultipartParameters(payload=payload, multipart=None, files=None)
