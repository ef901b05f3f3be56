"""Walks a decoded pack beside its schema, collects every fault on the way, and every text with what it spoils."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from msgspec import NODEFAULT, Struct, structs
from msgspec.structs import replace

from bot.packs.leaves import Leaf, Names, Prose
from bot.packs.rules import RULES
from bot.packs.schema import VersionRow, WhereRow

ABOUT_FIELDS: Mapping[type[Struct], str] = {VersionRow: "key", WhereRow: "version"}
TYPE_WORDS = {str: "a text", int: "a whole number", list: "a list", dict: "a table"}


class Scope(Struct, frozen=True):
    """What holds for the texts of a row: what they spoil, what they are about, which words are cleared."""

    spoils: object = "none"
    about: str = ""
    cleared: tuple[str, ...] = ()

    def inside(self, row: Mapping[str, object], kind: type[Struct]) -> "Scope":
        about, cleared = row.get(ABOUT_FIELDS.get(kind, "about")), row.get("cleared")
        return Scope(
            spoils=row.get("spoils", self.spoils),
            about=about if isinstance(about, str) else self.about,
            cleared=(*self.cleared, *map(str, cleared)) if isinstance(cleared, list) else self.cleared,
        )


class Site(Struct, frozen=True):
    """One text of the pack, where it stands and what holds for it."""

    where: str
    text: str
    scope: Scope


class Slot(NamedTuple):
    """One field of a row: `node` is what it may hold."""

    name: str
    required: bool
    node: "Node"


class Node(Struct, frozen=True):
    """A field's type, taken apart: a row, or many of `items`, or a plain value with its leaf."""

    row: type[Struct] | None = None
    items: "Node | None" = None
    types: tuple[type, ...] = ()
    leaf: Leaf | None = None
    words: str = "a value"


@dataclass(slots=True)
class Walk:
    """One walk over one pack."""

    names: Names
    faults: list[tuple[str, str]] = field(default_factory=list)
    sites: list[Site] = field(default_factory=list)

    def row(self, raw: object, kind: type[Struct], where: str, scope: Scope) -> None:
        if not isinstance(raw, dict):
            self.faults.append((where, f"{spoken(raw)}, a table is accepted"))
            return
        slots = slots_of(kind)
        known = {slot.name for slot in slots}
        for name in raw:
            if name not in known:
                self.faults.append(
                    (under(where, name), f"unknown field, accepted are {', '.join(sorted(known))}")
                )
        within = scope.inside(raw, kind)
        for name, required, node in slots:
            if name in raw:
                self.value(raw[name], node, under(where, name), within)
            elif required:
                self.faults.append((under(where, name), f"missing, {node.words} is needed"))
        for rule in RULES.get(kind, ()):
            self.faults.extend((under(where, at), message) for at, message in rule(raw, self.names))

    def value(self, raw: object, node: Node, where: str, scope: Scope) -> None:
        if node.row is not None:
            self.row(raw, node.row, where, scope)
        elif not fits(raw, node.types):
            self.faults.append((where, f"{spoken(raw)}, {node.words} is accepted"))
        elif node.items is not None:
            for place, item in places(raw, where, indexed=node.items.leaf is None):
                self.value(item, node.items, place, scope)
        elif node.leaf is not None:
            self.faults.extend((where, message) for message in node.leaf.faults(raw, self.names))
            if isinstance(node.leaf, Prose) and isinstance(raw, str):
                self.sites.append(
                    Site(where, raw, replace(scope, spoils="none") if node.leaf.bare else scope)
                )


def places(raw: object, where: str, *, indexed: bool) -> Iterator[tuple[str, object]]:
    if isinstance(raw, dict):
        yield from ((under(where, str(name)), item) for name, item in raw.items())
    elif isinstance(raw, list):
        yield from ((f"{where}[{index}]" if indexed else where, item) for index, item in enumerate(raw))


def under(where: str, name: str) -> str:
    return f"{where}.{name}" if where and name else where or name


def fits(raw: object, types: tuple[type, ...]) -> bool:
    return not types or (isinstance(raw, types) and not isinstance(raw, bool))


def spoken(raw: object) -> str:
    words = "a yes or no" if isinstance(raw, bool) else TYPE_WORDS.get(type(raw), f"a {type(raw).__name__}")
    return words if isinstance(raw, list | dict) else f"{words} ({raw!r})"


@cache
def slots_of(kind: type[Struct]) -> tuple[Slot, ...]:
    hints = get_type_hints(kind, include_extras=True)
    return tuple(
        Slot(
            item.encode_name,
            item.default is NODEFAULT and item.default_factory is NODEFAULT,
            node_of(hints[item.name]),
        )
        for item in structs.fields(kind)
    )


def node_of(hint: Any) -> Node:
    """The node of a field's type."""
    if get_origin(hint) is Annotated:
        base, leaf = get_args(hint)
        types = types_of(base)
        return Node(
            types=types, leaf=leaf, words=" or ".join(TYPE_WORDS[kind] for kind in types) or "a value"
        )
    if get_origin(hint) in (Union, UnionType):
        return node_of(next(part for part in get_args(hint) if part is not NoneType))
    if isinstance(hint, type) and issubclass(hint, Struct):
        return Node(row=hint, words="a table")
    container = get_origin(hint)
    if container in (list, dict):
        return Node(types=(container,), items=node_of(get_args(hint)[-1]), words=TYPE_WORDS[container])
    return Node(types=(hint,), words=TYPE_WORDS[hint])


def types_of(base: Any) -> tuple[type, ...]:
    return () if base is Any else get_args(base) or (base,)
