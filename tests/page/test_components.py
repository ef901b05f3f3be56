"""Every kind of component, form, option and menu, pressed in a browser; what members type is shown, not run."""

import pytest
from playwright.async_api import expect

from bot.rehearsal.page.stand import Stand
from tests.page.browser import Screen

CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"
COMPLETED = "Mina: /search → choices"
MARKUP = '<img src=x onerror="window.ran = true"><script>window.ran = true</script>'


@pytest.mark.asyncio
async def test_a_card_shows_its_picture_and_opens_a_form(probe: Screen) -> None:
    page = probe.page
    await probe.command("card")
    picture = probe.newest.get_by_role("img", name="A chart of tissues")
    await expect(picture).to_be_visible()
    assert await picture.evaluate("image => new URL(image.src).origin") == await page.evaluate("origin")
    await probe.newest.get_by_role("button", name="Add").click()
    await expect(probe.newest).to_contain_text("1 tissues")
    await expect(probe.newest).to_contain_text("(edited)")
    await expect(probe.newest.get_by_role("button", name="Add")).to_be_focused()

    await probe.newest.get_by_role("button", name="More…").click()
    form = page.get_by_role("dialog", name="How many tissues?")
    await form.get_by_label("Tissues").fill("12")
    await form.get_by_role("button", name="Submit").click()
    await expect(form).to_be_visible()  # no mood was chosen
    await form.get_by_role("radio", name="Wet").check()
    await form.get_by_label("Again?").check()
    await form.get_by_role("button", name="Submit").click()
    await expect(form).to_have_count(0)
    await expect(probe.newest).to_contain_text("12 tissues, wet, again: True")


@pytest.mark.asyncio
async def test_selects_of_texts_and_of_members(probe: Screen) -> None:
    page = probe.page
    await probe.command("pick")
    opener = probe.newest.get_by_role("combobox", name="Hand over to")
    await opener.press("ArrowDown")
    await page.get_by_role("option", name="@Kemal").wait_for()
    await opener.press("Escape")
    await expect(page.get_by_role("option", name="@Kemal")).to_have_count(0)
    await opener.click()
    await page.get_by_role("option", name="@Kemal").click()
    await expect(probe.newest).to_contain_text("over to Kemal")


@pytest.mark.asyncio
async def test_options_are_checked_before_anything_is_sent(probe: Screen) -> None:
    page = probe.page
    await probe.type_command("search")
    await page.get_by_role("combobox", name="query").fill("any")
    await page.get_by_role("textbox", name="limit").fill("9")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("It takes 1 to 5.")).to_be_visible()
    await expect(page.get_by_text("This option is required.")).to_be_visible()
    await page.get_by_label("where").select_option(label="#lounge")
    await page.get_by_role("textbox", name="limit").fill("2")
    await page.keyboard.press("Enter")
    await expect(probe.newest).to_contain_text("any in lounge, 2")


@pytest.mark.asyncio
async def test_a_late_completion_does_not_open_the_list_again(probed: Stand, probe: Screen) -> None:
    discord_, page = probed.stage.discord, probe.page
    await probe.type_command("search")
    query = page.get_by_role("combobox", name="query")
    await query.press_sequentially("m")
    await page.get_by_role("option", name="Miracle").wait_for()
    answered = [line.text for line in discord_.world.feed.lines].count(COMPLETED)
    discord_.switches.delay("POST", CALLBACK, 0.5)
    await query.press_sequentially("i")
    await query.press("Enter")
    await expect(query).to_have_value("Miracle in Cell No. 7")
    await discord_.until(lambda: [li.text for li in discord_.world.feed.lines].count(COMPLETED) > answered)
    await page.wait_for_timeout(300)  # nothing opens, and nothing is what is waited for
    await expect(page.get_by_role("option", name="Miracle")).to_have_count(0)


