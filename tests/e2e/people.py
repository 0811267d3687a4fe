"""What Anna and Teresa do, in the words that are on their screens."""

import asyncio
import re
from datetime import datetime

from playwright.async_api import Locator, Page, expect

from tests.e2e.machines import PASSWORD

SYNC = "**/api/sync"
REMEMBERED = """name => new Promise(done => {
    const asked = indexedDB.open("midweek");
    asked.onsuccess = () => {
        const found = asked.result.transaction("meta").objectStore("meta").getKey(name);
        found.onsuccess = () => { asked.result.close(); done(found.result !== undefined); };
    };
})"""
"""Whether the phone's store holds something under this name."""
DRAFTS = """prefix => new Promise(done => {
    const asked = indexedDB.open("midweek");
    asked.onsuccess = () => {
        const found = asked.result.transaction("drafts").objectStore("drafts").getAllKeys();
        found.onsuccess = () => {
            asked.result.close();
            done(found.result.filter(one => one.startsWith(prefix)).length);
        };
    };
})"""
"""How many drafts whose names begin so the phone's store holds."""
CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}")


def button(page: Page, name: str) -> Locator:
    """The button or link with exactly this name."""
    return page.get_by_role("button", name=name, exact=True).or_(page.get_by_role("link", name=name, exact=True))


async def today(page: Page) -> str:
    """The date where the browser is: the tests' own may be another one."""
    return str(await page.evaluate("new Date().toLocaleDateString('sv')"))


async def sign_in(page: Page) -> None:
    """Teresa signs in with her password."""
    await page.goto("/sign-in")
    await expect(page.get_by_role("heading", name="Sign in")).to_be_focused()  # it takes what is typed before
    await page.get_by_label("Sign-in name").fill("teresa")
    await page.get_by_label("Password").fill(PASSWORD)
    await button(page, "Sign in").click()
    await expect(page.get_by_role("heading", name="Your clients")).to_be_visible()


async def invite(page: Page, name: str) -> str:
    """Teresa adds a client and reads out the code."""
    await page.get_by_label("Name, as you will find it").fill(name)
    await button(page, "Add and invite").click()
    code = page.get_by_text(CODE)
    await expect(code).to_be_visible()
    return (await code.inner_text()).strip()


async def join(page: Page, code: str) -> None:
    """Anna types the code and reads the notice."""
    await page.goto("/join")
    await page.get_by_label("Your code").fill(code)
    await button(page, "Join with this code").click()
    await expect(page.get_by_text("This is not watched live.")).to_be_visible()
    await button(page, "I understand").click()
    await button(page, "That is right for me").click()
    await expect(page.get_by_role("heading", name=re.compile("Hello|Good"))).to_be_visible()


async def assign(page: Page, title: str) -> None:
    """On the client's page, Teresa sets an exercise."""
    await button(page, "Assign an exercise").click()
    await page.get_by_label("Find an exercise").fill(title)
    await page.get_by_role("button", name=re.compile(f"Choose.*{title}|Choose")).first.click()
    await button(page, "Assign").click()
    await expect(page.get_by_role("heading", name="Exercises set")).to_be_visible()


async def ready_offline(page: Page) -> None:
    """The worker has everything."""
    await page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    await page.wait_for_function("() => navigator.serviceWorker.controller !== null")


async def start(page: Page, exercise: str) -> None:
    """Anna opens an exercise's page and starts it."""
    await page.goto(f"/practise/{exercise}")
    await button(page, "Start").click()
    await expect(button(page, "Stop")).to_be_visible()


async def play_on(page: Page, steps: int = 60) -> None:
    """Anna goes on, skipping what may be skipped, until the exercise's last screen."""
    for _ in range(steps):
        if await button(page, "Done").is_visible():
            return
        await page.locator("button.on").click()
    raise AssertionError("the exercise did not come to its end")


async def pick_country(page: Page, code: str) -> None:
    """On Help, Anna picks her country, and the phone remembers it."""
    await page.select_option("#country", code)
    await remembered(page, "country")


async def remembered(page: Page, name: str) -> None:
    """What the phone was told to remember under this name is in its store: looking waits for every write before it."""
    async with asyncio.timeout(20):
        while not await page.evaluate(REMEMBERED, name):
            pass


async def ahead(page: Page, at: datetime) -> None:
    """The phone has no network, and its clock shows this."""
    await page.context.set_offline(True)
    await page.clock.set_system_time(at)


async def first_button(page: Page) -> str:
    """Whichever of these comes: Start, or the words of why it does not open now."""
    found = page.locator(".start-gate .start, .start-gate .notice:not(.warm) > p").first
    return (await found.inner_text()).strip()


async def check_in(page: Page, distress: int, word: str = "Fear") -> None:
    """Anna notes how hard it is, with one word, and saves."""
    await page.goto("/check-in")
    await answer(page, distress)


async def answer(page: Page, distress: int) -> None:
    """On the open check-in, Anna says how hard it is, and saves."""
    await page.get_by_role("radio", name=str(distress), exact=True).check(force=True)
    await button(page, "Save").click()
    await expect(page.get_by_text("Saved on this phone.")).to_be_visible()


def status(page: Page) -> Locator:
    """The line that says what was sent."""
    return page.locator(".status")


async def write_note(page: Page, words: str) -> None:
    """In a check-in, Anna unfolds what is more and writes words of her own."""
    note, more = page.get_by_label("Anything you want to note?"), button(page, "A bit more?")
    await expect(note.or_(more)).to_be_visible()
    if await more.is_visible():
        await more.click()
    await note.fill(words)


async def opened(page: Page, path: str) -> None:
    """The screen at this path, loaded afresh, with its first sending and fetching over."""
    async with page.expect_response(SYNC):
        await page.goto(path)
    await at_rest(page)


async def turn_away(page: Page, state: str) -> None:
    """The page is covered, or seen again."""
    await page.evaluate(
        "state => { Object.defineProperty(document, 'visibilityState', {value: state, configurable: true});"
        "document.dispatchEvent(new Event('visibilitychange')); }",
        state,
    )


async def at_rest(page: Page) -> None:
    """No tab of this browser is sending or fetching, or waits to; nor does it in the next quarter of a second: what was
    just saved is sent once the screen was painted, and who is told to go on while sending asks anew for the lock."""
    await until_locks(
        page, "({held, pending}) => [...held, ...pending].every(one => one.name !== 'midweek-sync')", looks=12
    )


async def runs_saved(page: Page) -> None:
    """No run is left that ended and is not saved yet: it is saved behind what comes next."""
    await draft_gone(page, "run:")


async def draft_kept(page: Page, prefix: str) -> None:
    """What is being written is in the phone's store."""
    async with asyncio.timeout(20):
        while await page.evaluate(DRAFTS, prefix) == 0:
            await page.wait_for_timeout(20)


async def draft_gone(page: Page, prefix: str) -> None:
    """What was being written is no longer in the phone's store."""
    async with asyncio.timeout(20):
        while await page.evaluate(DRAFTS, prefix) > 0:
            await page.wait_for_timeout(20)


async def until_locks(page: Page, condition: str, looks: int = 1) -> None:
    """Wait until `condition`, a function of the browser's locks, holds at so many looks in a row, 20 ms apart.

    `wait_for_function` would not do: it takes a promise for a yes.
    """
    held = 0
    async with asyncio.timeout(20):
        while held < looks:
            holds = await page.evaluate(f"async () => ({condition})(await navigator.locks.query())")
            held = held + 1 if holds else 0
            if held < looks:
                await page.wait_for_timeout(20)
