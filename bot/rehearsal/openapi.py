"""The official OpenAPI document as a second judge of what the bot sends."""

from pathlib import Path

from bot.rehearsal.routing import Call


class Judge:
    def __init__(self, document: Path) -> None:
        self._document = document

    def check(self, call: Call) -> None:
        raise NotImplementedError
