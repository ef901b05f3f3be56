"""Photographs the page in its main states, for `make shots`: var/shots/, and two for the README in docs/."""

import asyncio
import sys
from itertools import product
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Literal

from playwright.async_api import Browser

from bot.rehearsal.page.stand import Stand, put_up
from tests.page.browser import DESKTOP, PHONE, Screen, found, launched, screen

ROOT = Path(__file__).resolve().parents[1]
SHOTS, DOCS = ROOT / "var" / "shots", ROOT / "docs"
IN_README = {"desktop-light-card": "page-desktop", "phone-dark-card": "page-phone"}
SIZES = {"desktop": DESKTOP, "phone": PHONE}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


async def main() -> None:
    if found() is None:
        sys.exit("make shots needs a Chromium on this machine")
    SHOTS.mkdir(parents=True, exist_ok=True)
    async with launched() as browser:
        for (name, size), scheme in product(SIZES.items(), SCHEMES):
            with TemporaryDirectory(prefix="tissuebox-") as home:
                env = {"DATABASE_URL": f"sqlite:///{home}/shots.db"}
                argv = [sys.executable, "-m", "bot", "run", "--follow-clock"]
                async with put_up(argv, env=env, cwd=ROOT) as stand:
                    await _series(browser, stand, f"{name}-{scheme}", size, scheme)
    DOCS.mkdir(exist_ok=True)
    for shot, name in IN_README.items():
        copyfile(SHOTS / f"{shot}.png", DOCS / f"{name}.png")


async def _series(
    browser: Browser, stand: Stand, name: str, size: dict[str, int], scheme: Literal["light", "dark"]
) -> None:
    """One visitor's way through the page, with a picture at each stop."""
    narrow = size is PHONE
    async with screen(browser, stand.address, size=size, scheme=scheme, device_scale_factor=1.5) as shown:

        async def shoot(state: str) -> None:
            await shown.page.wait_for_timeout(250)  # a drawer slides, a picture is decoded
            await shown.page.screenshot(path=SHOTS / f"{name}-{state}.png")

        await _picker(shown)
        await shoot("picker")
        await shown.page.keyboard.press("Enter")
        await shown.page.get_by_role("button", name="Send").press("Enter")
        await shown.newest.get_by_role("combobox").wait_for()
        await shoot("card")
        await shown.newest.get_by_role("combobox").click()
        await shoot("select")
        await shown.page.get_by_role("option").nth(2).click()
        await shown.newest.get_by_text("Only you can see this").wait_for()
        await shoot("only-you")
        await shown.type_command("miracle compare")
        await shown.page.get_by_role("option").first.wait_for()
        await shoot("options")
        await shown.page.keyboard.press("Escape")
        await shown.page.keyboard.press("Escape")
        await _elsewhere(shown, "lounge", narrow=narrow)
        await shoot("spoiler")
        await _elsewhere(shown, "requests", narrow=narrow)
        await shoot("poll")
        await _elsewhere(shown, "film-talk", narrow=narrow)
        await shoot("forum")
        await _elsewhere(shown, "cinema", narrow=narrow)
        await shown.page.get_by_role("button", name="Log").first.click()
        await shoot("log")
        await shown.button("Close the log").click()
        if narrow:
            await shown.button("Channels").click()
            await shoot("channels")
            await shown.page.keyboard.press("Escape")
            await shown.button("Mina").click()
            await shoot("panel")
        await shown.button("Crash the bot").click()
        await shown.page.get_by_text("Tissue Box is down", exact=True).wait_for()
        await shoot("down")


async def _picker(shown: Screen) -> None:
    await shown.page.locator("body").press("/")
    await shown.page.keyboard.type("miracle versions")
    await shown.page.get_by_role("option", name="/miracle versions").wait_for()


async def _elsewhere(shown: Screen, place: str, *, narrow: bool) -> None:
    if narrow:
        await shown.button("Channels").click()
    await shown.go_to(place)


if __name__ == "__main__":
    asyncio.run(main())
