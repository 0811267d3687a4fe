"""The machines of a test: a real server in a process of its own, and phones that can be killed."""

import asyncio
import atexit
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import tomllib
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.error import URLError

import httpx
from playwright.async_api import BrowserContext, CDPSession, Page, Playwright

from tools.node import node
from tools.set_up import find_browser, find_windowless

ROOT = Path(__file__).parent.parent.parent
PASSWORD = "a long phrase for the tests"
PHONE = {"width": 390, "height": 844}
PATIENCE: Final = 20_000
"""Milliseconds until what a test waits for is not coming: a busy machine takes longer, and that is no bug."""
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

JOURNAL: Final = """
    import { build } from "vite";
    const [, outDir] = process.argv;
    for (const [name, entry] of [["journal", "src/data/journal.ts"], ["years", "tests/support/years.ts"]]) {
        const lib = { entry, formats: ["es"], fileName: () => `${name}.js` };
        const parts = { lib, outDir, emptyOutDir: false };
        await build({ configFile: false, logLevel: "warn", publicDir: false, build: parts });
    }
"""
"""Puts the app's data module, as it is written, into one file, and what fills a store with years into another."""


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
            "MIDWEEK_SYNCS_A_MINUTE": "1000000",
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

    def signed_in(self, name: str) -> httpx.Client:
        """A browser of `teresa` or `ada`, signed in; close it."""
        headers = {"origin": self.origin, "x-midweek": "1"}
        http = httpx.Client(base_url=self.origin, headers=headers, timeout=20)
        said = {"with": "password", "name": name, "password": PASSWORD, "device": "test"}
        http.post("/api/logins", json=said).raise_for_status()
        return http

    def approves(self, *exercises: str) -> None:
        """A clinician of the practice has approved these; Ada notes it."""
        with closing(self.signed_in("ada")) as ada:
            for each in exercises:
                version = tomllib.loads((ROOT / "exercises" / each / "exercise.toml").read_text())["version"]
                said = {"exercise": each, "version": version, "by": "Dr. Test"}
                ada.post("/api/practice/approvals", json=said).raise_for_status()

    @property
    def runs(self) -> bool:
        """Whether its process is there."""
        return self._process is not None and self._process.poll() is None

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
    """A browser profile on disk: killed and opened again, it is the same phone. One without windows shows no
    notifications; `whole` is one that does."""

    def __init__(
        self, playwright: Playwright, folder: Path, origin: str, scheme: str = "light", whole: bool = False
    ) -> None:
        self._playwright, self._folder, self._origin, self._scheme = playwright, folder, origin, scheme
        self._browser = find_browser() if whole else find_windowless()
        self._context: BrowserContext | None = None

    async def open(self) -> BrowserContext:
        """The profile's browser, started if it is not running."""
        if self._context is None:
            self._context = await self._playwright.chromium.launch_persistent_context(
                str(self._folder),
                executable_path=self._browser,
                headless=True,
                args=list(FLAGS),
                viewport={"width": PHONE["width"], "height": PHONE["height"]},
                base_url=self._origin,
                locale="en-GB",
                timezone_id="Europe/Rome",
                color_scheme="dark" if self._scheme == "dark" else "light",
            )
            self._context.set_default_timeout(PATIENCE)
        return self._context

    async def kill(self) -> None:
        """Crash the page, which is not asked and told nothing, and end the browser."""
        if self._context is not None:
            for page in self._context.pages:
                await crash(page)
            await self._context.close()
            self._context = None


def built() -> Path:
    """The folder of the built app, with its sources beside it."""
    return Path(os.environ.get("MIDWEEK_PWA", ROOT / "pwa" / "dist"))


def serve_with_journal(folder: Path) -> Path:
    """A copy of the built app, and in it the app's own data module, for pages to import: `/assets/journal.js`.

    Beside it `/assets/years.js`, which fills a phone's store as years of use leave it.
    """
    shutil.copytree(built(), folder)
    command = [str(node()), "--input-type=module", "-e", JOURNAL, str(folder / "assets")]
    subprocess.run(command, cwd=built().parent, check=True, capture_output=True, timeout=120)
    return folder


def with_teresa(server: Server) -> Server:
    """Give the server a practice where Teresa can sign in as `teresa` and its admin as `ada`, and start it."""
    shutil.copytree(_practice(), server.folder / "data")
    server.start()
    return server


@cache
def _practice() -> Path:
    """The data of that practice, made once for all tests of a worker: a server's commands take seconds."""
    folder = Path(tempfile.mkdtemp(prefix="midweek-practice-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    made = Server(folder)
    made.command("create-practice", "The practice")
    for name, display, role in (("teresa", "Teresa Rossi", "therapist"), ("ada", "Ada Bianchi", "admin")):
        said = ["--practice", "The practice", "--name", name, "--display-name", display, "--role", role]
        made.command("create-therapist", *said)
    return folder / "data"


class DevTools:
    """The browser's own commands and events, about one page."""

    def __init__(self, session: CDPSession) -> None:
        self._session = session

    @classmethod
    async def of(cls, page: Page) -> "DevTools":
        """Those about this page, until it is closed."""
        return cls(await page.context.new_cdp_session(page))

    async def tell(self, method: str, **said: object) -> None:
        """Give a command and wait until it is done."""
        await self._session.send(method, dict(said))  # pyright: ignore[reportUnknownMemberType]

    def hear(self, event: str, heard: Callable[[dict[str, Any]], None]) -> None:
        """Call `heard` with each event of this name."""
        self._session.on(event, heard)

    async def close(self) -> None:
        """End it, and what was set through it."""
        await self._session.detach()


async def crash(page: Page) -> None:
    """End the page as a crash does: it is not asked and told nothing."""
    tools = await DevTools.of(page)
    async with page.expect_event("crash"):
        crashing = asyncio.create_task(tools.tell("Page.crash"))
    crashing.cancel()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
