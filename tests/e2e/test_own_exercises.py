"""Teresa writes an exercise of her own, is told what to put right, publishes it; Anna does it without a network."""

from pathlib import Path

import pytest
from playwright.async_api import FilePayload, expect

from tests.e2e.devices import Client
from tests.e2e.people import at_rest, button, play_on, start
from tests.e2e.test_screens import findings

ELSEWHERE = """async id => {
    const headers = {"Content-Type": "application/json", "X-Midweek": "1"};
    const there = await (await fetch(`/api/practice/own-exercises/${id}`)).json();
    const files = {...there.files, words: there.files.words.replace("Stand up", "Get up")};
    const body = JSON.stringify({base: there.rev, files});
    await fetch(`/api/practice/own-exercises/${id}`, {method: "PUT", headers, body});
}"""
"""Somebody else changes a word."""
pytestmark = pytest.mark.asyncio(loop_scope="session")


def files(*names: str) -> list[FilePayload]:
    """Files of one of ours, picked from a folder; a name that is not among them is an empty one."""
    home = Path(__file__).parents[2] / "exercises" / "feet-on-floor"
    found = [(name, (home / name).read_bytes() if (home / name).exists() else b"") for name in names]
    return [{"name": name, "mimeType": "text/plain", "buffer": data} for name, data in found]


async def test_an_exercise_is_written_checked_published_set_and_done_offline(anna: Client) -> None:
    page = await anna.laptop()
    await page.goto("/exercises/own")
    await page.get_by_label("The .zip of one exercise").set_input_files(files("exercise.toml", "notes.txt"))
    await expect(page.get_by_text("Choose one .zip, or the two files")).to_be_visible()
    await page.get_by_label("The .zip of one exercise").set_input_files(files("exercise.toml", "en.md"))
    await expect(page.get_by_text("The check finds nothing to put right.")).to_be_visible()
    await button(page, "Back").click()
    await page.get_by_label("Title").fill("Two steps back")
    problems = await findings(page)
    await button(page, "Begin").click()
    await expect(page.get_by_text("The check finds nothing to put right.")).to_be_visible()

    await page.locator(".own-step > summary").first.click()
    await page.get_by_label("What your client reads").first.fill("You must relax <b>now</b>.")
    await expect(page.get_by_text("3 things to put right", exact=False).first).to_be_visible()
    await expect(page.get_by_text('says "relax", which is on the list')).to_be_visible()
    await expect(page.get_by_role("status").filter(has_text="Saved,")).to_be_visible()
    await expect(button(page, "Publish version 1")).to_be_disabled()
    problems += await findings(page)
    await page.get_by_label("What your client reads").first.fill("Stand up if you like. Take two steps back.")
    await button(page, "Down: step 1").click()
    await button(page, "Publish version 1").click()
    await expect(page.get_by_text("Version 1 is published.")).to_be_visible()
    own = page.url.split("/")[-2]
    await page.locator(".own-step > summary").last.click()
    await page.evaluate(ELSEWHERE, own)
    await page.get_by_label("What your client reads").last.fill("That is all of it.")
    await expect(page.get_by_role("heading", name="changed this meanwhile")).to_be_visible()
    problems += await findings(page)
    await button(page, "Keep mine as a new exercise").click()
    await page.wait_for_url(lambda url: own not in url)
    await expect(page.locator(".own-step-title", has_text="That is all of it.")).to_be_visible()
    await page.get_by_label("Kind").select_option("dialogue")
    await button(page, "Add it").click()
    await (
        page.get_by_label("What your client reads").locator("visible=true").last.fill("Let the two speak, a line each.")
    )
    await page.get_by_label("Who speaks: voice 1").fill("The careful one")
    await page.get_by_role("switch", name="A third, fair voice at the end").press("Space")
    await expect(page.get_by_label("Who speaks: the third voice")).to_have_value("A fair one")
    await page.get_by_text("Shorter and longer").click()
    await page.get_by_label("Another length, in minutes").fill("9")
    await button(page, "Add a length").click()
    await expect(page.get_by_label("What 9 minutes are called")).to_have_value("A long one")
    await expect(page.get_by_text("and one of its `lengths` says 9", exact=False).first).to_be_visible()
    problems += await findings(page)
    await page.get_by_label("Kind", exact=True).select_option(label="A fork that nobody sees")
    await page.get_by_label("Where", exact=True).select_option(label="Before step 3")
    await button(page, "Add it").click()
    fork = page.locator("#own-branch")
    await expect(fork.get_by_label("It looks at the answer of")).to_have_value("clarity_before")
    await fork.get_by_label("Go to", exact=True).select_option("clarity_after")
    await expect(page.get_by_text("If step 1 is 8 or more: step 5. Otherwise: the next step.")).to_be_visible()
    await page.locator(".own-step > summary").nth(4).click()
    await button(page, "Take out: step 5").click()
    await expect(page.get_by_text("It was spoken of in step 3.")).to_be_visible()
    await expect(fork.get_by_text("Way 1 leads to a step that is gone. Pick another one.")).to_be_visible()
    problems += await findings(page)
    await button(page, "Put step 5 back").click()
    await expect(fork.get_by_text("Way 1 leads to a step that is gone.")).to_have_count(0)

    await anna.is_given(own)
    phone = await anna.handset()
    await phone.context.set_offline(True)
    await start(phone, own)
    await expect(phone.get_by_role("heading", name="How clear is what you feel right now?")).to_be_visible()
    await phone.locator("button.on").click()
    await expect(phone.get_by_role("heading", name="Take two steps back.")).to_be_visible()
    await play_on(phone)
    await button(phone, "Done").click()
    await expect(phone.get_by_text("Saved on this phone.")).to_be_visible()
    await phone.goto("/history")

    await expect(phone.get_by_text("Two steps back")).to_be_visible()
    await phone.context.set_offline(False)
    await phone.reload()
    await at_rest(phone)
    await page.goto(f"/clients/{anna.id}")
    await expect(page.get_by_text("Two steps back").last).to_be_visible()
    assert problems == []
