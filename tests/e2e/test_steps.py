"""Scenes, plans, two voices and silences on a phone: an exercise made of them is played, cut off, and found again."""

import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.e2e.conftest import Phone, Server
from tests.e2e.devices import client_of, sign_teresa_in
from tests.e2e.machines import with_teresa
from tests.e2e.people import button, invite, join, sign_in
from tests.e2e.test_main_job import first_page
from tests.e2e.test_screens import findings

EXERCISES: Final = Path(__file__).parents[2] / "exercises"
NEEDED: Final = ("back-in-the-room", "five-senses", "emotions.toml", "emotions.en.md", "lists.toml", "lists.en.md")
SAMPLER: Final = Path(__file__).parent / "step-sampler"


def serving_only(made: Path, folder: Path) -> Server:
    """A server whose exercises are grounding and the one in the folder `made`."""
    exercises = folder / "exercises"
    exercises.mkdir()
    for each in NEEDED:
        copy = shutil.copytree if (EXERCISES / each).is_dir() else shutil.copy
        copy(EXERCISES / each, exercises / each)
    shutil.copytree(made, exercises / made.name)
    return with_teresa(Server(folder, {"MIDWEEK_EXERCISES": str(exercises)}))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with an exercise made of every form there is."""
    server = serving_only(SAMPLER, tmp_path_factory.mktemp("sampler"))
    with closing(server.signed_in("ada")) as ada:
        approval = {"exercise": SAMPLER.name, "version": 1, "by": "Dr. Test"}
        ada.post("/api/practice/approvals", json=approval).raise_for_status()
    yield server
    server.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def anna(server: Server, browser: Browser) -> AsyncIterator[Page]:
    """A phone that has joined."""
    async with client_of(server, sign_teresa_in(server), browser) as client:
        yield await client.handset()


async def joined(laptop: Phone, phone: Phone) -> Page:
    """Anna's phone, joined."""
    teresa, anna = await first_page(laptop), await first_page(phone)
    await sign_in(teresa)
    await join(anna, await invite(teresa, "Anna"))
    return anna


async def begin(page: Page) -> None:
    """Two voices are of medium intensity: one question comes first, which may stay open."""
    await page.goto(f"/practise/{SAMPLER.name}")
    await button(page, "I'd rather not say").click()
    await button(page, "Start").click()
    await expect(button(page, "Stop")).to_be_visible()


async def on(page: Page, times: int = 1) -> None:
    """Next, or Skip."""
    for _ in range(times):
        await page.locator("button.on").click()


async def stop_place(page: Page) -> tuple[float, ...]:
    """Where Stop is on the glass, and how large."""
    box = await button(page, "Stop").bounding_box()
    assert box is not None
    return box["x"], box["y"], box["width"], box["height"]


async def write(page: Page, *words: str) -> None:
    """Words in the fields on screen, from the first on."""
    for at, each in enumerate(words):
        await page.locator("textarea, input[type=text]").nth(at).fill(each)


async def to_the_dialogue(page: Page) -> None:
    """Through the silences, a scene in two parts, its title, a plan, and a check that stays open."""
    await on(page, 3)
    await write(page, "Monday", "a friend")
    await on(page)
    await write(page, "small")
    await on(page)
    await write(page, "The queue")
    await on(page)
    await write(page, "ask for ten minutes")
    await page.locator("label.tile-number").filter(has_text="7").click()
    await on(page, 2)


async def to_the_end(page: Page) -> None:
    """On to the last screen, and Done."""
    done = button(page, "Done")
    while not await done.is_visible():
        await on(page)
    await done.click()  # the support card
    await done.click()
    await expect(page.get_by_text("Saved on this phone.")).to_be_visible()


@pytest.mark.asyncio(loop_scope="session")
async def test_every_new_screen_is_clean(anna: Page) -> None:
    await begin(anna)
    problems: dict[str, list[str]] = {}
    places: set[tuple[float, ...]] = set()
    while not await button(anna, "Someone I can call").is_visible():
        title = await anna.locator("h1").inner_text()
        problems[f"{len(problems)} {title}"] = await findings(anna)
        places.add(await stop_place(anna))
        if await anna.locator(".turn").count():
            await write(anna, "I want to be heard.")
        await on(anna)
    problems["support"] = await findings(anna)

    assert len(problems) > 18
    assert [height >= 44 and width >= 44 for _, _, width, height in places] == [True]
    assert {screen: found for screen, found in problems.items() if found} == {}


async def test_a_dialogue_cut_off_goes_on_at_the_same_turn(laptop: Phone, phone: Phone) -> None:
    anna = await joined(laptop, phone)
    await begin(anna)
    await to_the_dialogue(anna)
    await write(anna, "You make a fuss.")
    await on(anna, 2)
    await write(anna, "I am tired")
    await anna.wait_for_timeout(600)  # a pause in typing: it is on the phone
    await phone.kill()
    anna = await first_page(phone)

    await anna.goto("/")
    await button(anna, "Go on").click()
    await button(anna, "I'd rather not say").click()
    await button(anna, "Go on").click()

    await expect(anna.get_by_role("heading", name="Turn 2 of 5")).to_be_visible()
    await expect(anna.get_by_label("The one who hears it")).to_have_value("I am tired")
    await expect(anna.get_by_text("You make a fuss.")).to_be_visible()


@pytest.mark.asyncio(loop_scope="session")
async def test_what_was_written_is_kept_here_and_shown_again(anna: Page) -> None:
    sent: list[str] = []
    anna.on("request", lambda request: sent.append(request.post_data or ""))
    await begin(anna)
    await to_the_dialogue(anna)
    await write(anna, "You make a fuss.")
    await on(anna)
    await to_the_end(anna)

    await anna.goto("/history")
    await anna.get_by_role("link", name="Scene: The queue").click()
    await expect(anna.get_by_text("small", exact=True)).to_be_visible()
    await begin(anna)
    await on(anna, 7)
    while not await anna.locator(".recall").is_visible():
        await on(anna)
    await expect(anna.locator(".recall")).to_have_text("What: ask for ten minutes\nHow sure: 7 of 10")
    await on(anna)
    await expect(anna.get_by_role("region", name="The queue")).to_be_visible()
    assert not [body for body in sent if "ten minutes" in body or "small" in body or "fuss" in body]
