"""The repository as its readers see it: every file that is tracked or about to be."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ("bot", "cogs")


@cache
def files() -> tuple[Path, ...]:
    """Every file but those that git ignores; those on disk where this is no git repository."""
    listing = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        check=False,
        text=True,
    )
    named = listing.stdout.split("\0") if listing.returncode == 0 else _on_disk()
    return tuple(path for name in named if name and (path := ROOT / name).is_file())


def _on_disk() -> list[str]:
    tops = [
        path for path in ROOT.iterdir() if path.name in {*CODE, "tests", "data", "docs"} or path.is_file()
    ]
    return [str(path.relative_to(ROOT)) for top in tops for path in (top, *top.rglob("*"))]


def python(*tops: str) -> list[Path]:
    """Every module below `tops`, the whole repository without any."""
    return [
        path
        for path in files()
        if path.suffix == ".py" and (not tops or path.relative_to(ROOT).parts[0] in tops)
    ]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def nodes(*tops: str) -> Iterator[tuple[Path, ast.AST]]:
    """Every node of every module below `tops`."""
    for path in python(*tops):
        for node in ast.walk(tree(path)):
            yield path, node


def shown(path: Path, node: ast.AST) -> str:
    """Where a node stands, for a message."""
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"
