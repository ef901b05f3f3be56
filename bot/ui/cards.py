"""Cards: messages of Components V2, made afresh at every send and edit, since discord.py forgets a persistent
button's class when a view object is sent again without it."""

from collections.abc import Iterable, Sequence
from typing import Any

import discord
from discord import ui

from bot.ui.persistent import Persistent

ACCENT = discord.Colour(0x5B8DB8)
TEXT_LIMIT = 4000  # characters over all texts of one message; checked by nobody but Discord itself
PAGE_TEXT = 2800  # what a page's entries may fill, leaving room for title and footer
BUTTONS_A_ROW = 5


class Card(ui.LayoutView):
    """One message's content: texts and rows inside one frame."""

    def __init__(self, *parts: str | ui.Item[Any]) -> None:
        super().__init__(timeout=None)
        shown = [ui.TextDisplay[Card](part) if isinstance(part, str) else part for part in parts if part]
        self.add_item(ui.Container[Card](*shown, accent_colour=ACCENT))

    @property
    def text(self) -> str:
        """Everything a member reads in it, labels left out."""
        return "\n".join(item.content for item in self.walk_children() if isinstance(item, ui.TextDisplay))


def button(
    label: str,
    address: str,
    *,
    emoji: str | None = None,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
    disabled: bool = False,
) -> Persistent:
    """A button that outlives restarts; `address` is its route and arguments, joined by colons."""
    return Persistent(
        ui.Button(label=label, custom_id=f"tb:{address}", emoji=emoji, style=style, disabled=disabled)
    )


def menu(
    placeholder: str, address: str, options: Sequence[discord.SelectOption], *, picks: int = 1
) -> ui.ActionRow[Any]:
    """A select that outlives restarts, in a row of its own."""
    select = ui.Select[Card](
        placeholder=placeholder,
        custom_id=f"tb:{address}",
        options=list(options),
        min_values=picks,
        max_values=picks,
    )
    return ui.ActionRow(Persistent(select))


def rows(buttons: Iterable[Persistent | None]) -> list[ui.ActionRow[Any]]:
    """Rows of up to five buttons; None stands for a button that doesn't apply."""
    present = [item for item in buttons if item is not None]
    return [
        ui.ActionRow(*present[start : start + BUTTONS_A_ROW])
        for start in range(0, len(present), BUTTONS_A_ROW)
    ]


def small(text: str) -> str:
    """Discord's small print."""
    return "\n".join(f"-# {line}" for line in text.splitlines())


def pages(entries: Iterable[str], limit: int = PAGE_TEXT) -> list[list[str]]:
    """`entries` in order, cut into pages of at most `limit` characters (an entry is never cut)."""
    cut: list[list[str]] = [[]]
    for entry in entries:
        if cut[-1] and sum(map(len, cut[-1])) + 2 * len(cut[-1]) + len(entry) > limit:
            cut.append([])
        cut[-1].append(entry)
    return cut
