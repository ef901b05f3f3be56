"""Messages under a member's name and picture, through the one webhook the bot has in a channel."""

import asyncio
import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from weakref import WeakValueDictionary

import discord
from discord import ui
from discord.ext import commands
from discord.http import Route, handle_message_parameters
from msgspec import Struct

from bot.ui.once import made_once, once, plain_body

NAME = "Tissue Box"
NAME_LIMIT = 80
LOOK_BACK = 200
_TAKEN = re.compile(r"(?i)(disc|cly)(ord|de)")
_MESSAGE = "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}"


class Hook(Struct, frozen=True):
    """A webhook of the bot's; its token reads and deletes what it has written."""

    hook_id: int
    token: str


class Guise(Struct, frozen=True):
    """Whose name and picture a message is sent under."""

    name: str
    picture: str


class Spot(Struct, frozen=True):
    """A channel with its webhook; `thread_id` where it is a thread of the webhook's channel."""

    hook: Hook
    channel_id: int
    thread_id: int | None

    @property
    def params(self) -> dict[str, Any]:
        return {"thread_id": self.thread_id} if self.thread_id else {}


class Webhooks:
    """Finds or makes the channel's webhook, and writes, reads and deletes with it."""

    def __init__(self, client: commands.AutoShardedBot) -> None:
        self._client = client
        self._http = client.http
        self._hooks: dict[int, Hook] = {}
        self._looking = WeakValueDictionary[int, asyncio.Lock]()

    async def spot(self, hook_channel_id: int, thread_id: int | None, *, to_write: bool = False) -> Spot:
        """A place to write in, read or delete; raises what Discord says where the bot may not. To write, the webhook is
        looked up each time: somebody may have moved it to another channel, or deleted it."""
        async with self._looking.setdefault(hook_channel_id, asyncio.Lock()):
            hook = None if to_write else self._hooks.get(hook_channel_id)
            if hook is None:
                hook = await made_once(
                    lambda: self._find(hook_channel_id), lambda: self._make(hook_channel_id)
                )
                self._hooks[hook_channel_id] = hook
        return Spot(hook, thread_id or hook_channel_id, thread_id)

    def forget(self, hook_channel_id: int) -> None:
        """Somebody has deleted it: the next message looks for it, or makes one."""
        self._hooks.pop(hook_channel_id, None)

    async def send(
        self, spot: Spot, guise: Guise, text: str, item: ui.Item[Any], files: Sequence[discord.File] = ()
    ) -> int:
        """One message, with no ping, no preview of links and no push on phones, which would show what a spoiler tag
        hides; UnsureError where it may stand there already."""
        view = ui.View(timeout=None).add_item(item)
        body = handle_message_parameters(
            text or None,
            username=fit_name(guise.name),
            avatar_url=guise.picture,
            flags=discord.MessageFlags(suppress_embeds=True, suppress_notifications=True),
            files=list(files),
            view=view,
            allowed_mentions=discord.AllowedMentions.none(),
        )
        sent = await once(
            self._http,
            _route("POST", "/webhooks/{webhook_id}/{webhook_token}", spot),
            body,
            {**spot.params, "wait": "true", "with_components": "true"},
        )
        return int(sent["id"])

    async def find(self, spot: Spot, after_id: int, mark: str) -> dict[str, int]:
        """The webhook's messages newer than `after_id` that have an item whose address starts with `mark`, by that
        address. The bot sees whose they are; what is in them it reads with the webhook's own token."""
        found: dict[str, int] = {}
        channel = self._client.get_partial_messageable(spot.channel_id)
        async for message in channel.history(limit=LOOK_BACK, after=discord.Object(after_id)):
            if message.webhook_id == spot.hook.hook_id:
                for address in _addresses(await self._read(spot, message.id)):
                    if address.startswith(f"tb:{mark}"):
                        found[address] = message.id
        return found

    async def delete(self, spot: Spot, message_id: int) -> None:
        """Deletes one of the webhook's messages; none is as good as deleted. One whose webhook is gone the bot deletes
        by its own right."""
        try:
            await self._http.request(
                _route("DELETE", _MESSAGE, spot, message_id=message_id), params=spot.params
            )
        except discord.NotFound:
            with suppress(discord.NotFound):
                await self._http.delete_message(spot.channel_id, message_id)

    async def _read(self, spot: Spot, message_id: int) -> Any:
        try:
            return await self._http.request(
                _route("GET", _MESSAGE, spot, message_id=message_id), params=spot.params
            )
        except discord.NotFound:
            return {}

    async def _find(self, channel_id: int) -> Hook | None:
        for hook in await self._http.channel_webhooks(channel_id):
            if hook.get("application_id") == str(self._client.application_id) and hook.get("token"):
                return _hook(hook)
        return None

    async def _make(self, channel_id: int) -> Hook:
        route = Route("POST", "/channels/{channel_id}/webhooks", channel_id=channel_id)
        return _hook(await once(self._http, route, plain_body({"name": NAME})))


def fit_name(name: str) -> str:
    """A name that Discord takes for a webhook: it refuses those with its own in them."""
    return _TAKEN.sub(r"\1·\2", name).strip()[:NAME_LIMIT] or NAME


def _route(method: str, path: str, spot: Spot, **more: Any) -> Route:
    return Route(method, path, webhook_id=spot.hook.hook_id, webhook_token=spot.hook.token, **more)


def _hook(payload: Any) -> Hook:
    return Hook(int(payload["id"]), payload["token"])


def _addresses(message: Any) -> list[str]:
    return [
        item["custom_id"]
        for row in message.get("components", ())
        for item in row.get("components", ())
        if "custom_id" in item
    ]
