"""What a form may be, and what the client lets through."""

from typing import Any

import pytest

from bot.rehearsal.limits_modal import check_modal
from bot.rehearsal.rules import ApiError, Json


def form(*components: Json, **changes: Any) -> Json:
    return {"title": "How many?", "custom_id": "f", "components": list(components), **changes}


def label(field: Json, **changes: Any) -> Json:
    return {"type": 18, "label": "l", "component": {"custom_id": "c", **field}, **changes}


def typed(**changes: Any) -> Json:
    return {"type": 4, "style": 1, **changes}


def options(count: int) -> list[Json]:
    return [{"label": f"o{i}", "value": str(i)} for i in range(count)]


WRONG: list[tuple[str, Json, str]] = [
    ("title", form(label(typed()), title="t" * 46), "title"),
    ("no fields", form(), "components"),
    ("six fields", form(*(label(typed(custom_id=str(i))) for i in range(6))), "components"),
    ("label", form(label(typed(), label="l" * 46)), "components.0.label"),
    ("no label", form(label(typed(), label="")), "components.0.label"),
    ("description", form(label(typed(), description="d" * 101)), "components.0.description"),
    ("placeholder", form(label(typed(placeholder="p" * 101))), "components.0.component.placeholder"),
    ("value", form(label(typed(value="v" * 4001))), "components.0.component.value"),
    ("lengths", form(label(typed(min_length=5, max_length=4))), "components.0.component.max_length"),
    ("style", form(label(typed(style=3))), "components.0.component.style"),
    ("one radio", form(label({"type": 21, "options": options(1)})), "components.0.component.options"),
    ("11 radios", form(label({"type": 21, "options": options(11)})), "components.0.component.options"),
    ("11 boxes", form(label({"type": 22, "options": options(11)})), "components.0.component.options"),
    ("a button", form(label({"type": 2})), "components.0.component.type"),
    ("a container", form({"type": 17, "components": []}), "components.0.type"),
    ("twice", form(label(typed()), label(typed())), "components"),
]


@pytest.mark.parametrize(("modal", "where"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG])
def test_a_form_beyond_a_limit_is_refused(modal: Json, where: str) -> None:
    with pytest.raises(ApiError) as caught:
        check_modal(modal)
    node: Any = caught.value.errors
    for step in where.split("."):
        node = node[step]
    assert node["_errors"]


def test_a_form_at_the_limit_is_shown() -> None:
    check_modal(
        form(
            {"type": 10, "content": "Tell us"},
            {"type": 1, "components": [typed(custom_id="a", label="l" * 45, max_length=4000)]},
            label(typed(custom_id="b"), description="d" * 100),
            label({"type": 21, "custom_id": "c", "options": options(10)}),
            label({"type": 22, "custom_id": "d", "options": options(1)}),
            title="t" * 45,
        )
    )
