"""Webhooks as such: make, list, rename, delete."""

import hashlib
from typing import Any

from bot.rehearsal.access import channel_of, guild_of, require
from bot.rehearsal.entities import THREADS, Channel, ChannelType
from bot.rehearsal.faults import Faults
from bot.rehearsal.hooks import Webhook
from bot.rehearsal.permissions import Permission
from bot.rehearsal.routing import Auth, Call, Routes
from bot.rehearsal.rules import ApiError, Json, Rule, missing_permissions, unknown

routes = Routes()
OF_CHANNEL, OF_GUILD = "/channels/{channel_id}/webhooks", "/guilds/{guild_id}/webhooks"
ONE, BY_TOKEN = "/webhooks/{webhook_id}", "/webhooks/{webhook_id}/{webhook_token}"
LIMITS = "discord.md: Limits, webhooks"
MOST = Rule("15 webhooks a channel", LIMITS)
NAME = Rule('a webhook\'s name has 1-80 characters, without "discord" or "clyde"', LIMITS)
PLACE = Rule("a webhook belongs to a channel, not to a thread", LIMITS)
TOKEN = Rule("a webhook's token is its own", "docs: JSON Error Codes, 50027")


def hook_of(call: Call) -> Webhook:
    """The webhook of a route that carries its token."""
    hook = call.world.webhooks.get(call.id("webhook_id"))
    if hook is None:
        raise unknown(10015, "Webhook")
    if hook.token != call.params["webhook_token"]:
        raise ApiError(401, 50027, "Invalid Webhook Token", TOKEN)
    return hook


def check_name(name: Any, key: str = "name") -> None:
    faults = Faults()
    faults.text((key,), name, NAME, least=1, most=80)
    for word in ("discord", "clyde"):
        if isinstance(name, str) and word in name.lower():
            message = f'Username cannot contain "{word}"'
            faults.add((key,), "USERNAME_INVALID_CONTAINS", message, NAME)
    faults.raise_if_any()


@routes.add("POST", OF_CHANNEL, body="name avatar")
async def create(call: Call) -> Json:
    world, channel = call.world, _channel(call)
    if call.body.get("name") is None:
        check_name("")
    check_name(call.body["name"])
    if len(world.webhooks.of(channel)) >= 15:
        raise ApiError(400, 30007, "Maximum number of webhooks reached (15)", MOST)
    hook = world.webhooks.open(channel, call.body["name"], world.me, application_id=world.application_id)
    hook.avatar = _avatar(call.body.get("avatar"))
    return hook.payload(seen_by=world.application_id)


@routes.add("GET", OF_CHANNEL)
async def of_channel(call: Call) -> list[Json]:
    return [_shown(call, hook) for hook in call.world.webhooks.of(_channel(call))]


@routes.add("GET", OF_GUILD)
async def of_guild(call: Call) -> list[Json]:
    guild = guild_of(call)
    if Permission.MANAGE_WEBHOOKS not in guild.permissions_of(guild.me):
        raise missing_permissions()
    return [_shown(call, hook) for c in guild.channels.values() for hook in call.world.webhooks.of(c)]


@routes.add("GET", ONE)
async def get(call: Call) -> Json:
    return _shown(call, _managed(call))


@routes.add("PATCH", ONE, body="name avatar channel_id")
async def edit(call: Call) -> Json:
    hook = _managed(call)
    if call.body.get("channel_id") is not None:
        target = call.world.channel(int(call.body["channel_id"]))
        if target is None:
            raise unknown(10003, "Channel")
        require(target, Permission.MANAGE_WEBHOOKS)
        hook.channel = target
    _rename(call, hook)
    return _shown(call, hook)


@routes.add("DELETE", ONE)
async def delete(call: Call) -> None:
    call.world.webhooks.close(_managed(call))


@routes.add("GET", BY_TOKEN, auth=Auth.TOKEN_IN_PATH)
async def get_by_token(call: Call) -> Json:
    return hook_of(call).payload(by_token=True)


@routes.add("PATCH", BY_TOKEN, body="name avatar", auth=Auth.TOKEN_IN_PATH)
async def edit_by_token(call: Call) -> Json:
    hook = hook_of(call)
    _rename(call, hook)
    return hook.payload(by_token=True)


@routes.add("DELETE", BY_TOKEN, auth=Auth.TOKEN_IN_PATH)
async def delete_by_token(call: Call) -> None:
    call.world.webhooks.close(hook_of(call))


def _channel(call: Call) -> Channel:
    channel = channel_of(call, Permission.MANAGE_WEBHOOKS)
    if channel.type in THREADS | {ChannelType.CATEGORY, ChannelType.DM}:
        raise ApiError(400, 50024, "Cannot execute action on this channel type", PLACE)
    return channel


def _managed(call: Call) -> Webhook:
    hook = call.world.webhooks.get(call.id("webhook_id"))
    if hook is None:
        raise unknown(10015, "Webhook")
    require(hook.channel, Permission.MANAGE_WEBHOOKS)
    return hook


def _rename(call: Call, hook: Webhook) -> None:
    check_name(call.body.get("name"))
    hook.name = call.body.get("name") or hook.name
    if "avatar" in call.body:
        hook.avatar = _avatar(call.body["avatar"])
    call.world.webhooks.changed(hook.channel)


def _avatar(data: str | None) -> str | None:
    """A picture's hash; its bytes are nobody's business here."""
    return hashlib.sha256(data.encode()).hexdigest()[:32] if data else None


def _shown(call: Call, hook: Webhook) -> Json:
    return hook.payload(seen_by=call.world.application_id)
