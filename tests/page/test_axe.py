"""What axe finds: nothing serious or critical, in light and dark, wide and narrow, with what opens opened."""

from typing import Literal

import pytest
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]
from playwright.async_api import Browser

from bot.rehearsal.page.stand import Stand
from tests.page.browser import DESKTOP, PHONE, Screen, screen

GRAVE = {"serious", "critical"}


async def grave(shown: Screen) -> list[str]:
    found = (await Axe().run(shown.page)).response["violations"]
    return [
        f"{fault['impact']} {fault['id']}: {[node['html'][:160] for node in fault['nodes'][:4]]}"
        for fault in found
        if fault["impact"] in GRAVE
    ]


@pytest.mark.asyncio
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_nothing_grave_on_the_desk(
    stand: Stand, browser: Browser, scheme: Literal["light", "dark"]
) -> None:
    async with screen(browser, stand.address, size=DESKTOP, scheme=scheme) as shown:
        await shown.command("miracle versions")
        await shown.newest.get_by_role("button", name="Sources").click()
        await shown.newest.get_by_text("Only you can see this").wait_for()
        await shown.button("Log").click()
        assert await grave(shown) == []
        await shown.newest.get_by_role("button", name="More about").focus()
        await shown.page.keyboard.press("Enter")
        assert await grave(shown) == []
        await shown.page.keyboard.press("Escape")
        await shown.type_command("miracle compare")
        await shown.page.get_by_role("option").first.wait_for()
        assert await grave(shown) == []
        await shown.button("Crash the bot").click()
        await shown.page.get_by_text("What its members press now fails").wait_for()
        await shown.go_to("lounge")
        assert await grave(shown) == []
        await shown.go_to("film-talk")
        assert await grave(shown) == []


@pytest.mark.asyncio
async def test_nothing_grave_on_a_phone(stand: Stand, browser: Browser) -> None:
    async with screen(browser, stand.address, size=PHONE, scheme="dark", has_touch=True) as shown:
        assert await grave(shown) == []
        await shown.button("Channels").click()
        assert await grave(shown) == []
        await shown.page.keyboard.press("Escape")
        await shown.button("Mina").click()
        assert await grave(shown) == []


@pytest.mark.asyncio
async def test_nothing_grave_in_a_form_or_a_card_with_a_picture(probe: Screen) -> None:
    await probe.command("pick")
    await probe.newest.get_by_role("combobox", name="Open a version").click()
    assert await grave(probe) == []
    await probe.command("card")
    assert await grave(probe) == []
    await probe.newest.get_by_role("button", name="More…").click()
    await probe.page.get_by_role("dialog").wait_for()
    assert await grave(probe) == []
