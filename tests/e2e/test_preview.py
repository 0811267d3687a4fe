"""Teresa plays an exercise in the preview: as a client does, with nothing kept, and live from its files."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import Frame, Page, Playwright, expect

from tests.content.test_checker import change
from tests.e2e.machines import ROOT, Phone, Server, with_teresa
from tests.e2e.people import button, sign_in
from tests.e2e.test_main_job import first_page
from tests.e2e.test_screens import AXE, STILL, TAGS

HELD: Final = """async () => {
    const open = indexedDB.open("midweek");
    await new Promise(done => { open.onsuccess = done; });
    const held = {};
    for (const name of open.result.objectStoreNames) {
        const asked = open.result.transaction(name).objectStore(name).getAllKeys();
        await new Promise(done => { asked.onsuccess = done; });
        held[name] = asked.result.map(String);
    }
    open.result.close();
    return held;
}"""
"""The names of everything in the browser's store."""
OBJECTIONS: Final = """tags => axe.run(document, {runOnly: tags, iframes: false}).then(({violations}) =>
    violations.map(one => `${one.id}: ${one.nodes.map(node => node.html.slice(0, 120)).join(" | ")}`))"""


@pytest.fixture
def exercises(tmp_path: Path) -> Path:
    """A copy of the exercises that Teresa may write in."""
    return Path(shutil.copytree(ROOT / "exercises", tmp_path / "exercises"))


@pytest.fixture
def server(tmp_path: Path, exercises: Path) -> Iterator[Server]:
    """A server in development."""
    server = with_teresa(Server(tmp_path, {"MIDWEEK_DEVELOPMENT": "1", "MIDWEEK_EXERCISES": str(exercises)}))
    yield server
    server.stop()


async def previewed(laptop: Phone, exercise: str) -> tuple[Page, Frame]:
    """The preview of an exercise on Teresa's laptop, and the phone on it."""
    page = await first_page(laptop)
    await page.set_viewport_size({"width": 1280, "height": 800})
    await sign_in(page)
    await page.goto(f"/exercises/{exercise}")
    await button(page, "Play it through, as a client does").click()
    await expect(page.frame_locator("iframe").get_by_role("button", name="Stop")).to_be_visible()
    return page, page.frames[-1]


async def go_to(page: Page, words: str) -> None:
    """Teresa chooses a step in the list."""
    await page.locator(".preview-jump").filter(has_text=words).click()


async def objections(place: Page | Frame) -> list[str]:
    """What axe says of the page around the phone, or of the phone."""
    await place.evaluate(STILL)
    await place.evaluate(AXE)
    found: list[str] = await place.evaluate(OBJECTIONS, TAGS)
    return found


async def test_it_is_played_as_a_client_does_and_nothing_is_kept_or_sent(server: Server, laptop: Phone) -> None:
    page, phone = await previewed(laptop, "calm-place")
    held = await page.evaluate(HELD)
    sent: list[str] = []
    page.on("request", lambda request: None if request.method == "GET" else sent.append(request.url))
    assert await phone.evaluate("[innerWidth, innerHeight]") == [390, 844]

    await phone.get_by_role("button", name="Next").click()
    await phone.get_by_role("button", name="Next").click()
    await expect(phone.locator("h1")).to_have_text("How hard are things to carry right now?")
    await go_to(page, "What would you call your place?")
    await phone.get_by_role("textbox").fill("The bench")
    await phone.get_by_role("button", name="Next").click()
    await phone.locator("label.tile-number").filter(has_text="10").click()
    await phone.get_by_role("button", name="Next").click()
    await expect(phone.locator("h1")).to_have_text("If you might not be safe, please reach a person now.")
    await phone.get_by_role("button", name="Done").click()
    await phone.get_by_role("button", name="Done").click()

    await expect(phone.get_by_text("A client comes back to Today.")).to_be_visible()
    await phone.get_by_role("button", name="Begin again").click()
    await phone.get_by_role("button", name="Stop").click()
    await expect(phone.get_by_text("A client is in “Back in the room” at once.")).to_be_visible()
    assert await page.evaluate(HELD) == held
    assert sent == []


