"""Nothing on a screen moves away under the finger: not when what the phone has was read, not when something is sent."""

from typing import Final

import pytest
from playwright.async_api import Page, expect

from tests.e2e.devices import Client
from tests.e2e.people import check_in, opened, ready_offline, status

pytestmark = pytest.mark.asyncio(loop_scope="session")

SENT: Final = "Everything shared is sent"
SHIFTS: Final = """
    window.shifts = [];
    new PerformanceObserver((list) => {
        const begin = ({ node }) => node?.outerHTML?.slice(0, 80) ?? "";
        for (const { value, hadRecentInput, sources } of list.getEntries()) {
            if (!hadRecentInput && value > 0.001) window.shifts.push([value, sources.map(begin)]);
        }
    }).observe({ type: "layout-shift", buffered: true });
"""
"""Notes what moved without a tap, and how much of the page: a word of the status line in its place is less."""
HEARD: Final = """
    window.heard = new Set();
    const listen = () => document.querySelectorAll(".status").forEach((line) => window.heard.add(line.textContent));
    new MutationObserver(listen).observe(document, { subtree: true, childList: true, characterData: true });
"""
"""Notes everything that the status line says."""


async def moved(page: Page) -> list[object]:
    """What moved since this page was loaded."""
    found: list[object] = await page.evaluate("window.shifts")
    return found


@pytest.mark.parametrize("path", ["/", "/practise", "/check-in", "/history", "/settings", "/help"])
async def test_a_screen_stands_still_while_it_is_read_from_the_phone(anna: Client, path: str) -> None:
    page = await anna.handset()
    await check_in(page, 5)
    await expect(status(page)).to_have_text(SENT)
    await ready_offline(page)
    await page.context.add_init_script(SHIFTS)

    await opened(page, path)

    assert await moved(page) == []


async def test_the_status_line_moves_nothing_offline_while_it_sends_and_when_all_is_sent(anna: Client) -> None:
    page = await anna.handset()
    await ready_offline(page)
    await page.context.add_init_script(SHIFTS)
    await page.context.set_offline(True)
    await page.goto("/check-in")
    await page.get_by_role("radio", name="5", exact=True).check(force=True)
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(status(page)).to_contain_text("Waiting to send")
    await page.wait_for_timeout(600)
    await page.evaluate("window.shifts = []")

    await page.context.set_offline(False)

    await expect(status(page)).to_have_text(SENT)
    assert await moved(page) == []


async def test_that_it_works_offline_is_said_once(anna: Client) -> None:
    context = await anna.empty_phone()
    await context.add_init_script(HEARD)
    page = await anna.join(await context.new_page())
    await expect(status(page)).to_have_text(SENT)
    assert "Ready to work offline." in await page.evaluate("[...window.heard]")

    await opened(page, "/")

    await expect(status(page)).to_have_text(SENT)
    assert "Ready to work offline." not in await page.evaluate("[...window.heard]")
