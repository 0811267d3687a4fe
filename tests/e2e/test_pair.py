"""What the two have in common, side by side: a note each way, a word, part 6 of the plan, and what the phone opens."""

import re
from typing import Final

import pytest
from playwright.async_api import Page, expect

from tests.e2e.devices import Client
from tests.e2e.people import answer, at_rest, button, opened
from tests.e2e.test_screens import findings

pytestmark = pytest.mark.asyncio(loop_scope="session")

THEIRS: Final = "Stop in the door for <b>one</b> breath."
WRONG: Final = "See you at nine, Bruno."
MINE: Final = "The call with my brother."
PART: Final = "The pills go to my sister."


async def in_the_room(laptop: Page, client: Client) -> list[str]:
    """Teresa leaves a note, adds a word, writes part 6 with Anna, and sets what opens; what axe finds on the way."""
    await laptop.goto(f"/clients/{client.id}")
    for step, text in (("Write a note", WRONG), ("Write a new one", THEIRS)):
        await button(laptop, step).click()
        await laptop.get_by_label("have until you meet?").fill(text)
        await button(laptop, "Leave this note").click()
    await take_back_the_earlier_one(laptop)
    await button(laptop, "Add a word").click()
    await laptop.get_by_label("Word", exact=True).fill("knot")
    await laptop.get_by_label("What it means").fill("Before I say no.")
    await button(laptop, "Add it").click()
    await button(laptop, "Write it together").click()
    await laptop.get_by_label("wants out of reach").fill(PART)
    await button(laptop, "Put it in the plan").click()
    await expect(laptop.get_by_text("nobody else writes in their plan.")).to_be_visible()
    await laptop.get_by_label("We wrote this together").check()
    await button(laptop, "Put it in the plan").click()
    await expect(laptop.get_by_text(PART)).to_be_visible()
    await button(laptop, "Change what is kept closed").click()
    await laptop.get_by_role("switch", name=re.compile("Only exercises from a list")).set_checked(True, force=True)
    await laptop.get_by_label(re.compile("Feet on the floor")).check()
    found = await findings(laptop)
    await button(laptop, "Save").click()
    await expect(laptop.get_by_text("Only 1 exercise from a list")).to_be_visible()
    return found


async def take_back_the_earlier_one(laptop: Page) -> None:
    """It was meant for somebody else; the note that stands is left as it is. She thinks twice, and is where she was."""
    await laptop.get_by_text("1 earlier note").click()
    ask = laptop.get_by_role("button", name=re.compile("Take back your note of"))
    await ask.click()
    await laptop.get_by_role("dialog").get_by_role("button", name="Leave it").click()
    await expect(ask).to_be_focused()
    await ask.click()
    await expect(laptop.get_by_role("dialog")).to_contain_text("They may have read it")
    await laptop.get_by_role("dialog").get_by_role("button", name="Take it back").click()
    await expect(laptop.get_by_text(WRONG)).to_have_count(0)
    await expect(laptop.get_by_text(THEIRS)).to_be_visible()


async def test_what_they_share_is_on_her_phone_without_a_network_and_hers_to_put_away(anna: Client) -> None:
    page, laptop = await anna.handset(), await anna.laptop()
    found = await in_the_room(laptop, anna)
    await opened(page, "/")
    await page.context.set_offline(True)

    await expect(page.get_by_text(THEIRS)).to_be_visible()
    await button(page, "Put it away").click()
    await expect(page.get_by_text(THEIRS)).to_have_count(0)
    await button(page, "Notes for your next session").click()
    await expect(page.get_by_text(THEIRS)).to_be_visible()
    await expect(page.get_by_text(WRONG)).to_have_count(0)
    await page.get_by_label("to know when you meet?").fill(MINE)
    await button(page, "Let Teresa Rossi read it").click()
    await expect(page.get_by_text("On this phone, waiting to send")).to_be_visible()
    found += await findings(page)

    await page.goto("/safety-plan")
    await button(page, "Take this out of my plan").click()
    await expect(page.get_by_text(PART)).to_have_count(0)
    await button(page, "Put it back").click()
    await expect(page.get_by_text(PART)).to_be_visible()
    await expect(page.get_by_text("Written together with Teresa Rossi on")).to_be_visible()

    await page.goto("/practise")
    await expect(page.locator("a[href='/practise/feet-on-floor']")).to_be_visible()
    await expect(page.locator("a[href='/practise/calm-place']")).to_have_count(0)

    await page.goto("/check-in")
    await page.get_by_label("Search for a word").fill("say no")
    await page.get_by_role("checkbox", name=re.compile("knot")).check(force=True)
    await answer(page, 6)
    await page.context.set_offline(False)
    await opened(page, "/settings/words")
    await page.get_by_role("switch", name=re.compile("Offer")).set_checked(False, force=True)
    await at_rest(page)
    await page.goto("/check-in")
    await expect(button(page, "Anger")).to_be_visible()
    await expect(button(page, "Your shared words")).to_have_count(0)

    await laptop.goto(f"/clients/{anna.id}/brief")
    brief = laptop.locator("article.brief")
    await expect(brief.get_by_text(MINE)).to_be_visible()
    await expect(brief.get_by_text("Most often: knot (1).")).to_be_visible()
    assert found == []
