"""Pictures drawn beside the event loop, one at a time, so that memory holds one of them at most."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from io import BytesIO
from typing import Any

import discord
from discord import ui
from msgspec import Struct

ALT_LIMIT = 1024


class Figure(Struct, frozen=True):
    """One bar of a picture to draw."""

    label: str
    figure: str
    height: float


class Picture(Struct, frozen=True):
    """A drawn picture and the words that say all that it shows."""

    name: str
    png: bytes
    alt: str

    def file(self) -> discord.File:
        """What is sent along; made anew for each send, which uses it up."""
        return discord.File(BytesIO(self.png), self.name, description=self.alt)

    def item(self) -> ui.MediaGallery[Any]:
        """Where the card shows it."""
        return ui.MediaGallery(discord.MediaGalleryItem(f"attachment://{self.name}", description=self.alt))


class Pictures:
    """The one thread that draws."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pictures")

    async def bars(self, name: str, alt: str, figures: Sequence[Figure]) -> Picture:
        """Bars side by side as `<name>.png`; `alt` is cut at Discord's limit."""
        return await self._drawn(name, alt, partial(_bars, figures))

    async def tape(
        self, name: str, alt: str, minutes: Sequence[int | None], marked: Sequence[int]
    ) -> Picture:
        """Taps minute by minute, those in `marked` named."""
        return await self._drawn(name, alt, partial(_tape, minutes, marked))

    async def _drawn(self, name: str, alt: str, draw: Callable[[], bytes]) -> Picture:
        png = await asyncio.get_running_loop().run_in_executor(self._thread, draw)
        return Picture(f"{name}.png", png, alt[:ALT_LIMIT])


def _bars(figures: Sequence[Figure]) -> bytes:
    from bot.charts import Bar, bars_png  # noqa: PLC0415 - Pillow takes 24 MB that a quiet bot never needs

    return bars_png([Bar(each.label, each.figure, each.height) for each in figures])


def _tape(minutes: Sequence[int | None], marked: Sequence[int]) -> bytes:
    from bot.tape_chart import tape_png  # noqa: PLC0415 - as above

    return tape_png(minutes, marked)
