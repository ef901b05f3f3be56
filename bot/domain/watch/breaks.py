"""The vote for an intermission."""

from datetime import timedelta

BREAK = timedelta(minutes=5)
FEWEST = 2


def needed(watchers: int) -> int:
    """How many have to ask for a break: a third of those who watch, at least two."""
    return max(FEWEST, -(-watchers // 3))
