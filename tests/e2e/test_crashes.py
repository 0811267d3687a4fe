"""The page or the server is killed in the middle of saving or sending: an entry is whole or still a draft, and
arrives once."""

import asyncio
import signal
from typing import Any, Final

import pytest
from playwright.async_api import Page, Route, expect

from tests.e2e.devices import Client
from tests.e2e.machines import DevTools, Server, crash
from tests.e2e.network import Network, honest, timed_out
from tests.e2e.people import answer, at_rest, button, opened, status, write_note

pytestmark = pytest.mark.asyncio(loop_scope="session")

SENT = "Everything shared is sent"
NOTE = "Anything you want to note?"
STOP_AT: Final = """([owner, method, count]) => {
    const prototype = window[owner].prototype;
    const real = prototype[method];
    prototype[method] = function (...given) {
        const result = real.apply(this, given);
        if (method !== "put" || this.name !== "drafts") count -= 1;
        if (count === 0) {
            debugger;
        }
        return result;
    };
    setTimeout(() => document.querySelector("form.checkin button[type=submit]").click());
}"""
"""Saves, and stands still right after the call named."""
BEFORE_IT_WAS_WRITTEN: Final = [
    ("IDBObjectStore", "put", 1),
    ("IDBObjectStore", "put", 2),
    ("IDBObjectStore", "put", 3),
    ("IDBObjectStore", "delete", 1),
]
AFTER_IT_WAS_WRITTEN: Final = ("BroadcastChannel", "postMessage", 1)


async def save_and_die(page: Page, moment: tuple[str, str, int]) -> Page:
    """Save, crash at the moment named, and open the app again."""
    context = page.context
    debugging = await DevTools.of(page)
    stopped = asyncio.Event()
    debugging.hear("Debugger.paused", lambda _: stopped.set())
    await debugging.tell("Debugger.enable")
    await page.evaluate(STOP_AT, moment)
    await asyncio.wait_for(stopped.wait(), 10)
    await crash(page)
    again = await context.new_page()
    await opened(again, "/check-in")
    return again


async def half_made(page: Page) -> None:
    """A check-in with a shared and a private part, typed and not yet saved."""
    await opened(page, "/check-in")
    await page.get_by_role("radio", name="6", exact=True).check(force=True)
    await write_note(page, "the words of this moment")


async def test_a_page_killed_while_it_saves_leaves_the_whole_draft_and_nothing_else(anna: Client) -> None:
    page = await anna.handset()
    await half_made(page)

    for moment in BEFORE_IT_WAS_WRITTEN:
        page = await save_and_die(page, moment)
        await expect(page.get_by_label(NOTE)).to_have_value("the words of this moment")
        await expect(status(page)).to_have_text(SENT)

    await button(page, "Save").click()
    await expect(page.get_by_text("Saved on this phone.")).to_be_visible()
    await expect(status(page)).to_have_text(SENT)
    assert len(await (await anna.tablet()).records("checkin")) == 1


async def test_a_page_killed_right_after_it_saved_has_the_entry_once_and_no_draft(anna: Client) -> None:
    page = await anna.handset()
    await half_made(page)

    page = await save_and_die(page, AFTER_IT_WAS_WRITTEN)

    await expect(button(page, "Save")).to_be_disabled()
    await expect(status(page)).to_have_text(SENT)
    assert len(await (await anna.tablet()).records("checkin")) == 1
    await page.goto("/history")
    await expect(page.locator("a.entry")).to_have_count(1)
    await page.locator("a.entry").click()
    await expect(page.get_by_text("the words of this moment")).to_be_visible()


@pytest.mark.parametrize("taken", [False, True], ids=["before the server took it", "after the server took it"])
async def test_a_page_killed_while_it_sends_sends_again_and_the_entry_is_there_once(anna: Client, taken: bool) -> None:
    page = await anna.handset()
    await opened(page, "/check-in")
    context, on_its_way = page.context, asyncio.Event()
    network = await Network.of(context)

    async def never_answers(route: Route) -> None:
        if not network.left:
            await honest(route)  # only a look for news
            return
        if taken:
            await route.fetch()
        on_its_way.set()

    network.becomes(never_answers)
    await answer(page, 6)
    await asyncio.wait_for(on_its_way.wait(), 10)
    await crash(page)
    network.becomes(honest)
    again = await context.new_page()
    await opened(again, "/")

    await expect(status(again)).to_have_text(SENT)
    assert len(network.left) == 2
    assert len(await (await anna.tablet()).records()) == 1


async def test_what_waits_is_sent_by_the_worker_when_the_app_is_closed(anna: Client, practice: Server) -> None:
    page = await anna.handset()
    await opened(page, "/check-in")
    network = await Network.of(page.context)
    network.becomes(timed_out)
    await answer(page, 6)
    await at_rest(page)
    tablet = await anna.tablet()
    assert await tablet.records() == []

    network.becomes(honest)
    await wake_worker(page, practice.origin)

    await tablet.has_records(1)
    await opened(page, "/")
    await expect(status(page)).to_have_text(SENT)
    assert len(await tablet.records()) == 1


async def wake_worker(page: Page, origin: str) -> None:
    """The app is closed, and the browser finds that there is a network: it wakes the worker to send."""
    await page.goto("about:blank")
    tools, known = await DevTools.of(page), asyncio.Event()
    workers: list[str] = []

    def hear(said: dict[str, Any]) -> None:
        workers.extend(one["registrationId"] for one in said["registrations"] if one["scopeURL"] == f"{origin}/")
        known.set()

    tools.hear("ServiceWorker.workerRegistrationUpdated", hear)
    await tools.tell("ServiceWorker.enable")
    await asyncio.wait_for(known.wait(), 10)
    said = {"origin": origin, "registrationId": workers[-1], "tag": "send", "lastChance": False}
    await tools.tell("ServiceWorker.dispatchSyncEvent", **said)


async def test_a_server_killed_while_it_receives_has_every_entry_once(anna: Client, practice: Server) -> None:
    page = await anna.handset()
    network = await Network.of(page.context)

    for heard in ("nothing", "perhaps", "all"):
        await opened(page, "/check-in")
        killed = asyncio.Event()

        async def kills(route: Route, heard: str = heard, killed: asyncio.Event = killed) -> None:
            asking = asyncio.create_task(route.fetch()) if heard != "nothing" and practice.runs else None
            if asking and heard == "all":
                await asking
            await asyncio.sleep(0)
            practice.stop(signal.SIGKILL)
            if asking:
                await asyncio.wait([asking])
            killed.set()
            await route.abort("connectionreset")

        network.becomes(kills)
        await answer(page, 6)
        await asyncio.wait_for(killed.wait(), 10)
        await expect(status(page)).to_have_text("On this phone. Waiting to send (1)")
        await at_rest(page)
        network.becomes(honest)
        practice.start()
        await opened(page, "/")
        await expect(status(page)).to_have_text(SENT)

    assert len(await (await anna.tablet()).records()) == 3
