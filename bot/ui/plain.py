"""What members type, shown by the bot without the power to look like anything else."""

import unicodedata

import discord

JOINERS = frozenset("\u200c\u200d")  # scripts of India and families of emoji need them
_NO_LINK = str.maketrans({"<": "‹"})


def clean(typed: str) -> str:
    """Without what can't be seen: marks that turn the direction of a line, controls, doubled spaces."""
    shown = "".join(" " if mark.isspace() else mark for mark in typed if _visible(mark))
    return " ".join(shown.split())


def plain(typed: str) -> str:
    """`typed` as nothing but text: no markup, no mention, no date, no link that can be followed."""
    text = discord.utils.escape_markdown(discord.utils.escape_mentions(clean(typed)), ignore_links=False)
    return text.translate(_NO_LINK).replace("://", ":\u200b//")


def shortened(text: str, limit: int) -> str:
    """`text`, cut with an ellipsis where it is longer than `limit` characters."""
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def _visible(mark: str) -> bool:
    return mark.isspace() or mark in JOINERS or unicodedata.category(mark) not in {"Cc", "Cf"}
