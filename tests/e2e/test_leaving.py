"""Leaving with everything: a copy on one tap, offline too; brought back on another phone; and all of it deleted."""

import io
import json
import re
import zipfile
from pathlib import Path

import httpx
import pytest
from playwright.async_api import FilePayload, Page, Route, expect

from tests.e2e.devices import Client
from tests.e2e.people import answer, button, opened, status, write_note
from tests.e2e.test_main_job import kept
from tests.e2e.test_screens import findings

pytestmark = pytest.mark.asyncio(loop_scope="session")

SENT = "Everything shared is sent"
DAYLIO = """full_date,date,weekday,time,mood,activities,note_title,note
2024-01-23,January 23,Tuesday,6:36 pm,rad,music | good sleep,A title,"Line one, and
line two"
2024-01-24,January 24,Wednesday,22:04,meh,,,
"""


async def with_entries(anna: Client) -> Page:
    """A phone with a shared check-in and a private note."""
    page = await anna.handset()
    await opened(page, "/check-in")
    await write_note(page, "only for me")
    await answer(page, 3)
    await expect(status(page)).to_have_text(SENT)
    return page


async def saved_copy(page: Page) -> dict[str, bytes]:
    """The files of the ZIP that the phone hands out."""
    async with page.expect_download() as coming:
        await button(page, "Save a copy").click()
    download = await coming.value
    assert re.fullmatch(r"midweek-\d{4}-\d{2}-\d{2}\.zip", download.suggested_filename)
    with zipfile.ZipFile(io.BytesIO((await download.path()).read_bytes())) as file:
        return {name: file.read(name) for name in file.namelist()}


async def choose(page: Page, name: str, content: bytes) -> None:
    """Anna opens the screen and chooses a file."""
    await page.goto("/settings/leave/import")
    await page.locator("input[type=file]").set_input_files(
        FilePayload(name=name, mimeType="application/octet-stream", buffer=content)
    )


async def test_one_tap_saves_everything_with_what_the_server_holds(anna: Client) -> None:
    page = await with_entries(anna)
    await page.goto("/settings")
    await button(page, "Save, bring in or delete").click()
    await expect(page.get_by_text("The copy is not locked. Anyone who gets the file can read it.")).to_be_visible()
    assert await findings(page) == []

    files = await saved_copy(page)

    await expect(page.get_by_text("What the server holds is in it too.")).to_be_visible()
    assert "only for me" in json.dumps(json.loads(files["midweek.json"]))
    assert [one["body"]["distress"] for one in json.loads(files["server.json"])["records"]] == [3]
    assert b"only for me" not in files["server.json"]
    assert files["tables/check-ins.csv"].startswith(b"\xef\xbb\xbf")
    assert await findings(page) == []


async def test_offline_the_copy_has_all_that_is_on_the_phone_and_says_what_is_missing(anna: Client) -> None:
    page = await with_entries(anna)
    await page.context.set_offline(True)
    await page.goto("/settings/leave")

    files = await saved_copy(page)

    await expect(page.get_by_text("The server could not be reached.")).to_be_visible()
    assert "server.json" not in files
    assert b"only for me" in files["report.html"]
    assert len(json.loads(files["midweek.json"])["records"]) == 2


async def test_the_page_of_the_copy_opens_by_itself_and_is_clean(anna: Client, tmp_path: Path) -> None:
    page = await with_entries(anna)
    await page.goto("/settings/leave")
    report = tmp_path / "report.html"
    report.write_bytes((await saved_copy(page))["report.html"])
    problems: list[str] = []
    alone = await page.context.new_page()
    alone.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    alone.on("request", lambda asked: None if asked.url.startswith("file:") else problems.append(asked.url))

    await alone.goto(report.as_uri())

    await expect(alone.get_by_role("heading", name="What I saved with Midweek")).to_be_visible()
    await expect(alone.get_by_text("only for me")).to_be_visible()
    assert problems == []


async def test_brought_back_on_another_phone_the_entries_are_there_and_private(anna: Client) -> None:
    first = await with_entries(anna)
    await first.goto("/settings/leave")
    copy = (await saved_copy(first))["midweek.json"].decode()
    aged = re.sub(r'"(id|part_of)":"0', r'"\1":"1', copy)  # as of another journal: none of them is known here
    second = await anna.handset()

    await choose(second, "midweek.json", aged.encode())

    await expect(second.get_by_role("heading", name="This would come in")).to_be_visible()
    await expect(second.get_by_text("1 check-in", exact=True)).to_be_visible()
    assert await findings(second) == []
    before = await kept(second)
    await button(second, "Bring in 2").click()
    await expect(second.get_by_text("2 entries came in. They are private, on this phone only.")).to_be_visible()
    assert await kept(second) == before + 2
    await choose(second, "midweek.json", aged.encode())
    await expect(second.get_by_text("Everything in this file is here already.")).to_be_visible()


