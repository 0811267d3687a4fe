"""The practice's crisis lines: an admin enters and checks them, and the phones have them, also without a network."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.e2e.devices import Client
from tests.e2e.machines import Server
from tests.e2e.people import at_rest, button, check_in, opened, pick_country
from tests.e2e.test_screens import findings

pytestmark = pytest.mark.asyncio(loop_scope="session")

FIRST, SECOND = (f"01a0c000-0000-7000-8000-00000000030{n}" for n in (1, 2))
TODAY: Final = datetime.now(UTC).date()
LINE: Final = {
    "name": "Night line", "number": "00 116 000", "hours": "every night", "checked_on": TODAY.isoformat(),
    "checked_by": "Ada Bianchi", "sms": "00 85258", "chat": "https://chat.example.org/now",
}  # fmt: skip
CONTACT: Final = {"words": "Weekdays, 9 to 17.", "number": "00 555 0100", "mail": "lake@example.org"}
ASKED: Final = "**/api/crisis-lines"


class Ada:
    """The practice's admin, at the server itself."""

    def __init__(self, server: Server) -> None:
        self._http = server.signed_in("ada")
        self.cookies: dict[str, str] = dict(self._http.cookies)

    def enters(self, line: str, **changes: object) -> None:
        """A line, new or changed."""
        self._http.put(f"/api/crisis-lines/{line}", json=LINE | changes).raise_for_status()

    def says(self, contact: dict[str, str]) -> None:
        """How the therapist can be reached."""
        self._http.put("/api/practice/contact", json=contact).raise_for_status()

    def close(self) -> None:
        """End the connection."""
        self._http.close()

    def removes(self) -> None:
        """All of it."""
        for line in self._http.get("/api/crisis-lines").json()["lines"]:
            self._http.delete(f"/api/crisis-lines/{line['id']}").raise_for_status()
        self._http.delete("/api/practice/contact").raise_for_status()


@pytest.fixture
def ada(practice: Server) -> Iterator[Ada]:
    """Ada, with a practice that has no lines yet, and none afterwards."""
    ada = Ada(practice)
    yield ada
    ada.removes()
    ada.close()


@pytest_asyncio.fixture(loop_scope="session")
async def desk(ada: Ada, browser: Browser, practice: Server) -> AsyncIterator[Page]:
    """Ada's page."""
    context = await browser.new_context(base_url=practice.origin, locale="en-GB", timezone_id="UTC")
    await context.add_cookies(
        [{"name": name, "value": value, "url": practice.origin} for name, value in ada.cookies.items()]
    )
    yield await context.new_page()
    await context.close()


async def knows(page: Page) -> None:
    """The phone has asked what lines there are."""
    async with page.expect_response(ASKED):
        await page.goto("/")


async def test_s15_the_practices_lines_come_first_on_help_with_the_day_of_their_check_also_offline(
    ada: Ada, anna: Client
) -> None:
    ada.enters(FIRST)
    ada.enters(SECOND, name="Line of the islands", country="GB")
    ada.says(CONTACT)
    page = await anna.handset()
    await knows(page)
    await page.context.set_offline(True)

    await page.goto("/help")

    await expect(page.get_by_role("heading", name="From your practice")).to_be_visible()
    numbers = page.locator("a[href^='tel:']")
    assert await numbers.first.get_attribute("href") == "tel:00116000"
    await expect(page.get_by_role("link", name="Text 00 85258, Night line")).to_have_attribute("href", "sms:0085258")
    chat = page.get_by_role("link", name="Open the chat, Night line", exact=False)
    assert [await chat.get_attribute(name) for name in ("href", "rel")] == [LINE["chat"], "noreferrer noopener"]
    await expect(page.get_by_text("Checked on", exact=False).first).to_contain_text(str(TODAY.year))
    await expect(page.get_by_text("Ada Bianchi")).to_have_count(0)
    await expect(page.get_by_text("Weekdays, 9 to 17.")).to_be_visible()
    await expect(page.get_by_text("Line of the islands")).to_be_visible()
    await pick_country(page, "IT")
    await expect(page.get_by_text("Line of the islands")).to_have_count(0)
    await expect(page.get_by_role("link", name="Call 112")).to_be_visible()
    assert await findings(page) == []


async def test_card_b_has_the_practices_lines_first_then_the_emergency_number_the_plan_and_the_therapist(
    ada: Ada, anna: Client
) -> None:
    ada.enters(FIRST)
    ada.says(CONTACT)
    page = await anna.handset()
    await page.goto("/help")
    await pick_country(page, "IT")
    await knows(page)

    await check_in(page, 9)

    assert await page.locator(".support-card").get_by_role("link").all_inner_texts() == [
        "Call 00 116 000", "Text 00 85258", "Open the chat", "Call 112", "My safety plan", "Call 00 555 0100",
        "Write a mail", "Ground me", "Done",
    ]  # fmt: skip
    await page.evaluate("scrollTo(0, document.body.scrollHeight)")  # nothing half under the tabs
    assert await findings(page) == []


