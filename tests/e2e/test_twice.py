"""A button that is tapped twice, before anything could be drawn, does what it does once."""

import pytest
from playwright.async_api import Page, expect

from tests.e2e.devices import Client
from tests.e2e.people import button, status

pytestmark = pytest.mark.asyncio(loop_scope="session")

SENT = "Everything shared is sent"


async def tap_twice(page: Page, name: str) -> None:
    """Both taps in one go."""
    await button(page, name).evaluate("(button) => { button.click(); button.click(); }")


async def test_a_check_in_is_saved_once(anna: Client) -> None:
    page = await anna.handset()
    await page.goto("/check-in")
    await page.get_by_role("radio", name="5", exact=True).check(force=True)

    await tap_twice(page, "Save")

    await expect(page.get_by_text("Saved on this phone.")).to_be_visible()
    await expect(status(page)).to_have_text(SENT)
    assert len(await (await anna.tablet()).records("checkin")) == 1


async def test_a_reminder_is_made_once(anna: Client) -> None:
    page = await anna.handset()
    await page.goto("/settings")
    await button(page, "Pick a time").click()

    await tap_twice(page, "Save")

    await expect(button(page, "Add a reminder")).to_be_visible()
    await expect(status(page)).to_have_text(SENT)
    assert len(await (await anna.tablet()).records("plan")) == 1
