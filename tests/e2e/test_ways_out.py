"""Signing out, being signed out, and entries the server does not take: it is said how many, and there is a way out."""

import json

import pytest
from playwright.async_api import Page, expect

from tests.e2e.devices import Client
from tests.e2e.network import Network, honest
from tests.e2e.people import answer, button, check_in, draft_kept, opened, status, write_note
from tests.e2e.test_kept import ENTRIES, doubted
from tests.e2e.test_main_job import kept, spoil_distress_seven
from tests.e2e.test_screens import findings

pytestmark = pytest.mark.asyncio(loop_scope="session")

SENT = "Everything shared is sent"


async def test_signing_out_with_unsent_work_says_how_much_and_cancelling_loses_nothing(anna: Client) -> None:
    page = await anna.handset()
    await opened(page, "/check-in")
    await page.context.set_offline(True)
    await answer(page, 3)
    await button(page, "Check in again").click()
    await write_note(page, "only for me")
    await answer(page, 5)
    await page.goto("/settings")
    await button(page, "Sign out of this phone").click()

    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("2 entries were not sent yet")
    await expect(dialog).to_contain_text("1 entry is only on this phone and will be gone.")
    await button(page, "Send now").click()
    await expect(dialog).to_contain_text("Everything is still on this phone.")
    assert "only for me" in json.dumps(await saved_copy(page))
    await button(page, "Cancel").click()

    await page.context.set_offline(False)
    await opened(page, "/")
    await expect(status(page)).to_have_text(SENT)
    assert len(await (await anna.tablet()).records("checkin")) == 2
    assert await kept(page) == 3


async def test_a_check_in_that_was_begun_is_said_kept_in_the_copy_and_still_there_after_cancelling(
    anna: Client,
) -> None:
    page = await anna.handset()
    await opened(page, "/check-in")
    await write_note(page, "half a thought")
    await draft_kept(page, "check-in")
    await page.goto("/settings")
    await button(page, "Sign out of this phone").click()

    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("1 thing you began is not saved yet and will be gone.")
    await expect(dialog).not_to_contain_text("Everything you shared is sent.")
    assert await findings(page) == []
    assert "half a thought" in json.dumps(await saved_copy(page))
    await button(page, "Cancel").click()

    await opened(page, "/check-in")
    await expect(page.get_by_label("Anything you want to note?")).to_have_value("half a thought")


async def test_a_phone_that_can_not_count_what_it_holds_says_so_and_signs_nobody_out(anna: Client) -> None:
    page = await anna.handset()
    await opened(page, "/settings")
    await page.evaluate("""() => {
        window.counts = IDBIndex.prototype.count;
        IDBIndex.prototype.count = () => { throw new DOMException("broken", "UnknownError"); };
    }""")
    await button(page, "Sign out of this phone").click()
    await expect(page.get_by_role("alert")).to_contain_text("could not be counted just now, so you are still signed in")

    await page.evaluate("() => { IDBIndex.prototype.count = window.counts; }")
    await button(page, "Sign out of this phone").click()

    await expect(page.get_by_role("dialog")).to_contain_text("Everything you shared is sent.")
    await expect(page.get_by_role("alert")).to_have_count(0)


async def test_entries_the_server_no_longer_lists_are_said_and_in_the_copy_before_signing_out(anna: Client) -> None:
    page, _ = await doubted(anna)
    await opened(page, "/settings")
    await expect(page.get_by_text("Nothing is only on this phone.")).to_have_count(0)
    await button(page, "Sign out of this phone").click()

    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("The server no longer lists 12 of your entries. They are only on this phone")
    await expect(dialog.get_by_role("link", name="See what to do")).to_have_attribute("href", "/settings/kept")
    assert await findings(page) == []
    assert json.dumps(await saved_copy(page)).count('"checkin"') == ENTRIES
    await button(page, "Sign out and delete all 12").click()

    await expect(page.get_by_label("Your code")).to_be_visible()
    assert await kept(page) == 0


async def test_what_is_begun_in_another_window_while_the_dialog_is_open_is_said_first(anna: Client) -> None:
    page = await anna.handset()
    await opened(page, "/settings")
    await button(page, "Sign out of this phone").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("Everything you shared is sent.")
    other = await page.context.new_page()
    await opened(other, "/check-in")
    await write_note(other, "half a thought")
    await draft_kept(other, "check-in")

    await button(page, "Sign out").click()

    await expect(dialog).to_contain_text("1 thing you began is not saved yet and will be gone.")
    await expect(button(page, "Sign out and delete it")).to_be_visible()


