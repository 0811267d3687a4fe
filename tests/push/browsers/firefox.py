"""Firefox as a phone of a test: a profile of its own, driven over Marionette, its pushes from the test's service."""

import asyncio
import json
import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

from tests.push.browsers.autopush import Autopush
from tests.push.browsers.marionette import Marionette
from tests.push.browsers.patience import until
from tools.set_up import find_firefox

PATIENCE: Final = 60
PREFERENCES: Final[dict[str, str | int | bool]] = {
    "marionette.port": 0,
    "dom.push.testing.allowInsecureServerURL": True,
    "dom.push.enabled": True,
    "dom.push.connection.enabled": True,
    "dom.push.retryBaseInterval": 100,
    "permissions.default.desktop-notification": 1,
    "alerts.useSystemBackend": False,
    "dom.serviceWorkers.disable_open_click_delay": 60_000,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.aboutwelcome.enabled": False,
    "browser.newtabpage.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "datareporting.healthreport.uploadEnabled": False,
    "toolkit.telemetry.server": "",
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "extensions.getAddons.cache.enabled": False,
    "app.normandy.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "intl.accept_languages": "en-GB, en",
}
"""Pushes come over plain WebSocket from 127.0.0.1, notifications are allowed and drawn by Firefox itself, and it calls
nobody. `dom.push.connection.enabled` is said because Marionette turns it off where it is not. A worker may open a
window for a minute after a tap, not a second: the machine may be busy."""
WORDS: Final = ("-headless", "-marionette", "-remote-allow-system-access", "-no-remote")


CONNECTION: Final = 'Services.prefs.setBoolPref("dom.push.connection.enabled", args[0]);'
TAPPED: Final = """for (let tries = 0; tries < 200; tries++) {
  const alert = [...Services.wm.getEnumerator("alert:alert")].at(-1);
  if (alert) return alert.onAlertClick();
  await new Promise((resolve) => setTimeout(resolve, 50));
}
throw new Error("no notification is on the screen");"""
FORGOTTEN: Final = 'Services.prefs.setStringPref("dom.push.userAgentID", "");'


class Firefox:
    """A running Firefox with one page of the app."""

    def __init__(self, session: Marionette, autopush: Autopush, origin: str) -> None:
        self._session, self._autopush, self._origin = session, autopush, origin

    async def run(self, script: str, *given: object) -> Any:
        """What the body of an async function gives in the page, with `given` as its `args`."""
        return await self._session.run(script, *given)

    async def go(self, path: str) -> None:
        """Load this path, or the whole address."""
        await self._session.tell("WebDriver:Navigate", url=path if "://" in path else self._origin + path)

    async def where(self) -> str:
        """The address of the page."""
        return str(await self._session.tell("WebDriver:GetCurrentURL"))

    async def tap_notification(self) -> None:
        """Click the notification that Firefox has drawn."""
        await self._session.run(TAPPED, context="chrome")

    async def close_app(self) -> None:
        """No window of the app is open any more; Firefox keeps one."""
        await self._session.tell("WebDriver:Navigate", url="about:blank")

    async def see_opened(self) -> None:
        """Wait for another window; the empty one is closed."""

        async def met() -> bool:
            return len(await self._session.tell("WebDriver:GetWindowHandles")) > 1

        await until(met)
        (opened,) = await self._session.tell("WebDriver:CloseWindow")
        await self._session.tell("WebDriver:SwitchToWindow", handle=opened)

    async def go_offline(self) -> None:
        """It has no line to its push service any more."""
        await self._session.run(CONNECTION, False, context="chrome")
        await self._autopush.is_online(False)

    async def come_back(self) -> None:
        """It has one again."""
        await self._session.run(CONNECTION, True, context="chrome")

    async def is_forgotten(self) -> None:
        """Its push service takes it for another browser, so every subscription is lost."""
        await self._session.run(FORGOTTEN, context="chrome")


@asynccontextmanager
async def firefox(folder: Path, autopush: Autopush, origin: str, zone: str) -> AsyncGenerator[Firefox, None]:
    """A Firefox in the time zone `zone`; what it says on stderr is kept in `folder`."""
    path = find_firefox()
    assert path is not None
    profile = folder / "firefox"
    profile.mkdir()
    said = PREFERENCES | {"dom.push.serverURL": f"ws://127.0.0.1:{autopush.port}/"}
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in said.items()]
    (profile / "user.js").write_text("".join(lines))
    with (folder / "firefox.log").open("wb") as log:
        started = await asyncio.create_subprocess_exec(
            *(path, *WORDS, "-profile", str(profile)),
            env=os.environ | {"HOME": str(folder), "TZ": zone},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        async with Marionette(await _port(profile)) as session:
            yield Firefox(session, autopush, origin)
            await session.tell("Marionette:Quit", flags=["eForceQuit"])
            await asyncio.wait_for(started.wait(), PATIENCE)
    finally:
        if started.returncode is None:
            started.kill()
            await started.wait()


async def _port(profile: Path) -> int:
    """Where Marionette listens; Firefox writes it down."""
    note = profile / "MarionetteActivePort"

    async def met() -> bool:
        return note.exists() and note.read_text() != ""

    await until(met)
    return int(note.read_text())
