"""From the invite to the first check-in in 120 s, at the pace of two people in a room; then the end of it, and a new
beginning that the client is asked about on their phone."""

import pytest
from playwright.async_api import Page, expect

from tests.e2e.devices import Client
from tests.e2e.people import CODE, at_rest, button, opened
from tests.e2e.test_check_in_pace import Pace, saved
from tests.e2e.test_screens import findings

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_from_invite_to_first_check_in_in_two_minutes_and_a_new_beginning_is_hers_to_answer(
    anna: Client,
) -> None:
    laptop, phone = await anna.laptop(), await (await anna.empty_phone()).new_page()
    therapist, client = Pace(laptop), Pace(phone)
    await laptop.goto("/clients")
    await phone.goto("/join")

    code = await _invites(therapist, "Clara")
    await _joins(client, code)
    await _checks_in(client)

    assert therapist.seconds + client.seconds <= 120
    await at_rest(phone)
    await _ends(laptop, "Clara")
    await opened(phone, "/")
    await expect(phone.get_by_role("heading", name="no longer accompanies you here")).to_be_visible()
    await button(phone, "I have read this").click()
    await expect(phone.get_by_role("heading", name="no longer accompanies you here")).to_be_hidden()
    await expect(phone.get_by_role("heading", name="You go on alone here")).to_be_visible()
    await expect(phone.get_by_text("When your therapist gives you an exercise", exact=False)).to_have_count(0)
    assert await findings(phone) == []

    await button(laptop, "Ask to begin again: \u2068Clara\u2069").click()
    await expect(laptop.get_by_text("is back in your list")).to_be_visible()
    await opened(phone, "/")
    await expect(phone.get_by_text("When your therapist gives you an exercise", exact=False)).to_be_visible()
    await button(phone, "Choose what they see").click()
    await phone.get_by_role("radio", name="From today on").check(force=True)
    assert await _reads(laptop, "Clara") == 0
    await button(phone, "Save").click()
    await expect(phone.get_by_text("may see what you share from")).to_be_visible()
    await at_rest(phone)

    assert await _reads(laptop, "Clara") == 1


async def _invites(therapist: Pace, name: str) -> str:
    """Teresa types a name and reads out the code."""
    page = therapist.page
    await therapist.write(page.get_by_label("Name, as you will find it"), name)
    await therapist.tap(button(page, "Add and invite"))
    code = page.get_by_text(CODE)
    await therapist.read(code)
    return (await code.inner_text()).strip()


async def _joins(client: Pace, code: str) -> None:
    """She types the code, and reads every word of what she agrees to."""
    page = client.page
    await client.write(page.get_by_label("Your code"), code)
    await client.tap(button(page, "Join with this code"))
    await expect(page.get_by_text("This is not watched live.")).to_be_visible()
    await client.read(page.locator("main"))
    await client.tap(button(page, "I understand"))
    await expect(button(page, "That is right for me")).to_be_enabled()
    await client.read(page.locator("main .lead"))
    await client.tap(button(page, "That is right for me"))


async def _checks_in(client: Pace) -> None:
    page = client.page
    await client.tap(page.get_by_role("link", name="Check in", exact=True).last)
    await client.tap(page.locator(".affect-square"))
    await client.tap(page.get_by_role("radio", name="5", exact=True))
    await client.tap(button(page, "Save"))
    await saved(page)


async def _ends(laptop: Page, name: str) -> None:
    """Teresa ends with her, in two steps, and opens the list of those."""
    await button(laptop, "Close").click()
    await laptop.get_by_text("Hand over, supervision, freeze, end").click()
    await button(laptop, "End").click()
    await laptop.get_by_role("dialog").get_by_role("button", name="End").click()
    await expect(laptop.get_by_text(f"\u2068{name}\u2069 is now under")).to_be_visible()
    await laptop.get_by_text("Ended", exact=True).click()


async def _reads(laptop: Page, name: str) -> int:
    """How many check-ins Teresa is shown."""
    await laptop.goto("/clients")
    await laptop.get_by_role("link", name=name).first.click()
    await laptop.get_by_role("heading", name="What was shared").wait_for()
    return await laptop.locator("main").get_by_text("Check-in", exact=True).count()
