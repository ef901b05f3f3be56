"""The contract held against Discord's own document: what is documented, and what is merely believed."""

import json
import re
from typing import Any

import pytest

from tests.stories.conftest import OPENAPI
from tests.stories.contract import ALL, BELIEVED, CONTRACT

pytestmark = pytest.mark.skipif(
    not OPENAPI.exists(), reason="Discord's own document is not beside this project"
)


@pytest.fixture(scope="module")
def document() -> Any:
    return json.loads(OPENAPI.read_bytes())


def shape(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "{}", path)


def described(document: Any, route: str) -> set[str] | None:
    """Every field the document gives a route, in body and query; None for a route it doesn't know."""
    method, _, template = route.partition(" ")
    paths = {shape(path): operations for path, operations in document["paths"].items()}
    operation = paths.get(shape(template), {}).get(method.lower())
    if operation is None:
        return None
    query = {each["name"] for each in operation.get("parameters", []) if each["in"] == "query"}
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    return query | set(properties(document, content.get("schema", {})))


def properties(document: Any, schema: Any) -> set[str]:
    """The names of a schema's properties, whatever it refers to or chooses between."""
    found = set(schema.get("properties", {}))
    if "$ref" in schema:
        found |= properties(document, document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]])
    for part in ("oneOf", "anyOf", "allOf"):
        for choice in schema.get(part, []):
            found |= properties(document, choice)
    return found | (properties(document, schema["items"]) if "items" in schema else set())


@pytest.mark.parametrize("route", sorted(CONTRACT))
def test_what_the_document_does_not_describe_is_named_as_believed(document: Any, route: str) -> None:
    known = described(document, route)
    believed = BELIEVED.get(route, "")
    if known is None:
        assert believed == ALL
    else:
        assert set(CONTRACT[route].split()) - known == set(believed.split())
