"""What a message may be: lengths, embeds, files, and what the Components V2 flag rules out."""

from bot.rehearsal.faults import Faults, Path
from bot.rehearsal.limits_components import ALT_TEXT, Checker
from bot.rehearsal.messages import COMPONENTS_V2
from bot.rehearsal.polls import check_poll
from bot.rehearsal.rules import ApiError, Json, Rule

LIMITS = "discord.md: Limits, message"
CONTENT = Rule("content has at most 2,000 characters", LIMITS)
EMBEDS = Rule("10 embeds, 6,000 characters summed over all of them", LIMITS)
EMBED = Rule("embed title 256, description 4,096, 25 fields of 256/1,024, footer 2,048, author 256", LIMITS)
FILES = Rule("10 files of 10 MiB each", LIMITS)
NONCE = Rule("a nonce has at most 25 characters", "discord.md: Limits, nonce")
V2_ALONE = Rule("Components V2: no content, embeds or poll", "discord.md: Limits, components")
V2_STAYS = Rule("the Components V2 flag can't be removed", "discord.md: Limits, components")
NOT_EMPTY = Rule("a message holds something", "docs: JSON Error Codes, 50006")
FILE_BYTES = 10 * 1024 * 1024
EMBED_TEXTS = (("title", 256), ("description", 4096))
LEGACY = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"


def check_message(body: Json, *, files: list[tuple[str, int]], v2: bool, had_v2: bool = False) -> None:
    """Raise 50035 for what is wrong; `files` are (name, bytes) of all files the message will have."""
    faults = Faults()
    faults.text(("content",), body.get("content"), CONTENT, most=2000)
    faults.text(("nonce",), body.get("nonce"), NONCE, most=25)
    _check_embeds(body.get("embeds") or [], faults)
    _check_files(body, files, faults)
    if body.get("poll") is not None:
        check_poll(body["poll"], faults)
    checker = Checker(faults, [name for name, _ in files])
    checker.message(body.get("components") or [], v2=v2)
    _check_v2(body, faults, v2=v2, had_v2=had_v2)
    faults.raise_if_any()


def check_not_empty(body: Json, *, files: int) -> None:
    if not files and not any(body.get(key) for key in ("content", "embeds", "components", "poll")):
        raise ApiError(400, 50006, "Cannot send an empty message", NOT_EMPTY)


def _check_v2(body: Json, faults: Faults, *, v2: bool, had_v2: bool) -> None:
    for key in ("content", "embeds", "poll"):
        if v2 and body.get(key):
            faults.add((key,), LEGACY, "Not with IS_COMPONENTS_V2", V2_ALONE)
    flags = body.get("flags")
    if had_v2 and flags is not None and not flags & COMPONENTS_V2:
        faults.add(("flags",), "MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG", "It stays", V2_STAYS)


def _check_embeds(embeds: list[Json], faults: Faults) -> None:
    faults.count(("embeds",), embeds, EMBEDS, most=10)
    for index, embed in enumerate(embeds):
        _check_embed(embed, ("embeds", index), faults)
    if sum(_embed_size(embed) for embed in embeds) > 6000:
        faults.add(("embeds",), "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum of 6000", EMBEDS)


def _check_embed(embed: Json, path: Path, faults: Faults) -> None:
    for key, most in EMBED_TEXTS:
        faults.text((*path, key), embed.get(key), EMBED, most=most)
    faults.text((*path, "footer", "text"), (embed.get("footer") or {}).get("text"), EMBED, most=2048)
    faults.text((*path, "author", "name"), (embed.get("author") or {}).get("name"), EMBED, most=256)
    fields = embed.get("fields") or []
    faults.count((*path, "fields"), fields, EMBED, most=25)
    for index, each in enumerate(fields):
        for key, most in (("name", 256), ("value", 1024)):
            faults.required((*path, "fields", index, key), each.get(key), EMBED)
            faults.text((*path, "fields", index, key), each.get(key), EMBED, most=most)


def _embed_size(embed: Json) -> int:
    texts = [embed.get(key) for key, _ in EMBED_TEXTS]
    texts += [(embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")]
    texts += [each.get(key) for each in embed.get("fields") or [] for key in ("name", "value")]
    return sum(len(text or "") for text in texts)


def _check_files(body: Json, files: list[tuple[str, int]], faults: Faults) -> None:
    if len(files) > 10:
        faults.add(("attachments",), "BASE_TYPE_BAD_LENGTH", "Must be 10 or fewer in length.", FILES)
    if any(size > FILE_BYTES for _, size in files):
        raise ApiError(413, 40005, "Request entity too large", FILES)
    for index, each in enumerate(body.get("attachments") or []):
        path = ("attachments", index, "description")
        faults.text(path, each.get("description"), ALT_TEXT, most=1024)
