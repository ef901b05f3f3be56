"""Discord's marks that CommonMark doesn't have, inside a line: spoilers, mentions, times, bare addresses."""

import re
from collections.abc import Callable
from typing import Protocol

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

COVER = "||"
TAG = re.compile(
    r"<(?:(?P<user>@!?)(?P<user_id>\d+)|(?P<role>@&)(?P<role_id>\d+)|(?P<channel>#)(?P<channel_id>\d+)"
    r"|/(?P<command>[^:<>\n]+):\d+|a?:(?P<emoji>\w+):\d+|t:(?P<time>-?\d{1,11})(?::(?P<style>[tTdDfFsSR]))?)>"
)
REST_OF_ADDRESS = re.compile(r"://[^\s<>|]+")
NOT_AT_ITS_END = ".,:;!?)]}'\"*_~"


class Names(Protocol):
    """What a reader may know of the things that a text mentions; None for what they don't see."""

    def user(self, user_id: int) -> str | None: ...

    def role(self, role_id: int) -> str | None: ...

    def channel(self, channel_id: int) -> str | None: ...


def add_marks(md: MarkdownIt) -> None:
    for char in "|":
        md.inline.add_terminator_char(char)
    md.inline.ruler.before("emphasis", "spoiler", _spoiler)
    md.inline.ruler.before("autolink", "tag", _tag)
    md.inline.ruler.after("newline", "address", _address)


def _spoiler(state: StateInline, silent: bool) -> bool:
    start, most = state.pos, state.posMax
    if not state.src.startswith(COVER, start):
        return False
    end = _end_of_spoiler(state)
    if end is None:
        return False
    if not silent:
        state.push("spoiler_open", "span", 1)
        state.pos, state.posMax = start + len(COVER), end
        state.md.inline.tokenize(state)
        state.push("spoiler_close", "span", -1)
    state.pos, state.posMax = end + len(COVER), most
    return True


def _end_of_spoiler(state: StateInline) -> int | None:
    """Where the closing mark stands; code and escapes on the way are stepped over."""
    start = state.pos
    state.pos = start + len(COVER)
    end = None
    while state.pos < state.posMax:
        if state.src.startswith(COVER, state.pos) and state.pos > start + len(COVER):
            end = state.pos
            break
        state.md.inline.skipToken(state)
    state.pos = start
    return end


def _tag(state: StateInline, silent: bool) -> bool:
    found = TAG.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        kind = next(k for k in ("user", "role", "channel", "command", "emoji", "time") if found[k])
        token = state.push("timestamp" if kind == "time" else "mention", "", 0)
        if kind == "time":
            token.meta = {"unix": int(found["time"]), "style": found["style"] or "f"}
        else:
            token.meta = {"kind": kind, "name": found[kind], "id": _id(found, kind)}
    state.pos = found.end()
    return True


def _id(found: re.Match[str], kind: str) -> int:
    return int(found[f"{kind}_id"]) if kind in {"user", "role", "channel"} else 0


def _address(state: StateInline, silent: bool) -> bool:
    """A bare http address; the text rule has taken its scheme already."""
    rest = REST_OF_ADDRESS.match(state.src, state.pos, state.posMax)
    scheme = next((s for s in ("https", "http") if state.pending.endswith(s)), None)
    if silent or rest is None or scheme is None or state.linkLevel:
        return False
    address = scheme + rest[0].rstrip(NOT_AT_ITS_END)
    state.pending = state.pending[: -len(scheme)]
    token = state.push("link_open", "a", 1)
    token.attrs = {"href": state.md.normalizeLink(address)}
    state.push("text", "", 0).content = address
    state.push("link_close", "a", -1)
    state.pos += len(address) - len(scheme)
    return True


def label_of(meta: dict[str, object], names: Names | None) -> str:
    """A mention as it is read."""
    kind, number = str(meta["kind"]), int(str(meta["id"]))
    if kind == "command":
        return f"/{meta['name']}"
    if kind == "emoji":
        return f":{meta['name']}:"
    look: dict[str, Callable[[int], str | None]] = (
        {"user": names.user, "role": names.role, "channel": names.channel} if names else {}
    )
    found = look[kind](number) if kind in look else None
    if kind == "channel":
        return f"#{found or 'no access'}"
    return f"@{found or 'unknown'}"
