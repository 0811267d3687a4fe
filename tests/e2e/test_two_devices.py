"""Two phones of one person, both changed while offline: afterwards both hold the same, and no text is gone."""

import asyncio

import pytest
from playwright.async_api import Page, expect

from tests.e2e.devices import Client, Kept, edit
from tests.e2e.people import button, check_in, opened, status

pytestmark = pytest.mark.asyncio(loop_scope="session")

SENT = "Everything shared is sent"


async def two_phones_with_three_entries(anna: Client) -> tuple[Page, Page]:
    """Both hold the same check-ins of 1, 2 and 3, and are offline with their History open."""
    first, second = await asyncio.gather(anna.handset(), anna.handset())
    for distress in (1, 2, 3):
        await check_in(first, distress)
    await expect(status(first)).to_have_text(SENT)
    for phone in (first, second):
        await opened(phone, "/history")
        await expect(phone.locator("a.entry")).to_have_count(3)
        await phone.evaluate("() => import('/assets/journal.js').then(() => null)")
        await phone.context.set_offline(True)
    return first, second


async def come_online(first: Page, second: Page) -> None:
    """One after the other, until both have all there is."""
    for phone in (first, second, first):
        await phone.context.set_offline(False)
        await opened(phone, "/")
        await expect(status(phone)).to_have_text(SENT)


async def distress_shown(phone: Page) -> list[str]:
    await phone.goto("/history")
    await expect(phone.locator("a.entry").first).to_be_visible()
    lines = await phone.locator("a.entry .entry-line").all_inner_texts()
    return sorted(line.removeprefix("hard to carry: ") for line in lines)


async def at_server(anna: Client, *kinds: str) -> list[Kept]:
    return await (await anna.tablet()).records(*kinds)


async def test_entries_changed_on_two_phones_keep_every_text_once_on_both(anna: Client) -> None:
    first, second = await two_phones_with_three_entries(anna)
    await edit(first, 1, to=6)
    await edit(second, 1, to=8)
    await edit(first, 2, to=7)
    await delete(second, 2)
    await edit(first, 3, to=9)
    await edit(second, 3, to=9)

    await come_online(first, second)

    changed_twice, outlived_its_delete, changed_alike = ["6", "8"], ["7"], ["9"]
    expected = sorted([*changed_twice, *outlived_its_delete, *changed_alike])
    assert await distress_shown(first) == await distress_shown(second) == expected
    kept = await at_server(anna, "checkin")
    assert sorted(str((one.body or {})["distress"]) for one in kept) == expected
    assert sum(one.conflict_of is not None for one in kept) == 1


async def delete(phone: Page, distress: int) -> None:
    """On the phone's screen, this check-in is deleted."""
    await phone.locator("a.entry", has_text=f"hard to carry: {distress}").click()
    await button(phone, "Delete").click()
    await button(phone, "Delete it").click()
    await expect(phone.locator("a.entry")).to_have_count(2)


async def test_a_reminder_changed_on_two_phones_stays_one_and_the_later_to_arrive_wins(anna: Client) -> None:
    first, second = await asyncio.gather(anna.handset(), anna.handset())
    await first.goto("/settings")
    await button(first, "Pick a time").click()
    await button(first, "Save").click()
    await expect(first.get_by_role("switch", name="18:00")).to_be_visible()
    await expect(status(first)).to_have_text(SENT)
    await opened(second, "/settings")
    await expect(second.get_by_role("switch", name="18:00")).to_be_visible()
    for phone, time in ((first, "17:10"), (second, "17:20")):
        await phone.context.set_offline(True)
        await move_reminder(phone, time)

    await come_online(first, second)

    for phone in (first, second):
        await phone.goto("/settings")
        await expect(phone.get_by_role("switch", name="17:20")).to_be_visible()
        await expect(phone.get_by_role("switch")).to_have_count(1)
    assert len(await at_server(anna, "plan")) == 1


async def move_reminder(phone: Page, time: str) -> None:
    await button(phone, "Change the reminder at 18:00").click()
    await phone.get_by_label("Time", exact=True).fill(time)
    await button(phone, "Save").click()
    await expect(phone.get_by_role("switch", name="17:")).to_be_visible()
