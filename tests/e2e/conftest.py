"""A real server process and a real browser, for tests of what people do."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path
from urllib.error import URLError

import pytest
from playwright.async_api import BrowserContext, CDPSession, Playwright, async_playwright

from tools.set_up import find_browser

ROOT = Path(__file__).parent.parent.parent
PASSWORD = "a long phrase for the tests"
PHONE = {"width": 390, "height": 844}
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class Server:
    """Midweek in a process of its own, on a port and a folder of its own."""

    def __init__(self, folder: Path, environ: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self.port = _free_port()
        self.origin = f"http://localhost:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None
        self._environ = os.environ | {
            "MIDWEEK_DATA": str(folder / "data"),
            "MIDWEEK_PORT": str(self.port),
            "MIDWEEK_ORIGIN": self.origin,
            "MIDWEEK_PASSWORD": PASSWORD,
            **(environ or {}),
        }

    def command(self, *words: str) -> str:
        """Run `midweek words...` and give what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "server.cli", *words],
            env=self._environ,
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
            timeout=60,
        )
        return done.stdout

    def start(self) -> None:
        """Start, and come back when it answers."""
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "server.cli", "serve"], env=self._environ, cwd=ROOT, stdout=log, stderr=log
            )
        give_up = time.monotonic() + 30
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > give_up:
                raise RuntimeError((self.folder / "server.log").read_text()[-4000:])
            time.sleep(0.05)

    @property
    def pid(self) -> int:
        """The process that serves."""
        assert self._process is not None
        return self._process.pid

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Stop it, politely or not."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(timeout=20)
            self._process = None

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=2) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False


class Phone:
    """A browser profile on disk: killed and opened again, it is the same phone."""

    def __init__(self, playwright: Playwright, folder: Path, origin: str, scheme: str = "light") -> None:
        self._playwright, self._folder, self._origin, self._scheme = playwright, folder, origin, scheme
        self._context: BrowserContext | None = None

    async def open(self) -> BrowserContext:
        """The profile's browser, started if it is not running."""
        if self._context is None:
            self._context = await self._playwright.chromium.launch_persistent_context(
                str(self._folder),
                executable_path=find_browser(),
                headless=True,
                args=list(FLAGS),
                viewport={"width": PHONE["width"], "height": PHONE["height"]},
                base_url=self._origin,
                locale="en-GB",
                timezone_id="Europe/Rome",
                color_scheme="dark" if self._scheme == "dark" else "light",
            )
            self._context.set_default_timeout(10_000)
        return self._context

    async def kill(self) -> None:
        """Crash the page, which is not asked and told nothing, and end the browser."""
        if self._context is not None:
            for page in self._context.pages:
                session = await self._context.new_cdp_session(page)
                async with page.expect_event("crash"):
                    crashing = asyncio.create_task(_crash(session))
                crashing.cancel()
            await self._context.close()
            self._context = None


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
    server = Server(tmp_path)
    server.command("create-practice", "The practice")
    server.command(
        "create-therapist", "--practice", "The practice", "--name", "teresa", "--display-name", "Teresa Rossi"
    )
    server.start()
    yield server
    server.stop()


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


async def _crash(session: CDPSession) -> None:
    await session.send("Page.crash")  # pyright: ignore[reportUnknownMemberType]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