async def test_any_step_can_be_gone_to_with_the_keyboard_and_is_told(server: Server, laptop: Phone) -> None:
    page, phone = await previewed(laptop, "calm-place")
    borrowed = page.get_by_role("button", name="If you don't know yet, borrow this one")

    await borrowed.focus()
    await page.keyboard.press("Enter")

    await expect(phone.locator("h1")).to_contain_text("borrow this one: a quiet bench")
    await expect(page.locator(".preview-told")).to_contain_text("On the phone now:")
    await expect(borrowed).to_have_attribute("aria-current", "step")
    await expect(borrowed).to_be_focused()
    facts = page.locator(".preview-step").filter(has=borrowed).locator(".preview-facts")
    await expect(facts).to_have_text("say · 12 seconds · shown after some answers only")


async def test_a_link_on_the_phone_leads_nowhere(server: Server, laptop: Phone) -> None:
    page, phone = await previewed(laptop, "calm-place")

    await phone.get_by_role("link", name="Need help now").click()

    await expect(page.get_by_text("In a preview this leads nowhere.")).to_be_visible()
    await expect(phone.get_by_role("button", name="Stop")).to_be_visible()
    assert page.url.endswith("/exercises/calm-place/preview")


async def test_with_closed_eyes_a_double_tap_on_the_phone_stops_and_one_beside_it_does_not(
    server: Server, laptop: Phone
) -> None:
    page, phone = await previewed(laptop, "calm-place")
    await go_to(page, "Eyes open or closed?")
    await phone.get_by_role("radio", name="Closed").check(force=True)
    await phone.get_by_role("button", name="Next").click()
    await expect(phone.locator(".player[data-closed=true]")).to_be_visible()

    await page.get_by_role("heading", name="All 23 steps").dblclick()
    await expect(phone.locator(".player[data-closed=true]")).to_be_visible()
    await phone.locator("h1").dblclick()

    await expect(phone.get_by_text("The exercise was stopped")).to_be_visible()
    assert page.url.endswith("/exercises/calm-place/preview")


async def test_a_change_of_the_file_shows_at_once_and_a_broken_file_says_its_mend(
    server: Server, laptop: Phone, exercises: Path
) -> None:
    page, phone = await previewed(laptop, "calm-place")
    words = exercises / "calm-place/en.md"
    await go_to(page, "A quick check.")

    change(words, "How is it in there?", "How is it in there now?")
    await expect(phone.locator("h1")).to_have_text("A quick check. How is it in there now?")
    await expect(page.get_by_text("it changed since version 1 was settled.")).to_be_visible()

    change(words, "## mid", "## middle")
    await expect(phone.get_by_role("main")).to_contain_text(
        "exercises/calm-place/en.md: the step `mid` has no words. Write them under a heading `## mid`."
    )
    await expect(phone.get_by_text("How is it in there now?")).to_have_count(0)

    change(words, "## middle", "## mid")
    await expect(phone.locator("h1")).to_have_text("A quick check. How is it in there now?")


async def test_the_server_being_away_is_told_and_gone_on_from(server: Server, laptop: Phone, exercises: Path) -> None:
    page, phone = await previewed(laptop, "calm-place")
    server.stop()
    await expect(page.get_by_role("alert")).to_contain_text("Midweek could not be reached")
    server.start()

    change(exercises / "calm-place/en.md", "This takes about", "This takes maybe")

    await expect(phone.locator("h1")).to_contain_text("This takes maybe eight minutes.")
    await expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_page_and_the_phone_are_clean_in_every_look(
    playwright: Playwright, tmp_path: Path, server: Server, scheme: str
) -> None:
    laptop = Phone(playwright, tmp_path / "laptop", server.origin, scheme)
    page, phone = await previewed(laptop, "calm-place")
    await page.emulate_media(reduced_motion="reduce")
    found = {"page": await objections(page)}
    colours: list[str] = []
    for look in ("As this device", "Light", "Dark", "Night"):
        await page.get_by_role("radio", name=look).check(force=True)
        found[look] = await objections(phone)
        colours.append(await phone.evaluate("getComputedStyle(document.querySelector('.player')).backgroundColor"))
    await page.get_by_role("switch").check(force=True)
    found["large"] = await objections(phone)
    wide = await phone.evaluate("document.documentElement.scrollWidth > innerWidth")
    await page.set_viewport_size({"width": 390, "height": 844})
    found["on a phone"] = await objections(page)
    wide = wide or await page.evaluate("document.documentElement.scrollWidth > innerWidth")
    await laptop.kill()

    assert {where: said for where, said in found.items() if said} == {}
    assert colours[0] == colours[1 if scheme == "light" else 2]
    assert len(set(colours)) == 3
    assert not wide
