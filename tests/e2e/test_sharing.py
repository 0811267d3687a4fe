"""What is shared is the client's to say: agreed at the start, changed entry by entry, paused in one tap; and every look
at it is told. Two browsers, the phone's and the therapist's."""

from typing import Final

import pytest
from playwright.async_api import Page, Route, expect

from tests.e2e.devices import Client
from tests.e2e.network import Network, honest
from tests.e2e.people import answer, at_rest, button, opened, write_note
from tests.e2e.test_screens import findings

pytestmark = pytest.mark.asyncio(loop_scope="session")

DISTRESS: Final = "How hard things are to carry"
NOTE: Final = "about the call"
LEAVING: Final = "It is being taken back. Until this phone has a connection, Teresa Rossi may still see it."
ONLY_HERE: Final = "It is only on this phone. Nobody else can see it."


async def shares(page: Page, what: str, on: bool) -> None:
    """Anna moves a switch of what is shared."""
    await page.get_by_role("switch", name=what).set_checked(on, force=True)


async def reads(laptop: Page, client: Client) -> str:
    """Teresa opens Anna's page; what it says."""
    await laptop.goto(f"/clients/{client.id}")
    await laptop.get_by_role("heading", name="What was shared").wait_for()
    return await laptop.locator("main").inner_text()


async def test_what_is_not_to_be_shared_is_agreed_before_anything_is_saved(anna: Client) -> None:
    page = await (await anna.empty_phone()).new_page()
    await anna.read_the_notice(page)
    await expect(page.get_by_role("heading", name="What would you like to share?")).to_be_visible()
    await shares(page, DISTRESS, False)
    await button(page, "That is right for me").click()
    await expect(page.get_by_role("navigation")).to_be_visible()

    await page.goto("/check-in")
    await page.get_by_text("Teresa Rossi can see where you are").wait_for()
    await answer(page, 6)
    await at_rest(page)

    assert [record.kind for record in await (await anna.tablet()).records("checkin")] == []


async def test_a_note_given_to_the_therapist_is_not_said_to_be_ones_own_alone(anna: Client) -> None:
    page = await anna.handset()
    await page.goto("/check-in")
    await write_note(page, NOTE)
    await shares(page, "Teresa Rossi can read this note", True)
    await button(page, "Save").click()

    await expect(page.get_by_text("It is kept as a note. Teresa Rossi can read it once it is sent.")).to_be_visible()


async def spoil_withdrawals(route: Route) -> None:
    """A damaged op, as a faulty build would send it: the server itself refuses it."""
    body = route.request.post_data or ""
    await route.continue_(post_data=body.replace('"action":"withdraw"', '"action":"undo"'))


async def online_again(page: Page) -> None:
    """The network is back, and the phone has noticed."""
    await page.context.set_offline(False)
    await page.evaluate("() => dispatchEvent(new Event('online'))")


async def at_a_sent_entry(anna: Client) -> Page:
    """The page of a check-in that the server has."""
    page = await anna.handset()
    await page.goto("/check-in")
    await answer(page, 6)
    await page.goto("/history")
    await page.locator("a.entry").first.click()
    await expect(page.get_by_text("Sent", exact=True)).to_be_visible()
    return page


async def test_an_entry_taken_back_without_a_network_says_who_may_still_see_it(anna: Client) -> None:
    page = await at_a_sent_entry(anna)
    await page.context.set_offline(True)

    await button(page, "Take back the share").click()
    await button(page, "Take it back").click()

    await expect(page.get_by_text(LEAVING)).to_be_visible()
    await expect(page.get_by_text(ONLY_HERE)).to_have_count(0)
    assert await findings(page) == []
    await page.get_by_role("link", name="Back").click()
    await expect(page.locator("a.entry").first).to_contain_text("Being taken back")
    await page.go_back()
    await online_again(page)
    await expect(page.get_by_text(ONLY_HERE)).to_be_visible()
    await expect(page.get_by_text(LEAVING)).to_have_count(0)


async def test_an_entry_that_could_not_be_taken_back_says_so_and_can_be_tried_again(anna: Client) -> None:
    page = await at_a_sent_entry(anna)
    network = await Network.of(page.context)
    network.becomes(spoil_withdrawals)
    await button(page, "Take back the share").click()
    await button(page, "Take it back").click()
    await expect(page.get_by_text("It could not be taken back.", exact=False)).to_be_visible()
    await expect(button(page, "Leave it shared")).to_be_visible()
    assert await findings(page) == []

    network.becomes(honest)
    await button(page, "Try again").click()

    await expect(page.get_by_text(ONLY_HERE)).to_be_visible()


async def test_a_note_taken_back_without_a_network_says_who_may_still_read_it(anna: Client) -> None:
    page = await anna.handset()
    await page.goto("/settings/notes")
    await page.get_by_label("What would you like Teresa Rossi to know when you meet?").fill(NOTE)
    await button(page, "Let Teresa Rossi read it").click()
    await expect(page.get_by_text("Sent", exact=True)).to_be_visible()
    await page.context.set_offline(True)

    await button(page, "Take it back").click()

    await expect(page.get_by_text(LEAVING)).to_be_visible()
    await online_again(page)
    await expect(page.get_by_text("Only on this phone. Teresa Rossi can", exact=False)).to_be_visible()