async def test_a_removed_line_leaves_the_phone_and_signing_out_takes_them_all(ada: Ada, anna: Client) -> None:
    ada.enters(FIRST)
    ada.enters(SECOND, name="Line of the islands")
    page = await anna.handset()
    await knows(page)
    await page.goto("/help")
    await expect(page.get_by_text("Line of the islands")).to_be_visible()
    ada.removes()
    ada.enters(FIRST)
    await knows(page)
    await page.goto("/help")
    await expect(page.get_by_text("Night line")).to_be_visible()
    await expect(page.get_by_text("Line of the islands")).to_have_count(0)

    await page.goto("/settings")
    await button(page, "Sign out of this phone").click()
    await button(page, "Sign out").click()
    await expect(page.get_by_label("Your code")).to_be_visible()
    await button(page, "Need help now").click()

    await expect(page.get_by_role("link", name="112")).to_be_visible()
    await expect(page.get_by_text("Night line")).to_have_count(0)


async def test_s17_help_never_asks_the_server_for_the_lines(ada: Ada, anna: Client) -> None:
    ada.enters(FIRST)
    page = await anna.handset()
    await knows(page)
    await at_rest(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/api/" in request.url else None)

    await button(page, "Need help now").click()
    await expect(page.get_by_text("Night line")).to_be_visible()
    await page.get_by_role("link", name="Call 00 116 000", exact=False).click()

    assert [one for one in asked if not one.endswith("/api/sync")] == []


async def test_the_line_about_a_hard_stretch_opens_the_agreed_way_with_nothing_written(ada: Ada, anna: Client) -> None:
    ada.says(CONTACT)
    page = await anna.handset()
    await knows(page)
    for _ in range(3):
        await check_in(page, 7)

    await expect(page.get_by_text("It has been a hard stretch.", exact=False)).to_be_visible()
    notice = page.locator(".notice", has_text="It has been a hard stretch.")
    ways = [await one.get_attribute("href") for one in await notice.get_by_role("link").all()]
    assert ways == ["tel:005550100", "mailto:lake@example.org"]
    await page.evaluate("scrollTo(0, document.body.scrollHeight)")  # nothing half under the tabs
    assert await findings(page) == []


async def test_the_plan_takes_over_a_line_of_the_practice_and_invents_none(ada: Ada, anna: Client) -> None:
    page = await anna.handset()
    await page.goto("/safety-plan/change")
    await expect(page.get_by_text("From your practice. Tap to add:")).to_have_count(0)
    ada.enters(FIRST)
    await knows(page)
    await page.goto("/safety-plan/change")

    await button(page, "Add Night line").click()
    await button(page, "Save").click()

    await expect(page.get_by_role("link", name="Call 00 116 000, Night line")).to_be_visible()
    await opened(page, "/")


async def test_s15_an_admin_enters_a_line_is_told_when_it_is_old_and_checks_it_with_one_tap(
    ada: Ada, desk: Page
) -> None:
    for line, name, days in ((FIRST, "Old line", 91), (SECOND, "Older soon", 81)):
        ada.enters(line, name=name, checked_on=(TODAY - timedelta(days=days)).isoformat())
    await desk.goto("/crisis-lines")
    await expect(desk.get_by_text("2 lines need a call.")).to_be_visible()
    await expect(desk.get_by_text("more than 90 days ago", exact=False)).to_have_count(1)
    await expect(desk.get_by_text("more than 80 days ago", exact=False)).to_have_count(1)
    problems = await findings(desk)

    await button(desk, "I called it today: Old line").click()
    await expect(desk.get_by_text("1 line needs a call.")).to_be_visible()
    await button(desk, "I called it today: Older soon").click()
    await expect(desk.get_by_text("needs a call", exact=False)).to_have_count(0)

    await button(desk, "Add a crisis line").click()
    await desk.get_by_label("Name", exact=True).fill("Day line")
    await button(desk, "Save").first.click()
    await expect(desk.get_by_text("Nothing was saved yet.", exact=False)).to_be_visible()
    await desk.get_by_label("Number to call").fill("00 117")
    await desk.get_by_label("When somebody answers, in words").fill("by day")
    problems += await findings(desk)
    await button(desk, "Save").first.click()
    await expect(desk.get_by_role("heading", name="Day line")).to_be_visible()
    await button(desk, "Remove: Old line").click()
    await button(desk, "Remove for good").click()
    await expect(desk.get_by_role("heading", name="Old line")).to_have_count(0)
    assert problems == []


async def test_an_admin_says_how_to_reach_the_therapist_and_a_therapist_only_reads(
    ada: Ada, desk: Page, teresa: dict[str, str], browser: Browser, practice: Server
) -> None:
    ada.enters(FIRST)
    await desk.goto("/crisis-lines")
    await desk.get_by_label("How and when clients can reach their therapist").fill("Weekdays.")
    await button(desk, "Save").click()
    await expect(desk.get_by_text("Saved. Phones show it when they next connect.")).to_be_visible()

    context = await browser.new_context(base_url=practice.origin)
    await context.add_cookies(
        [{"name": name, "value": value, "url": practice.origin} for name, value in teresa.items()]
    )
    page = await context.new_page()
    await page.goto("/crisis-lines")

    await expect(page.get_by_text("Weekdays.")).to_be_visible()
    await expect(page.get_by_role("heading", name="Night line")).to_be_visible()
    await expect(page.get_by_role("button", name="I called it today", exact=False)).to_have_count(0)
    await expect(page.get_by_role("button", name="Save")).to_have_count(0)
    assert await findings(page) == []
    await context.close()
