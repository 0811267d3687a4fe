"""Ada, an admin, reads an exercise whole and notes who approves it; a therapist sees it, and may set it."""

import re
import tomllib

from playwright.async_api import expect

from tests.e2e.machines import ROOT, Phone, Server
from tests.e2e.people import button, invite, sign_in, today
from tests.e2e.test_main_job import first_page
from tests.e2e.test_screens import findings

GUARDED = "A new move in a hard scene"
VERSION = tomllib.loads((ROOT / "exercises/new-ending-recent/exercise.toml").read_text())["version"]


async def test_an_admin_reads_an_exercise_and_notes_its_approval(server: Server, laptop: Phone) -> None:
    server.stop()
    said = ["--practice", "The practice", "--name", "ada.b", "--display-name", "Ada Bianchi", "--role", "admin"]
    link = server.command("create-therapist", *said).split()[-1]
    server.start()
    page = await first_page(laptop)
    await page.goto(link.replace("/join#", "/sign-in#"))
    await button(page, "Sign in on this device").click()
    await expect(page.get_by_role("heading", name="Exercises")).to_be_visible()
    problems = await findings(page)

    await page.get_by_role("link", name=GUARDED).click()
    await expect(page.get_by_role("paragraph").filter(has_text="Let the scene end there.")).to_be_visible()
    problems += await findings(page)
    await page.get_by_label("Who read it and approves it?").fill("Dr. Verdi")
    await button(page, f"Note the approval of version {VERSION}").click()

    await expect(page.get_by_text(f"approved version {VERSION} on")).to_be_visible()
    await page.goto("/exercises")
    await expect(page.get_by_role("link", name=GUARDED).get_by_text("Approved")).to_be_visible()
    assert problems == []
    await button(page, "Sign out").click()
    await expect(page.get_by_label("Sign-in name")).to_be_visible()
    await sign_in(page)
    await page.goto("/exercises/new-ending-recent")
    await expect(page.get_by_text(f"approved version {VERSION} on")).to_be_visible()
    await expect(page.get_by_label("Who read it and approves it?")).to_have_count(0)


async def test_who_sets_it_reads_what_scene_to_write_down_and_must_write_one(server: Server, laptop: Phone) -> None:
    server.approves("film-from-the-back-row")
    page = await first_page(laptop)
    await sign_in(page)
    await invite(page, "Anna")
    await button(page, "Close").click()
    await button(page, "Assign an exercise").click()
    await button(page, "Choose: Film from the back row").click()
    scene = page.get_by_label("The scene you agreed on, as you wrote it together")

    await expect(scene).to_have_accessible_description(re.compile("One mild scene that is 4 of 10 or less"))
    await expect(page.get_by_label("Starts only at distress of at most")).to_have_count(0)
    assert await findings(page) == []
    await page.get_by_label("Done together in the session on").fill(await today(page))
    await button(page, "Assign").click()
    await expect(page.get_by_text("Write down the scene you agreed on.")).to_be_visible()
    await scene.fill("In the kitchen, with a colleague.")
    async with page.expect_request("**/assignments") as asked:
        await button(page, "Assign").click()
    assert (await (await asked.value).all_headers())["x-midweek-zone"] == "Europe/Rome"

    await expect(page.get_by_role("heading", name="Exercises set")).to_be_visible()
