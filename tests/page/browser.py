"""The system's Chromium, and a page in it that remembers what went wrong."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from playwright.async_api import Browser, ConsoleMessage, Locator, Page, async_playwright, expect

FLAGS = [
    "--no-sandbox",  # it runs as root in a container, too
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE = 15_000.0  # milliseconds; a busy machine is slow
DESKTOP, PHONE = {"width": 1360, "height": 860}, {"width": 390, "height": 844}


def found() -> str | None:
    """Where a browser is installed; none is ever downloaded."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@asynccontextmanager
async def launched() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found(), args=FLAGS)
        yield browser
        await browser.close()


@dataclass
class Screen:
    """A page as somebody in front of it uses it."""

    page: Page
    faults: list[str] = field(default_factory=list)

    def heed(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self.faults.append(said.text)

    @property
    def messages(self) -> Locator:
        return self.page.get_by_role("log", name="Messages")

    @property
    def newest(self) -> Locator:
        return self.messages.get_by_role("article").last

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    async def type_command(self, command: str) -> None:
        """Choose it in the picker, by keyboard alone."""
        await self.page.locator("body").press("/")
        await self.page.keyboard.type(command)
        await self.page.get_by_role("option", name=f"/{command}").first.wait_for()
        await self.page.keyboard.press("Enter")
        await self.page.get_by_role("form", name=f"/{command}").wait_for()

    async def command(self, command: str) -> None:
        """Choose a command that needs no option, and send it."""
        await self.type_command(command)
        await self.page.get_by_role("button", name="Send").press("Enter")
        await self.page.get_by_role("combobox", name="Message #").wait_for()

    async def look_as(self, member: str) -> None:
        chooser = self.page.get_by_label("Look as")
        named = await chooser.get_by_role("option").filter(has_text=member).first.inner_text()
        await chooser.select_option(label=named)
        await self.page.get_by_role("heading", name=f"{member}'s phone").wait_for()

    async def go_to(self, channel: str) -> None:
        await self.page.get_by_role("navigation").get_by_role("button", name=channel).first.click()
        await self.page.get_by_role("heading", name=channel, level=1).wait_for()


@asynccontextmanager
async def screen(
    browser: Browser,
    address: str,
    *,
    size: dict[str, int] | None = None,
    scheme: Literal["light", "dark"] = "light",
    **more: Any,
) -> AsyncIterator[Screen]:
    """A new profile with one page at `address`, which has drawn its first messages."""
    viewport: Any = size or DESKTOP
    context = await browser.new_context(viewport=viewport, color_scheme=scheme, locale="en-GB", **more)
    shown = Screen(await context.new_page())
    shown.page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    shown.page.on("console", shown.heed)
    shown.page.on("pageerror", lambda error: shown.faults.append(str(error)))
    await shown.page.goto(address)
    await shown.messages.get_by_role("article").first.wait_for()
    yield shown
    await context.close()
