"""Finds the line of a pack file where a table stands, because nobody counts facts to find the 38th."""

import re
from collections import Counter
from collections.abc import Mapping

HEADER = re.compile(r"\s*(\[\[?)\s*([\w-]+(?:\.[\w-]+)*)\s*\]")
KEY = re.compile(r"\s*([\w-]+)\s*=\s*(\[\s*$)?")
ITEM = re.compile(r"\s*\{")


def lines_of(source: str) -> Mapping[str, int]:
    """The line of each table by its path (`fact[3]`, `version[0].field[2]`, `source.wiki_kr`): of its header, of
    its key, or of its brace in a list written over several lines."""
    found: dict[str, int] = {}
    seen: Counter[str] = Counter()
    last: dict[str, str] = {}
    table = listed = ""
    for number, text in enumerate(source.splitlines(), start=1):
        if header := HEADER.match(text):
            table = path_of(header[2], header[1] == "[[", seen, last)
            found.setdefault(table, number)
        elif key := KEY.match(text):
            path = f"{table}.{key[1]}" if table else key[1]
            found.setdefault(path, number)
            listed = path if key[2] else ""
        elif listed and ITEM.match(text):
            found[f"{listed}[{seen[listed]}]"] = number
            seen[listed] += 1
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
    while where and where not in lines:
        where = where[: max(where.rfind("."), where.rfind("["), 0)]
    return lines.get(where)
