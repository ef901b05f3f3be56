"""Collects what is wrong with a form and answers it as Discord does: 50035 with a tree of errors."""

from typing import Any

from bot.rehearsal.rules import ApiError, Json, Rule

Path = tuple[str | int, ...]


class Faults:
    def __init__(self) -> None:
        self._tree: Json = {}
        self._rule: Rule | None = None

    def add(self, path: Path, code: str, message: str, rule: Rule) -> None:
        node = self._tree
        for step in path:
            node = node.setdefault(str(step), {})
        node.setdefault("_errors", []).append({"code": code, "message": message})
        self._rule = self._rule or rule

    def text(self, path: Path, value: Any, rule: Rule, *, most: int, least: int = 0) -> None:
        """A text of `least` to `most` characters; an absent one is another rule's business."""
        if value is None:
            return
        if not isinstance(value, str):
            self.add(path, "STRING_TYPE_CONVERT", "Could not interpret value as string.", rule)
        elif not least <= len(value) <= most:
            wanted = f"between {least} and {most}" if least else f"{most} or fewer"
            self.add(path, "BASE_TYPE_BAD_LENGTH", f"Must be {wanted} in length.", rule)

    def count(self, path: Path, items: list[Any], rule: Rule, *, most: int, least: int = 0) -> None:
        if not least <= len(items) <= most:
            self.add(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.", rule)

    def required(self, path: Path, value: Any, rule: Rule) -> None:
        if value is None or value in ("", []):
            self.add(path, "BASE_TYPE_REQUIRED", "This field is required", rule)

    def raise_if_any(self) -> None:
        if self._rule is not None:
            raise ApiError(400, 50035, "Invalid Form Body", self._rule, errors=self._tree)
