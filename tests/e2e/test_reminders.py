"""A client plans reminders: at times and some time between, with their own limits; a suggestion is theirs to take."""

import pytest
from playwright.async_api import Page, expect

from tests.e2e.devices import Client
from tests.e2e.people import at_rest, button, draft_gone, draft_kept, opened
from tests.e2e.test_screens import findings

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_reminders_are_planned_limited_and_looked_ahead_at_offline(anna: Client) -> None:
    await anna.is_given("name-it-gently", suggested={"at": "17:00", "days": [1, 2, 3, 4, 5, 6, 7]})
    page = await anna.handset()
    await opened(page, "/settings")
    await page.get_by_role("heading", name="Teresa Rossi suggests a reminder").wait_for()
    await button(page, "Take it").click()
    await expect(page.get_by_role("switch", name="17:00")).to_be_checked()
    await at_rest(page)
    await page.context.set_offline(True)

    await plans_a_stretch(page)
    await silences_the_evening(page)

    ahead = page.locator(".reminder-days > div")
    await page.get_by_text("What comes in the next 14 days").click()
    await expect(ahead.nth(3)).to_contain_text("2 times between 10:00 and 14:00")
    await expect(ahead.nth(3)).to_contain_text("17:00: left out, quiet hours")
    assert await findings(page) == []


async def plans_a_stretch(page: Page) -> None:
    """Twice between ten and two, after one that is too short for two."""
    await button(page, "Add a reminder").click()
    await page.get_by_role("radio", name="A check-in").check(force=True)
    await page.get_by_role("radio", name="Some time between").check(force=True)
    await page.get_by_role("radio", name="2", exact=True).check(force=True)
    await page.get_by_label("And", exact=True).fill("11:00")
    await expect(page.get_by_text("This is too short for 2")).to_be_visible()
    await expect(button(page, "Save")).to_be_disabled()
    await page.get_by_label("And", exact=True).fill("14:00")
    await button(page, "Save").click()
    await expect(page.get_by_role("switch", name="Between 10:00 and 14:00")).to_be_checked()


async def silences_the_evening(page: Page) -> None:
    """Quiet hours that hold a reminder ask what is to become of it."""
    await button(page, "Change limits").click()
    await page.get_by_label("Quiet from").fill("16:30")
    await button(page, "Save").click()
    await expect(page.get_by_text("In these quiet hours you have a reminder: 17:00.")).to_be_visible()
    await button(page, "No, stay quiet then").click()
    await expect(page.get_by_text("Quiet from 16:30 to 08:00.")).to_be_visible()


@pytest.mark.parametrize(("choice", "time"), [("Go on with mine", "20:00"), ("Take the other", "09:00")])
async def test_a_reminder_changed_in_another_tab_while_its_form_is_open_is_not_written_over_unsaid(
    anna: Client, choice: str, time: str
) -> None:
    page = await anna.handset()
    await opened(page, "/settings")
    await plans_at(page, "18:00")
    other = await page.context.new_page()
    await opened(other, "/settings")
    for tab, at in ((page, "20:00"), (other, "09:00")):
        await tab.get_by_role("button", name="Change the reminder").click()
        await tab.get_by_label("Time", exact=True).fill(at)

    await button(other, "Save").click()

    await expect(page.get_by_text("There it is now at 09:00.", exact=False)).to_be_visible()
    await expect(button(page, "Save")).to_have_count(0)
    assert await findings(page) == []
    await button(page, choice).click()
    await button(page, "Save").click()
    for tab in (page, other):
        await expect(tab.get_by_role("switch", name=time)).to_be_checked()


async def plans_at(page: Page, time: str) -> None:
    """A check-in, each day at this time."""
    await button(page, "Pick a time").click()
    await page.get_by_label("Time", exact=True).fill(time)
    await button(page, "Save").click()
    await expect(page.get_by_role("switch", name=time)).to_be_checked()


