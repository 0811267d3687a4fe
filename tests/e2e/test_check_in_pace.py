"""A check-in at a person's pace: 1.2 s a tap, and time to read what is asked. Quick: at most 4 taps and 20 s; with
everything answered: at most 90 s."""

from typing import Final

import pytest
from playwright.async_api import Locator, Page, expect

from tests.e2e.devices import Client
from tests.e2e.people import at_rest, button

pytestmark = pytest.mark.asyncio(loop_scope="session")

TAP: Final = 1.2
"""Seconds for a tap: see it, reach it, touch it."""
READ: Final = 0.3
"""Seconds for a word: 200 words a minute, as a tired person reads."""
LETTER: Final = 0.3
"""Seconds for a letter typed on glass."""


class Pace:
    """A person on a page: what they tapped, and for how long they read and wrote."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps, self.seconds = page, 0, 0.0

    async def tap(self, what: Locator) -> None:
        """One tap. What is off the screen is scrolled to, which costs as much as another."""
        if not await what.evaluate(
            "one => { const {top, bottom} = one.getBoundingClientRect(); return top >= 0 && bottom <= innerHeight; }"
        ):
            self.seconds += TAP
        await what.scroll_into_view_if_needed()  # once it stands still
        await what.click(force=True)
        self.taps += 1
        self.seconds += TAP

    async def read(self, what: Locator) -> None:
        """All the words of it."""
        self.seconds += READ * len((await what.inner_text()).split())

    async def write(self, what: Locator, words: str) -> None:
        """By hand."""
        await self.tap(what)
        await what.press_sequentially(words)
        self.seconds += LETTER * len(words)


def question(page: Page, words: str) -> Locator:
    """The name of a question."""
    return page.get_by_text(words, exact=True).first


async def saved(page: Page) -> None:
    await expect(page.get_by_role("heading", name="Saved on this phone.")).to_be_visible()


async def test_the_quick_way_takes_four_taps_and_twenty_seconds(anna: Client) -> None:
    page = await anna.handset()
    await page.context.set_offline(True)
    person = Pace(page)

    await person.tap(page.get_by_role("link", name="Check in", exact=True).last)
    await person.read(question(page, "Where are you right now?"))
    await person.tap(page.locator(".affect-square"))
    await person.read(question(page, "How hard are things to carry?"))
    await person.tap(page.get_by_role("radio", name="5", exact=True))
    await person.tap(button(page, "Save"))
    await saved(page)

    assert person.taps <= 4
    assert person.seconds <= 20


async def test_with_everything_answered_it_takes_ninety_seconds(anna: Client) -> None:
    page = await anna.handset()
    await at_rest(page)
    person = Pace(page)

    await person.tap(page.get_by_role("link", name="Check in", exact=True).last)
    await person.read(page.locator("main"))
    await person.tap(page.locator(".affect-square"))
    await person.tap(page.get_by_role("radio", name="5", exact=True))
    await person.tap(page.get_by_role("button", name="Sadness").first)
    await person.tap(page.get_by_role("checkbox", name="lonely").first)
    await person.tap(button(page, "A bit more?"))
    await person.tap(page.get_by_text("Where in your body?").first)
    await person.tap(page.get_by_role("option", name="chest").first)
    await person.tap(page.get_by_text("What's going on around you?").first)
    await person.tap(page.get_by_role("checkbox", name="home").first)
    await person.tap(page.get_by_role("checkbox", name="family").first)
    await person.write(page.get_by_label("Anything you want to note?"), "About the call with my sister.")
    await person.tap(page.get_by_role("switch", name="Bring this to my session"))
    await person.tap(button(page, "Save"))
    await saved(page)

    assert person.seconds <= 90
