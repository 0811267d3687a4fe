"""Networks that lie, break and stall: the entry stays on the phone, the status line stays true, and it arrives once."""

from typing import Any, Final

import pytest
from playwright.async_api import Page, expect

from tests.e2e.devices import Client
from tests.e2e.machines import DevTools
from tests.e2e.network import Network, Way, answer_is_lost, answered_by, honest, rewritten, timed_out
from tests.e2e.people import answer, at_rest, button, opened, status

pytestmark = pytest.mark.asyncio(loop_scope="session")

SENT = "Everything shared is sent"
WAITING = "On this phone. Waiting to send (1)"
PORTAL: Final = "<!doctype html><title>Free wifi</title><p>Please accept our terms"
PROBLEM: Final = '{"type": "/problems/internal", "title": "Something broke", "status": 500, "detail": "Please wait."}'


def without_results(said: dict[str, Any]) -> object:
    return {name: value for name, value in said.items() if name != "results"}


def results_of_others(said: dict[str, Any]) -> object:
    return said | {"results": [one | {"op": "01900000-0000-7000-8000-000000000000"} for one in said["results"]]}


def with_news(said: dict[str, Any]) -> object:
    """What a server of next year may say to a phone of this one."""
    results = [one | {"hint": {"later": True}} for one in said["results"]]
    records = [one | {"colour": "blue", "links": [1]} for one in said["records"]]
    return said | {"results": results, "records": records, "advice": {"pause": 3}}


UNHEARD: Final[dict[str, Way]] = {
    "a captive portal": answered_by(200, "text/html", PORTAL),
    "a captive portal that moves on": answered_by(302, "text/html", PORTAL, location="/nowhere"),
    "a portal that calls itself json": answered_by(200, "application/json", PORTAL),
    "a gateway": answered_by(504, "text/html", "<h1>Gateway Time-out</h1>"),
    "a broken server": answered_by(500, "application/problem+json", PROBLEM),
    "a server being replaced": answered_by(503, "text/plain", "again later"),
    "half an answer": answered_by(200, "application/json", '{"results": [{"op": "01'),
    "an empty answer": answered_by(200, "application/json", ""),
    "another service's answer": answered_by(200, "application/json", '{"results": {}, "records": 7}'),
    "nothing at all": answered_by(200, "application/json", "null"),
    "a time-out": timed_out,
}
MISHEARD: Final[dict[str, Way]] = {
    "an answer lost on the way": answer_is_lost,
    "an answer without results": rewritten(without_results),
    "an answer to somebody else": rewritten(results_of_others),
}

SLOWER: Final = 6
NOTE_DOWN: Final = """window.said = [];
    new MutationObserver(() => {
        const line = document.querySelector(".status");
        if (line !== null) window.said.push(line.textContent.trim());
    }).observe(document, {subtree: true, childList: true, characterData: true});"""
"""Keeps every text the status line ever had."""


async def waiting_entry(anna: Client) -> tuple[Page, Network]:
    """A check-in saved while nothing gets through."""
    page = await anna.handset()
    await opened(page, "/check-in")
    network = await Network.of(page.context)
    network.becomes(timed_out)
    await answer(page, 6)
    await network.has_passed(1)
    await at_rest(page)
    return page, network


async def try_again(page: Page, network: Network) -> None:
    """The phone hears that there is a network, and tries."""
    before = len(network.left)
    await page.evaluate("() => dispatchEvent(new Event('online'))")
    await network.has_passed(before + 1)
    await at_rest(page)


async def test_whatever_stands_in_the_way_the_entry_waits_and_then_arrives_once(anna: Client) -> None:
    page, network = await waiting_entry(anna)
    tablet = await anna.tablet()

    for way in UNHEARD.values():
        network.becomes(way)
        await try_again(page, network)
        await expect(status(page)).to_have_text(WAITING)
    assert await tablet.records() == []
    network.becomes(honest)
    await try_again(page, network)

    await expect(status(page)).to_have_text(SENT)
    assert len(await tablet.records()) == 1


async def test_what_the_server_took_but_the_phone_could_not_hear_is_not_called_sent_and_is_there_once(
    anna: Client,
) -> None:
    page, network = await waiting_entry(anna)
    tablet = await anna.tablet()
    for way in MISHEARD.values():
        network.becomes(way)
        await button(page, "Check in again").click()
        await answer(page, 5)
        await at_rest(page)

    await expect(status(page)).to_contain_text("On this phone. Waiting to send")
    network.becomes(honest)
    await opened(page, "/")
    await expect(status(page)).to_have_text(SENT, timeout=30_000)
    assert len(await tablet.records()) == 1 + len(MISHEARD)


async def test_after_a_failure_the_phone_tries_again_by_itself(anna: Client) -> None:
    page, network = await waiting_entry(anna)

    network.becomes(honest)

    await expect(status(page)).to_have_text(SENT)


async def test_opened_behind_a_captive_portal_the_app_starts_and_tells_the_truth(anna: Client) -> None:
    page, _ = await waiting_entry(anna)
    await page.context.route("**/api/**", answered_by(200, "text/html", PORTAL))

    await page.goto("/")

    await expect(page.get_by_role("heading", level=1)).to_contain_text("Anna")
    await expect(status(page)).to_have_text(WAITING)


async def test_a_server_of_next_year_is_understood(anna: Client) -> None:
    page, network = await waiting_entry(anna)
    tablet = await anna.tablet()
    await tablet.put("01900000-0000-7000-8000-000000000001", None, distress=3, aura={"shape": "ring"})
    network.becomes(rewritten(with_news))

    await try_again(page, network)

    await expect(status(page)).to_have_text(SENT)
    await page.goto("/history")
    await expect(page.get_by_text("hard to carry: 3")).to_be_visible()


async def test_while_the_app_starts_the_status_line_never_says_more_than_it_knows(anna: Client) -> None:
    page, _ = await waiting_entry(anna)
    await page.add_init_script(NOTE_DOWN)
    tools = await DevTools.of(page)
    await tools.tell("Emulation.setCPUThrottlingRate", rate=SLOWER)

    said: set[str] = set()
    for _ in range(3):
        await page.goto("/")
        await expect(status(page)).to_have_text(WAITING)
        said |= set(await page.evaluate("() => window.said"))

    assert SENT not in said
