"""Teresa and Anna write a picture and a reply together; Anna's phone plays them, offline too, and sends none of it."""

from playwright.async_api import expect

from tests.e2e.conftest import Phone, Server
from tests.e2e.people import SYNC, button, invite, join, ready_offline, sign_in, start
from tests.e2e.test_main_job import first_page
from tests.e2e.test_screens import findings

IMAGE = "What you wrote together"


async def test_what_was_written_together_is_played_offline(server: Server, laptop: Phone, phone: Phone) -> None:
    server.approves("session-image")
    teresa, anna = await first_page(laptop), await first_page(phone)
    await sign_in(teresa)
    await join(anna, await invite(teresa, "Anna"))
    await button(teresa, "Close").click()

    await button(teresa, "Assign an exercise").click()
    await teresa.get_by_label("Find an exercise").fill("wrote together")
    await button(teresa, f"Choose: {IMAGE}").click()
    await button(teresa, "Assign").click()
    await expect(teresa.get_by_text("Write at least one of the three.")).to_be_visible()
    await expect(teresa.get_by_label("A calm image")).to_be_focused()
    await teresa.get_by_label("A calm image").fill("The bench in the sun.\nA wall behind me.")
    await teresa.get_by_label("A reply you rehearsed").fill("I need ten minutes.")
    problems = await findings(teresa)
    await teresa.get_by_label("We wrote this together, and my client agrees to have it on their phone.").check()
    await button(teresa, "Assign").click()
    await teresa.get_by_text("The words of the two of you", exact=True).click()
    await expect(teresa.get_by_text("I need ten minutes.")).to_be_visible()
    problems += await findings(teresa)

    async with anna.expect_response(SYNC):
        await anna.goto("/")
    await expect(anna.get_by_text(IMAGE).first).to_be_visible()
    await ready_offline(anna)
    sent: list[str] = []
    anna.on("request", lambda request: sent.append(request.post_data or ""))
    await anna.context.set_offline(True)
    await start(anna, "session-image")
    shown: list[str] = []
    while not await button(anna, "Done").is_visible():
        if await anna.locator(".recall").is_visible():
            shown.append(await anna.locator(".recall").inner_text())
        await anna.locator("button.on").click()
    await button(anna, "Done").click()
    await expect(anna.get_by_text("Saved on this phone.")).to_be_visible()
    await anna.context.set_offline(False)
    async with anna.expect_response(SYNC):
        await anna.goto("/")

    assert shown == ["The bench in the sun.\nA wall behind me.", "I need ten minutes."]
    assert problems == []
    assert not [body for body in sent if "bench" in body or "ten minutes" in body]
