"""How quickly History opens and scrolls on a phone with five years of entries, on a processor slowed four times.

`python -m tests.bench.history` prints the middle of several rounds: how long from the tap to the month on screen, and
the longest tasks while scrolling back through months, changing what is shown, and looking for a word.
"""

import asyncio
import os
from statistics import median
from typing import Final

import msgspec
from playwright.async_api import Page, async_playwright

from tests.bench.backlog import SLOWER, practice, tasks_of
from tests.e2e.devices import client_of, sign_teresa_in
from tests.e2e.machines import FLAGS, DevTools
from tests.e2e.people import at_rest
from tools.set_up import find_browser

DAYS: Final = 1830
"""Five years of three check-ins a day: 5,490, with their private parts and a run every fourth day."""
ROUNDS: Final = int(os.environ.get("BENCH_ROUNDS", "5"))
MONTHS: Final = 4
FILL: Final = "days => import('/assets/years.js').then(({fillYears}) => fillYears(days))"
TAP: Final = """([tap, there]) => new Promise(resolve => {
    const begun = performance.now();
    const painted = () => requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun)));
    new MutationObserver((_, looking) => {
        if (document.querySelector(there) === null) return;
        looking.disconnect();
        painted();
    }).observe(document, {subtree: true, childList: true});
    document.querySelector(tap).click();
})"""
"""From the tap until the frame after the one in which the thing looked for is drawn."""
DRAWN: Final = """() => new Promise(resolve => {
    const look = () => document.querySelector(".day-group") !== null && (looking.disconnect(), resolve());
    const looking = new MutationObserver(look);
    looking.observe(document, {subtree: true, childList: true});
    look();
})"""
"""Tells when a day is there."""
MORE: Final = """() => new Promise(resolve => {
    let asked = null;
    const look = () => {
        const more = [...document.querySelectorAll("main button")].at(-1);
        if (asked === null && more !== undefined) {
            asked = more;
            more.click();
        } else if (asked?.isConnected === false) {
            looking.disconnect();
            resolve();
        }
    };
    const looking = new MutationObserver(look);
    looking.observe(document, {subtree: true, childList: true});
    look();
})"""
"""Asks for the month before, and tells when it was read."""
LENGTH: Final = """nth => new Promise(resolve => {
    document.querySelectorAll("input[name=look-period]")[nth].click();
    const opening = () => document.querySelector("main .muted[role=status]") !== null;
    requestAnimationFrame(() => setTimeout(() => {
        const painted = () => requestAnimationFrame(() => setTimeout(resolve));
        const look = () => opening() || (looking.disconnect(), painted());
        const looking = new MutationObserver(look);
        looking.observe(document, {subtree: true, childList: true});
        look();
    }));
})"""
"""Chooses how long a time is shown, and tells when it was drawn."""
LOOK: Final = """([text, said]) => new Promise(resolve => {
    const field = document.querySelector("#look-text");
    field.value = text;
    field.dispatchEvent(new InputEvent("input", {bubbles: true}));
    const now = () => document.querySelector("main [role=status]").textContent;
    const look = () => now().includes(said) && (looking.disconnect(), resolve());
    const looking = new MutationObserver(look);
    looking.observe(document, {subtree: true, childList: true, characterData: true});
    look();
})"""
"""Looks for words until what was found is said. In all of these the page looks itself: to be asked from outside, again
and again, costs it tasks of its own."""
LONG: Final = """() => {
    window.long = [];
    new PerformanceObserver(list => {
        for (const {duration} of list.getEntries()) window.long.push(Math.round(duration));
    }).observe({type: "longtask"});
}"""


class Measured(msgspec.Struct, frozen=True):
    """Milliseconds, slowed four times."""

    hurried: float
    """From the tap on History until its month is on screen, the tap as soon as Today is there."""
    opened: float
    """The same after two seconds on Today."""
    long: list[int]
    """Tasks over 50 ms by the clock meanwhile, as the browser tells a page."""
    busy: dict[str, list[int]]
    """The processor time of the tasks of 10 ms and more, the longest first, by what was being done."""