async def test_a_reminder_that_was_begun_is_there_as_it_was_left_until_it_is_saved_or_cancelled(anna: Client) -> None:
    page = await anna.handset()
    await opened(page, "/settings")
    await plans_at(page, "18:00")
    await page.get_by_role("button", name="Change the reminder").click()
    await page.get_by_label("Time", exact=True).fill("20:15")

    page = await away_and_back(page)

    await expect(page.get_by_text("You began this and have not saved it yet.", exact=False)).to_be_visible()
    await expect(page.get_by_label("Time", exact=True)).to_have_value("20:15")
    await expect(page.get_by_role("heading", name="Settings", level=1)).to_be_focused()
    await expect(page.get_by_role("switch", name="18:00")).to_have_count(0)
    assert await findings(page) == []
    await button(page, "Save").click()
    await expect(page.get_by_role("switch", name="20:15")).to_be_checked()
    await opened(page, "/settings")
    await expect(page.get_by_role("switch", name="20:15")).to_be_checked()
    await expect(page.get_by_label("Time", exact=True)).to_have_count(0)


async def test_limits_that_were_begun_are_there_as_they_were_left(anna: Client) -> None:
    page = await anna.handset()
    await opened(page, "/settings")
    await plans_at(page, "18:00")
    await button(page, "Change limits").click()
    await page.get_by_label("Quiet from").fill("22:30")

    page = await away_and_back(page, "limits")

    await expect(page.get_by_text("You began this and have not saved it yet.", exact=False)).to_be_visible()
    await expect(page.get_by_label("Quiet from")).to_have_value("22:30")
    await button(page, "Save").click()
    await expect(page.get_by_text("Quiet from 22:30 to 08:00.")).to_be_visible()
    await button(page, "Pause all").click()
    await page.get_by_label("Reminders again from").fill("2030-01-01")
    page = await away_and_back(page, "limits")
    await expect(page.get_by_label("Reminders again from")).to_have_value("2030-01-01")
    await button(page, "Cancel").click()
    await draft_gone(page, "limits")
    await opened(page, "/settings")
    await expect(button(page, "Pause all")).to_be_visible()


async def test_two_reminders_can_be_begun_and_cancelling_one_leaves_the_other(anna: Client) -> None:
    page = await anna.handset()
    await opened(page, "/settings")
    await plans_at(page, "18:00")
    await button(page, "Add a reminder").click()
    await page.get_by_label("Time", exact=True).fill("08:30")
    await page.get_by_role("button", name="Change the reminder").click()
    await page.get_by_label("Time", exact=True).fill("21:00")

    await button(page, "Cancel").click()

    await expect(page.get_by_role("switch", name="18:00")).to_be_checked()
    await expect(page.get_by_label("Time", exact=True)).to_have_value("08:30")
    page = await away_and_back(page)
    await expect(page.get_by_label("Time", exact=True)).to_have_value("08:30")
    await page.get_by_role("button", name="Change the reminder").click()
    await page.get_by_label("Time", exact=True).fill("21:00")
    page = await away_and_back(page)
    await expect(page.get_by_label("Time", exact=True)).to_have_value("21:00")
    await button(page, "Cancel").click()
    await expect(page.get_by_label("Time", exact=True)).to_have_value("08:30")
    await button(page, "Save").click()
    for time in ("08:30", "18:00"):
        await expect(page.get_by_role("switch", name=time)).to_be_checked()


async def test_a_reminder_begun_in_one_tab_and_saved_in_two_is_there_once(anna: Client) -> None:
    page = await anna.handset()
    await opened(page, "/settings")
    await button(page, "Pick a time").click()
    await page.get_by_label("Time", exact=True).fill("09:45")
    await draft_kept(page, "reminder:")
    other = await page.context.new_page()
    await opened(other, "/settings")
    await expect(other.get_by_label("Time", exact=True)).to_have_value("09:45")

    for tab in (page, other):
        await button(tab, "Save").click()
        await expect(tab.get_by_role("switch", name="09:45")).to_have_count(1)

    await expect(page.get_by_role("switch", name="09:45")).to_have_count(1)


async def away_and_back(page: Page, begun: str = "reminder:") -> Page:
    """The window is closed once what was begun is kept, and Settings are opened in another."""
    await draft_kept(page, begun)
    context = page.context
    await page.close()
    page = await context.new_page()
    await opened(page, "/settings")
    return page
