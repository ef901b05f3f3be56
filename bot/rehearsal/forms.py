"""Filling a form as the client does: what was typed, what was preset, what it won't let through."""

from collections.abc import Mapping
from typing import Any

from bot.rehearsal.answers import ClientRefuses, Modal
from bot.rehearsal.resolved import Resolved
from bot.rehearsal.rules import Json

TEXT_INPUT, STRING_SELECT, RADIO, CHECKBOXES, CHECKBOX = 4, 3, 21, 22, 23
ENTITY_SELECTS = frozenset({5, 6, 7, 8})


def fill_form(modal: Modal, values: Mapping[str, Any], resolved: Resolved) -> list[Json]:
    """The submitted components; values are named by custom_id or label."""
    fields = modal.fields()
    names = {name for label, field in fields for name in (label, field.get("custom_id"))}
    for name in values.keys() - names:
        raise ClientRefuses(f"the form has no field {name!r}: {', '.join(label for label, _ in fields)}")
    return [_top(component, values, resolved) for component in modal.components]


def _top(component: Json, values: Mapping[str, Any], resolved: Resolved) -> Json:
    match component["type"]:
        case 18:
            field = _field(component["component"], component["label"], values, resolved)
            return {"type": 18, "id": component.get("id", 0), "component": field}
        case 1:
            inner = component["components"][0]
            return {"type": 1, "components": [_field(inner, inner["label"], values, resolved)]}
        case kind:
            return {"type": kind, "id": component.get("id", 0)}


def _field(field: Json, label: str, values: Mapping[str, Any], resolved: Resolved) -> Json:
    given = values.get(field["custom_id"], values.get(label))
    filled: Json = {"type": field["type"], "custom_id": field["custom_id"], "id": field.get("id", 0)}
    match field["type"]:
        case 4:
            return {**filled, "value": _text(field, label, given)}
        case 3 | 22:
            return {**filled, "values": _options(field, label, given)}
        case 21:
            return {**filled, "value": next(iter(_options(field, label, given)), None)}
        case 23:
            return {**filled, "value": bool(field.get("default") if given is None else given)}
        case kind if kind in ENTITY_SELECTS:
            things = given if isinstance(given, list) else [] if given is None else [given]
            _check_count(field, label, len(things))
            return {**filled, "values": [resolved.add(thing) for thing in things]}
        case kind:
            raise ClientRefuses(f"the rehearsal can't fill a field of type {kind}")


def _text(field: Json, label: str, given: Any) -> str:
    text = str(field.get("value") or "" if given is None else given)
    if not text and not field.get("required", True):
        return text
    least, most = max(field.get("min_length") or 0, 1), field.get("max_length") or 4000
    if not least <= len(text) <= most:
        raise ClientRefuses(f"{label!r} takes {least} to {most} characters, not {len(text)}")
    return text


def _options(field: Json, label: str, given: Any) -> list[str]:
    if given is None:
        chosen = [o["value"] for o in field["options"] if o.get("default")]
    else:
        chosen = [option_value(field, each) for each in (given if isinstance(given, list) else [given])]
    _check_count(field, label, len(chosen))
    return chosen


def option_value(holder: Json, wanted: Any) -> str:
    """The value of an option named by its label or value."""
    for option in holder["options"]:
        if wanted in (option["label"], option["value"]):
            return str(option["value"])
    labels = ", ".join(option["label"] for option in holder["options"])
    raise ClientRefuses(f"there is no option {wanted!r}: {labels}")


def _check_count(field: Json, label: str, count: int) -> None:
    if not count and not field.get("required", True):
        return
    least, most = field.get("min_values", 1), 1 if field["type"] == RADIO else field.get("max_values", 1)
    if field["type"] == CHECKBOXES and "max_values" not in field:
        most = len(field["options"])
    if not least <= count <= most:
        raise ClientRefuses(f"{label!r} takes {least} to {most} choices, not {count}")
