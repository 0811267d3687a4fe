"""Teresa plays an exercise in the preview: as a client does, with nothing kept, and live from its files."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Final, Literal

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Frame, Page, expect

from tests.content.test_checker import change
from tests.e2e.axe import objections
from tests.e2e.devices import sign_teresa_in
from tests.e2e.machines import PATIENCE, ROOT, Server, with_teresa
from tests.e2e.people import button

pytestmark = pytest.mark.asyncio(loop_scope="session")

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


@pytest.fixture(scope="module")
def exercises(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the exercises that Teresa may write in."""
    return Path(shutil.copytree(ROOT / "exercises", tmp_path_factory.mktemp("written") / "exercises"))


@pytest.fixture
def words(exercises: Path) -> Iterator[Path]:
    """What the calm place says. It says it again after the test."""
    file = exercises / "calm-place/en.md"
    before = file.read_text()
    yield file
    file.write_text(before)


@pytest.fixture(scope="module")
def server(exercises: Path) -> Iterator[Server]:
    """A server in development."""
    environ = {"MIDWEEK_DEVELOPMENT": "1", "MIDWEEK_EXERCISES": str(exercises)}
    server = with_teresa(Server(exercises.parent, environ))
    yield server
    server.stop()


@pytest.fixture(scope="module")
def cookies(server: Server) -> dict[str, str]:
    """Those of Teresa's login."""
    return sign_teresa_in(server)


@pytest_asyncio.fixture(loop_scope="session")
async def laptop(server: Server, cookies: dict[str, str], browser: Browser) -> AsyncIterator[Page]:
    """Teresa's laptop, signed in."""
    context = await browser.new_context(viewport={"width": 1280, "height": 800}, base_url=server.origin, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    await context.add_cookies([{"name": name, "value": cookies[name], "url": server.origin} for name in cookies])
    yield await context.new_page()
    await context.close()


async def previewed(page: Page) -> Frame:
    """The phone on the preview of the calm place, on Teresa's laptop."""
    await page.goto("/exercises/calm-place")
    await button(page, "Play it through, as a client does").click()
    await expect(page.frame_locator("iframe").get_by_role("button", name="Stop")).to_be_visible()
    return page.frames[-1]


async def go_to(page: Page, words: str) -> None:
    """Teresa chooses a step in the list."""
    await page.locator(".preview-jump").filter(has_text=words).click()


async def test_it_is_played_as_a_client_does_and_nothing_is_kept_or_sent(laptop: Page) -> None:
    phone = await previewed(laptop)
    held = await laptop.evaluate(HELD)
    sent: list[str] = []
    laptop.on("request", lambda request: None if request.method == "GET" else sent.append(request.url))
    assert await phone.evaluate("[innerWidth, innerHeight]") == [390, 844]

    await phone.get_by_role("button", name="Next").click()
    await phone.get_by_role("button", name="Next").click()
    await expect(phone.locator("h1")).to_have_text("How hard are things to carry right now?")
    await go_to(laptop, "What would you call your place?")
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
    assert await laptop.evaluate(HELD) == held
    assert sent == []


async def test_any_step_can_be_gone_to_with_the_keyboard_and_is_told(laptop: Page) -> None:
    phone = await previewed(laptop)
    borrowed = laptop.get_by_role("button", name="If you don't know yet, borrow this one")

    await borrowed.focus()
    await laptop.keyboard.press("Enter")

    await expect(phone.locator("h1")).to_contain_text("borrow this one: a quiet bench")
    await expect(laptop.locator(".preview-told")).to_contain_text("On the phone now:")
    await expect(borrowed).to_have_attribute("aria-current", "step")
    await expect(borrowed).to_be_focused()
    facts = laptop.locator(".preview-step").filter(has=borrowed).locator(".preview-facts")
    await expect(facts).to_have_text("Words · 12 seconds · shown after some answers only")


async def test_a_link_on_the_phone_leads_nowhere(laptop: Page) -> None:
    phone = await previewed(laptop)

    await phone.get_by_role("link", name="Need help now").click()

    await expect(laptop.get_by_text("In a preview this leads nowhere.")).to_be_visible()
    await expect(phone.get_by_role("button", name="Stop")).to_be_visible()
    assert laptop.url.endswith("/exercises/calm-place/preview")


async def test_with_closed_eyes_a_double_tap_on_the_phone_stops_and_one_beside_it_does_not(
    laptop: Page,
) -> None:
    phone = await previewed(laptop)
    await go_to(laptop, "Eyes open or closed?")
    await phone.get_by_role("radio", name="Closed").check(force=True)
    await phone.get_by_role("button", name="Next").click()
    await expect(phone.locator(".player[data-closed=true]")).to_be_visible()

    await laptop.get_by_role("heading", name="All 23 steps").dblclick()
    await expect(phone.locator(".player[data-closed=true]")).to_be_visible()
    await phone.locator("h1").dblclick()

    await expect(phone.get_by_text("The exercise was stopped")).to_be_visible()
    assert laptop.url.endswith("/exercises/calm-place/preview")


async def test_a_change_of_the_file_shows_at_once_and_a_broken_file_says_its_mend(laptop: Page, words: Path) -> None:
    phone = await previewed(laptop)
    await go_to(laptop, "A quick check.")

    change(words, "How is it in there?", "How is it in there now?")
    await expect(phone.locator("h1")).to_have_text("A quick check. How is it in there now?")
    await expect(laptop.get_by_text("it changed since version 1 was settled.")).to_be_visible()

    change(words, "## mid", "## middle")
    await expect(phone.get_by_role("main")).to_contain_text(
        "exercises/calm-place/en.md: the step `mid` has no words. Write them under a heading `## mid`."
    )
    await expect(phone.get_by_text("How is it in there now?")).to_have_count(0)

    change(words, "## middle", "## mid")
    await expect(phone.locator("h1")).to_have_text("A quick check. How is it in there now?")


async def test_the_server_being_away_is_told_and_gone_on_from(server: Server, laptop: Page, words: Path) -> None:
    phone = await previewed(laptop)
    server.stop()
    await expect(laptop.get_by_role("alert")).to_contain_text("Midweek could not be reached")
    server.start()

    change(words, "This takes about", "This takes maybe")

    await expect(phone.locator("h1")).to_contain_text("This takes maybe eight minutes.")
    await expect(laptop.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_page_and_the_phone_are_clean_in_every_look(laptop: Page, scheme: Literal["light", "dark"]) -> None:
    dark = scheme == "dark"
    await laptop.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    phone = await previewed(laptop)
    found = {"page": await objections(laptop, dark, iframes=False)}
    colours: list[str] = []
    for look in ("As this device", "Light", "Dark", "Night"):
        await laptop.get_by_role("radio", name=look).check(force=True)
        found[look] = await objections(phone, dark or look != "As this device")
        colours.append(await phone.evaluate("getComputedStyle(document.querySelector('.player')).backgroundColor"))
    await laptop.get_by_role("switch").check(force=True)
    found["large"] = await objections(phone, dark)
    wide = await phone.evaluate("document.documentElement.scrollWidth > innerWidth")
    await laptop.set_viewport_size({"width": 390, "height": 844})
    found["on a phone"] = await objections(laptop, dark, iframes=False)
    wide = wide or await laptop.evaluate("document.documentElement.scrollWidth > innerWidth")

    assert {where: said for where, said in found.items() if said} == {}
    assert colours[0] == colours[1 if scheme == "light" else 2]
    assert len(set(colours)) == 3
    assert not wide
