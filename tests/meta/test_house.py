"""How the code has to look, and what it must not hold."""

import ast
import re
from pathlib import Path

from tests.meta.files import ROOT, files, nodes, python, shown

MOST_LINES = 400
MOST_FUNCTION_LINES = 50

# written in pieces, or this file would break its own rule
REGISTRIES = ("py" + "pi.org", "python" + "hosted", "files.python" + "hosted.org", "index.crates" + ".io")
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:work|home|root|Users)/\w+")
LOCK_MARKS = re.compile(r"--(?:extra-)?index-url|--find-links")


def texts() -> list[tuple[Path, str]]:
    """Every file that is text."""
    found = []
    for path in files():
        raw = path.read_bytes()
        if b"\0" not in raw[:8000]:
            found.append((path, raw.decode("utf-8", errors="replace")))
    return found


def test_no_module_is_longer_than_one_can_read() -> None:
    long = {
        path.name: count for path in python() if (count := len(path.read_text().splitlines())) > MOST_LINES
    }
    assert long == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{shown(path, node)} {node.name}"
        for path, node in nodes()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno + 1 > MOST_FUNCTION_LINES
    ]
    assert long == []


def test_each_module_of_the_bot_says_in_a_docstring_what_it_is_for() -> None:
    silent = [str(path) for path in python("bot", "cogs") if not ast.get_docstring(_parsed(path))]
    assert silent == []


def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def test_no_file_names_a_package_registry() -> None:
    named = [path.name for path, text in texts() if any(host in text for host in REGISTRIES)]
    assert named == []
    marked = [path.name for path, text in texts() if path.suffix == ".lock" and LOCK_MARKS.search(text)]
    assert marked == []


def test_no_file_holds_a_path_of_somebodys_machine() -> None:
    held = [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path, text in texts()
        if (found := MACHINE_PATHS.search(text))
    ]
    assert held == []


def test_every_mock_has_a_spec() -> None:
    loose = [
        shown(path, node)
        for path, node in nodes("tests")
        if isinstance(node, ast.Call)
        and _name(node.func) in {"Mock", "MagicMock", "AsyncMock", "NonCallableMock"}
        and not node.args
        and not {"spec", "spec_set"} & {keyword.arg for keyword in node.keywords}
    ]
    assert loose == []


def _name(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def test_every_async_test_is_run() -> None:
    unmarked = []
    for path in python("tests"):
        module = _parsed(path)
        if any("pytestmark" in ast.unparse(node) and "asyncio" in ast.unparse(node) for node in module.body):
            continue
        unmarked += [
            f"{shown(path, node)} {node.name}"
            for node in ast.walk(module)
            if isinstance(node, ast.AsyncFunctionDef)
            and node.name.startswith("test_")
            and not any("asyncio" in ast.unparse(mark) for mark in node.decorator_list)
        ]
    assert unmarked == []
