"""Teresa assigns at a person's pace, tailors a step, puts in order, undoes and sets again; Anna's phone follows."""

import re
from typing import Final

import pytest
from playwright.async_api import expect

from tests.e2e.devices import Client
from tests.e2e.people import button, opened, start
from tests.e2e.test_check_in_pace import Pace
from tests.e2e.test_screens import findings

pytestmark = pytest.mark.asyncio(loop_scope="session")

EXERCISE: Final = "Feet on the floor"
SET_AT_FIRST: Final = """new MutationObserver(() => {
    if (window.setAtFirst === undefined && document.getElementById("practise-self"))
        window.setAtFirst = [...document.querySelectorAll(".assigned h3")].map((title) => title.textContent);
}).observe(document, {childList: true, subtree: true});"""
"""What the list of exercises has of what was set when it is there for the first time."""
HOSTILE: Final = "Sit by the \u202ewindow.\n<img src=x onerror=document.title='taken'>Both <b>feet</b>."


async def test_an_exercise_is_set_in_thirty_seconds_tailored_and_put_in_order(anna: Client) -> None:
    handset, laptop = await anna.handset(), await anna.laptop()
    await anna.is_given("name-it-gently")
    await laptop.goto(f"/clients/{anna.id}")

    person = Pace(laptop)
    await person.tap(button(laptop, "Assign an exercise"))
    await person.write(laptop.get_by_label("Find an exercise"), "feet")
    await person.read(laptop.locator(".desk-pick").filter(has_text=EXERCISE))
    await person.tap(button(laptop, f"Choose: {EXERCISE}"))
    await person.read(laptop.locator(".desk-preview"))
    await person.tap(button(laptop, "Assign"))
    await expect(button(laptop, f"Undo: take back “{EXERCISE}”")).to_be_visible()
    assert person.seconds <= 30
    assert person.taps <= 4

    await button(laptop, f"Edit: {EXERCISE}").click()
    await laptop.get_by_text("Other words for a step").click()
    await button(laptop, "Write other words").click()
    await expect(laptop.get_by_label("Your words for step 2")).to_be_focused()
    await laptop.get_by_label("Your words for step 2").fill(HOSTILE)
    problems = await findings(laptop)
    await laptop.get_by_role("button", name=re.compile("See it on")).click()
    shown = laptop.frame_locator("iframe")
    await expect(shown.get_by_text("changed the words of one step for you.")).to_be_visible()
    await shown.get_by_role("button", name="Start").click()
    await laptop.locator(".preview-jump").filter(has_text="Sit by the window.").click()
    await expect(shown.locator("h1")).to_have_text("Sit by the window.")
    await expect(shown.locator(".player-step img, .player-step b")).to_have_count(0)
    await button(laptop, "Save the change").click()

    await button(laptop, "Put in order").click()
    up = button(laptop, "Move up: Name it gently")
    await up.focus()
    await laptop.keyboard.press("Enter")
    await expect(up).to_be_focused()
    await laptop.get_by_label(re.compile("is a good one to begin with")).check()
    problems += await findings(laptop)
    await button(laptop, "Save the order").click()

    await button(laptop, f"End: {EXERCISE}").click()
    await button(laptop, "End it").click()
    await button(laptop, f"Undo: “{EXERCISE}” goes on").click()
    await expect(laptop.get_by_text("goes on as it was.")).to_be_visible()
    await button(laptop, "End: Name it gently").click()
    await button(laptop, "End it").click()
    await laptop.get_by_text("1 that has ended").click()
    await button(laptop, "Set again: Name it gently").click()
    await button(laptop, "Assign").click()
    await expect(button(laptop, "End: Name it gently")).to_be_visible()

    await opened(handset, "/practise")
    await expect(handset.locator(".assigned h3")).to_have_text([EXERCISE, "Name it gently"])
    await handset.add_init_script(SET_AT_FIRST)
    await handset.reload()
    await expect(handset.locator("#practise-self")).to_be_visible()
    assert await handset.evaluate("window.setAtFirst") == [EXERCISE, "Name it gently"]  # nothing moves under a finger
    await handset.context.set_offline(True)
    await start(handset, "feet-on-floor")
    await handset.locator("button.on").click()
    await expect(handset.locator("h1")).to_have_text("Sit by the window.")
    await expect(handset.locator(".player-step p").first).to_contain_text("<img src=x")
    await expect(handset.locator(".player-step img, .player-step b")).to_have_count(0)
    assert problems == []
