"""Real browsers, real pushes: the server sends what is due, and it is seen on the lock screen of Firefox and Chromium.

Only the companies in between are stood in for: each browser has a push service on loopback that speaks its own protocol
(autopush; check-in, registration and MCS). Everything else is what people have. A browser may fail once; what it said
is kept.
"""

import os
import sys
import time
import traceback
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from tests.cast import Clock
from tests.e2e.conftest import browser_there
from tests.push.browsers import walk
from tests.push.browsers.autopush import Autopush
from tests.push.browsers.chromium import Chromium
from tests.push.browsers.firefox import firefox
from tests.push.browsers.gcm import Gcm
from tests.push.browsers.handset import Handset
from tests.push.browsers.post import Post
from tests.push.browsers.town import Town, noon_zone
from tests.push.push_service import PushService
from tests.push.served import served
from tools.set_up import find_firefox

pytestmark = pytest.mark.browser
there = browser_there
Step = Callable[[Town, Handset], Awaitable[None]]


@pytest.fixture(autouse=True)
def firefox_there() -> None:
    """In CI a missing browser fails; elsewhere it says what to install."""
    if find_firefox() is None:
        message = "These tests need Firefox; on Debian: apt-get install firefox-esr"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)


def clock() -> Clock:
    """The browsers' own, moved on by hand: they take for stale what is over by their own clock."""
    return Clock(time.time_ns() // 1_000_000)


async def in_firefox(folder: Path) -> None:
    """The walk, in a Firefox that has never been used."""
    now, zone = clock(), noon_zone(time.time())
    async with PushService(now) as service, served(folder, service, now) as stage, Autopush(Post(now)) as autopush:
        town = Town(stage, service, autopush.post, zone)
        async with firefox(folder, autopush, stage.settings.origin, zone) as browser:
            await through(walk.FIREFOX, town, Handset(browser))
    assert service.broken == []


async def in_chromium(folder: Path) -> None:
    """The walk, in a Chromium that has never been used."""
    now, zone = clock(), noon_zone(time.time())
    async with PushService(now) as service, served(folder, service, now) as stage, Gcm(Post(now)) as gcm:
        town = Town(stage, service, gcm.post, zone)
        async with async_playwright() as playwright:
            chromium = Chromium(playwright, folder, gcm, stage.settings.origin, zone)
            await chromium.open()
            try:
                await through(walk.CHROMIUM, town, Handset(chromium))
            finally:
                await chromium.close()
    assert service.broken == []


async def through(steps: Sequence[Step], town: Town, phone: Handset) -> None:
    """One step after the other; which one failed is said."""
    for step in steps:
        try:
            await step(town, phone)
        except Exception as problem:
            problem.add_note(f"It was in `{step.__name__}`: {step.__doc__}")
            raise


@pytest.mark.parametrize("walked", [in_firefox, in_chromium])
async def test_a_real_browser_is_reminded(tmp_path: Path, walked: Callable[[Path], Awaitable[None]]) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    try:
        await walked(first)
    except Exception:
        traceback.print_exc()
        print(*(log.read_text()[-4000:] for log in first.glob("*.log")), file=sys.stderr)
        second.mkdir()
        await walked(second)
