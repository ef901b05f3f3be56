"""What a form may be: title, one to five fields, and what each kind of field allows."""

from bot.rehearsal.faults import Faults, Path
from bot.rehearsal.limits_components import PLACEMENT, Checker
from bot.rehearsal.messages import walk
from bot.rehearsal.rules import Json, Rule

LIMITS = "discord.md: Limits, components"
DOCS = "docs: Component Reference"
TITLE = Rule("a modal's title has at most 45 characters", LIMITS)
FIELDS = Rule("a modal has 1-5 components", DOCS)
LABEL = Rule("a field's label has 1-45 characters, its description at most 100", DOCS)
TEXT_INPUT = Rule("a text input takes at most 4,000 characters, its placeholder 100", LIMITS)
GROUP = Rule("a radio group has 2-10 options, a checkbox group 1-10", LIMITS)

IN_LABEL = frozenset({3, 4, 5, 6, 7, 8, 19, 21, 22, 23})
SELECTS = frozenset({3, 5, 6, 7, 8})


def check_modal(modal: Json) -> None:
    faults = Faults()
    checker = Checker(faults)
    faults.required(("title",), modal.get("title"), TITLE)
    faults.text(("title",), modal.get("title"), TITLE, most=45)
    checker.custom_id(modal, ())
    components = modal.get("components") or []
    faults.count(("components",), components, FIELDS, least=1, most=5)
    for index, component in enumerate(components):
        _check_top(component, ("components", index), checker)
    checker.unique(list(walk(components)), ("components",))
    faults.raise_if_any()


def _check_top(component: Json, path: Path, checker: Checker) -> None:
    match component.get("type"):
        case 1:
            fields = component.get("components") or []
            checker.faults.count((*path, "components"), fields, FIELDS, least=1, most=1)
            for field in fields:
                _check_label(field, (*path, "components", 0), checker.faults)
                _check_field(field, (*path, "components", 0), checker, {4})
        case 18:
            _check_label(component, path, checker.faults)
            _check_field(component.get("component") or {}, (*path, "component"), checker, IN_LABEL)
        case 10:
            checker.component(component, path)
        case other:
            checker.faults.add((*path, "type"), "UNION_TYPE_CHOICES", f"No {other} in a modal", PLACEMENT)


def _check_label(holder: Json, path: Path, faults: Faults) -> None:
    faults.required((*path, "label"), holder.get("label"), LABEL)
    faults.text((*path, "label"), holder.get("label"), LABEL, most=45)
    faults.text((*path, "description"), holder.get("description"), LABEL, most=100)


def _check_field(field: Json, path: Path, checker: Checker, allowed: set[int] | frozenset[int]) -> None:
    kind = field.get("type")
    if kind not in allowed:
        checker.faults.add((*path, "type"), "UNION_TYPE_CHOICES", f"No {kind} in a field", PLACEMENT)
        return
    checker.custom_id(field, path)
    if kind == 4:
        _check_text_input(field, path, checker.faults)
    elif kind in SELECTS:
        checker.select(field, path)
    elif kind in {21, 22}:
        _check_group(field, path, checker)


def _check_group(group: Json, path: Path, checker: Checker) -> None:
    options, least = group.get("options") or [], 2 if group["type"] == 21 else 1
    checker.options(options, path, least=0, most=25)
    checker.faults.count((*path, "options"), options, GROUP, least=least, most=10)


def _check_text_input(field: Json, path: Path, faults: Faults) -> None:
    for key, most in (("value", 4000), ("placeholder", 100)):
        faults.text((*path, key), field.get(key), TEXT_INPUT, most=most)
    least, most = field.get("min_length") or 0, field.get("max_length") or 4000
    if not 0 <= least <= 4000 or not 1 <= most <= 4000 or least > most:
        faults.add(
            (*path, "max_length"), "NUMBER_TYPE_MAX", "min_length 0-4000, max_length 1-4000", TEXT_INPUT
        )
    if field.get("style") not in {1, 2}:
        faults.add((*path, "style"), "BASE_TYPE_CHOICES", "1 or 2", TEXT_INPUT)