async def test_a_safety_plan_taken_back_without_a_network_says_who_may_still_see_it(anna: Client) -> None:
    page = await anna.handset()
    await page.goto("/safety-plan/change")
    await page.get_by_label("What I can do on my own").fill("Cold water.")
    await button(page, "Save").click()
    switch = page.get_by_role("switch", name="Teresa Rossi can see this plan")
    await switch.click(force=True)
    await expect(page.get_by_text("Sent", exact=True)).to_be_visible()
    await page.context.set_offline(True)

    await switch.click(force=True)

    await expect(page.get_by_text(LEAVING)).to_be_visible()
    await online_again(page)
    await expect(page.get_by_text("If the phone is lost, the plan is lost too.", exact=False)).to_be_visible()


async def test_a_pause_on_one_phone_is_not_ended_by_setting_up_another(anna: Client) -> None:
    page, laptop = await anna.handset(), await anna.laptop()
    await opened(page, "/settings/sharing")
    await button(page, "Pause sharing").click()
    await at_rest(page)

    other = await (await anna.empty_phone()).new_page()
    await anna.read_the_notice(other)
    await shares(other, DISTRESS, False)
    await button(other, "That is right for me").click()
    await at_rest(other)

    assert "has paused sharing" in await reads(laptop, anna)


async def test_one_note_is_shared_and_nothing_else_of_it_changes(anna: Client) -> None:
    page, laptop = await anna.handset(), await anna.laptop()
    await page.goto("/check-in")
    await write_note(page, NOTE)
    await answer(page, 6)
    await at_rest(page)
    before = await reads(laptop, anna)

    await page.goto("/history")
    await page.locator("a.entry").first.click()
    await button(page, "Choose what is shared").click()
    await shares(page, "Note", True)
    await button(page, "Save").click()
    await page.get_by_role("heading", name="Who can see it").wait_for()
    await at_rest(page)

    after = await reads(laptop, anna)
    assert (NOTE in before, NOTE in after) == (False, True)
    assert "6 of 10" in before
    assert "6 of 10" in after


async def test_s26_after_a_look_the_entry_says_who_opened_it_and_when(anna: Client) -> None:
    page, laptop = await anna.handset(), await anna.laptop()
    await page.goto("/check-in")
    await answer(page, 6)
    await at_rest(page)
    await page.goto("/history")
    await page.locator("a.entry").first.click()
    await expect(page.get_by_text("Teresa Rossi has not opened it yet.")).to_be_visible()

    await reads(laptop, anna)
    await page.reload()

    await expect(page.get_by_text("Teresa Rossi opened this on")).to_be_visible()
    await page.context.set_offline(True)
    await page.reload()
    await expect(page.get_by_text("Teresa Rossi opened this on")).to_be_visible()


async def test_a_pause_is_one_tap_and_hides_everything_on_the_next_request(anna: Client) -> None:
    page, laptop = await anna.handset(), await anna.laptop()
    await page.goto("/check-in")
    await answer(page, 6)
    await at_rest(page)
    await opened(page, "/settings/sharing")

    await button(page, "Pause sharing").click()
    await expect(page.get_by_role("heading", name="Sharing is paused")).to_be_visible()
    await at_rest(page)
    paused = await reads(laptop, anna)
    await button(page, "End the pause").click()
    await expect(button(page, "Pause sharing")).to_be_visible()
    await at_rest(page)

    assert "has paused sharing" in paused
    assert "6 of 10" not in paused
    assert "6 of 10" in await reads(laptop, anna)


async def test_a_pause_made_without_a_network_says_that_it_has_not_begun(anna: Client) -> None:
    page = await anna.handset()
    await opened(page, "/settings/sharing")
    await page.context.set_offline(True)

    await button(page, "Pause sharing").click()

    await expect(page.get_by_text("It has not got there yet.")).to_be_visible()
    await page.context.set_offline(False)
    await page.evaluate("() => dispatchEvent(new Event('online'))")
    await expect(page.get_by_text("It has not got there yet.")).to_be_hidden()


async def test_the_client_sees_their_page_as_the_therapist_does(anna: Client) -> None:
    page, laptop = await anna.handset(), await anna.laptop()
    await page.goto("/check-in")
    await write_note(page, NOTE)
    await answer(page, 6)
    await at_rest(page)
    await page.goto("/settings/seen")
    seen = page.locator(".desk-journal")
    await seen.wait_for()
    await reads(laptop, anna)

    assert (await seen.locator(".desk-days, .desk-cards").all_inner_texts()) == (
        await laptop.locator(".desk-journal").locator(".desk-days, .desk-cards").all_inner_texts()
    )
    assert NOTE not in await seen.inner_text()


async def test_without_a_network_that_page_says_so_and_nothing_else_is_lost(anna: Client) -> None:
    page = await anna.handset()
    await page.context.set_offline(True)
    await page.goto("/settings/seen")

    await expect(page.get_by_text("This page needs the network")).to_be_visible()


async def test_the_screens_of_sharing_are_clean(anna: Client) -> None:
    page = await anna.handset()
    await page.goto("/check-in")
    await write_note(page, NOTE)
    await answer(page, 6)
    await at_rest(page)
    await page.goto("/history")
    entry = await page.locator("a.entry").first.get_attribute("href")
    found: dict[str, list[str]] = {}
    for path in ("/settings/sharing", "/settings/seen", f"{entry}/sharing", f"{entry}"):
        await page.goto(path)
        await page.locator("h1").first.wait_for()
        found[path] = await findings(page)

    assert {path: what for path, what in found.items() if what} == {}
