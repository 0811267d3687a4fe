"""A fortnight, played through side by side: Anna's phone, often without a network, and Teresa's laptop, with a server
whose clock the test moves along with theirs. From the invite to what was changed after the next session."""

import re
import socket
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from litestar import Litestar
from playwright.async_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect

from server.app import create_app
from server.opening import Stores
from tests.cast import Clock, library, settings_in, started
from tests.e2e.machines import PASSWORD, PATIENCE, PHONE, built
from tests.e2e.people import (
    answer,
    at_rest,
    button,
    invite,
    join,
    opened,
    play_on,
    ready_offline,
    runs_saved,
    sign_in,
    start,
    status,
    write_note,
)
from tests.e2e.test_brief import MOST_WORDS
from tests.push.served import answering

pytestmark = pytest.mark.asyncio(loop_scope="session")

ROME: Final = ZoneInfo("Europe/Rome")
HANDSET: Final[ViewportSize] = {"width": PHONE["width"], "height": PHONE["height"]}
LAPTOP: Final[ViewportSize] = {"width": 1280, "height": 800}
FEET: Final = "Feet on the floor"
UNDER: Final = "The feeling under the feeling"
BY_THE_WINDOW: Final = "Sit by the window, as you did here."
HERS_ALONE: Final = "I read his message eleven times."
TO_BRING: Final = "The first ten minutes at my mother's."
TO_SAY: Final = "Wednesday's exercise was too much, so I left it."
THEY_DID: Final = "Looked at the clock."
SAID: Final = [
    "3 entries on 3 days: 3 on their own, 0 after a reminder.",
    "How hard things were to carry: from 3 to 8 (n 3).",
    "1 hard moment (7 or more): 1 in the evening.",
    "3 words picked, 2 different.",
    "Most often: uneasy (2) and relieved (1).",
    f"{FEET}: opened once, finished once",
    f"{UNDER}: opened 2 times, stopped once",
    f"Opened and not finished: {UNDER}.",
    "1 part or entry was held back.",
    THEY_DID,
    TO_SAY,
]
"""What the page says on Monday: of the check-ins that are shared and not held back, hard 6, 8 and 3."""


class Two:
    """Anna and Teresa, each at their own screen, and the one time it is for both and the server."""

    def __init__(self, clock: Clock, anna: Page, teresa: Page) -> None:
        self.clock, self.anna, self.teresa = clock, anna, teresa

    async def on(self, moment: str) -> None:
        """It is then, in Rome."""
        at = datetime.fromisoformat(f"2026-{moment}").replace(tzinfo=ROME)
        self.clock.now = int(at.timestamp() * 1000)
        for page in (self.anna, self.teresa):
            await page.clock.set_system_time(at)


@pytest_asyncio.fixture(loop_scope="session")
async def two(browser: Browser, tmp_path: Path) -> AsyncIterator[Two]:
    """Two browsers that know nothing yet, and a practice where Teresa works."""
    clock = Clock()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        origin = f"http://localhost:{listening.getsockname()[1]}"
        app = create_app(settings_in(tmp_path, origin=origin, pwa=built(), syncs_a_minute=100_000), clock, library())
        async with started(app), answering(app, listening):
            await employ_teresa(app, clock)
            contexts = [await screen(browser, origin, size) for size in (HANDSET, LAPTOP)]
            yield Two(clock, *[await context.new_page() for context in contexts])
            for context in contexts:
                await context.close()


async def screen(browser: Browser, origin: str, size: ViewportSize) -> BrowserContext:
    """A browser of this size, in Rome."""
    context = await browser.new_context(viewport=size, base_url=origin, locale="en-GB", timezone_id=ROME.key)
    context.set_default_timeout(PATIENCE)
    return context


async def employ_teresa(app: Litestar, clock: Clock) -> None:
    """A practice, Teresa in it, and the one exercise approved that touches a hard feeling."""
    stores: Stores = app.state.stores
    practice = await stores.people.create_practice("The practice", clock())
    await stores.people.create_staff(practice, "therapist", "teresa", "Teresa Rossi", PASSWORD, clock())
    await stores.approvals.add(practice, "feeling-under-feeling", 1, "Dr. Test", "2026-09-01")


async def test_a_fortnight_side_by_side(two: Two) -> None:
    await in_the_room(two)
    await on_the_train(two)
    await stopped(two)
    await for_herself_alone(two)
    await something_to_bring(two)
    await not_today(two)
    await one_scene(two)
    await the_page_first(two)
    await arrives_prepared(two)
    await adjusts(two)
    await sees_what_changed(two)


