"""Discord's markdown as HTML that is safe by construction: no HTML passes, every text is escaped."""

import re
from collections.abc import Iterator, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from bot.rehearsal.page.blocks import add_blocks
from bot.rehearsal.page.marks import Names, add_marks, label_of

Tokens = Sequence[Token]
Env = MutableMapping[str, Any]
INSIDE = re.compile(r"https://discord\.com/channels/(?:@me|\d+)/(\d+)(?:/(\d+))?")  # a channel, a message
INLINE = ["newline", "escape", "backticks", "strikethrough", "emphasis", "link", "autolink"]
PAIRS = ["balance_pairs", "strikethrough", "emphasis", "fragments_join"]
PRESSED = ' role="button" tabindex="0" aria-label="Spoiler: press to show it"'


def to_html(text: str, names: Names | None = None) -> str:
    """A message's text, block by block."""
    html: str = _parser().render(text, {"names": names})
    return html


def to_line(text: str, names: Names | None = None, *, still: bool = False) -> str:
    """A title, a label: marks inside the line only. A `still` one stands in a control: nothing in it can be pressed."""
    html: str = _parser().renderInline(text, {"names": names, "still": still})
    return html


@dataclass(frozen=True, slots=True)
class Plain:
    """A text without its marks, as a lock screen shows it; `bares` is whether a spoiler lost its cover."""

    text: str
    bares: bool


def to_plain(text: str, names: Names | None = None) -> Plain:
    tokens = list(_flat(_parser().parse(text, {"names": names})))
    words = "".join(_plain(token, names) for token in tokens)
    return Plain(" ".join(words.split()), any(t.type in {"spoiler_open", "covered_open"} for t in tokens))


def _flat(tokens: Tokens) -> Iterator[Token]:
    for token in tokens:
        if token.type == "inline":
            yield from token.children or []
        else:
            yield token


def _plain(token: Token, names: Names | None) -> str:
    match token.type:
        case "mention":
            return label_of(token.meta, names)
        case "timestamp":
            return _in_utc(token.meta["unix"])
        case "softbreak" | "hardbreak" | "paragraph_close" | "headline_close" | "list_item_close":
            return " "
        case _:
            return token.content


@cache
def _parser() -> MarkdownIt:
    md = MarkdownIt("zero", {"html": False, "breaks": True, "linkify": False})
    md.enable(["fence", "list", *INLINE, *PAIRS])
    md.validateLink = _is_web  # type: ignore[method-assign]
    add_marks(md)
    add_blocks(md)
    for name, rule in _RENDERED.items():
        md.add_render_rule(name, rule)
    return md


def _is_web(url: str) -> bool:
    return url.startswith(("https://", "http://"))


# how tokens become HTML; the parser's signature


def _strong(_: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: Env) -> str:  # noqa: ARG001
    tag = "u" if tokens[index].markup == "__" else "strong"
    return f"<{tag}>" if tokens[index].nesting == 1 else f"</{tag}>"


def _link(_: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: Env) -> str:  # noqa: ARG001
    if env.get("still"):
        return "<a>"
    href = escape(str(tokens[index].attrs["href"]))
    inside = INSIDE.fullmatch(href)
    if inside is not None:
        return f'<a href="#box" data-channel="{inside[1]}" data-message="{inside[2] or ""}">'
    return f'<a href="{href}" title="{href}" target="_blank" rel="noopener noreferrer">'


def _spoiler(_: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: Env) -> str:  # noqa: ARG001
    return _cover("span", env) if tokens[index].nesting == 1 else "</span></span>"


def _covered(_: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: Env) -> str:  # noqa: ARG001
    return _cover("div", env) if tokens[index].nesting == 1 else "</div></div>"


def _cover(tag: str, env: Env) -> str:
    return f'<{tag} class="spoiler covered"{"" if env.get("still") else PRESSED}><{tag} class="inside">'


def _quote(_: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: Env) -> str:  # noqa: ARG001
    return "<blockquote>" if tokens[index].nesting == 1 else "</blockquote>"


def _headline(_: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: Env) -> str:  # noqa: ARG001
    tag, opens = tokens[index].tag, tokens[index].nesting == 1
    if tag == "small":
        return "<p><small>" if opens else "</small></p>"
    return f"<{tag}>" if opens else f"</{tag}>"


def _mention(_: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: Env) -> str:  # noqa: ARG001
    meta, names = tokens[index].meta, env.get("names")
    label = escape(label_of(meta, names))
    if env.get("still"):
        return f'<span class="mention">{label}</span>'
    if meta["kind"] == "channel" and names is not None and names.channel(meta["id"]):
        return f'<button type="button" class="mention" data-channel="{meta["id"]}">{label}</button>'
    if meta["kind"] == "command":
        return f'<button type="button" class="mention" data-command="{escape(meta["name"])}">{label}</button>'
    return f'<span class="mention">{label}</span>'


def _timestamp(_: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: Env) -> str:  # noqa: ARG001
    """The page writes it in the reader's zone; until then it says UTC."""
    unix, style = tokens[index].meta["unix"], tokens[index].meta["style"]
    return f'<time data-unix="{unix}" data-style="{style}">{_in_utc(unix)}</time>'


def _in_utc(unix: int) -> str:
    try:
        return f"{datetime.fromtimestamp(unix, UTC):%d %b %Y %H:%M} UTC"
    except (OverflowError, ValueError):
        return "an impossible time"


_RENDERED = {
    "strong_open": _strong,
    "strong_close": _strong,
    "link_open": _link,
    "spoiler_open": _spoiler,
    "spoiler_close": _spoiler,
    "covered_open": _covered,
    "covered_close": _covered,
    "quote_open": _quote,
    "quote_close": _quote,
    "headline_open": _headline,
    "headline_close": _headline,
    "mention": _mention,
    "timestamp": _timestamp,
}
