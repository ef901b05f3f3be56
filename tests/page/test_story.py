"""A visitor's first minutes, in a browser: nothing but what they can see and press."""

import re

import pytest
from playwright.async_api import expect

from tests.page.browser import Screen


@pytest.mark.asyncio
async def test_a_visitor_asks_opens_reveals_switches_crashes_and_presses_again(demo: Screen) -> None:
    page = demo.page
    await demo.command("miracle versions")
    card = demo.newest
    await expect(card).to_contain_text("7. Koğuştaki Mucize")
    await expect(card).to_contain_text("Mina used /miracle versions")

    await card.get_by_role("combobox", name="Open a version").click()
    await page.get_by_role("option", name="7. Koğuştaki Mucize").click()
    await expect(demo.newest).to_contain_text("Mehmet Ada Öztekin")
    await expect(demo.newest).to_contain_text("Only you can see this")

    await demo.go_to("lounge")
    secret = demo.messages.get_by_text("two")
    await expect(secret).to_be_hidden()
    await demo.messages.get_by_role("button", name="Spoiler").click()
    await expect(secret).to_be_visible()

    await demo.go_to("cinema")
    await expect(demo.newest).to_contain_text("Only you can see this")
    await demo.look_as("Kemal")
    await expect(demo.newest).to_contain_text("Mina used /miracle versions")
    await expect(demo.messages.get_by_text("Only you can see this")).to_have_count(0)

    await demo.button("Crash the bot").click()
    await expect(page.get_by_text("Tissue Box is down", exact=True)).to_be_visible()
    await demo.newest.get_by_role("button", name="Sources").click()
    await expect(demo.newest.get_by_role("alert")).to_contain_text("This interaction failed")
    await page.get_by_role("complementary").get_by_role("button", name="Start it").click()
    await expect(page.get_by_text("Tissue Box is connected")).to_be_visible()
    await demo.newest.get_by_role("button", name="Sources").click()
    await expect(demo.newest).to_contain_text("Only you can see this")
    await expect(demo.newest).to_contain_text("sources")


@pytest.mark.asyncio
async def test_an_answer_for_one_can_be_put_away(demo: Screen) -> None:
    await demo.command("help")
    answer = demo.messages.get_by_text("Only you can see this")
    await expect(answer).to_be_visible()
    await demo.button("Dismiss this answer").press("Enter")
    await expect(answer).to_have_count(0)
    await demo.command("miracle versions")
    await expect(answer).to_have_count(0)


@pytest.mark.asyncio
async def test_the_picker_and_autocomplete_obey_the_keyboard(demo: Screen) -> None:
    page = demo.page
    await demo.type_command("miracle compare")
    await page.keyboard.type("kogus")
    await page.get_by_role("option", name="Koğuştaki").wait_for()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("This option is required.")).to_be_visible()
    await expect(page.get_by_role("combobox", name="other")).to_be_focused()
    await page.keyboard.type("2013")
    await page.get_by_role("option", name="2013").first.wait_for()
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    await expect(demo.newest).to_contain_text("Mina used /miracle compare")
    await page.keyboard.press("/")
    await page.get_by_role("option", name="/miracle cast").wait_for()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("option", name="/miracle cast")).to_have_count(0)


@pytest.mark.asyncio
async def test_only_admins_are_offered_the_settings_and_everybody_in_their_language(demo: Screen) -> None:
    page = demo.page
    await page.keyboard.press("/")
    await page.get_by_role("option", name="/help").wait_for()
    await expect(page.get_by_role("option", name="/club settings")).to_have_count(0)
    await demo.look_as("Ada")
    await page.locator("body").press("/")
    await expect(page.get_by_role("option", name="/club settings")).to_be_visible()


@pytest.mark.asyncio
async def test_the_log_says_what_happened_and_how_long_it_took(demo: Screen) -> None:
    await demo.button("Log").click()
    await demo.command("miracle versions")
    log = demo.page.get_by_role("log", name="Calls and events")
    await expect(log).to_contain_text("INTERACTION_CREATE")
    await expect(log).to_contain_text("/miracle versions → message")
    await expect(log.locator("div", has_text="/callback").last).to_contain_text(" ms")
    await demo.button("Drop the connection").click()
    await expect(log).to_contain_text("RESUME: the bot gets what it missed")
    await demo.button("Rate-limit for 10 s").click()
    await expect(demo.page.get_by_text("Discord answers the bot “429, wait”")).to_be_visible()
    await expect(demo.page.get_by_text("against the rules").first).to_be_hidden()


@pytest.mark.asyncio
async def test_it_works_at_phone_width_with_drawers(demo: Screen) -> None:
    page = demo.page
    await page.set_viewport_size({"width": 390, "height": 844})
    await expect(page.get_by_role("navigation")).to_be_hidden()
    await demo.button("Channels").click()
    await page.get_by_role("navigation").get_by_role("button", name="lounge").click()
    await expect(page.get_by_role("heading", name="lounge", level=1)).to_be_visible()
    await expect(page.get_by_role("navigation")).to_be_hidden()
    await demo.button("Mina").click()
    await expect(page.get_by_label("Look as")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.get_by_label("Look as")).to_be_hidden()
    overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert overflow <= 0


@pytest.mark.asyncio
async def test_the_newest_message_stays_in_sight_when_something_opens_below(demo: Screen) -> None:
    await demo.command("miracle versions")
    await demo.newest.get_by_role("button", name="Sources").click()
    end = demo.newest.get_by_text("Only you can see this")
    await expect(end).to_be_in_viewport()
    await demo.go_to("film-talk")
    await demo.go_to("cinema")
    await demo.button("Log").click()
    await expect(end).to_be_in_viewport()
    await demo.type_command("miracle compare")
    await expect(end).to_be_in_viewport()


@pytest.mark.asyncio
async def test_every_member_reads_times_in_their_own_zone(demo: Screen) -> None:
    time = demo.messages.get_by_role("article").first.locator("time")
    await expect(time).to_have_attribute("title", re.compile(r"\(Europe/London\)$"))
    in_london = await time.inner_text()
    await demo.look_as("Hana")
    await expect(time).to_have_attribute("title", re.compile(r"\(Asia/Seoul\)$"))
    assert await time.inner_text() != in_london


@pytest.mark.asyncio
async def test_the_clock_moves_the_page_and_the_bot(demo: Screen) -> None:
    panel = demo.page.get_by_role("complementary")
    await demo.button("+1 week").click()
    await expect(panel.get_by_text("7 d ahead of the real time")).to_be_visible()
    await expect(demo.button("To the next thing due")).to_be_disabled()
    await demo.command("miracle quiz")
    await demo.button("To the next thing due").click()
    await expect(demo.newest).to_contain_text("Question 2")
