"""Looking back: months, days, lines, words, the body, exercises, scenes, and finding, from the phone's own store."""

from collections.abc import AsyncIterator
from typing import Any, Final

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.bench.backlog import SLOWER, tasks_of
from tests.bench.history import TAP, fill
from tests.e2e.devices import Client
from tests.e2e.machines import DevTools
from tests.e2e.people import at_rest, button, check_in, opened
from tests.e2e.test_screens import findings

pytestmark = pytest.mark.asyncio(loop_scope="session")

VIEWS: Final = ("lines", "words", "body", "exercises", "scenes", "find")
DAYS: Final = 70
LONGEST: Final = 400
"""Milliseconds of processor time, slowed four times. Far above what `python -m tests.bench.history` prints: machines
that run tests have other work."""
SCENE: Final = {"they_did": "looked away", "wish": "to be heard", "expected": "they laugh", "my_move": "went quiet"}
SAVE: Final = """async items => {
    const {save} = await import("/assets/journal.js");
    const at = Date.now(), lived = {felt_at: at, zone: "Europe/Rome", day: new Date(at).toLocaleDateString("sv")};
    await save(items.map(([kind, body, audience = "me"]) => ({kind, audience, ...lived, body})));
}"""


@pytest_asyncio.fixture(loop_scope="session")
async def phone(anna: Client) -> AsyncIterator[Page]:
    """Anna's phone after ten weeks of three check-ins a day, without a network."""
    page = await anna.handset()
    await fill(page, DAYS)
    await page.evaluate("() => import('/assets/journal.js').then(() => null)")
    await page.context.set_offline(True)
    yield page


async def look(page: Page, view: str) -> None:
    """One of the ways to look back, by its link."""
    await page.goto(f"/history/{view}")
    await page.locator("h1").wait_for()
    await expect(page.get_by_text("Opening what you saved")).to_have_count(0)


async def save(page: Page, *items: tuple[str, dict[str, Any]]) -> None:
    """Save these through the app's own data module, felt now."""
    await page.evaluate(SAVE, [list(item) for item in items])


async def test_the_month_is_a_calendar_of_the_days_with_entries_and_a_day_opens(phone: Page) -> None:
    await phone.goto("/history")
    cells = phone.locator(".calendar-link")
    await expect(cells.first).to_be_visible()

    drawn, named = await cells.count(), await cells.first.get_attribute("aria-label")
    await cells.first.click()

    assert named is not None
    assert "3 entries" in named or "4 entries" in named
    assert "hard to carry: " in named
    assert (
        drawn == await phone.evaluate("new Date().getDate()") - 1 or drawn >= 28
    )  # none for today: nothing is saved on it
    await expect(phone.locator("a.entry").first).to_be_visible()
    await expect(phone.get_by_role("heading", level=1)).not_to_have_text("History")


async def test_months_without_entries_are_passed_over_and_earlier_ones_are_shown_below(anna: Client) -> None:
    page = await anna.handset()
    await page.evaluate("() => import('/assets/journal.js').then(() => null)")
    await page.evaluate(
        """async () => {
            const {save} = await import("/assets/journal.js");
            for (const day of ["2024-03-05", "2026-01-20"])
                await save([{kind: "note", audience: "me", felt_at: Date.parse(day), day, body: {text: day}}]);
        }"""
    )
    await opened(page, "/history")
    await expect(page.get_by_role("heading", name="January 2026")).to_be_visible()

    await button(page, "Show March 2024").click()

    await expect(page.get_by_text("2024-03-05")).to_be_visible()
    await expect(page.get_by_role("link", name="Earlier: March 2024")).to_be_visible()


async def test_s23_every_chart_names_its_n_and_its_days_and_has_the_same_values_as_a_table(phone: Page) -> None:
    for view in ("lines", "words", "body", "exercises"):
        await look(phone, view)
        for figure in await phone.locator("figure.chart").all():
            await expect(figure.locator("figcaption .hint")).to_contain_text(" to ")
            said = await figure.locator("figcaption .hint").inner_text()
            assert any(letter.isdigit() for letter in said.partition(",")[0]), said
            await figure.get_by_role("button", name="Show as table").click()
            assert await figure.locator("tbody tr").count() > 0


async def test_s23_below_the_minimum_n_a_chart_says_not_enough_yet_and_draws_nothing(anna: Client) -> None:
    page = await anna.handset()
    await page.evaluate("() => import('/assets/journal.js').then(() => null)")
    await save(
        page,
        *[("checkin", {"distress": n, "words": [{"id": "scared"}], "regions": ["chest"]}) for n in (4, 6)],
        (
            "run",
            {"exercise": "five-stop-scan", "ended": "finished", "ratings": {"distress_before": 6, "distress_after": 4}},
        ),
        ("scene", SCENE),
    )
    said: dict[str, str] = {}
    for view in ("lines", "words", "body", "exercises", "scenes"):
        await look(page, view)
        said[view] = (await page.locator("main").inner_text()).lower()
        if view == "lines":
            assert await page.locator(".chart-line").count() == 0

    assert {view: "not enough yet" in words for view, words in said.items()} == dict.fromkeys(said, True)
    assert "middle value" not in said["lines"]


