"""What an entry said before, and what another device said at the same time: nothing is asked and nothing is gone."""

import re
from typing import Any, Final

import pytest
from playwright.async_api import Page, expect

from tests.e2e.devices import Client, Kept, Tablet, edit, new_id
from tests.e2e.network import Network, rewritten
from tests.e2e.people import button, check_in, draft_kept, opened, status
from tests.e2e.test_screens import findings

pytestmark = pytest.mark.asyncio(loop_scope="session")

SENT = "Everything shared is sent"
OTHER: Final = "Also written at the same time"


async def one_entry(anna: Client) -> tuple[Page, Tablet, Kept]:
    """A check-in of 5, on the phone and on the server."""
    page, tablet = await anna.handset(), await anna.tablet()
    await check_in(page, 5)
    await expect(status(page)).to_have_text(SENT)
    (entry,) = await tablet.records("checkin")
    await page.evaluate("() => import('/assets/journal.js').then(() => null)")
    return page, tablet, entry


async def changed_on_both(anna: Client) -> Page:
    """The tablet made it an 8; the phone, offline, a 6. Now both know."""
    page, tablet, entry = await one_entry(anna)
    await page.context.set_offline(True)
    await edit(page, 5, to=6)
    await tablet.put(entry.id, entry.rev, distress=8)
    await page.context.set_offline(False)
    await opened(page, "/history")
    await expect(page.locator("a.entry")).to_have_count(2)
    return page


@pytest.mark.parametrize("distress", [6, 8])
async def test_either_page_shows_both_texts_of_a_conflict_the_newest_first_and_asks_nothing(
    anna: Client, distress: int
) -> None:
    page = await changed_on_both(anna)

    await page.locator("a.entry", has_text=f"hard to carry: {distress}").click()

    await expect(page.get_by_role("heading", name=OTHER)).to_be_visible()
    await expect(page.locator("dl.answers")).to_have_count(2)
    texts = await page.locator("dl.answers").all_inner_texts()
    assert ["6 of 10" in texts[0], "8 of 10" in texts[1]] == [True, True]
    await expect(page.get_by_text("Saved on", exact=False)).to_have_count(2)
    await expect(page.get_by_role("dialog")).to_have_count(0)
    assert await findings(page) == []


async def test_one_text_of_a_conflict_is_deleted_by_the_normal_way_and_the_other_stays(anna: Client) -> None:
    page = await changed_on_both(anna)
    await page.locator("a.entry", has_text="hard to carry: 8").click()
    await button(page, "Open this text").click()
    await expect(page.locator("h2").first).to_have_text("This text")

    await button(page, "Delete").click()
    await button(page, "Delete it").click()

    await expect(page.locator("a.entry")).to_have_count(1)
    await page.locator("a.entry", has_text="hard to carry: 8").click()
    await expect(page.locator("dl.answers")).to_have_count(1)
    await expect(page.get_by_role("heading", name=OTHER)).to_have_count(0)


async def test_online_the_servers_earlier_versions_are_shown_the_newest_first(anna: Client) -> None:
    page, tablet, entry = await one_entry(anna)
    rev = entry.rev
    for distress in (6, 7):
        rev = (await tablet.put(entry.id, rev, distress=distress)).rev or ""
    await opened(page, f"/history/{entry.id}")
    await expect(page.locator("dl.answers")).to_contain_text("7 of 10")

    await button(page, "See earlier versions").click()

    await expect(page.get_by_role("status").filter(has_text="2 earlier versions")).to_be_visible()
    texts = await page.locator("dl.answers").all_inner_texts()
    assert [line.splitlines()[-1] for line in texts] == ["7 of 10", "6 of 10", "5 of 10"]
    await page.evaluate("scrollTo(0, document.body.scrollHeight)")  # nothing half under the tabs
    assert await findings(page) == []


async def test_a_check_in_and_a_note_are_changed_from_history_and_what_they_said_before_is_kept(anna: Client) -> None:
    page, tablet, entry = await one_entry(anna)
    note = new_id()
    await tablet.put(note, None, "note", text="Slept badly.")
    await opened(page, f"/history/{entry.id}")
    await button(page, "Change it").click()
    await answer_again(page, 6)
    await expect(page.locator("dl.answers")).to_contain_text("6 of 10")

    await page.goto(f"/history/{note}")
    await button(page, "Change it").click()
    words = page.get_by_label("Note", exact=True)
    await words.fill("")
    await expect(button(page, "Save the change")).to_be_disabled()
    await words.fill("Slept badly, then well.")
    problems = await findings(page)
    await page.reload()  # what was typed is still there
    await expect(words).to_have_value("Slept badly, then well.")
    await button(page, "Save the change").click()

    await expect(page.locator("dl.answers")).to_contain_text("Slept badly, then well.")
    await expect(status(page)).to_have_text(SENT)
    await button(page, "See earlier versions").click()
    await expect(page.locator("dl.answers").nth(1)).to_have_text(re.compile("Slept badly\\.$"))
    assert {one.kind: one.body for one in await tablet.records("checkin", "note")}["note"] == {
        "text": "Slept badly, then well."
    }
    assert problems == []


