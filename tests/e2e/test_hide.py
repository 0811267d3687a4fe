"""Out of sight in one tap: nothing of theirs is on screen, in the name of the tab or behind Back. Nothing is lost."""

import re
from typing import Final

import pytest
from playwright.async_api import Page, expect

from tests.e2e.devices import Client
from tests.e2e.people import button, start, write_note
from tests.e2e.test_screens import findings

pytestmark = pytest.mark.asyncio(loop_scope="session")

NOTE: Final = "about the call"
OURS: Final = re.compile("Midweek|Check in|History|Practise|Anna|Saved", re.IGNORECASE)


async def hide(page: Page) -> None:
    await button(page, "Hide this screen").click()
    await expect(button(page, "Open")).to_be_visible()


async def test_s27_one_tap_shows_a_page_that_says_nothing_and_back_shows_no_more(anna: Client) -> None:
    page = await anna.handset()
    await page.goto("/history")
    await page.goto("/check-in")
    await write_note(page, NOTE)

    await hide(page)

    seen = [await page.locator("body").inner_text(), await page.title()]
    await page.go_back()
    await expect(button(page, "Open")).to_be_visible()
    seen.append(await page.locator("body").inner_text())
    await page.reload()
    await expect(button(page, "Open")).to_be_visible()
    seen.append(await page.locator("body").inner_text())
    assert [one for one in seen if OURS.search(one)] == []


async def test_s27_what_was_being_written_is_there_when_it_is_opened_again(anna: Client) -> None:
    page = await anna.handset()
    await page.goto("/check-in")
    await write_note(page, NOTE)
    await hide(page)

    await button(page, "Open").click()
    await page.goto("/check-in")

    await expect(page.get_by_label("Anything you want to note?")).to_have_value(NOTE)


async def test_s27_an_exercise_is_hidden_too_and_can_be_gone_on_with(anna: Client) -> None:
    page = await anna.handset()
    await start(page, "feet-on-floor")
    await page.locator("button.on").click()
    await hide(page)

    await button(page, "Open").click()

    await expect(page.get_by_role("heading", level=1)).to_contain_text("Anna")
    await expect(page.get_by_role("link", name=re.compile("Go on"))).to_be_visible()


async def test_s27_help_and_grounding_open_while_it_is_hidden(anna: Client) -> None:
    page = await anna.handset()
    await hide(page)
    await button(page, "Help").click()

    await expect(page.get_by_role("heading", name="Need help now")).to_be_visible()
    await page.goto("/play/back-in-the-room")
    await expect(button(page, "Stop")).to_be_visible()


async def test_the_hidden_page_is_clean(anna: Client) -> None:
    page = await anna.handset()
    await hide(page)

    assert await findings(page) == []
