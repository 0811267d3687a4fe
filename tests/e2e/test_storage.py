"""The phone has no room, or the browser takes the store away: it is said, and no word is lost that could be kept."""

import pytest
from playwright.async_api import Page, expect

from tests.e2e.devices import Client
from tests.e2e.machines import DevTools, Server
from tests.e2e.people import answer, at_rest, button, check_in, status, write_note
from tests.e2e.test_screens import findings

pytestmark = pytest.mark.asyncio(loop_scope="session")

SENT = "Everything shared is sent"
NOTE = "Anything you want to note?"
FULL = "the phone has no room left"
NOT_STORED = "This phone has no room left, so what you type is not stored yet."
CLEARED = "The browser had cleared Midweek's store on this phone."
COUNTS = """() => new Promise(resolve => {
    const open = indexedDB.open("midweek");
    open.onsuccess = () => {
        const stores = ["records", "outbox"];
        const tx = open.result.transaction(stores);
        const asked = stores.map(name => tx.objectStore(name).count());
        tx.oncomplete = () => { open.result.close(); resolve(asked.map(one => one.result)); };
    };
})"""

ROOM = 3_000_000
FILL = """() => new Promise((resolve, reject) => {
    const open = indexedDB.open("filler");
    open.onupgradeneeded = () => open.result.createObjectStore("bytes", {autoIncrement: true});
    open.onsuccess = () => fill(open.result, 2 ** 16);
    const fill = (db, size) => {
        if (size < 16) { db.close(); resolve(null); return; }
        const tx = db.transaction("bytes", "readwrite", {durability: "strict"});
        tx.objectStore("bytes").add(crypto.getRandomValues(new Uint8Array(size)));
        tx.oncomplete = () => fill(db, size);
        tx.onabort = () => tx.error.name === "QuotaExceededError" ? fill(db, size >> 1) : reject(tx.error);
    };
})"""
"""Fills what room there is, to the last bytes."""
MAKE_ROOM = """() => new Promise((resolve, reject) => {
    const gone = indexedDB.deleteDatabase("filler");
    gone.onsuccess = () => resolve(null);
    gone.onerror = () => reject(gone.error);
})"""


async def little_room(page: Page, origin: str) -> DevTools:
    """The browser gives Midweek a few megabytes in all, until this is closed."""
    tools = await DevTools.of(page)
    await tools.tell("Storage.overrideQuotaForOrigin", origin=origin, quotaSize=ROOM)
    return tools


async def clear_store(page: Page, origin: str) -> None:
    """The browser takes the store away, as it may when a phone runs low."""
    tools = await DevTools.of(page)
    await tools.tell("Storage.clearDataForOrigin", origin=origin, storageTypes="indexeddb")
    await tools.close()


async def test_with_no_room_left_the_words_stay_on_screen_and_nothing_is_half_saved(
    anna: Client, practice: Server
) -> None:
    page = await (await anna.empty_phone()).new_page()
    quota = await little_room(page, practice.origin)
    await anna.join(page)
    await page.goto("/check-in")
    await page.get_by_role("radio", name="6", exact=True).check(force=True)
    await write_note(page, "words that must not go")
    await expect(page.get_by_label(NOTE)).to_have_value("words that must not go")
    await page.evaluate(FILL)

    await button(page, "Save").click()
    await expect(page.get_by_role("alert")).to_contain_text(FULL)

    await expect(page.get_by_label(NOTE)).to_have_value("words that must not go")
    assert await page.evaluate(COUNTS) == [0, 0]
    await page.evaluate(MAKE_ROOM)
    await quota.close()
    await button(page, "Save").click()
    await expect(page.get_by_text("Saved on this phone.")).to_be_visible()
    await expect(status(page)).to_have_text(SENT)
    assert len(await (await anna.tablet()).records("checkin")) == 1
    await page.goto("/history")
    await page.locator("a.entry").click()
    await expect(page.get_by_text("words that must not go")).to_be_visible()


async def test_while_typing_with_no_room_left_it_is_said_on_the_page_and_no_longer_once_there_is(
    anna: Client, practice: Server
) -> None:
    page = await (await anna.empty_phone()).new_page()
    quota = await little_room(page, practice.origin)
    await anna.join(page)
    await page.goto("/check-in")
    await write_note(page, "words")
    await page.evaluate(FILL)

    await page.get_by_label(NOTE).press_sequentially(" and more words")

    await expect(page.get_by_text(NOT_STORED)).to_be_visible()
    await expect(page.get_by_label(NOTE)).to_have_value("words and more words")
    assert await findings(page) == []
    await page.evaluate(MAKE_ROOM)
    await quota.close()
    await page.get_by_label(NOTE).press_sequentially(".")
    await expect(page.get_by_text(NOT_STORED)).to_have_count(0)
    await page.reload()
    await expect(page.get_by_label(NOTE)).to_have_value("words and more words.")


async def test_a_store_the_browser_cleared_is_noticed_said_and_filled_again(anna: Client, practice: Server) -> None:
    page = await anna.handset()
    await check_in(page, 4)
    await expect(status(page)).to_have_text(SENT)
    await clear_store(page, practice.origin)

    await page.goto("/")
    await button(page, "I understand").click()
    await button(page, "That is right for me").click()

    await expect(page.get_by_text(CLEARED)).to_be_visible()
    await page.goto("/history")
    await expect(page.get_by_text("hard to carry: 4")).to_be_visible()


async def test_what_is_saved_right_after_the_store_was_cleared_is_kept_and_sent(anna: Client, practice: Server) -> None:
    page = await anna.handset()
    await check_in(page, 4)
    await expect(status(page)).to_have_text(SENT)
    await at_rest(page)
    await button(page, "Check in again").click()
    await clear_store(page, practice.origin)

    await answer(page, 6)

    await expect(status(page)).to_have_text(SENT)
    records = await (await anna.tablet()).records("checkin")
    assert sorted(str((one.body or {})["distress"]) for one in records) == ["4", "6"]
