"""A client's page, part by part: what was shared is found, drawn and counted, and gone from it all once taken back."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Page, expect

from tests.e2e.devices import Client, Fields, new_id
from tests.e2e.people import button
from tests.e2e.test_screens import findings

pytestmark = pytest.mark.asyncio(loop_scope="session")

TURN: Final = {"wish": "to be heard", "expected": "they laugh", "my_move": "went quiet"}
OTHER: Final = TURN | {"my_move": "said it plainly"}
RUN: Final = {"exercise": "calm-place", "version": 1, "ended": "finished"}
PAIR: Final = {"ratings": {"distress_before": 6, "distress_after": 7}}
LARGE: Final = "document.documentElement.style.setProperty('font-size', '200%')"
WIDE: Final = "document.documentElement.scrollWidth > innerWidth"


def shared(kind: str, body: Fields) -> Fields:
    """An entry that Anna shares, lived now."""
    now = datetime.now(ZoneInfo("Europe/Rome"))
    lived = {"felt_at": int(now.timestamp() * 1000), "zone": "Europe/Rome", "day": now.date().isoformat()}
    said = {"action": "put", "base": None, "schema": 1, "audience": "therapist", "kind": kind, "body": body}
    return {"id": new_id(), "record": new_id(), **said, **lived}


async def problems(page: Page) -> list[str]:
    """What axe finds, and whether it runs off the side of a small screen at twice the text."""
    found = await findings(page)
    await page.set_viewport_size({"width": 320, "height": 640})
    await page.evaluate(LARGE)
    found += ["runs off the side at 320 px and 200 %"] if await page.evaluate(WIDE) else []
    await page.evaluate("document.documentElement.removeAttribute('style')")
    await page.set_viewport_size({"width": 390, "height": 844})
    return found


async def test_what_was_shared_is_found_drawn_and_counted_and_gone_once_it_is_taken_back(anna: Client) -> None:
    tablet, page = await anna.tablet(), await anna.laptop()
    hard = shared("checkin", {"distress": 8, "words": [{"id": "scared"}]})
    easy = [shared("checkin", {"distress": n}) for n in (3, 4)]
    scenes = [shared("scene", body) for body in (TURN, TURN, OTHER)]
    await tablet.sync([hard, *easy, *scenes, shared("note", {"text": "About the café"}), shared("run", RUN | PAIR)])
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    main, entries = page.locator("main"), page.locator(".desk-entry")

    await page.goto(f"/clients/{anna.id}")
    await expect(button(page, "Assign an exercise")).to_be_visible()
    await button(page, "Entries").click()
    await page.get_by_label("Look for words in it").fill("CAFE")
    await expect(page.get_by_role("status").filter(has_text="1 entry found")).to_be_visible()
    await expect(entries).to_contain_text(["About the café"])
    assert [url for url in [*asked, page.url] if "cafe" in url.lower()] == []
    await button(page, "Show all again").click()
    await page.get_by_text("Narrow it down").click()
    await page.get_by_label("Only hard moments").check()
    await expect(entries).to_contain_text(["8 of 10"])
    found = {"entries": await problems(page)}

    await button(page, "Charts").click()
    await expect(main).to_contain_text("3 check-ins")
    found["charts"] = await problems(page)
    await button(page, "Exercises").click()
    await expect(main).to_contain_text("1 time with a number before and after")
    await page.get_by_role("button", name="Show as table").click()
    await expect(page.get_by_role("row").last).to_contain_text("67")
    await page.go_back()
    await expect(main).to_contain_text("How hard things were to carry")

    await button(page, "Scenes").click()
    await page.get_by_role("button", name="Show 2 scenes: to be heard → they laugh → went quiet").click()
    await expect(page.get_by_role("heading", name="2 scenes: to be heard → they laugh → went quiet")).to_be_focused()
    await expect(entries).to_have_count(2)
    found["scenes"] = await problems(page)

    rev = next(record.rev for record in await tablet.records("checkin") if record.id == hard["record"])
    taken = {"action": "withdraw", "id": new_id(), "record": hard["record"], "kind": "checkin", "base": rev}
    await tablet.sync([taken])
    await button(page, "Charts").click()
    await expect(main).to_contain_text("2 check-ins")
    await button(page, "Entries").click()
    await expect(page.get_by_role("status").filter(has_text="Nothing found")).to_be_visible()

    assert {part: what for part, what in found.items() if what} == {}