async def in_the_room(two: Two) -> None:
    """Monday: Teresa invites, Anna joins and agrees and checks in; two exercises are set, and when they meet again."""
    await two.on("09-21T16:05")
    anna, teresa = two.anna, two.teresa
    await sign_in(teresa)
    await join(anna, await invite(teresa, "Anna"))
    await checks_in(anna, 6, "uneasy")
    await at_rest(anna)
    await button(teresa, "Close").click()
    for day, clock in (("2026-09-21", "16:00"), ("2026-10-05", "16:30")):
        await meets(teresa, day, clock)

    await chooses(teresa, FEET)
    await teresa.get_by_label("How often").select_option("2 times a week")
    await teresa.get_by_label("Why this, why now").fill("For the minutes before you ring the bell.")
    await teresa.get_by_text("Other words for a step").click()
    await button(teresa, "Write other words").click()
    await teresa.get_by_label("Your words for step 2").fill(BY_THE_WINDOW)
    await button(teresa, "Assign").click()
    await chooses(teresa, UNDER)
    await teresa.get_by_label("Suggest a reminder at").fill("19:00")
    await button(teresa, "Assign").click()
    await expect(button(teresa, f"End: {UNDER}")).to_be_visible()

    await opened(anna, "/settings")
    await expect(anna.get_by_role("heading", name="Teresa Rossi suggests a reminder")).to_be_visible()
    await opened(anna, "/practise")
    await expect(card(anna, FEET)).to_contain_text("2 times a week")
    await ready_offline(anna)


async def on_the_train(two: Two) -> None:
    """Wednesday, without a network: a hard moment with a note that stays hers, and the feet, in Teresa's words."""
    await two.on("09-23T21:10")
    page = two.anna
    await page.context.set_offline(True)
    await page.goto("/check-in")
    await picks(page, "uneasy")
    await write_note(page, HERS_ALONE)
    await answer(page, 8)

    await page.goto("/practise/feet-on-floor")
    await button(page, "Start").click()
    await says(page, 7)
    await expect(page.get_by_role("heading", level=1)).to_have_text(BY_THE_WINDOW)
    await on_to(page, page.get_by_role("heading", name="How hard are things to carry now?"))
    await says(page, 5)
    await button(page, "Done").click()
    await expect(page.get_by_text("Saved on this phone.")).to_be_visible()


async def stopped(two: Two) -> None:
    """Friday, with a network again: what waited is sent, and Stop ends the other exercise."""
    await two.on("09-25T19:05")
    page = two.anna
    await page.context.set_offline(False)
    await opened(page, "/")
    await expect(status(page)).to_have_text("Everything shared is sent")

    await start(page, "feeling-under-feeling")
    await button(page, "Stop").click()
    await expect(page.get_by_text("You stopped, and that is fine.")).to_be_visible()
    await button(page, "Leave for now").click()
    await runs_saved(page)


async def for_herself_alone(two: Two) -> None:
    """Saturday night: the hardest of all, and nobody's business."""
    await two.on("09-26T23:40")
    page = two.anna
    await page.goto("/check-in")
    await button(page, "A bit more?").click()
    await page.get_by_role("switch", name="Keep this one to myself").set_checked(True, force=True)
    await answer(page, 9)


async def something_to_bring(two: Two) -> None:
    """The second Monday: words for Teresa, to be brought."""
    await two.on("09-28T08:30")
    page = two.anna
    await page.goto("/check-in")
    await write_note(page, TO_BRING)
    await page.get_by_role("switch", name="Teresa Rossi can read this note").set_checked(True, force=True)
    await page.get_by_role("switch", name="Bring this to my session").set_checked(True, force=True)
    await answer(page, 7)


async def not_today(two: Two) -> None:
    """Wednesday: the exercise asks, the answer is eight, and it is left for another day."""
    await two.on("09-30T19:20")
    page = two.anna
    await start(page, "feeling-under-feeling")
    await page.locator("button.on").click()
    await says(page, 8)
    await button(page, "Not today").click()
    await expect(page.get_by_role("heading", name="Good evening")).to_be_visible()
    await runs_saved(page)


async def one_scene(two: Two) -> None:
    """Friday: an easier evening, and a scene that Teresa may read."""
    await two.on("10-02T21:30")
    page = two.anna
    await checks_in(page, 3, "relieved")
    await page.goto("/practise/one-scene")
    await button(page, "Start").click()
    await on_to(page, page.get_by_label("What did they say or do?"))
    await page.get_by_label("What did they say or do?").fill(THEY_DID)
    await play_on(page)
    await button(page, "Done").click()
    await expect(page.get_by_text("Saved on this phone.")).to_be_visible()

    await opened(page, "/history")
    await page.locator("a.entry").filter(has_text=THEY_DID).click()
    await button(page, "Choose what is shared").click()
    await page.get_by_role("switch", name="Teresa Rossi can see this").set_checked(True, force=True)
    await button(page, "Save").click()
    await page.get_by_role("heading", name="Who can see it").wait_for()


async def the_page_first(two: Two) -> None:
    """Sunday: why Wednesday was left is said in a note; then Anna reads the page, and holds one entry back."""
    await two.on("10-04T18:00")
    page = two.anna
    await opened(page, "/settings/notes")
    await page.get_by_label("to know when you meet?").fill(TO_SAY)
    await button(page, "Let Teresa Rossi read it").click()
    await expect(page.get_by_text("Teresa Rossi has not opened it yet.")).to_be_visible()
    await opened(page, "/settings/brief")
    brought = page.get_by_role("region", name="Bring this").get_by_role("listitem")
    await expect(brought.filter(has_text=TO_SAY)).to_be_visible()
    await brought.filter(has_text=TO_BRING).get_by_role("switch").set_checked(True, force=True)
    await at_rest(page)
    await page.get_by_role("switch", name="Show it as Teresa Rossi gets it").set_checked(True, force=True)
    await expect(page.get_by_text("1 part or entry was held back.")).to_be_visible()
    await expect(page.get_by_text(TO_BRING)).to_have_count(0)


