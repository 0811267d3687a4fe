"""Need help now: on every screen, whatever is broken, and at most two taps from a number that can be dialled."""

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Final

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Route, expect

from tests.e2e.devices import Client
from tests.e2e.machines import PHONE, Server
from tests.e2e.network import Network, Way, answered_by
from tests.e2e.people import SYNC, at_rest, button, check_in, opened, pick_country
from tests.e2e.test_screens import findings

pytestmark = pytest.mark.asyncio(loop_scope="session")

ROUTES: Final = [
    "/", "/practise", "/practise/five-stop-scan", "/practise/nothing", "/play/back-in-the-room", "/play/feet-on-floor",
    "/check-in", "/history", "/history/nothing", "/settings", "/settings/unsent", "/settings/kept", "/join",
    "/safety-plan", "/safety-plan/change", "/sign-in", "/clients", "/exercises", "/crisis-lines", "/nowhere",
]  # fmt: skip
SOME: Final = [
    "/",
    "/practise/five-stop-scan",
    "/check-in",
    "/history/nothing",
    "/settings",
    "/safety-plan",
    "/nowhere",
]
EVERYONES: Final = ["/join", "/safety-plan", "/play/back-in-the-room", "/sign-in"]


@pytest_asyncio.fixture(loop_scope="session")
async def bare(browser: Browser, practice: Server) -> AsyncIterator[Page]:
    """A browser where nobody joined, and that keeps nothing for use without a network."""
    context = await browser.new_context(
        viewport={"width": PHONE["width"], "height": PHONE["height"]}, base_url=practice.origin, service_workers="block"
    )
    yield await context.new_page()
    await context.close()


async def joined(anna: Client, page: Page) -> None:
    """The app in this page, joined, on Today."""
    await page.goto(await anna.link())
    await button(page, "Join").click()
    await button(page, "I understand").click()
    await button(page, "That is right for me").click()
    await at_rest(page)


async def far_from_a_number(page: Page) -> bool:
    """Whether two taps are not enough here."""
    link = page.get_by_role("link", name="Need help now")
    await expect(link.first).to_be_in_viewport()
    await link.first.click()
    await expect(page.get_by_role("heading", name="Need help now")).to_be_visible()
    return await page.locator("a[href^='tel:']").count() == 0


async def without_a_number(page: Page, routes: list[str]) -> list[str]:
    """The routes where the way to Help is not in sight; all of them when Help, from the last, has no number."""
    missing: list[str] = []
    link = page.get_by_role("link", name="Need help now").first
    for path in routes:
        await page.goto(path)
        try:
            await expect(link).to_be_in_viewport()
            await expect(link).to_have_attribute("href", "/help")
        except AssertionError:
            missing.append(path)
    return routes if await far_from_a_number(page) else missing


async def test_s14_signed_out_every_screen_leads_to_a_number(bare: Page) -> None:
    assert await without_a_number(bare, ROUTES) == []


async def test_s14_before_the_first_notice_was_read_every_screen_leads_to_a_number(anna: Client, bare: Page) -> None:
    await bare.goto(await anna.link())
    await button(bare, "Join").click()
    await expect(bare.get_by_text("This is not watched live.")).to_be_visible()

    assert await without_a_number(bare, SOME) == []


async def test_s14_signed_in_and_offline_every_screen_leads_to_a_number(anna: Client) -> None:
    page = await anna.handset()
    assert await without_a_number(page, ROUTES) == []

    await page.context.set_offline(True)

    offline = [path for path in ROUTES if path not in ("/sign-in", "/clients", "/exercises", "/crisis-lines")]
    assert await without_a_number(page, offline) == []
    await page.goto("/sign-in")  # its code was never fetched here
    assert not await far_from_a_number(page)


@pytest.mark.parametrize(
    "way",
    [answered_by(500, "text/html", "broken"), answered_by(401, "application/problem+json", '{"type": "/problems/x"}')],
    ids=["the server fails", "the login is gone"],
)
async def test_s14_during_sync_errors_every_screen_leads_to_a_number(anna: Client, way: Way) -> None:
    page = await anna.handset()
    network = await Network.of(page.context)
    network.becomes(way)
    await check_in(page, 3)

    assert await without_a_number(page, SOME) == []


async def test_s14_after_the_account_was_ended_elsewhere_a_number_is_near(anna: Client) -> None:
    page, tablet = await anna.handset(), await anna.tablet()
    await tablet.end_other_logins()
    await page.evaluate("() => dispatchEvent(new Event('online'))")
    await expect(page.get_by_text("signed out from another device", exact=False)).to_be_visible()

    assert not await far_from_a_number(page)
    assert await without_a_number(page, SOME) == []


async def test_s14_where_the_browser_keeps_nothing_a_number_is_near(bare: Page) -> None:
    await bare.add_init_script("IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); }")

    assert await without_a_number(bare, ["/", "/history", "/nowhere", *EVERYONES]) == []


async def test_s14_where_a_screen_breaks_or_can_not_be_fetched_a_number_is_near(anna: Client, bare: Page) -> None:
    await joined(anna, bare)
    broken = "export default () => { throw new Error('broken'); };"
    await bare.route(
        re.compile("/assets/history-"), lambda route: route.fulfill(body=broken, content_type="text/javascript")
    )
    await bare.route(re.compile("/assets/settings-"), lambda route: route.abort())

    await bare.goto("/history")
    await expect(bare.get_by_role("heading", name="This page stopped working")).to_be_visible()
    assert not await far_from_a_number(bare)
    await bare.goto("/settings")
    await expect(bare.get_by_role("heading", name="This page isn't here yet")).to_be_visible()
    assert not await far_from_a_number(bare)