@pytest.mark.asyncio
async def test_a_right_click_opens_the_message_menu(probe: Screen) -> None:
    page = probe.page
    await page.get_by_role("combobox", name="Message #cinema").fill("the end")
    await page.keyboard.press("Enter")
    await expect(probe.newest).to_contain_text("the end")
    await probe.newest.click(button="right")
    await page.get_by_role("combobox", name="Message #cinema").focus()
    await expect(page.get_by_role("menuitem")).to_have_count(0)
    await probe.newest.click(button="right")
    await page.get_by_role("menuitem", name="Hide as spoiler").press("Enter")
    await expect(probe.newest.get_by_role("button", name="Spoiler")).to_be_visible()
    await expect(probe.newest.get_by_text("the end")).to_be_hidden()
    await probe.newest.get_by_role("button", name="Spoiler").press("Enter")
    await expect(probe.newest.get_by_text("the end")).to_be_visible()


@pytest.mark.asyncio
async def test_a_long_press_opens_it_too(probe: Screen) -> None:
    await probe.newest.dispatch_event("pointerdown", {"pointerType": "touch", "clientX": 400, "clientY": 300})
    menu = probe.page.get_by_role("menuitem", name="Hide as spoiler")
    await expect(menu).to_be_focused()
    await probe.page.keyboard.press("Escape")
    await expect(menu).to_have_count(0)
    await probe.newest.dispatch_event("pointerdown", {"pointerType": "touch"})
    await probe.newest.dispatch_event("pointerup", {"pointerType": "touch"})
    await probe.page.wait_for_timeout(
        700
    )  # nothing comes of a short press, and nothing is what is waited for
    await expect(menu).to_have_count(0)


@pytest.mark.asyncio
async def test_thinking_turns_into_an_answer_and_silence_into_a_failure(probed: Stand, probe: Screen) -> None:
    deadline = probed.stage.discord.world.deadlines.answer
    await probe.command("slow")
    await expect(probe.newest).to_contain_text("thought about it")
    await probe.type_command("silent")
    await probe.page.get_by_role("button", name="Send").press("Enter")
    failure = probe.page.get_by_role("alert").filter(has_text="This interaction failed")
    await expect(failure).to_be_visible(timeout=(deadline + 5) * 1000)


@pytest.mark.asyncio
async def test_mentions_and_links_lead_to_their_channel_and_message(probed: Stand, probe: Screen) -> None:
    stage = probed.stage
    lounge = next(c for c in stage.guild.channels.values() if c.name == "lounge")
    first = lounge.history()[0]
    link = f"https://discord.com/channels/{stage.guild.id}/{lounge.id}/{first.id}"
    stage.club.first.say(stage.club.cinema, f"in <#{lounge.id}> [they]({link}) said")
    await probe.newest.get_by_role("link", name="they").click()
    await expect(probe.page.get_by_role("heading", name="lounge", level=1)).to_be_visible()
    await expect(probe.messages.locator(f'[data-message="{first.id}"]')).to_be_in_viewport()
    await probe.go_to("cinema")
    await probe.newest.get_by_role("button", name="#lounge").click()
    await expect(probe.page.get_by_role("heading", name="lounge", level=1)).to_be_visible()
    assert len(probe.page.context.pages) == 1


@pytest.mark.asyncio
async def test_markup_is_shown_and_not_run_wherever_it_gets_to(probed: Stand, probe: Screen) -> None:
    guild = probed.stage.guild
    guild.rename_channel(probed.stage.club.cinema, MARKUP)
    nasty = guild.member(MARKUP)
    nasty.say(probed.stage.club.cinema, MARKUP)
    await expect(probe.newest.get_by_text(MARKUP).first).to_be_visible()
    await expect(probe.page.get_by_role("navigation").get_by_text(MARKUP)).to_be_visible()
    await expect(probe.page.get_by_role("heading", level=1)).to_contain_text(MARKUP)
    await expect(probe.page.get_by_role("complementary").get_by_text(MARKUP).last).to_be_visible()
    assert await probe.page.evaluate("window.ran") is None
    assert await probe.page.locator("#frame img").count() == 0