async def arrives_prepared(two: Two) -> None:
    """Monday, ten minutes before: what was shared is on the page and counted right, and nothing else; on one sheet."""
    await two.on("10-05T16:20")
    page = two.teresa
    await sign_in(page)
    await page.get_by_role("link", name="Anna").first.click()
    await page.get_by_role("link", name="The page before the session").click()
    sheet = page.locator("article.brief")
    await sheet.get_by_role("heading", name="How it has been").wait_for()
    said = re.sub(r"[\u2068\u2069]", "", await sheet.inner_text())

    assert [line for line in SAID if line not in said] == []
    assert [line for line in (TO_BRING, HERS_ALONE) if line in said] == []
    assert pages(await page.pdf(format="A4")) == 1
    assert sum(any(each.isalpha() for each in word) for word in said.split()) <= MOST_WORDS
    await sheet.get_by_role("listitem").filter(has_text=TO_SAY).get_by_role("button", name="Discussed").click()
    await sheet.get_by_role("listitem").filter(has_text=THEY_DID).get_by_role("button", name="Discussed").click()
    await expect(sheet.get_by_text("Marked as discussed.")).to_have_count(2)


async def adjusts(two: Two) -> None:
    """In the room: the feet more often, the other one ended, and set again for once."""
    await two.on("10-05T16:55")
    page = two.teresa
    await button(page, "Back").click()
    await button(page, f"Edit: {FEET}").click()
    await page.get_by_label("How often").select_option("4 times a week")
    await button(page, "Save the change").click()
    await button(page, f"End: {UNDER}").click()
    await button(page, "End it").click()
    await page.get_by_text("1 that has ended").click()
    await button(page, f"Set again: {UNDER}").click()
    await page.get_by_label("How often").select_option("Once")
    await page.get_by_label("Why this, why now").fill("Only on an easy day.")
    await button(page, "Assign").click()
    await expect(button(page, f"End: {UNDER}")).to_be_visible()


async def sees_what_changed(two: Two) -> None:
    """On the way home: Anna's phone has what they agreed, and what they talked about."""
    await two.on("10-05T18:10")
    page = two.anna
    await opened(page, "/practise")
    await expect(page.locator(".assigned")).to_have_count(2)
    await expect(card(page, FEET)).to_contain_text("4 times a week")
    await expect(card(page, UNDER)).to_contain_text("Only on an easy day.")
    await page.goto("/history/2026-10")
    await page.locator("a.entry").filter(has_text=THEY_DID).click()
    await expect(page.get_by_text("Teresa Rossi marked this as talked about in a session.")).to_be_visible()


def card(page: Page, title: str) -> Locator:
    """What is set, on Anna's phone."""
    return page.locator(".assigned").filter(has=page.get_by_role("heading", name=title))


async def meets(page: Page, day: str, clock: str) -> None:
    """Teresa sets one date."""
    await button(page, "Set a date").click()
    await page.get_by_label("First or only date").fill(day)
    await page.get_by_label("Time", exact=True).fill(clock)
    await page.get_by_role("switch", name="Every week").set_checked(False, force=True)
    await button(page, "Set it").click()
    await expect(button(page, "Set a date")).to_be_visible()


async def chooses(page: Page, title: str) -> None:
    """Teresa finds an exercise for Anna."""
    await button(page, "Assign an exercise").click()
    await page.get_by_label("Find an exercise").fill(title)
    await button(page, f"Choose: {title}").click()


async def checks_in(page: Page, distress: int, word: str) -> None:
    """Anna says how hard it is, with a word."""
    await page.goto("/check-in")
    await picks(page, word)
    hard = page.get_by_role("group", name="How hard are things to carry?")
    await hard.get_by_role("radio", name=str(distress), exact=True).check(force=True)
    await button(page, "Save").click()
    await expect(page.get_by_text("Saved on this phone.")).to_be_visible()


async def picks(page: Page, word: str) -> None:
    """On the open check-in, Anna looks for a word and takes it."""
    await page.get_by_label("Search for a word").fill(word)
    await page.get_by_role("checkbox", name=word).first.check(force=True)


async def on_to(page: Page, what: Locator) -> None:
    """Anna goes on, skipping what may be skipped, until this comes."""
    while not await what.is_visible():
        await page.locator("button.on").click()


async def says(page: Page, number: int) -> None:
    """Anna answers with a number, and goes on."""
    await page.get_by_role("radio", name=str(number), exact=True).check(force=True)
    await page.locator("button.on").click()


def pages(pdf: bytes) -> int:
    """How many sheets it is printed on."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))
