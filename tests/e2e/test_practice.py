"""Ada, an admin, reads an exercise whole and notes who approves it; a therapist sees it, and may set it."""

from playwright.async_api import expect

from tests.e2e.machines import Phone, Server
from tests.e2e.people import button, sign_in
from tests.e2e.test_main_job import first_page
from tests.e2e.test_screens import findings

GUARDED = "A new move in a hard scene (set by your therapist)"


async def test_an_admin_reads_an_exercise_and_notes_its_approval(server: Server, laptop: Phone) -> None:
    server.stop()
    said = ["--practice", "The practice", "--name", "ada", "--display-name", "Ada Bianchi", "--role", "admin"]
    link = server.command("create-therapist", *said).split()[-1]
    server.start()
    page = await first_page(laptop)
    await page.goto(link.replace("/join#", "/sign-in#"))
    await button(page, "Sign in on this device").click()
    await expect(page.get_by_role("heading", name="Exercises")).to_be_visible()
    problems = await findings(page)

    await page.get_by_role("link", name=GUARDED).click()
    await expect(page.get_by_text("Let the scene end there.")).to_be_visible()
    problems += await findings(page)
    await page.get_by_label("Who read it and approves it?").fill("Dr. Verdi")
    await button(page, "Note the approval of version 1").click()

    await expect(page.get_by_text("approved version 1 on")).to_be_visible()
    await page.goto("/exercises")
    await expect(page.get_by_role("link", name=GUARDED).get_by_text("Approved")).to_be_visible()
    assert problems == []
    await button(page, "Sign out").click()
    await expect(page.get_by_label("Sign-in name")).to_be_visible()
    await sign_in(page)
    await page.goto("/exercises/new-ending-recent")
    await expect(page.get_by_text("approved version 1 on")).to_be_visible()
    await expect(page.get_by_label("Who read it and approves it?")).to_have_count(0)
