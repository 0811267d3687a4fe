"""Clocks years off, and builds half a year old: what is saved arrives, with the day as the phone lived it."""

from datetime import datetime

import pytest
from playwright.async_api import expect

from tests.e2e.devices import Client, edit, new_id
from tests.e2e.people import answer, check_in, opened, status

pytestmark = pytest.mark.asyncio(loop_scope="session")

SENT = "Everything shared is sent"


async def test_a_phone_whose_clock_is_ten_years_off_saves_and_sends(anna: Client) -> None:
    page = await anna.handset()
    tablet = await anna.tablet()
    now = datetime.now().astimezone()

    for years, distress in ((10, 3), (-10, 4), (0, 5)):
        await page.clock.set_system_time(now.replace(year=now.year + years, day=1))
        await opened(page, "/check-in")
        await answer(page, distress)
        await expect(status(page)).to_have_text(SENT)

    kept = {str((one.body or {})["distress"]): one.day or "" for one in await tablet.records("checkin")}
    assert {distress: day[:4] for distress, day in kept.items()} == {
        "3": str(now.year + 10),
        "4": str(now.year - 10),
        "5": str(now.year),
    }
    for day in kept.values():
        await page.goto(f"/history/{day[:7]}")
        await expect(page.locator("a.entry")).to_have_count(1)


async def test_a_build_half_a_year_old_still_saves_and_fields_it_does_not_know_are_kept(anna: Client) -> None:
    page, tablet = await anna.handset(), await anna.tablet()
    record = new_id()
    old = {"action": "put", "id": new_id(), "record": record, "kind": "checkin", "base": None, "audience": "therapist"}

    await tablet.says({"cursor": None, "ops": [old | {"body": {"distress": 2, "later": {"than": "this phone"}}}]})

    await page.goto("/history")
    await expect(page.get_by_text("hard to carry: 2")).to_be_visible()
    await edit(page, 2, to=7)
    await opened(page, "/")
    await expect(status(page)).to_have_text(SENT)
    (kept,) = await tablet.records("checkin")
    assert kept.body == {"distress": 7, "later": {"than": "this phone"}}


async def test_a_clock_put_right_while_an_entry_is_held_back_does_not_hold_it_for_years(anna: Client) -> None:
    page = await anna.handset()
    now = datetime.now().astimezone()
    await page.clock.set_system_time(now.replace(year=now.year + 10, day=1))
    await opened(page, "/check-in")
    await page.context.set_offline(True)
    await answer(page, 6)

    await page.clock.set_system_time(now)
    await page.context.set_offline(False)

    await expect(status(page)).to_have_text(SENT)
    await check_in(page, 2)
    await expect(status(page)).to_have_text(SENT)
