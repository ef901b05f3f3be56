"""What the rehearsal enforces, where each rule is written down, and how a breach is answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rule:
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Violation:
    rule: Rule
    request: str
    code: int
    detail: str

    def __str__(self) -> str:
        return f"{self.request}: {self.rule.text} [{self.rule.source}] {self.code} {self.detail}"


class ApiError(Exception):
    """An answer of 4xx or 5xx in Discord's shape; with a rule, it is recorded as a violation."""

    def __init__(
        self, status: int, code: int, message: str, rule: Rule, *, errors: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(f"{code} {message}")
        self.status, self.code, self.message, self.rule, self.errors = status, code, message, rule, errors

    def body(self) -> Json:
        body: Json = {"message": self.message, "code": self.code}
        return {**body, "errors": self.errors} if self.errors else body


PERMISSIONS = Rule("the bot may only do what its permissions in the channel allow", "docs: Permissions")
KNOWN_THINGS = Rule("what is named must exist and be visible to the bot", "docs: JSON Error Codes")
TOKEN = Rule("requests carry the bot's token", "docs: Reference, Authentication")
IMPLEMENTED = Rule(
    "the rehearsal knows this route and these keys", "bot/rehearsal: extend it before using it"
)


def missing_permissions() -> ApiError:
    return ApiError(403, 50013, "Missing Permissions", PERMISSIONS)


def missing_access() -> ApiError:
    return ApiError(403, 50001, "Missing Access", PERMISSIONS)


def unknown(code: int, thing: str) -> ApiError:
    """10003 Channel, 10004 Guild, 10007 Member, 10008 Message, 10013 User, 10015 Webhook, 10062 Interaction…"""
    return ApiError(404, code, f"Unknown {thing}", KNOWN_THINGS)
