"""Chromium as a phone of a test: a profile of its own, its pushes from the test's service."""

import json
import os
from pathlib import Path
from typing import Any, Final

from playwright.async_api import BrowserContext, Page, Playwright
from playwright.async_api import TimeoutError as PlaywrightTimeout

from tests.e2e.machines import FLAGS
from tests.push.browsers.gcm import Gcm
from tools.set_up import find_browser

TAPPED: Final = """async (opens) => {
  const [notification] = await registration.getNotifications();
  return await new Promise((resolve) => {
    clients.openWindow = (address) => Promise.resolve(resolve(address));
    dispatchEvent(new NotificationEvent("notificationclick", { notification, action: "" }));
    if (!opens) resolve(null);
  }).finally(() => delete clients.openWindow);
}"""
"""Only what a person tapped may open a window, so the address is handed over."""
CLOSED: Final = "about:blank"
SOON_MS: Final = 8_000
NEEDED: Final = "--disable-background-networking"
"""What Playwright and our other tests switch off: check-in and MCS are such."""


class Chromium:
    """One profile, in which notifications are allowed for `origin`."""

    def __init__(self, playwright: Playwright, folder: Path, gcm: Gcm, origin: str, zone: str) -> None:
        self._playwright, self._profile, self._gcm = playwright, folder / "chromium", gcm
        self._origin, self._zone = origin, zone
        self._context: BrowserContext | None = None
        self.page: Page | None = None
        self._asked: str | None = None
        (self._profile / "Default").mkdir(parents=True)
        allowed = {"notifications": {f"{origin},*": {"setting": 1}}}
        said = {"profile": {"content_settings": {"exceptions": allowed}}}
        (self._profile / "Default" / "Preferences").write_text(json.dumps(said))

    async def open(self) -> None:
        """Start it."""
        self._context = await self._playwright.chromium.launch_persistent_context(
            str(self._profile),
            executable_path=find_browser(),
            headless=True,
            args=[*(flag for flag in FLAGS if flag != NEEDED), *self._gcm.switches()],
            ignore_default_args=[NEEDED],
            base_url=self._origin,
            locale="en-GB",
            env={**os.environ, "TZ": self._zone},
        )
        self.page = self._context.pages[0]

    async def close(self) -> None:
        """End it; its profile stays."""
        if self._context is not None:
            await self._context.close()
            self._context = None

    async def run(self, script: str, *given: object) -> Any:
        """What the body of an async function gives in the page, with `given` as its `args`."""
        assert self.page
        return await self.page.evaluate(f"async (args) => {{ {script} }}", list(given))

    async def go(self, path: str) -> None:
        """Load this path, or the whole address. A new one may leave its first page hanging: another is opened."""
        assert self.page
        assert self._context
        try:
            await self.page.goto(path, timeout=SOON_MS)
        except PlaywrightTimeout:
            self.page = await self._context.new_page()
            await self.page.goto(path)

    async def where(self) -> str:
        """The address of the page."""
        assert self.page
        return self.page.url

    async def tap_notification(self) -> None:
        """As a tap on what is shown. Without a lock screen there is nothing to click, so the worker is told."""
        assert self._context
        assert self.page
        is_closed = self.page.url == CLOSED
        self._asked = await self._context.service_workers[0].evaluate(TAPPED, is_closed)

    async def close_app(self) -> None:
        """No window of the app is open any more; Chromium keeps one."""
        assert self.page
        await self.page.goto(CLOSED)

    async def see_opened(self) -> None:
        """A window at the address that the worker asked for."""
        assert self._context
        assert self._asked is not None
        self.page = await self._context.new_page()
        await self.go(self._asked)

    async def go_offline(self) -> None:
        """It is switched off: its line would come back only after half a minute."""
        self._gcm.hold_back()
        await self.close()

    async def come_back(self) -> None:
        """It is switched on."""
        await self.open()
        await self.go("/settings")
        self._gcm.hand_over()

    async def is_forgotten(self) -> None:
        """Chromium has no such thing."""
        raise NotImplementedError
