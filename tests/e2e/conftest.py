"""A real server process and a real browser, for tests of what people do."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Playwright, async_playwright, expect

from tests.e2e.devices import Client, client_of, sign_teresa_in
from tests.e2e.machines import FLAGS, PASSWORD, PATIENCE, Phone, Server, serve_with_journal, with_teresa
from tools.set_up import find_browser, find_windowless

__all__ = ["PASSWORD", "Phone", "Server"]

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session", autouse=True)
def browser_there() -> None:
    """In CI a missing browser fails; elsewhere it says what to install."""
    if find_browser() is None:
        message = "These tests need Chromium or Chrome; on Debian: apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A running server with Teresa's practice, where Teresa can sign in as `teresa`."""
    server = with_teresa(Server(tmp_path))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built app, and beside it the app's own data module for tests to import in a page: `/assets/journal.js`."""
    return serve_with_journal(tmp_path_factory.mktemp("served") / "dist")


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory, served: Path) -> Iterator[Server]:
    """One server for all tests of a worker."""
    server = with_teresa(Server(tmp_path_factory.mktemp("practice"), {"MIDWEEK_PWA": str(served)}))
    yield server
    server.stop()


@pytest.fixture
def practice(running: Server) -> Server:
    """The worker's server, started again if the test before ended it."""
    if not running.runs:
        running.start()
    return running


@pytest.fixture(scope="session")
def teresa(running: Server) -> dict[str, str]:
    """The cookies of Teresa, signed in with the worker's server."""
    return sign_teresa_in(running)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One browser for all tests of a worker, in a loop of its own."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_windowless(), headless=True, args=list(FLAGS))
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def anna(practice: Server, teresa: dict[str, str], browser: Browser) -> AsyncIterator[Client]:
    """A client nobody has met before, called Anna."""
    async with client_of(practice, teresa, browser) as client:
        yield client


@pytest.fixture
async def playwright() -> AsyncIterator[Playwright]:
    """The driver of the browsers."""
    async with async_playwright() as playwright:
        yield playwright


@pytest.fixture
async def phone(playwright: Playwright, tmp_path: Path, server: Server) -> AsyncIterator[Phone]:
    """Anna's phone."""
    phone = Phone(playwright, tmp_path / "phone", server.origin)
    yield phone
    await phone.kill()


@pytest.fixture
async def laptop(playwright: Playwright, tmp_path: Path, server: Server) -> AsyncIterator[Phone]:
    """Teresa's laptop."""
    laptop = Phone(playwright, tmp_path / "laptop", server.origin)
    yield laptop
    await laptop.kill()
