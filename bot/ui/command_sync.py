"""Tells Discord the commands, once for each change of them, and only globally: a set per guild beside the global
one shows every command twice."""

import hashlib
import logging
from typing import Any, Protocol

import discord
import orjson
from discord import app_commands

log = logging.getLogger(__name__)

DEFAULT = discord.Locale.american_english.value


class Memory(Protocol):
    """What was told last, across restarts."""

    async def command_hash(self) -> str | None: ...

    async def set_command_hash(self, value: str) -> None: ...


async def sync_commands(
    tree: app_commands.CommandTree[Any], translator: app_commands.Translator, memory: Memory
) -> bool:
    """Sends the commands if they differ from those sent last; whether they were sent."""
    application_id = tree.client.application_id
    if application_id is None:
        raise app_commands.MissingApplicationID
    payload = [
        with_default_texts(await command.get_translated_payload(tree, translator))
        for command in tree.get_commands()
    ]
    wanted = (
        f"{application_id}:{hashlib.sha256(orjson.dumps(payload, option=orjson.OPT_SORT_KEYS)).hexdigest()}"
    )
    if wanted == await memory.command_hash():
        return False
    await tree.client.http.bulk_upsert_global_commands(application_id, payload=payload)
    await memory.set_command_hash(wanted)
    log.info("told Discord %d commands", len(payload))
    return True


def with_default_texts(node: dict[str, Any]) -> dict[str, Any]:
    """A command's payload in which the English texts are the defaults: the code itself only holds their keys."""
    names = node.get("name_localizations") or {}
    texts = node.get("description_localizations") or {}
    shown = {"name": names.pop(DEFAULT, node["name"])}
    if "description" in node:
        shown["description"] = texts.pop(DEFAULT, node["description"])
    options = [with_default_texts(option) for option in node.get("options", [])]
    choices = [with_default_texts(choice) for choice in node.get("choices", [])]
    return {
        **node,
        **shown,
        **({"options": options} if options else {}),
        **({"choices": choices} if choices else {}),
    }