async def test_entries_after_a_reminder_have_another_mark_and_a_gap_stays_open(phone: Page) -> None:
    await look(phone, "lines")

    line = await phone.locator(".chart-line").first.get_attribute("d")
    ring = await phone.locator(".chart-dots:not(.inside)").first.get_attribute("d")
    inside = await phone.locator(".chart-dots.inside").first.get_attribute("d")

    assert line is not None
    assert line.count("M") == 1  # a month without a gap
    assert ring
    assert ring == inside  # the open dots, drawn twice
    await expect(phone.get_by_text("Open dots: after a reminder.").first).to_be_visible()


async def test_s22_and_s31_no_screen_of_history_shows_a_score_an_arrow_of_a_trend_or_a_percentage(phone: Page) -> None:
    shown = ""
    for view in ("", *VIEWS):
        await look(phone, view)
        shown += await phone.locator("main").inner_text()

    assert [sign for sign in "%↑↓↗↘▲▼" if sign in shown] == []
    assert "score" not in shown.lower()


async def test_what_is_looked_for_is_found_offline_in_private_notes_whatever_the_accents(phone: Page) -> None:
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    await look(phone, "find")

    await phone.get_by_label("Look for words").fill("SPATER cafe")
    await expect(phone.get_by_role("status").filter(has_text="found")).to_contain_text("entries found")
    hits = await phone.locator("a.entry").all_inner_texts()

    assert hits
    assert all("Später im Café" in hit and "not the private part" in hit for hit in hits)
    assert [url for url in asked if "spater" in url.lower()] == []
    assert "spater" not in phone.url.lower()


async def test_filters_narrow_down_and_are_there_again_on_the_way_back(phone: Page) -> None:
    await look(phone, "find")
    await phone.get_by_text("Narrow it down").click()
    await phone.get_by_label("Kind").select_option("run")
    await expect(phone.get_by_role("status").filter(has_text="entries found")).to_be_visible()

    await phone.locator("a.entry").first.click()
    await expect(phone.get_by_role("heading", level=1)).to_contain_text("Five")
    await phone.go_back()

    await expect(phone.get_by_label("Kind")).to_have_value("run")
    await expect(phone.locator("a.entry").first).to_be_visible()


async def test_s29_what_is_deleted_is_in_no_chart_and_not_found_any_more(anna: Client) -> None:
    page = await anna.handset()
    await check_in(page, 9)
    await page.evaluate("() => import('/assets/journal.js').then(() => null)")
    await save(page, *[("checkin", {"distress": n}) for n in (2, 3, 4)])
    await look(page, "lines")
    await expect(page.get_by_text("4 check-ins").first).to_be_visible()
    await page.goto("/history")
    await page.locator("a.entry", has_text="hard to carry: 9").click()

    await button(page, "Delete").click()
    await button(page, "Delete it").click()
    await expect(page.locator("a.entry")).to_have_count(3)
    await look(page, "lines")

    await expect(page.get_by_text("3 check-ins").first).to_be_visible()
    await expect(page.get_by_text("9 of 10")).to_have_count(0)


async def test_every_way_to_look_back_is_clean_in_both_schemes_and_at_twice_the_text(phone: Page) -> None:
    problems: dict[str, list[str]] = {}
    for view in ("", *VIEWS):
        await look(phone, view)
        problems[view] = await findings(phone)
        await phone.set_viewport_size({"width": 320, "height": 640})
        await phone.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        if await phone.evaluate("document.documentElement.scrollWidth > innerWidth"):
            problems[view].append("runs off the side at 320 px and 200 %")
        await phone.set_viewport_size({"width": 390, "height": 844})
        await phone.evaluate("document.documentElement.style.removeProperty('font-size')")

    assert {view: found for view, found in problems.items() if found} == {}


async def test_years_of_entries_hold_the_page_up_neither_on_opening_nor_on_scrolling(anna: Client) -> None:
    page = await anna.handset()
    await fill(page, 400)
    tools = await DevTools.of(page)
    await tools.tell("Emulation.setCPUThrottlingRate", rate=SLOWER)

    async with tasks_of(tools) as busy:
        await page.evaluate(TAP, ['a[href="/history"]', ".calendar-link"])
        await page.mouse.move(195, 400)
        for _ in range(10):
            await page.mouse.wheel(0, 1500)
        await page.get_by_role("button", name="Show ").click()
        await page.locator("h2").nth(2).wait_for()
    await tools.close()
    await at_rest(page)

    assert max(busy, default=0) < LONGEST
