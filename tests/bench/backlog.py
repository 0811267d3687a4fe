"""How smoothly a phone that was offline for a month sends 120 waiting check-ins, on a processor slowed four times.

`python -m tests.bench.backlog` prints, for each screen that may be open meanwhile, how long it took and the tasks that
kept the page from answering a touch: the browser itself counts those over 50 ms.
"""

import asyncio
import tempfile
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, Final

import msgspec
from playwright.async_api import Page, async_playwright, expect

from tests.e2e.devices import client_of, sign_teresa_in
from tests.e2e.machines import FLAGS, DevTools, Server, serve_with_journal, with_teresa
from tests.e2e.people import opened, status
from tools.set_up import find_browser

ENTRIES: Final = 120
SLOWER: Final = 4
SHORTEST: Final = 10
SCREENS: Final = ("/", "/check-in", "/history", "/settings")

SAVE: Final = """async count => {
    const {save} = await import("/assets/journal.js");
    const now = Date.now();
    const words = ["afraid", "sad", "angry", "ashamed", "tired", "calm"];
    for (let i = 0; i < count; i += 1) {
        const at = now - Math.round((count - i) * 30 * 86_400_000 / count);
        const lived = {felt_at: at, zone: "Europe/Rome", day: new Date(at).toISOString().slice(0, 10)};
        const id = crypto.randomUUID().replace(/^(.{14})./, "$17");
        const affect = {v: (i % 9) / 4 - 1, a: (i % 7) / 3 - 1};
        const body = {when: "now", source: "own", seconds: 40, distress: i % 11, affect,
            words: [{id: words[i % 6], strength: 3}], regions: ["chest"], contexts: ["home", "alone"]};
        const note = {part_of: id, note: `What was on my mind that day, number ${i}.`};
        const items = [{id, kind: "checkin", audience: "therapist", ...lived, body}];
        if (i % 3 === 0) items.push({kind: "checkin", audience: "me", ...lived, body: note});
        await save(items);
    }
}"""
SENT: Final = """() => new Promise(resolve => {
    const tasks = [], begun = performance.now();
    let waited = false;
    new PerformanceObserver(list => {
        for (const {duration} of list.getEntries()) tasks.push(Math.round(duration));
    }).observe({type: "longtask", buffered: true});
    const look = () => {
        const said = document.querySelector(".status")?.textContent ?? "";
        if (/[0-9]/.test(said)) waited = true;
        else if (waited && said.includes("is sent")) {
            setTimeout(() => resolve([tasks, Math.round(performance.now() - begun)]), 200);
        }
    };
    look();
    new MutationObserver(look).observe(document, {subtree: true, childList: true, characterData: true});
})"""
"""The tasks over 50 ms until what waits is sent and shown, and how long it took. The page looks itself: to be asked
from outside costs it tasks of its own."""


class Measured(msgspec.Struct, frozen=True):
    """What it took to send all, in milliseconds."""

    long: list[int]
    """The tasks over 50 ms by the clock, as the browser tells a page."""
    busy: list[int]
    """The processor time of each task of 10 ms and more, the longest first. On a machine with other work a task can be
    long by the clock because it was made to wait."""
    took: int
    """From the network's return until the status line said that everything was sent."""


async def fill_outbox(page: Page, entries: int = ENTRIES) -> None:
    """Offline, check-ins of the last 30 days are saved by the app's own data module; every third has a private note."""
    await page.evaluate("() => import('/assets/journal.js').then(() => null)")
    await page.context.set_offline(True)
    await page.evaluate(SAVE, entries)
    await expect(status(page)).to_contain_text(f"({entries})")


async def send_slowly(page: Page, anew: str | None = None) -> Measured:
    """The network comes back while the processor is slow, or the app is opened anew at this path; until all is sent."""
    tools = await DevTools.of(page)
    if anew is not None:
        await page.goto("about:blank")
        await page.context.set_offline(False)
    await tools.tell("Emulation.setCPUThrottlingRate", rate=SLOWER)
    async with tasks_of(tools) as busy, asyncio.timeout(120):
        if anew is None:
            sent = asyncio.create_task(page.evaluate(SENT))
            await page.context.set_offline(False)
        else:
            await page.goto(anew, wait_until="commit")
            sent = asyncio.create_task(page.evaluate(SENT))
        long, took = await sent
    await tools.close()
    return Measured(long, busy, took)


@asynccontextmanager
async def tasks_of(tools: DevTools) -> AsyncGenerator[list[int]]:
    """The processor time of the page's tasks meanwhile, in the list once it is over."""
    events: list[dict[str, Any]] = []
    ended, busy = asyncio.Event(), list[int]()
    tools.hear("Tracing.dataCollected", lambda said: events.extend(said["value"]))
    tools.hear("Tracing.tracingComplete", lambda _: ended.set())
    await tools.tell("Tracing.start", traceConfig={"includedCategories": ["toplevel"]})
    yield busy
    await tools.tell("Tracing.end")
    await ended.wait()
    mains = {(one["pid"], one["tid"]) for one in events if one.get("args", {}).get("name") == "CrRendererMain"}
    tasks = [one for one in events if "RunTask" in one["name"] and (one["pid"], one["tid"]) in mains]
    busy += sorted((ms for one in tasks if (ms := round(one.get("tdur", 0) / 1000)) >= SHORTEST), reverse=True)


async def measure(server: Server, screens: Sequence[str] = SCREENS) -> dict[str, Measured]:
    """One phone for each screen that is open meanwhile, and one that is opened anew."""
    teresa, measured = sign_teresa_in(server), dict[str, Measured]()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_browser(), args=list(FLAGS))
        for screen in screens:
            async with client_of(server, teresa, browser) as anna:
                page = await anna.handset()
                await opened(page, screen)
                await fill_outbox(page)
                measured[screen] = await send_slowly(page)
        async with client_of(server, teresa, browser) as anna:
            page = await anna.handset()
            await fill_outbox(page)
            measured["opened anew"] = await send_slowly(page, anew="/")
        await browser.close()
    return measured


@contextmanager
def practice() -> Generator[Server]:
    """A practice's server of its own, whose pages may import the app's data module."""
    with tempfile.TemporaryDirectory() as folder:
        app = serve_with_journal(Path(folder) / "dist")
        server = with_teresa(Server(Path(folder), {"MIDWEEK_PWA": str(app)}))
        try:
            yield server
        finally:
            server.stop()


def main() -> None:
    """Print the figures."""
    with practice() as server:
        measured = asyncio.run(measure(server))
    print(f"{ENTRIES} waiting check-ins sent at a processor slowed {SLOWER} times; tasks over 50 ms by the clock,")
    print("and the longest by processor time, in ms:")
    for screen, one in measured.items():
        print(f"  {screen:<12} {one.long!s:<14} {one.busy[:8]!s:<36} all sent after {one.took / 1000:.1f} s")


if __name__ == "__main__":
    main()