async def test_s14_while_it_is_not_known_yet_who_is_here_help_is_there(bare: Page) -> None:
    await bare.route("**/api/logins/current", lambda _: None)  # never answered

    await bare.goto("/", wait_until="domcontentloaded")

    await expect(bare.get_by_role("link", name="Need help now")).to_be_visible(timeout=1_500)
    assert not await far_from_a_number(bare)


async def test_s14_while_a_screen_is_coming_help_stands_and_so_do_the_tabs(anna: Client, bare: Page) -> None:
    await joined(anna, bare)
    come = asyncio.Event()

    async def late(route: Route) -> None:
        await come.wait()
        await route.continue_()

    await bare.route(re.compile("/assets/settings-"), late)
    await bare.get_by_role("link", name="Settings").click()

    await expect(bare.locator("main[aria-busy]")).to_have_count(1)
    await expect(bare.get_by_role("link", name="Need help now")).to_be_visible()
    await expect(button(bare, "Hide this screen")).to_be_visible()
    await expect(bare.get_by_role("navigation").get_by_role("link", name="Today")).to_be_visible()
    come.set()
    await expect(bare.get_by_role("heading", name="Settings", level=1)).to_be_visible()


async def test_s14_help_stands_when_what_the_practice_adds_breaks(bare: Page) -> None:
    broken = "export default () => { throw new Error('broken'); };"
    await bare.route(
        re.compile("/assets/reach-"), lambda route: route.fulfill(body=broken, content_type="text/javascript")
    )

    await bare.goto("/help", wait_until="networkidle")

    await bare.select_option("#country", "IT")
    await expect(bare.get_by_role("link", name="Call 112")).to_be_visible()


async def test_s15a_a_country_picked_while_the_app_still_starts_stays_picked(anna: Client) -> None:
    page = await anna.handset()

    await page.goto("/help", wait_until="commit")
    await page.select_option("#country", "IT")
    await page.wait_for_load_state("networkidle")

    await expect(page.locator("#country")).to_have_value("IT")
    await expect(page.get_by_role("link", name="Call 112")).to_be_visible()


async def test_s15a_the_country_is_picked_once_and_known_offline(anna: Client) -> None:
    page = await anna.handset()
    await page.goto("/help")
    await expect(page.get_by_text("numbers checked on", exact=False)).to_be_visible()
    await pick_country(page, "GB")
    await expect(page.get_by_role("link", name="Call 999")).to_have_attribute("href", "tel:999")

    await page.context.set_offline(True)
    await page.reload()

    await expect(page.get_by_role("link", name="Call 999")).to_be_visible()
    await expect(page.locator("#country")).to_have_value("GB")


@pytest.mark.parametrize("country", ["", "other"])
async def test_s16_without_a_number_of_the_country_it_says_to_call_the_local_one(bare: Page, country: str) -> None:
    await bare.goto("/help")

    await bare.select_option("#country", country)

    await expect(bare.get_by_text("Call your local emergency number.")).to_be_visible()
    await expect(bare.locator("a[href^='tel:']")).to_have_count(5)
    assert await findings(bare) == []


async def test_s17_opening_help_and_tapping_a_number_sends_and_stores_nothing(anna: Client) -> None:
    page, tablet = await anna.handset(), await anna.tablet()
    await opened(page, "/")
    before = await tablet.records()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/api/" in request.url else None)

    await button(page, "Need help now").click()
    await page.get_by_role("link", name="112").click()
    await page.get_by_role("link", name="112").click(modifiers=["ControlOrMeta"])
    await page.evaluate("() => import('/assets/journal.js').then(({syncSoon}) => syncSoon?.())")

    await expect(page.get_by_role("heading", name="Need help now")).to_be_visible()
    assert asked == []
    assert await page.locator("a[href^='tel:'][onclick], a[ping]").count() == 0
    await opened(page, "/")
    assert await tablet.records() == before


async def test_s20_nothing_opens_before_the_notice_was_acknowledged_and_it_is_repeated(anna: Client) -> None:
    page = await (await anna.empty_phone()).new_page()
    await page.goto(await anna.link())
    await button(page, "Join").click()
    notice = "This is not watched live. Your therapist sees what you share, usually before your session."
    await expect(page.get_by_text(notice)).to_be_visible()
    for path in ("/", "/check-in", "/history", "/settings"):
        await page.goto(path)
        await expect(page.get_by_text(notice)).to_be_visible()
        await expect(page.get_by_role("navigation")).to_have_count(0)
    async with page.expect_response(SYNC):
        await button(page, "I understand").click()
        await button(page, "That is right for me").click()
        await expect(page.get_by_role("navigation")).to_be_visible()

    await page.goto("/settings")
    await expect(page.get_by_text(notice)).to_be_visible()
    await page.goto("/check-in")
    await button(page, "A bit more?").click()
    await expect(page.get_by_text("Nobody reads this live.")).to_be_visible()
    await check_in(page, 8)
    await expect(page.get_by_text("nobody is reading this live", exact=False)).to_be_visible()
    await check_in(page, 9)
    await expect(page.get_by_text("Nobody is reading this live.")).to_be_visible()
    await page.goto("/safety-plan")
    await expect(page.locator("main > *").nth(1)).to_contain_text("Nobody reads this live.")
    await page.goto("/help")
    await expect(page.get_by_text("Nobody watches this app live.", exact=False)).to_be_visible()