async def test_daylios_rows_are_shown_before_they_are_stored_and_keep_their_days(anna: Client) -> None:
    page = await anna.handset()

    await choose(page, "daylio_export.csv", DAYLIO.encode())

    await expect(page.get_by_text("2 check-ins", exact=True)).to_be_visible()
    days = re.compile("From Tuesday,? 23 January 2024 to Wednesday,? 24 January 2024")
    await expect(page.get_by_text(days)).to_be_visible()
    assert await kept(page) == 0
    await button(page, "Bring in 2").click()
    await button(page, "See your history").click()
    await expect(page.get_by_text("rad")).to_be_visible()
    await expect(page.get_by_text("Line one, and", exact=False)).to_be_visible()


async def test_a_bad_file_is_named_with_its_line_and_nothing_comes_in(anna: Client) -> None:
    page = await anna.handset()

    await choose(page, "daylio_export.csv", DAYLIO.replace("22:04", "late").encode())

    trouble = page.get_by_role("alert")
    await expect(trouble).to_contain_text("“daylio_export.csv”, line 4, column time: “late” is not a time")
    await expect(trouble).to_contain_text("Nothing was brought in.")
    assert await findings(page) == []
    assert await kept(page) == 0


async def test_deleting_everything_says_what_goes_and_wants_a_word_first(anna: Client) -> None:
    page = await with_entries(anna)
    await page.goto("/settings/leave/delete")
    await expect(page.get_by_text("1 entry", exact=True)).to_be_visible()
    await expect(page.get_by_text("1 of them is only on this phone.")).to_be_visible()
    assert await findings(page) == []

    await button(page, "Delete everything for good").click()

    await expect(page.get_by_role("alert")).to_contain_text("Type the word “delete”")
    assert await findings(page) == []
    assert await kept(page) == 2


async def test_s14_deleted_everything_is_gone_on_both_sides_and_help_is_still_there(anna: Client) -> None:
    page = await with_entries(anna)
    tablet = await anna.tablet()
    await page.goto("/settings/leave/delete")

    await delete_all(page)

    await expect(page.get_by_role("heading", name="Everything was deleted")).to_be_visible()
    await expect(page.get_by_text("On this phone: 1 entry", exact=False)).to_be_visible()
    assert await findings(page) == []
    assert await kept(page) == 0
    with pytest.raises(httpx.HTTPStatusError, match="410"):
        await tablet.sync()
    await page.reload()
    await expect(page.get_by_text("On this phone: all that was kept here.")).to_be_visible()
    await page.context.set_offline(True)
    await page.reload()
    await expect(page.get_by_role("heading", name="Nothing of yours is on this phone")).to_be_visible()
    await page.context.set_offline(False)
    await page.locator("header").get_by_role("link", name="Need help now").click()
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await page.goto("/")
    await expect(page.get_by_text("Everything you saved with Midweek was deleted, as you asked")).to_be_visible()


async def test_offline_nothing_is_deleted_and_it_says_why(anna: Client) -> None:
    page = await with_entries(anna)
    await page.goto("/settings/leave/delete")
    await page.context.set_offline(True)

    await delete_all(page)

    await expect(page.get_by_role("alert")).to_contain_text("This needs a connection")
    assert await kept(page) == 2


async def test_when_the_answer_is_lost_it_says_so_and_asking_again_goes_on(anna: Client) -> None:
    page = await with_entries(anna)
    await page.goto("/settings/leave/delete", wait_until="networkidle")  # whoever asks later hears that all is gone
    await page.context.route("**/api/sync", lambda route: route.abort())
    await page.context.route("**/api/journal", lost)
    await delete_all(page)
    await expect(page.get_by_role("alert")).to_contain_text("answer did not arrive.")
    assert await kept(page) == 2

    await page.context.unroute("**/api/journal")
    await button(page, "Delete everything for good").click()

    await expect(page.get_by_role("heading", name="Everything was deleted")).to_be_visible()
    assert await kept(page) == 0


async def lost(route: Route) -> None:
    """The server did it, and its answer did not arrive."""
    await route.fetch()
    await route.abort()


async def delete_all(page: Page) -> None:
    """Anna types the word and taps the last button."""
    await page.get_by_label("To go on, type the word “delete”").fill("delete")
    await button(page, "Delete everything for good").click()
