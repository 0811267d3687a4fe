"""Every screen, light and dark: axe finds nothing, nothing runs off the side, nothing goes elsewhere."""

from typing import Final

from playwright.async_api import Page

from tests.e2e.axe import objections
from tests.e2e.conftest import Phone, Server
from tests.e2e.people import button, check_in, invite, join, sign_in, start
from tests.e2e.test_main_job import first_page

CLIENT_SCREENS: Final = [
    "/",
    "/practise",
    "/practise/five-stop-scan",
    "/check-in",
    "/history",
    "/settings",
    "/settings/reminders",
    "/settings/therapist",
    "/settings/unsent",
    "/settings/kept",
    "/settings/leave",
    "/settings/leave/import",
    "/settings/leave/delete",
    "/gone",
    "/help",
    "/nowhere",
]


async def findings(page: Page) -> list[str]:
    """What axe objects to on this page once it is here and stands still, in light and in dark, and what runs off its
    side."""
    await page.wait_for_load_state("networkidle")
    await page.locator("h1").first.wait_for()
    await page.emulate_media(color_scheme="light", reduced_motion="reduce")
    found = [f"light, {each}" for each in await objections(page)]
    await page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    found += [f"dark, {each}" for each in await objections(page, colours_only=True)]
    await page.emulate_media(color_scheme="null", reduced_motion="null")
    wide = await page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*found, *(["runs off the side"] if wide else [])]


async def test_every_screen_of_the_client_is_clean(server: Server, laptop: Phone, phone: Phone) -> None:
    teresa, anna = await first_page(laptop), await first_page(phone)
    elsewhere: list[str] = []
    own = (server.origin, "data:", "blob:")
    anna.on("request", lambda request: None if request.url.startswith(own) else elsewhere.append(request.url))
    problems: dict[str, list[str]] = {}
    await anna.goto("/join")
    problems["/join"] = await findings(anna)
    await sign_in(teresa)
    await join(anna, await invite(teresa, "Anna"))
    await check_in(anna, 8)
    problems["saved"] = await findings(anna)
    for path in CLIENT_SCREENS:
        await anna.goto(path)
        await anna.locator("h1").first.wait_for()
        problems[path] = await findings(anna)
    for exercise in ("feet-on-floor", "name-it-gently"):
        await start(anna, exercise)
        problems[exercise] = await findings(anna)
    await button(anna, "Stop").click()
    problems["stopped"] = await findings(anna)

    assert {screen: found for screen, found in problems.items() if found} == {}
    assert elsewhere == []


async def test_every_screen_of_the_therapist_is_clean(laptop: Phone) -> None:
    teresa = await first_page(laptop)
    await teresa.goto("/sign-in")
    problems = {"/sign-in": await findings(teresa)}
    await sign_in(teresa)
    problems["/clients"] = await findings(teresa)
    await invite(teresa, "Anna")
    problems["invite"] = await findings(teresa)
    await button(teresa, "Close").click()
    await teresa.get_by_text("Hand over, supervision, freeze, end").click()
    await teresa.get_by_role("heading", name="Freeze").wait_for()
    problems["client"] = await findings(teresa)
    await button(teresa, "Assign an exercise").click()
    await teresa.get_by_label("Find an exercise").wait_for()
    problems["assign"] = await findings(teresa)

    assert {screen: found for screen, found in problems.items() if found} == {}