async def fill(page: Page, days: int = DAYS) -> int:
    """Years of entries in the sealed store, and Today opened afresh; how many entries they are."""
    made = int(await page.evaluate(FILL, days))
    await page.goto("/")
    await at_rest(page)
    return made


async def measure(page: Page) -> Measured:
    """History opened from Today, scrolled back through months, and seen in its other ways."""
    await page.goto("/")
    await at_rest(page)
    tools = await DevTools.of(page)
    busy: dict[str, list[int]] = {}
    await tools.tell("Emulation.setCPUThrottlingRate", rate=SLOWER)
    hurried = float(await page.evaluate(TAP, ['a[href="/history"]', ".calendar-link"]))
    await page.evaluate(DRAWN)
    await tools.tell("Emulation.setCPUThrottlingRate", rate=1)
    await page.goto("/")
    await at_rest(page)
    await page.wait_for_timeout(2_000)
    await tools.tell("Emulation.setCPUThrottlingRate", rate=SLOWER)
    await page.evaluate(LONG)
    async with tasks_of(tools) as busy["opening"]:
        opened = float(await page.evaluate(TAP, ['a[href="/history"]', ".calendar-link"]))
        await page.evaluate(DRAWN)
    async with tasks_of(tools) as busy["scrolling"]:
        for _ in range(MONTHS):
            await scroll(tools, 6000)
            await page.evaluate(MORE)
        await scroll(tools, 6000)
    await scroll(tools, -40_000)
    for view, there in (
        ("lines", ".chart-picture"),
        ("words", ".bars"),
        ("body", ".body-heat"),
        ("exercises", ".chart"),
    ):
        async with tasks_of(tools) as busy[view]:
            await page.evaluate(TAP, [f'a[href="/history/{view}"]', there])
            await page.evaluate(LENGTH, 2)
        await page.evaluate(LENGTH, 0)
    async with tasks_of(tools) as busy["looking for a word"]:
        await page.evaluate(TAP, ['a[href="/history/find"]', "#look-text"])
        await page.evaluate(LOOK, ["spater cafe", "entries found"])
    await page.evaluate(LOOK, ["", ""])
    long = list(await page.evaluate("window.long"))
    await tools.tell("Emulation.setCPUThrottlingRate", rate=1)
    await tools.close()
    return Measured(hurried, opened, long, busy)


async def scroll(tools: DevTools, down: int) -> None:
    """A finger on the page, quick."""
    await tools.tell(
        "Input.synthesizeScrollGesture", x=195, y=400, yDistance=-down, speed=6000, gestureSourceType="touch"
    )


async def main() -> None:
    """Print the figures."""
    with practice() as server:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=find_browser(), args=list(FLAGS))
            async with client_of(server, sign_teresa_in(server), browser) as anna:
                page = await anna.handset()
                entries = await fill(page)
                rounds = [await measure(page) for _ in range(ROUNDS)]
            await browser.close()
    print(f"{entries} entries in the sealed store, processor slowed {SLOWER} times, {ROUNDS} rounds (ms):")
    for name, took in (
        ("after two seconds on Today", [round(one.opened) for one in rounds]),
        ("in a hurry", [round(one.hurried) for one in rounds]),
    ):
        print(f"  from the tap to the month on screen, {name}: {median(took):.0f} ({min(took)} to {max(took)})")
    for name in rounds[0].busy:
        longest = sorted(max(one.busy[name], default=0) for one in rounds)
        print(f"  longest task, {name:<20} {median(longest):>4.0f} ({longest[0]} to {longest[-1]}) of processor time")
    print(f"  tasks over 50 ms by the clock: {[sorted(one.long, reverse=True) for one in rounds]}")


if __name__ == "__main__":
    asyncio.run(main())
