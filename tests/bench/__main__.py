"""`make bench`: every bench beside this file, or those named, printed as figures with their budgets."""

import asyncio
import sys
from importlib import import_module
from pathlib import Path

from tests.bench.report import show

HERE = Path(__file__).parent


def main(wanted: list[str]) -> None:
    """Runs the benches whose names hold one of `wanted`, all without any; exit code 1 if one is over budget."""
    names = sorted(path.stem for path in HERE.glob("bench_*.py"))
    chosen = [name for name in names if not wanted or any(word in name for word in wanted)]
    figures = [
        figure for name in chosen for figure in asyncio.run(import_module(f"tests.bench.{name}").figures())
    ]
    show(figures)
    sys.exit(any(figure.ok is False for figure in figures))


if __name__ == "__main__":
    main(sys.argv[1:])
