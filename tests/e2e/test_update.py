"""A new version arrives while a person is typing: nothing reloads by itself, and no word is lost when it does."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from shutil import copy, copytree, rmtree
from typing import Final

import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e.devices import Client, client_of, sign_teresa_in
from tests.e2e.machines import ROOT, Server, built, with_teresa
from tests.e2e.people import answer, button, status, write_note
from tools.node import node

pytestmark = pytest.mark.asyncio(loop_scope="session")

NEWS = "A new version of Midweek is ready. What you typed is kept."
NOTE = "Anything you want to note?"
CHANGES: Final = (
    ("index.html", "<body", '<body data-build="new"'),
    ("src/screens/client/history-list.tsx", "stack tight day-group", "day-group stack tight"),
    ("src/screens/client/check-in-form.tsx", '"save-bar live"', '"live save-bar"'),
)
"""A page that can be told apart, and two screens of another content, so that their files get other names."""


class Deployed:
    """A server of its own, that can be given a new build of the app."""

    def __init__(self, folder: Path, served: Path) -> None:
        self.sources, self.app = folder / "pwa", Path(copytree(served, folder / "dist"))
        self.server = with_teresa(Server(folder, {"MIDWEEK_PWA": str(self.app)}))

    def deploy(self) -> None:
        """Serve a build from changed sources: its files have other names, and the old ones are no longer there."""
        for name in ("src", "build", "public"):
            copytree(built().parent / name, self.sources / name)
        for name in ("index.html", "package.json", "vite.config.ts"):
            copy(built().parent / name, self.sources / name)
        (self.sources / "node_modules").symlink_to(ROOT / "pwa" / "node_modules")
        for changed, old, new in CHANGES:
            path = self.sources / changed
            assert old in path.read_text()
            path.write_text(path.read_text().replace(old, new))
        rmtree(self.app)
        command = [str(node()), "node_modules/vite/bin/vite.js", "build", "--outDir", str(self.app)]
        subprocess.run(command, cwd=self.sources, check=True, capture_output=True, timeout=120)
        self.server.stop()
        self.server.start()


@pytest.fixture
def deployed(tmp_path: Path, served: Path) -> Iterator[Deployed]:
    deployed = Deployed(tmp_path, served)
    yield deployed
    deployed.server.stop()


async def look_for_updates(page: Page) -> None:
    """What the app does each hour, and when it comes to the front."""
    await page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")


async def mark_of_the_running_page(page: Page) -> str | None:
    return await page.locator("body").get_attribute("data-build")


async def test_an_update_waits_for_a_tap_and_the_words_survive_it(deployed: Deployed, browser: Browser) -> None:
    async with client_of(deployed.server, sign_teresa_in(deployed.server), browser) as anna:
        page = await type_while_it_arrives(anna, deployed)
        await open_a_screen_of_the_old_version(page)
        await button(page, "Save").click()
        await expect(page.get_by_text("Saved on this phone.")).to_be_visible()
        await button(page, "Check in again").click()
        await write_note(page, "typed before the reload")
        await expect(page.get_by_text(NEWS)).to_be_visible()
        await button(page, "Reload").click()

        await expect(page.locator("body[data-build=new]")).to_be_attached()
        await expect(page.get_by_label(NOTE)).to_have_value("typed before the reload")
        await answer(page, 5)
        await expect(status(page)).to_have_text("Everything shared is sent")
        assert len(await (await anna.tablet()).records("checkin")) == 1


async def open_a_screen_of_the_old_version(page: Page) -> None:
    """Its file is no longer on the server, and comes from the phone; back in the check-in the words are there."""
    await page.get_by_role("link", name="History", exact=True).click()
    await expect(page.get_by_text("What you save will be here")).to_be_visible()
    await page.get_by_role("link", name="Check in", exact=True).last.click()
    await expect(page.get_by_label(NOTE)).to_have_value("half a sentence, then the rest of it")


async def type_while_it_arrives(anna: Client, deployed: Deployed) -> Page:
    """Anna is in the middle of a note; the new version comes, is offered, and leaves her alone."""
    page = await anna.handset()
    await page.goto("/check-in")
    await write_note(page, "half a sen")
    loads: list[str] = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))

    deployed.deploy()
    await look_for_updates(page)

    await expect(page.get_by_text(NEWS)).to_be_visible()
    await page.get_by_label(NOTE).press_sequentially("tence, then the rest of it")
    await expect(page.get_by_label(NOTE)).to_have_value("half a sentence, then the rest of it")
    assert loads == []
    assert await mark_of_the_running_page(page) is None
    return page
