"""The server lists much less than before: the phone keeps it all, says so, and the person chooses."""

import json
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.e2e.devices import Client, Tablet, new_id
from tests.e2e.network import Network, honest, rewritten
from tests.e2e.people import button, opened, status
from tests.e2e.test_main_job import kept
from tests.e2e.test_screens import findings

pytestmark = pytest.mark.asyncio(loop_scope="session")

SENT = "Everything shared is sent"
ENTRIES = 12


def lists_nothing(said: dict[str, Any]) -> object:
    """An answer that begins the journal anew, and it is empty."""
    nothing: list[object] = []
    return said | {"reset": "age", "records": nothing, "more": False}


async def doubted(anna: Client) -> tuple[Page, Tablet]:
    """A phone with twelve entries, none of which the server lists any more; the screen about them is open."""
    page, tablet = await anna.handset(), await anna.tablet()
    for distress in range(ENTRIES):
        await tablet.put(new_id(), None, distress=distress % 11)
    await opened(page, "/history")
    await expect(page.locator("a.entry")).to_have_count(ENTRIES)
    network = await Network.of(page.context)
    network.becomes(rewritten(lists_nothing))
    await opened(page, "/")
    network.becomes(honest)
    await expect(page.get_by_text("The server no longer lists 12 of your entries.", exact=False)).to_be_visible()
    await button(page, "See what to do").click()
    await expect(page.get_by_role("heading", name="Which entries")).to_be_visible()
    return page, tablet


async def test_it_is_said_which_entries_were_kept_and_a_copy_can_be_saved(anna: Client) -> None:
    page, _ = await doubted(anna)

    await expect(page.locator("main .rows a")).to_have_count(ENTRIES)
    assert await findings(page) == []
    async with page.expect_download() as coming:
        await button(page, "Save a copy").click()
    assert len(json.loads((await (await coming.value).path()).read_text())["records"]) == ENTRIES


async def test_kept_and_sent_again_they_are_there_once_and_the_notice_is_over(anna: Client) -> None:
    page, tablet = await doubted(anna)

    await button(page, "Keep and send again").click()

    await expect(page.get_by_text("Kept on this phone, and sent again.")).to_be_visible()
    await expect(status(page)).to_have_text(SENT)
    assert len(await tablet.records("checkin")) == await kept(page) == ENTRIES
    await page.goto("/")
    await expect(button(page, "See what to do")).to_have_count(0)


async def test_they_are_removed_only_after_it_was_asked_again(anna: Client) -> None:
    page, _ = await doubted(anna)
    await button(page, "Remove from this phone too").click()
    await expect(page.get_by_role("dialog")).to_contain_text("Remove these 12 entries from this phone?")
    assert await findings(page) == []
    await button(page, "Cancel").click()
    assert await kept(page) == ENTRIES

    await button(page, "Remove from this phone too").click()
    await button(page, "Remove for good").click()

    await expect(page.get_by_text("Removed from this phone.")).to_be_visible()
    assert await kept(page) == 0
