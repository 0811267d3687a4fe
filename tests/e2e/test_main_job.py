"""The main job, as two people do it: invite, assign, practise offline, killed in between, sent, read."""

from playwright.async_api import Page, expect

from tests.e2e.conftest import Phone, Server
from tests.e2e.people import assign, button, check_in, invite, join, play_on, ready_offline, sign_in, start


async def first_page(phone: Phone) -> Page:
    context = await phone.open()
    return context.pages[0] if context.pages else await context.new_page()


async def test_an_exercise_and_a_check_in_done_offline_reach_the_therapist_once(
    phone: Phone, laptop: Phone, server: Server
) -> None:
    teresa, anna = await first_page(laptop), await first_page(phone)
    await sign_in(teresa)
    await join(anna, await invite(teresa, "Anna"))
    await button(teresa, "Close").click()
    await assign(teresa, "Feet on the floor")
    await ready_offline(anna)
    await anna.reload()
    await expect(anna.get_by_role("heading", name="Feet on the floor")).to_be_visible()

    server.stop()
    await (await phone.open()).set_offline(True)
    await start(anna, "feet-on-floor")
    await anna.locator("button.on").click()
    await anna.locator("button.on").click()
    before = await anna.locator(".player-progress").inner_text()
    await phone.kill()

    anna = await first_page(phone)
    await (await phone.open()).set_offline(True)
    await anna.goto("/")
    await button(anna, "Go on").click()
    await expect(anna.locator(".player-progress")).to_have_text(before)
    await play_on(anna)
    await button(anna, "Done").click()
    await expect(anna.get_by_text("Saved on this phone.")).to_be_visible()
    await check_in(anna, 7)
    await phone.kill()

    server.start()
    anna = await first_page(phone)
    await anna.goto("/")
    await expect(anna.get_by_text("Everything shared is sent")).to_be_visible()
    await teresa.reload()
    journal = teresa.locator("main")
    await expect(journal.get_by_text("Check-in")).to_have_count(1)
    await expect(journal.get_by_text("Finished", exact=False).first).to_be_visible()
