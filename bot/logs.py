"""Log lines for people or for machines, with the bot's token kept out of every one."""

import logging
import re
import sys
from datetime import UTC, datetime

import orjson

HIDDEN = "[token]"
# the tokens of webhooks and of interactions, where discord.py names the address of a request
_IN_ADDRESSES = re.compile(r"(/(?:webhooks|interactions)/\d+/)[\w.-]+")


def configure(level: str, style: str, token: str) -> None:
    """Sends all logging to stderr at `level`, as `text` or `json` lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Discreet(_JsonLines() if style == "json" else _TextLines(), token))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    # its INFO line for every heartbeat and its DEBUG dump of every payload would hold what members type
    logging.getLogger("discord").setLevel(max(root.level, logging.INFO))
    logging.getLogger("aiosqlite").setLevel(max(root.level, logging.INFO))


class _Discreet(logging.Formatter):
    """Lets another formatter speak and strikes every token from what it said, tracebacks included."""

    def __init__(self, inner: logging.Formatter, token: str) -> None:
        super().__init__()
        self._inner = inner
        self._token = token

    def format(self, record: logging.LogRecord) -> str:
        line = self._inner.format(record)
        line = line.replace(self._token, HIDDEN) if self._token else line
        return _IN_ADDRESSES.sub(rf"\1{HIDDEN}", line)


class _TextLines(logging.Formatter):
    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s")


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["trace"] = self.formatException(record.exc_info)
        return orjson.dumps({name: _writable(text) for name, text in entry.items()}).decode()


def _writable(text: str) -> str:
    """`text` without the half characters that a file's name may hold and that no UTF-8 has."""
    return text.encode(errors="backslashreplace").decode()
