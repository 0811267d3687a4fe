"""How soon Save answers: from the tap until the screen says that it is saved on this phone, offline, on a slow
processor (slowed four times). `python -m tests.bench.saving` prints the median and the slowest of ten check-ins.
"""

import asyncio
from statistics import median
from typing import Final

from playwright.async_api import Page, async_playwright

from tests.bench.backlog import SLOWER, practice
from tests.e2e.devices import client_of, sign_teresa_in
from tests.e2e.machines import FLAGS, DevTools, Server
from tests.e2e.people import button
from tools.set_up import find_browser

TIMES: Final = 10
SAVED: Final = """() => new Promise(resolve => {
    const begun = performance.now();
    const look = () => {
        if (!document.querySelector("h1")?.textContent.includes("Saved on this phone")) return;
        watching.disconnect();
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun)));
    };
    const watching = new MutationObserver(look);
    watching.observe(document, {subtree: true, childList: true, characterData: true});
    [...document.querySelectorAll("button")].find(one => one.textContent === "Save").click();
})"""
"""Taps Save, and tells how many milliseconds it took until what says "saved" was painted."""


async def measure(server: Server) -> list[float]:
    """Milliseconds of each save."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_browser(), args=list(FLAGS))
        async with client_of(server, sign_teresa_in(server), browser) as anna:
            page = await anna.handset()
            await page.context.set_offline(True)
            took = [await _save(page, 1 + n % 6) for n in range(TIMES)]
        await browser.close()
    return took


async def _save(page: Page, distress: int) -> float:
    await page.goto("/check-in")
    await page.get_by_role("radio", name=str(distress), exact=True).check(force=True)
    await button(page, "Save").is_enabled()
    tools = await DevTools.of(page)
    await tools.tell("Emulation.setCPUThrottlingRate", rate=SLOWER)
    took: float = await page.evaluate(SAVED)
    await tools.close()
    return took


def main() -> None:
    """Print the figures."""
    with practice() as server:
        took = asyncio.run(measure(server))
    print(f"Save, offline, at a processor slowed {SLOWER} times: {median(took):.0f} ms, {max(took):.0f} at most")


if __name__ == "__main__":
    main()