async def answer_again(page: Page, distress: int) -> None:
    """In the form of a saved check-in, Anna changes how hard it was."""
    await page.get_by_role("radio", name=str(distress), exact=True).check(force=True)
    await button(page, "Save").click()


async def begun_and_left(anna: Client) -> tuple[Page, Tablet, Kept]:
    """Anna has begun to make the check-in of 5 a 6 and left the form; the tablet made it an 8, and the phone knows."""
    page, tablet, entry = await one_entry(anna)
    await opened(page, f"/history/{entry.id}")
    await button(page, "Change it").click()
    await page.get_by_role("radio", name="6", exact=True).check(force=True)
    await draft_kept(page, f"check-in:{entry.id}")
    await tablet.put(entry.id, entry.rev, distress=8)
    await opened(page, f"/history/{entry.id}")
    await expect(page.locator("dl.answers")).to_contain_text("8 of 10")
    await button(page, "Change it").click()
    await expect(page.get_by_role("radio", name="6", exact=True)).to_be_checked()
    return page, tablet, entry


async def test_a_change_taken_up_after_another_devices_came_is_kept_beside_it(anna: Client) -> None:
    page, tablet, entry = await begun_and_left(anna)

    await button(page, "Save").click()

    await expect(page.get_by_role("heading", name=OTHER)).to_be_visible()
    await expect(page.locator("dl.answers")).to_have_count(2)
    kept = {str((one.body or {})["distress"]): one.conflict_of for one in await tablet.records("checkin")}
    assert kept == {"8": None, "6": entry.id}


async def test_a_change_that_is_left_leaves_the_check_in_as_it_is(anna: Client) -> None:
    page, tablet, _ = await begun_and_left(anna)
    problems = await findings(page)

    await button(page, "Leave it as it was").click()

    await expect(page.locator("dl.answers")).to_contain_text("8 of 10")
    await button(page, "Change it").click()
    await expect(page.get_by_role("radio", name="8", exact=True)).to_be_checked()
    assert [one.body for one in await tablet.records("checkin")] == [{"distress": 8}]
    assert problems == []


async def test_offline_it_says_that_these_are_the_ones_on_this_phone(anna: Client) -> None:
    page, _, entry = await one_entry(anna)
    await page.context.set_offline(True)
    await edit(page, 5, to=6)
    await page.goto(f"/history/{entry.id}")

    await button(page, "See earlier versions").click()

    await expect(
        page.get_by_text("1 earlier version from this phone. The server may have more.", exact=False)
    ).to_be_visible()
    await expect(page.locator("dl.answers").last).to_contain_text("5 of 10")


def unreadable(said: dict[str, Any]) -> object:
    """What a server says whose stored texts were damaged."""
    records = [{name: one[name] for name in one if name != "body"} | {"unreadable": True} for one in said["records"]]
    return said | {"records": records}


async def test_an_entry_the_server_cannot_read_is_said_to_be_so_and_does_not_look_empty(anna: Client) -> None:
    page, tablet = await anna.handset(), await anna.tablet()
    network = await Network.of(page.context)
    network.becomes(rewritten(unreadable))
    await tablet.put("01900000-0000-7000-8000-000000000001", None, distress=3)

    await opened(page, "/history")
    await page.locator("a.entry", has_text="Can't be read just now").click()

    await expect(page.get_by_text("this phone has no text of it", exact=False)).to_be_visible()
    assert await findings(page) == []


async def test_of_an_entry_the_server_cannot_read_the_text_on_this_phone_stays(anna: Client) -> None:
    page, tablet, entry = await one_entry(anna)
    network = await Network.of(page.context)
    network.becomes(rewritten(unreadable))
    await tablet.put(entry.id, entry.rev, distress=3)

    await opened(page, f"/history/{entry.id}")

    await expect(page.get_by_text("What you see is the text on this phone", exact=False)).to_be_visible()
    await expect(page.locator("dl.answers")).to_contain_text("5 of 10")
