"""Finds the line of a pack file where a table stands, because nobody counts facts to find the 38th."""

import re
from collections import Counter
from collections.abc import Mapping

HEADER = re.compile(r"\s*(\[\[?)\s*([\w-]+(?:\.[\w-]+)*)\s*\]")
KEY = re.compile(r"\s*([\w-]+)\s*=")


def lines_of(source: str) -> Mapping[str, int]:
    """The line of each table header by its path (`fact[3]`, `version[0].field[2]`, `truestory.verdict`), and of
    each key right below a header (`source.wiki_kr`)."""
    found: dict[str, int] = {}
    seen: Counter[str] = Counter()
    last: dict[str, str] = {}
    current = ""
    for number, text in enumerate(source.splitlines(), start=1):
        if header := HEADER.match(text):
            current = path_of(header[2], header[1] == "[[", seen, last)
            found.setdefault(current, number)
        elif key := KEY.match(text):
            found.setdefault(f"{current}.{key[1]}" if current else key[1], number)
    return found


def path_of(name: str, many: bool, seen: Counter[str], last: dict[str, str]) -> str:
    """The path of a header; `last` holds the newest path of each array of tables, `seen` counts them."""
    parent, _, own = name.rpartition(".")
    path = f"{last.get(parent, parent)}.{own}" if parent else own
    if many:
        seen[path] += 1
        path = f"{path}[{seen[path] - 1}]"
    last[name] = path
    return path


def line_at(where: str, lines: Mapping[str, int]) -> int | None:
    """The line of `where`, or of the nearest thing around it that has one."""
    while where not in lines and where:
        where = re.sub(r"(^|\.?)([\w-]+|\[\d+\])$", "", where) if not where.endswith(".") else where[:-1]
    return lines.get(where)
