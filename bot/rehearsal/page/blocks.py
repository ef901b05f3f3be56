"""Discord's marks that CommonMark doesn't have, at the start of a line: headings, small print, quotes, spoilers."""

import re
from itertools import takewhile

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock

from bot.rehearsal.page.marks import COVER

HEADLINE = re.compile(r"(#{1,3}|-#) +(\S.*)")
TAGS = {"#": "h3", "##": "h4", "###": "h5", "-#": "small"}
ENDS_PARAGRAPH: RuleOptionsType = {"alt": ["paragraph", "quote", "list"]}


def add_blocks(md: MarkdownIt) -> None:
    md.block.ruler.before("list", "headline", _headline, ENDS_PARAGRAPH)
    md.block.ruler.before("list", "quote", _quote, ENDS_PARAGRAPH)
    md.block.ruler.before("list", "covered", _covered, ENDS_PARAGRAPH)


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _headline(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001
    found = HEADLINE.fullmatch(_line(state, start))
    if found is None:
        return False
    if not silent:
        tag = TAGS[found[1]]
        state.push("headline_open", tag, 1)
        token = state.push("inline", "", 0)
        token.content, token.children = found[2].strip(), []
        state.push("headline_close", tag, -1)
        state.line = start + 1
    return True


def _quote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`> ` quotes its line, `>>> ` all that follows."""
    lines = [_line(state, number) for number in range(start, end)]
    if lines[0].startswith(">>> "):
        quoted = [lines[0][4:], *lines[1:]]
    else:
        quoted = [line[2:] for line in takewhile(lambda line: line.startswith("> "), lines)]
    if not quoted:
        return False
    if not silent:
        _nest(state, "quote", "\n".join(quoted), start + len(quoted))
    return True


def _covered(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A spoiler of several paragraphs: an inline one ends with its own."""
    lines = [_line(state, number) for number in range(start, end)]
    if not lines[0].startswith(COVER) or COVER in lines[0][2:]:
        return False
    last = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip().endswith(COVER)), None)
    if last is None or "" not in lines[: last + 1]:
        return False
    if not silent:
        text = "\n".join(lines[: last + 1]).rstrip()
        _nest(state, "covered", text[len(COVER) : -len(COVER)], start + last + 1)
    return True


def _nest(state: StateBlock, name: str, text: str, after: int) -> None:
    """The tokens of `text` between those that open and close `name`."""
    state.push(f"{name}_open", "div", 1)
    if state.level < state.md.options["maxNesting"]:
        state.md.block.parse(text, state.md, state.env, state.tokens)
    state.push(f"{name}_close", "div", -1)
    state.line = after
