"""Nothing is approved yet: wherever Teresa or Anna meet an exercise they are told, and only low ones open."""

from playwright.async_api import Page, expect

from tests.e2e.conftest import Phone, Server
from tests.e2e.people import SYNC, answer, button, invite, join, sign_in
from tests.e2e.test_main_job import first_page

DRAFT = "draft, not yet approved by your practice"
NAMED = "Name it gently"


async def offered(page: Page) -> set[str]:
    """The ids of the exercises Anna may start by herself."""
    await expect(page.locator(".shelf-words").first).to_be_visible()
    ids: list[str] = await page.locator("a.row-link").evaluate_all(
        "all => all.map(one => one.pathname.split('/').at(-1))"
    )
    return set(ids)


async def test_a_draft_is_told_wherever_it_is_met_until_it_is_approved(
    server: Server, laptop: Phone, phone: Phone
) -> None:
    teresa, anna = await first_page(laptop), await first_page(phone)
    await sign_in(teresa)
    await join(anna, await invite(teresa, "Anna"))
    await button(teresa, "Close").click()

    await button(teresa, "Assign an exercise").click()
    await teresa.get_by_label("Find an exercise").fill(NAMED)
    card = teresa.get_by_role("article").filter(has=teresa.get_by_role("heading", name=NAMED))
    await expect(card).to_contain_text(DRAFT)
    await button(teresa, f"Choose: {NAMED}").click()
    await expect(teresa.get_by_role("region", name="What your client will see")).to_contain_text(DRAFT)
    await button(teresa, "Assign").click()
    await expect(teresa.get_by_role("article").filter(has_text=NAMED)).to_contain_text(DRAFT)
    await teresa.goto("/exercises/name-it-gently/preview")
    await expect(teresa.get_by_text("Draft, not yet approved by your practice")).to_be_visible()

    async with anna.expect_response(SYNC):
        await anna.goto("/")
    await expect(anna.get_by_role("region", name=NAMED)).to_contain_text(DRAFT)
    await anna.goto("/check-in")
    await answer(anna, 3)
    await expect(anna.get_by_role("link", name=NAMED)).to_contain_text(DRAFT)
    await anna.goto("/practise")
    await expect(anna.get_by_role("article").filter(has_text=NAMED)).to_contain_text(DRAFT)
    open_now = await offered(anna)
    await expect(anna.locator("a.row-link").filter(has_text=NAMED)).to_contain_text(DRAFT)
    await anna.goto("/practise/name-it-gently")
    await expect(anna.get_by_text("Draft, not yet approved by your practice")).to_be_visible()
    await anna.goto("/play/next-step-preview")
    await expect(anna.get_by_text("Your practice has not approved this one yet")).to_be_visible()
    await expect(button(anna, "Start")).to_have_count(0)

    server.approves("name-it-gently", "next-step-preview")
    async with anna.expect_response("**/api/logins/current"):
        await anna.goto("/practise")
    await expect(anna.locator("a.row-link").filter(has_text="Preview a small step")).to_be_visible()
    await expect(anna.locator("a.row-link").filter(has_text=NAMED)).not_to_contain_text(DRAFT)
    await expect(anna.get_by_role("article").filter(has_text=NAMED)).not_to_contain_text(DRAFT)

    assert "name-it-gently" in open_now
    assert (await offered(anna)) - open_now == {"next-step-preview"}
