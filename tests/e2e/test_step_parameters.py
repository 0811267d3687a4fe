"""Paces, lengths, looks, places and words that come back, on a phone: an exercise made of them is played."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Final

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.e2e.conftest import Server
from tests.e2e.devices import client_of, sign_teresa_in
from tests.e2e.people import button, start
from tests.e2e.test_screens import findings
from tests.e2e.test_steps import on, serving_only, write

pytestmark = pytest.mark.asyncio(loop_scope="session")

PARAMETERS: Final = Path(__file__).parent / "step-parameters"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with an exercise made of these parameters."""
    server = serving_only(PARAMETERS, tmp_path_factory.mktemp("parameters"))
    yield server
    server.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def anna(server: Server, browser: Browser) -> AsyncIterator[Page]:
    """A phone that has joined."""
    async with client_of(server, sign_teresa_in(server), browser) as client:
        yield await client.handset()


async def to(page: Page, title: str) -> None:
    """On, leaving everything open, up to the step with this title."""
    heading = page.get_by_role("heading", name=title, exact=True)
    while not await heading.is_visible():
        await on(page)


async def rate(page: Page, number: int) -> None:
    """A rating given, and on."""
    await page.locator("label.tile-number").filter(has_text=str(number)).first.click()
    await on(page)


async def test_every_one_of_their_screens_is_clean(anna: Page) -> None:
    await anna.goto("/practise/step-parameters")
    problems = {"start": await findings(anna)}
    await start(anna, "step-parameters")
    while not await button(anna, "Done").is_visible():
        title = await anna.locator("h1").inner_text()
        if await anna.locator(".tile-number").count():
            await anna.locator("label.tile-number").nth(len(problems) % 10).click()
        problems[f"{len(problems)} {title}"] = await findings(anna)
        paces = button(anna, "In for three, out for four")
        if await paces.is_visible():
            await paces.click()
            problems[f"{len(problems)} {title}, begun"] = await findings(anna)
        if await button(anna, "Pause").is_visible():
            await button(anna, "Pause").click()
            problems[f"{len(problems)} {title}, paused"] = await findings(anna)
        await on(anna)

    assert len(problems) > 16
    assert {screen: found for screen, found in problems.items() if found} == {}


async def test_a_shorter_length_leaves_steps_out(anna: Page) -> None:
    await anna.goto("/practise/step-parameters")
    await expect(anna.get_by_role("radio", name="The usual")).to_be_checked()

    await anna.get_by_role("radio", name="A short one").click()
    await button(anna, "Start").click()
    await to(anna, "How strong is it now?")
    await rate(anna, 3)
    await on(anna)
    await rate(anna, 3)

    await expect(anna.get_by_role("heading", name="And once with words alone.")).to_be_visible()


async def test_a_breath_begins_when_its_pace_is_picked(anna: Page) -> None:
    await start(anna, "step-parameters")
    await to(anna, "In a little, out longer.")
    await expect(anna.locator(".breath")).to_have_count(0)

    await button(anna, "In for three, out for four").click()

    await expect(anna.locator(".breath-word")).to_be_visible()
    await expect(button(anna, "In for three, out for four")).to_have_count(0)
    await expect(anna.locator(".breath")).to_be_focused()
    await button(anna, "Pause").click()
    await expect(button(anna, "In for three, out for four")).to_have_attribute("aria-current", "true")
    await button(anna, "In for four, hold two, out for six").click()
    await expect(button(anna, "Pause")).to_be_visible()


async def test_with_motion_unwelcome_seconds_are_counted(anna: Page) -> None:
    await anna.emulate_media(reduced_motion="reduce")
    await start(anna, "step-parameters")
    await to(anna, "In a little, out longer.")

    await button(anna, "In for three, out for four").click()

    await expect(anna.locator(".breath-count")).to_have_text("2")
    await expect(anna.locator(".breath-picture")).to_be_hidden()


async def test_looks_are_listed_beside_their_curve_and_an_open_one_is_a_gap(anna: Page) -> None:
    await start(anna, "step-parameters")
    await to(anna, "How strong is it now?")
    await rate(anna, 8)
    await on(anna, 4)
    await rate(anna, 5)

    looks = anna.get_by_role("list", name="Your numbers, in order")
    await expect(looks.get_by_role("listitem")).to_have_text(["8 of 10", "Left open", "5 of 10"])
    await expect(anna.get_by_text("Lower at the end: 8 first, 5 last.")).to_be_visible()
    await expect(anna.locator(".curve-dot")).to_have_count(2)
    await expect(anna.locator(".curve-line")).to_have_count(0)


async def test_the_list_shows_no_more_of_the_body_than_the_picture(anna: Page) -> None:
    await start(anna, "step-parameters")
    await to(anna, "Is it in your hands or your feet?")
    await expect(anna.locator(".zone-option")).to_have_count(2)

    await anna.locator(".body-map > button").click()

    places = anna.locator(".body-map .tiles label")
    await expect(places).to_have_text(["Hands", "Feet", "Nowhere much", "I don't know yet"], ignore_case=True)


async def test_words_come_back_as_they_were_said(anna: Page) -> None:
    await start(anna, "step-parameters")
    await write(anna, "I am late")
    await on(anna)
    await add_own_word(anna, "wobbly")
    await on(anna)
    await expect(anna.get_by_role("heading", name="Which one would you keep?")).to_be_visible()
    await anna.get_by_role("checkbox", name="wobbly").click()
    await on(anna)
    await to(anna, "This is what you had.")

    await expect(anna.locator(".quoted blockquote")).to_have_text(["I am late", "wobbly", "wobbly"])


async def test_a_plan_begins_with_the_saved_one_which_stays_until_another_is_kept(anna: Page) -> None:
    await start(anna, "step-parameters")
    await to(anna, "One small step, to find out.")
    await write(anna, "ask for salt")
    await on(anna, 2)
    await button(anna, "Done").click()
    await expect(anna.get_by_text("Saved on this phone.")).to_be_visible()
    field = anna.get_by_label("What could you try?")

    for _ in range(2):  # what is changed and not kept is not there the next time
        await start(anna, "step-parameters")
        await to(anna, "One small step, to find out.")
        await expect(field).to_have_value("ask for salt")
        await field.fill("something else")
        await button(anna, "Stop").click()


async def add_own_word(page: Page, word: str) -> None:
    """A word of Anna's own."""
    await page.get_by_label("A word of your own").fill(word)
    await button(page, "Add").click()