async def saved_copy(page: Page) -> object:
    """What the file holds that the phone hands out."""
    async with page.expect_download() as coming:
        await button(page, "Save a copy first").click()
    return json.loads((await (await coming.value).path()).read_text())


async def test_signing_out_and_deleting_empties_the_phone_only_when_it_is_chosen(anna: Client) -> None:
    page = await anna.handset()
    await check_in(page, 3)
    await expect(status(page)).to_have_text(SENT)
    await page.goto("/settings")
    await button(page, "Sign out of this phone").click()

    await expect(page.get_by_role("dialog")).to_contain_text("Everything you shared is sent.")
    await button(page, "Sign out").click()

    await expect(page.get_by_label("Your code")).to_be_visible()
    assert await kept(page) == 0


async def test_a_phone_revoked_from_another_device_is_emptied_and_says_why(anna: Client) -> None:
    page, tablet = await anna.handset(), await anna.tablet()
    await check_in(page, 3)
    await expect(status(page)).to_have_text(SENT)

    await tablet.end_other_logins()
    await page.evaluate("() => dispatchEvent(new Event('online'))")

    await expect(page.get_by_text("signed out from another device", exact=False)).to_be_visible()
    assert await kept(page) == 0


async def test_a_phone_that_lost_its_login_keeps_everything_and_sends_it_after_joining_again(anna: Client) -> None:
    page = await anna.handset()
    await page.context.clear_cookies()
    await check_in(page, 3)
    await expect(status(page)).to_have_text("On this phone. Sign in again to send (1)")

    await page.goto(await anna.link())
    await button(page, "Join").click()

    await expect(status(page)).to_have_text(SENT)
    assert len(await (await anna.tablet()).records("checkin")) == 1


async def test_a_refused_entry_says_why_and_can_be_tried_again_or_given_up(anna: Client) -> None:
    page = await anna.handset()
    network = await Network.of(page.context)
    network.becomes(spoil_distress_seven)
    await check_in(page, 7)
    await expect(page.get_by_text("One entry could not be sent")).to_be_visible()  # no page goes away before its answer
    await check_in(page, 7)
    await page.get_by_text("2 entries could not be sent").click()
    await expect(page.get_by_text("The server can't read this entry", exact=False)).to_have_count(2)

    network.becomes(honest)
    await button(page, "Try again").first.click()
    await expect(button(page, "Discard")).to_have_count(1)
    await button(page, "Discard").click()
    await button(page, "Discard for good?").click()

    await expect(page.get_by_text("Everything could be sent.", exact=False)).to_be_visible()
    await expect(status(page)).to_have_text(SENT)
    assert len(await (await anna.tablet()).records("checkin")) == 1


async def test_a_refused_check_in_is_changed_in_its_form_and_what_takes_its_place_is_sent(anna: Client) -> None:
    page = await anna.handset()
    network = await Network.of(page.context)
    network.becomes(spoil_distress_seven)
    await opened(page, "/check-in")
    await write_note(page, "stays as it is")
    await answer(page, 7)
    await page.get_by_text("One entry could not be sent").click()
    await expect(button(page, "Change")).to_be_visible()
    assert await findings(page) == []

    await button(page, "Change").click()
    await expect(page.get_by_label("Anything you want to note?")).to_have_value("stays as it is")
    assert await findings(page) == []
    await page.get_by_role("radio", name="4", exact=True).check(force=True)
    await button(page, "Save").click()

    await expect(page.locator("dl.answers")).to_contain_text("4 of 10")
    await expect(page.locator("dl.answers")).to_contain_text("stays as it is")
    await expect(status(page)).to_have_text(SENT)
    (sent,) = await (await anna.tablet()).records("checkin")
    assert (sent.body or {})["distress"] == 4


async def test_each_refused_entry_can_be_saved_as_a_file(anna: Client) -> None:
    page = await anna.handset()
    network = await Network.of(page.context)
    network.becomes(spoil_distress_seven)
    await check_in(page, 7)
    await page.get_by_text("One entry could not be sent").click()

    async with page.expect_download() as coming:
        await button(page, "Save a copy").click()

    assert json.loads((await (await coming.value).path()).read_text())["body"]["distress"] == 7
