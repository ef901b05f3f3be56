"""The official OpenAPI document as a second judge of what the bot sends."""

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from bot.rehearsal.routing import Call, Endpoint
from bot.rehearsal.rules import ApiError, Json, Rule

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from referencing import Registry

URI = "urn:discord"
DOCUMENT = Rule("requests are what the official OpenAPI document describes", "openapi document, v10")
UNDESCRIBED = frozenset({"use_nested_fields"})  # what discord.py sends with a forum post all the same
PARAMETER = re.compile(r"\{[^}]*\}")


class Judge:
    """Reads the document once, compiles a validator per route when that route is first used."""

    def __init__(self, document: Path) -> None:
        self._document: Json = orjson.loads(document.read_bytes())
        self._paths = {_shape(path): path for path in self._document["paths"]}
        self._bodies: dict[tuple[str, str], Draft202012Validator | None] = {}

    def check(self, call: Call) -> None:
        """Raise 400 for a body or query that the document doesn't allow."""
        operation = self._operation(call.endpoint)
        faults = [*self._body_faults(call, operation), *_query_faults(call, operation, self._resolve)]
        if faults:
            errors = {"_errors": [{"code": "OPENAPI", "message": fault} for fault in faults]}
            raise ApiError(400, 50035, "Invalid Form Body", DOCUMENT, errors=errors)

    def _operation(self, endpoint: Endpoint) -> Json:
        path = self._paths.get(_shape(endpoint.template))
        operation: Json = self._document["paths"].get(path, {}).get(endpoint.method.lower(), {})
        return operation

    def _body_faults(self, call: Call, operation: Json) -> Iterator[str]:
        validator = self._validator(call.endpoint, operation)
        if validator is None:
            return
        from jsonschema.exceptions import best_match  # noqa: PLC0415  a development dependency

        error = best_match(validator.iter_errors(_as_discord_reads(call.body)))
        if error is not None:
            yield f"{error.json_path}: {error.message[:300]}"

    def _validator(self, endpoint: Endpoint, operation: Json) -> "Draft202012Validator | None":
        key = endpoint.method, endpoint.template
        if key not in self._bodies:
            self._bodies[key] = self._compile(endpoint) if "requestBody" in operation else None
        return self._bodies[key]

    def _compile(self, endpoint: Endpoint) -> "Draft202012Validator":
        from jsonschema import Draft202012Validator  # noqa: PLC0415  a development dependency

        path = (
            self._paths[_shape(endpoint.template)].replace("/", "~1").replace("{", "%7B").replace("}", "%7D")
        )
        pointer = f"/paths/{path}/{endpoint.method.lower()}/requestBody/content/application~1json/schema"
        return Draft202012Validator({"$ref": f"{URI}#{pointer}"}, registry=self._registry)

    @cached_property
    def _registry(self) -> "Registry[Any]":
        from referencing import Registry  # noqa: PLC0415  comes with jsonschema
        from referencing.jsonschema import DRAFT202012  # noqa: PLC0415

        resource = DRAFT202012.create_resource(self._document)
        registry: Registry[Any] = Registry().with_resource(URI, resource)
        return registry

    def _resolve(self, schema: Json) -> Json:
        reference = schema.get("$ref")
        if reference is None:
            return schema
        resolved: Json = self._document["components"]["schemas"][reference.rsplit("/", 1)[1]]
        return resolved


def _shape(path: str) -> str:
    return PARAMETER.sub("{}", path)


def _query_faults(call: Call, operation: Json, resolve: Any) -> Iterator[str]:
    described = {p["name"]: p for p in operation.get("parameters", []) if p["in"] == "query"}
    for name, value in call.query.items():
        if name in UNDESCRIBED:
            continue
        if name not in described:
            yield f"query: {name!r} isn't described"
            continue
        schema = resolve(described[name]["schema"])
        if schema.get("type") == "integer" and not _in_range(value, schema):
            yield f"query.{name}: {value!r} is no integer in range"
        if schema.get("type") == "boolean" and value.lower() not in {"true", "false", "1", "0"}:
            yield f"query.{name}: {value!r} is no boolean"
        if "pattern" in schema and not re.search(schema["pattern"], value):
            yield f"query.{name}: {value!r} doesn't match {schema['pattern']}"


def _in_range(value: str, schema: Json) -> bool:
    number = int(value) if re.fullmatch(r"-?\d+", value) else None
    return number is not None and schema.get("minimum", number) <= number <= schema.get("maximum", number)


def _as_discord_reads(body: Any) -> Any:
    """Discord takes a number for a snowflake, which the document calls a string; discord.py sends both."""
    if isinstance(body, list):
        return [_as_discord_reads(each) for each in body]
    if not isinstance(body, dict):
        return body
    return {key: _snowflake(key, _as_discord_reads(value)) for key, value in body.items()}


def _snowflake(key: str, value: Any) -> Any:
    if key == "attachments" and isinstance(value, list):
        return [{**each, "id": str(each["id"])} for each in value]
    if key.endswith("_id") and isinstance(value, int):
        return str(value)
    return value
