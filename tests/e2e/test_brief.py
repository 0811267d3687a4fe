"""The page before a session, with both of them: set a date, see it first, hold something back, talk about it."""

import pytest
from playwright.async_api import Page, expect

from tests.e2e.devices import Client
from tests.e2e.people import answer, at_rest, button, opened, write_note
from tests.e2e.test_screens import findings

pytestmark = pytest.mark.asyncio(loop_scope="session")
NOTE = "The first ten minutes."
MOST_WORDS = 350


async def brief(laptop: Page, client: Client) -> str:
    """Teresa opens the page; what it says."""
    await laptop.goto(f"/clients/{client.id}/brief")
    await laptop.get_by_role("heading", name="How it has been").wait_for()
    return await laptop.locator("article.brief").inner_text()


async def bring_a_note(page: Page) -> None:
    """Anna checks in, and wants to bring what she wrote."""
    await page.goto("/check-in")
    await write_note(page, NOTE)
    await page.get_by_role("switch", name="Teresa Rossi can read this note").set_checked(True, force=True)
    await page.get_by_role("switch", name="Bring this to my session").set_checked(True, force=True)
    await answer(page, 8)
    await at_rest(page)


async def test_both_read_the_same_page_and_what_is_held_back_is_on_neither(anna: Client) -> None:
    page, laptop = await anna.handset(), await anna.laptop()
    await bring_a_note(page)
    before = await brief(laptop, anna)

    await opened(page, "/settings/brief")
    await page.get_by_role("heading", name="How it has been").wait_for()
    clean = await findings(page)
    how = page.get_by_role("region", name="How it has been")
    await how.get_by_role("switch", name="Hold this part back").set_checked(True, force=True)
    await expect(how.get_by_text("Teresa Rossi does not get this part.")).to_be_visible()
    await at_rest(page)

    after = await brief(laptop, anna)
    assert NOTE in before
    assert ("1 hard moment" in before, "1 hard moment" in after) == (True, False)
    assert "1 part or entry was held back." in after
    assert len(before.split()) <= MOST_WORDS
    assert clean + await findings(laptop) == []


async def test_a_date_is_set_in_two_taps_and_what_was_discussed_leaves_the_page(anna: Client) -> None:
    page, laptop = await anna.handset(), await anna.laptop()
    await bring_a_note(page)
    await laptop.goto(f"/clients/{anna.id}")
    await button(laptop, "Set a date").click()
    await button(laptop, "Set it").click()
    await expect(laptop.get_by_text("Next:")).to_be_visible()

    await laptop.get_by_role("link", name="The page before the session").click()
    await button(laptop, "Discussed").click()
    await expect(laptop.get_by_text("Marked as discussed.")).to_be_visible()

    assert "Nothing was marked to bring." in await brief(laptop, anna)
    await page.reload()
    await at_rest(page)
    await page.goto("/history")
    await page.locator("a.entry").first.click()
    await expect(page.get_by_text("Teresa Rossi marked this as talked about in a session.")).to_be_visible()
