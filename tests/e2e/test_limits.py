"""What a therapist keeps closed for a client is closed on the client's phone, offline too; what they set opens."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.e2e.devices import Client
from tests.e2e.people import button, opened, start
from tests.e2e.test_screens import findings

pytestmark = pytest.mark.asyncio(loop_scope="session")

CLOSED = "Your therapist keeps this one closed for you for now."


async def keep_closed(laptop: Page, client: Client, *what: str) -> None:
    """Teresa opens Anna's page and says what stays closed."""
    await laptop.goto(f"/clients/{client.id}")
    await button(laptop, "Change what is kept closed").click()
    for one in what:
        await laptop.get_by_role("switch", name=re.compile(one)).set_checked(True, force=True)
    await button(laptop, "Save").click()
    await expect(laptop.get_by_role("listitem").filter(has_text=re.compile(what[-1])).first).to_be_visible()


async def test_what_is_kept_closed_is_in_no_list_and_does_not_start_offline_either(anna: Client) -> None:
    page, laptop = await anna.handset(), await anna.laptop()
    await page.goto("/practise")
    await expect(page.locator("a[href='/practise/calm-place']")).to_be_visible()

    await keep_closed(laptop, anna, "Often feels unreal")
    await opened(page, "/practise")

    await expect(page.locator("a[href='/practise/five-senses']")).to_be_visible()
    await expect(page.locator("a[href='/practise/calm-place']")).to_have_count(0)
    await page.context.set_offline(True)
    await page.goto("/play/calm-place")
    await expect(page.get_by_text(CLOSED)).to_be_visible()


async def test_what_the_therapist_sets_opens_all_the_same_with_open_eyes(anna: Client) -> None:
    page, laptop = await anna.handset(), await anna.laptop()
    await keep_closed(laptop, anna, "Often feels unreal")
    await laptop.goto(f"/clients/{anna.id}/assign")
    await laptop.get_by_label("Find an exercise").fill("easy to be in")
    await laptop.get_by_role("button", name=re.compile("Choose")).first.click()
    await expect(laptop.get_by_text("You keep exercises like this closed for")).to_be_visible()
    await button(laptop, "Assign").click()
    await laptop.get_by_role("heading", name="Exercises set").wait_for()

    await opened(page, "/practise/calm-place")
    await button(page, "Start").click()
    await expect(button(page, "Stop")).to_be_visible()

    for _ in range(8):
        await expect(page.get_by_role("radio", name=re.compile("Closed"))).to_have_count(0)
        if not await page.locator("button.on").is_enabled():
            await page.get_by_role("radio").first.check(force=True)
        await page.locator("button.on").click()


async def test_what_was_begun_before_it_was_closed_is_not_gone_on_with(anna: Client) -> None:
    page, laptop = await anna.handset(), await anna.laptop()
    await start(page, "calm-place")
    await page.locator("button.on").click()
    await button(page, "Leave for now").click()
    await expect(button(page, "Go on")).to_be_visible()

    await keep_closed(laptop, anna, "Often feels unreal")
    await opened(page, "/")
    await button(page, "Go on").click()

    await expect(page.get_by_text(CLOSED)).to_be_visible()
    await expect(button(page, "Stop")).to_have_count(0)


async def test_the_page_with_the_form_open_is_clean(anna: Client) -> None:
    laptop = await anna.laptop()
    await laptop.goto(f"/clients/{anna.id}")
    await button(laptop, "Change what is kept closed").click()

    assert await findings(laptop) == []
