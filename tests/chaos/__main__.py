"""`make chaos`: every play beside this file, or those named, each with its figures and the seed to play it again."""

import argparse
import asyncio
import random
import sys
import traceback
from collections.abc import Awaitable, Callable
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent

Play = Callable[[int, int], Awaitable[None]]


def main() -> None:
    """Plays them one after the other; exit code 1 if a promise was broken in one."""
    plays = _plays()
    options = _options(sorted(plays))
    played = [
        _held(name, plays[name], options.kills, options.seed) for name in options.names or sorted(plays)
    ]
    sys.exit(not all(played))


def _held(name: str, play: Play, kills: int, seed: int) -> bool:
    async def run() -> None:
        await play(kills, seed)

    try:
        asyncio.run(run())
    except Exception:  # noqa: BLE001 - the other plays are to be seen too
        print(f"{name}: FAILED, seed {seed}\n{traceback.format_exc()}")  # noqa: T201
        return False
    return True


def _plays() -> dict[str, Play]:
    """The modules here that have a `play`."""
    modules = {path.stem: import_module(f"tests.chaos.{path.stem}") for path in HERE.glob("[a-z]*.py")}
    return {name: module.play for name, module in modules.items() if hasattr(module, "play")}


def _options(names: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"of {', '.join(names)}; all without any")
    parser.add_argument("--kills", type=int, default=50, help="at least so many in each play")
    parser.add_argument("--seed", type=int, default=random.randrange(10_000))
    options = parser.parse_args()
    if unknown := set(options.names) - set(names):
        parser.error(f"there is no play {', '.join(sorted(unknown))}")
    return options


if __name__ == "__main__":
    main()
