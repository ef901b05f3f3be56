"""Any text a member may have written, put behind spoiler tags whole.

Discord ends a spoiler at the first two bars it meets, in code as well, and knows no escape for them. So the tags that
a text has are taken off, and whatever bars are left are kept apart by a joiner nobody sees."""

import re
from collections.abc import Iterator
from itertools import chain

LIMIT = 2000
BARS = "||"
JOINER = "\u2060"
FENCE = "```"

# what may not be cut in two; code comes first, since nothing in it is anything else
_ATOM = re.compile(
    r"(?P<block>```[\s\S]+?```)"
    r"|(?P<code>(?P<ticks>`+)(?!`)[\s\S]*?[^`](?P=ticks)(?!`))"
    r"|(?P<escape>\\[^0-9A-Za-z\s])"
    r"|(?P<spoiler>\|\|[\s\S]+?\|\|)"
    r"|(?P<token><(?:@[!&]?|#|a?:\w{1,32}:|t:-?|id:|/[^\s<>]{1,100}:)[\w:]*>)"
    r"|(?P<link>\[[^\[\]\\`|<\n]+\]\([^()\\`|<>\s]+\)|https?://[^\s|<>]+)"
    r"|(?P<word>(?:(?!https?://)[^\s\\`|<\[])+)"
    r"|[\s\S]"
)
_LANGUAGE = re.compile(r"[\w+#.-]*(?=\n)")
_GRAPHEME_TAIL = re.compile(
    r"[\u0300-\u036f\u200d\u20d0-\u20ff\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
)


def veiled(text: str, limit: int = LIMIT) -> list[str]:
    """`text` as messages of at most `limit` characters, every visible one behind a spoiler tag, in order. Nothing
    for a text in which nothing is to be seen."""
    room = limit - 2 * len(BARS)
    return [f"{BARS}{_apart(part)}{BARS}" for part in _parts(_atoms(text), room) if part.strip()]


def length(text: str) -> int:
    """Characters as the strictest of Discord's clients counts them: an emoji may be two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _atoms(text: str) -> Iterator[str]:
    """`text` without its own spoiler tags, in pieces that belong together."""
    for found in _ATOM.finditer(text):
        inner = found["spoiler"]
        if inner and inner[2:-2].strip():
            yield from _atoms(inner[2:-2])
        else:
            yield found[0]


def _apart(text: str) -> str:
    """`text` with no two bars beside each other, nor one beside the tag that follows."""
    joined = text.replace("|", f"|{JOINER}")
    return f"{joined}{JOINER}" if joined.endswith("\\") else joined


def _parts(atoms: Iterator[str], room: int) -> Iterator[str]:
    """The atoms in as few pieces as fit, one after the other."""
    part = ""
    for atom in chain.from_iterable(_fitting(atom, room) for atom in atoms):
        if part and _width(part + atom) > room:
            yield part
            part = ""
        part += atom
    if part:
        yield part


def _fitting(atom: str, room: int) -> list[str]:
    """An atom that is longer than a message in several: a code block as several blocks, a word anywhere."""
    if _width(atom) <= room:
        return [atom]
    if atom.startswith(FENCE) and atom.endswith(FENCE):
        return _blocks(atom.removeprefix(FENCE).removesuffix(FENCE), room)
    return _cut(atom, room)


def _blocks(code: str, room: int) -> list[str]:
    language = _LANGUAGE.match(code)
    head = f"{FENCE}{language[0]}\n" if language else f"{FENCE}\n"
    body = code[language.end() + 1 :] if language else code
    return [f"{head}{piece}{FENCE}" for piece in _cut(body, room - length(head) - len(FENCE))]


def _cut(text: str, room: int) -> list[str]:
    """`text` in pieces that fit, after a line where there is one."""
    pieces, start = [], 0
    while start < len(text):
        end = _end(text, start, room)
        pieces.append(text[start:end])
        start = end
    return pieces


def _end(text: str, start: int, room: int) -> int:
    """Where the piece that starts at `start` ends: after the last line that fits, else before the letter that
    doesn't, together with what is drawn on top of it."""
    end, width = start, 0
    while end < len(text) and (width := width + _width(text[end])) <= room:
        end += 1
    if end == len(text):
        return end
    line = text.rfind("\n", start, end)
    if line > start:
        return line + 1
    back = end
    while back > start + 1 and (_GRAPHEME_TAIL.match(text[back]) or text[back - 1] == "\u200d"):
        back -= 1
    return back if back > start + 1 else end


def _width(text: str) -> int:
    """How long `text` gets once its bars are kept apart; one more for what may be needed at its end."""
    return length(text) + text.count("|") + (text.endswith("\\"))
