"""What a therapist set is left for another day: offline, with a reason or none, told or kept, and taken back."""

import asyncio

import pytest
from playwright.async_api import Page, expect

from tests.e2e.conftest import Phone
from tests.e2e.devices import Client, Tablet, new_id
from tests.e2e.people import assign, at_rest, button, draft_kept, invite, join, opened, ready_offline, sign_in
from tests.e2e.test_brief import brief
from tests.e2e.test_main_job import first_page
from tests.e2e.test_screens import findings

GIVEN = "name-it-gently"
EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.asyncio(loop_scope="session")
async def test_not_today_is_said_offline_rests_its_reminder_and_is_hers_to_tell_change_and_take_back(
    anna: Client,
) -> None:
    title = await anna.is_given(GIVEN)
    page, tablet, laptop = await anna.handset(), await anna.tablet(), await anna.laptop()
    (given,) = await tablet.records("assignment")
    await tablet.put(new_id(), None, "plan", at="12:00", days=EVERY_DAY, about=given.id, on=True)
    await opened(page, "/")
    await at_rest(page)
    await page.context.set_offline(True)

    await button(page, "Not today").click()
    await expect(page.get_by_role("heading", name=title)).to_be_visible()
    assert await findings(page) == []
    await page.get_by_role("checkbox", name="Too tired").check(force=True)
    await page.get_by_role("checkbox", name="Too much right now").check(force=True)
    await page.get_by_label("In your own words").fill("Long day.")
    await page.reload()
    await expect(page.get_by_label("In your own words")).to_have_value("Long day.")
    await button(page, "Save and share with Teresa Rossi").click()
    await expect(page.get_by_role("heading", name="Left for another day")).to_be_visible()
    await expect(page.get_by_text("its reminders today is left out")).to_be_visible()
    assert await findings(page) == []
    await expect(button(page, "Ground me for a moment")).to_be_visible()
    await button(page, "Back to Today").click()
    await expect(page.get_by_text("Left for another day", exact=True)).to_be_visible()
    await expect(button(page, "Not today")).to_have_count(0)

    await online(page)
    (said,) = await tablet.records("not-today")
    assert said.body == {
        "exercise": GIVEN,
        "title": title,
        "assignment": given.id,
        "reasons": ["tired", "much"],
        "text": "Long day.",
    }
    assert [one["record"] for one in await done(tablet)] == [said.id]
    read = await brief(laptop, anna)
    assert "“not today” once" in read
    assert "What spoke against it: Too much right now · Too tired." in read
    assert "Long day." in read
    assert "Set and not opened" not in read
    await laptop.goto(f"/clients/{anna.id}")
    await expect(laptop.get_by_text("Not opened yet, “not today” once.")).to_be_visible()

    await page.goto(f"/practise/{GIVEN}")
    await button(page, "Change it or take it back").click()
    await page.get_by_role("checkbox", name="Too much right now").uncheck(force=True)
    await button(page, "Save on this phone only").click()
    await expect(page.get_by_text("It stays on this phone.")).to_be_visible()
    await at_rest(page)
    assert [(one.audience, one.body) for one in await tablet.records("not-today")] == [("me", None)]
    assert "not today" not in await brief(laptop, anna)

    await button(page, "Take it back").click()
    await expect(page.get_by_text("You left this for another day.", exact=False)).to_have_count(0)
    await expect(button(page, "Not today")).to_be_visible()
    await at_rest(page)
    assert [one.deleted for one in (await tablet.sync()).records if one.kind == "not-today"] == [True]
    assert len(await done(tablet)) == 1


async def test_a_phone_killed_while_it_is_written_offline_has_it_still(laptop: Phone, phone: Phone) -> None:
    teresa, page = await first_page(laptop), await first_page(phone)
    await sign_in(teresa)
    await join(page, await invite(teresa, "Anna"))
    await button(teresa, "Close").click()
    await assign(teresa, "Feet on the floor")
    await opened(page, "/")
    await ready_offline(page)
    await page.context.set_offline(True)
    await button(page, "Not today").click()
    await page.get_by_label("In your own words").fill("Long day.")
    await page.get_by_role("checkbox", name="Too tired").check(force=True)
    await draft_kept(page, "not-today:")
    await phone.kill()

    page = await first_page(phone)
    await page.context.set_offline(True)
    await page.goto("/practise/feet-on-floor/not-today")
    await expect(page.get_by_label("In your own words")).to_have_value("Long day.")
    await button(page, "Save on this phone only").click()
    await expect(page.get_by_text("It stays on this phone.")).to_be_visible()
    await phone.kill()

    page = await first_page(phone)
    await page.goto("/history")
    await expect(page.get_by_role("link", name="Not today: Feet on the floor")).to_be_visible()


async def online(page: Page) -> None:
    await page.context.set_offline(False)
    await opened(page, "/")


async def done(tablet: Tablet) -> list[dict[str, object]]:
    """The reminders that rest, as soon as the server has heard."""
    async with asyncio.timeout(15):
        return [dict(one.body or {}) for one in await tablet.records("mark") if (one.body or {}).get("what") == "done"]
