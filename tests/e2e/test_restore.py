"""The server goes back to a backup: what it lost comes back from the phone, what was ended stays ended."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.devices import client_of, sign_teresa_in
from tests.e2e.machines import Server
from tests.e2e.people import answer, button, opened, sign_in, status

pytestmark = pytest.mark.asyncio(loop_scope="session")

SENT = "Everything shared is sent"
GUARDED = "new-ending-recent"


def backed_up(server: Server) -> Path:
    """A backup, made while the server runs."""
    server.command("backup", str(server.folder / "backups"))
    (copy,) = (server.folder / "backups").glob("midweek-*.db")
    return copy


def goes_back(server: Server, copy: Path) -> None:
    """The server is stopped, its data put back, and it starts again."""
    server.stop()
    server.command("restore", str(copy))
    server.start()


async def test_what_was_lost_comes_back_from_the_phone_and_what_was_deleted_does_not(
    server: Server, browser: Browser
) -> None:
    async with client_of(server, sign_teresa_in(server), browser) as anna:
        page, tablet = await anna.handset(), await anna.tablet()
        await opened(page, "/check-in")
        await answer(page, 3)
        await expect(status(page)).to_have_text(SENT)
        copy = backed_up(server)
        await page.goto("/history")
        await page.locator("a.entry").click()
        await button(page, "Delete").click()
        await button(page, "Delete it").click()
        await expect(page.locator("a.entry")).to_have_count(0)
        await expect(page.get_by_role("heading", name="History")).to_be_visible()
        await opened(page, "/check-in")
        await answer(page, 7)
        await expect(status(page)).to_have_text(SENT)

        goes_back(server, copy)
        await opened(page, "/history")

        await expect(status(page)).to_have_text(SENT)
        await expect(page.locator("a.entry")).to_have_count(1)
        assert [(one.body or {})["distress"] for one in await tablet.records("checkin")] == [7]


async def test_a_therapist_only_exercise_rests_on_the_phone_until_the_therapist_says_it_goes_on(
    server: Server, browser: Browser
) -> None:
    server.approves(GUARDED)
    async with client_of(server, sign_teresa_in(server), browser) as anna:
        title = await anna.is_given(GUARDED)
        page = await anna.handset()
        await opened(page, "/practise")
        await expect(button(page, f"Open {title}")).to_be_visible()
        goes_back(server, backed_up(server))

        await opened(page, "/practise")

        await expect(page.get_by_text("This one rests until Teresa Rossi has looked at it again.")).to_be_visible()
        await expect(button(page, f"Open {title}")).to_have_count(0)
        desk = await (await browser.new_context(base_url=server.origin)).new_page()
        await sign_in(desk)
        await desk.get_by_role("link", name="Anna").click()
        await expect(button(desk, f"It goes on: {title}")).to_be_visible()
        await button(desk, f"It goes on: {title}").click()
        await expect(button(desk, f"It goes on: {title}")).to_have_count(0)
        await opened(page, "/practise")
        await expect(button(page, f"Open {title}")).to_be_visible()
        await desk.context.close()
