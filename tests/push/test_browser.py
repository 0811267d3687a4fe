"""A client turns reminders on in a real browser, and what the server sends is what the phone shows.

Only the browser's own push service is stood in for: `subscribe` answers with a device of the tests', and what arrived
for that device, decrypted, is handed to the real service worker.
"""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import CDPSession, Page, Response, Route, async_playwright, expect

from server.database import Database
from server.reminders.vapid import rotated
from tests.cast import ANNA, TERESA, Clock, Stage
from tests.e2e.conftest import Phone, browser_there
from tests.e2e.people import button, join, ready_offline
from tests.push.browsers.patience import until
from tests.push.push_service import Device, PushService
from tests.push.served import served
from tests.push.world import instant

pytestmark = pytest.mark.browser
there = browser_there

STAND_IN = """(() => {
  const devices = DEVICES;
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const kept = () => JSON.parse(localStorage.getItem("stand-in") ?? '{"used": 0, "key": null}');
  const keep = (used, key) => localStorage.setItem("stand-in", JSON.stringify({ used, key }));
  const made = ({ used, key }) => key === null ? null : {
    endpoint: devices[used - 1].endpoint,
    options: { applicationServerKey: bytes(key).buffer },
    toJSON: () => ({ endpoint: devices[used - 1].endpoint, expirationTime: null, keys: devices[used - 1].keys }),
    unsubscribe: () => Promise.resolve((keep(used, null), true)),
  };
  PushManager.prototype.getSubscription = () => Promise.resolve(made(kept()));
  PushManager.prototype.subscribe = ({ applicationServerKey }) => {
    const { used, key } = kept();
    if (key === null) keep(used + 1, applicationServerKey);
    return Promise.resolve(made(kept()));
  };
})()"""
ACTIVATED = """async () => {
  const { active } = await navigator.serviceWorker.ready;
  if (active.state !== "activated") await new Promise((resolve) => active.addEventListener("statechange", resolve));
}"""
STAYS = """async () => {
  const worker = await navigator.serviceWorker.ready;
  for (let seen = 0, tries = 0; seen < 10 && tries < 200; tries++) {
    const [first] = await worker.getNotifications({ tag: "first" });
    seen = first ? seen + 1 : 0;
    if (!first) await worker.showNotification("first", { tag: "first", silent: true });
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  for (const first of await worker.getNotifications({ tag: "first" })) first.close();
}"""
"""Shows something until it stays for half a second, and takes it away: a browser that has just begun may tidy away what
it is given first."""
SHOWN = """async () => {
  const worker = await navigator.serviceWorker.ready;
  for (let tries = 0; tries < 20; tries++) {
    const all = await worker.getNotifications();
    if (all.length > 0) return all.map(({ title, body, silent }) => [title, body, silent]);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return [];
}"""


@pytest.fixture
def clock() -> Clock:
    """Real enough for cookies; moved by hand."""
    return Clock(instant("2026-11-22T12:00"))


@pytest.fixture
async def stage(tmp_path: Path, service: PushService, clock: Clock) -> AsyncIterator[Stage]:
    """The app, served on a real port, with reminders that reach the push service of the tests."""
    async with served(tmp_path, service, clock) as stage:
        yield stage


@pytest.fixture
async def page(tmp_path: Path, stage: Stage, devices: list[Device]) -> AsyncIterator[Page]:
    """Anna's phone, joined and ready to work offline, at its settings, with notifications allowed when asked. Each time
    it subscribes anew it is another of the devices."""
    async with async_playwright() as playwright:
        phone = Phone(playwright, tmp_path / "phone", stage.settings.origin, whole=True)
        context = await phone.open()
        await context.grant_permissions(["notifications"])
        said = [{"endpoint": one.endpoint, "keys": {"p256dh": one.p256dh, "auth": one.auth}} for one in devices]
        await context.add_init_script(STAND_IN.replace("DEVICES", json.dumps(said)))
        page = context.pages[0]
        offer = await stage.app.state.invites.offer(stage.viewer(TERESA), "invite-1", ANNA.id, stage.clock())
        await join(page, offer.code)
        await ready_offline(page)
        await page.goto("/settings")
        yield page
        await context.close()


@pytest.fixture
def devices(service: PushService) -> list[Device]:
    return [Device(service) for _ in range(3)]


@pytest.fixture
def device(devices: list[Device]) -> Device:
    return devices[0]


async def test_a_client_picks_a_time_and_the_phone_shows_the_line_then(
    page: Page, stage: Stage, device: Device, clock: Clock
) -> None:
    await button(page, "Pick a time").click()
    await page.get_by_label("Time", exact=True).fill("18:30")
    async with page.expect_response(sends_a_plan):
        await button(page, "Save").click()
    await button(page, "Turn on for this phone").click()
    await expect(page.get_by_text("Reminders reach this phone.")).to_be_visible()

    clock.now = instant("2026-11-22T18:30")
    await stage.app.state.reminders.engine.step(clock())
    (push,) = device.arrived

    shown = await deliver(page, still_fresh(device.plain(push)))

    assert shown == [["Midweek", device.texts()[0], False]]


async def test_a_time_in_quiet_hours_is_asked_about_and_kept(page: Page) -> None:
    await button(page, "Pick a time").click()
    await page.get_by_label("Time", exact=True).fill("22:15")
    await button(page, "Save").click()

    await button(page, "Yes, keep 22:15").click()

    await expect(page.get_by_role("switch", name="22:15")).to_be_checked()


async def test_the_test_button_waits_a_new_key_is_taken_at_the_next_start_and_turning_off_ends_it(
    page: Page, stage: Stage, device: Device, clock: Clock
) -> None:
    await button(page, "Pick a time").click()
    await button(page, "Save").click()
    await button(page, "Turn on for this phone").click()
    await button(page, "Send one now").click()
    await expect(page.get_by_text("Waiting for this device to show it")).to_be_visible()
    await deliver(page, still_fresh(device.plain(device.arrived[0])))
    await expect(page.get_by_text(re.compile(r"Sent .+, shown .+\."))).to_be_visible()

    fresh = await rotated(stage.app.state.reminders.vapid, clock())
    async with page.expect_response(tells_the_server):
        await page.reload()
    await expect(page.get_by_text("Reminders reach this phone.")).to_be_visible()
    db: Database = stage.app.state.db
    kids = await db.read(lambda tx: tx.all("SELECT vapid_kid FROM subscription"))
    await button(page, "Turn off for this phone").click()

    await expect(page.get_by_text("Reminders are off on this phone.")).to_be_visible()
    assert (kids, len(device.arrived)) == ([(fresh.kid,)], 1)
    await until(lambda: none_left(stage))


async def test_turned_off_while_the_app_still_looks_after_it_it_stays_off(page: Page, stage: Stage) -> None:
    await button(page, "Pick a time").click()
    await button(page, "Save").click()
    await button(page, "Turn on for this phone").click()
    await expect(page.get_by_text("Reminders reach this phone.")).to_be_visible()
    asked, go_on = asyncio.Event(), asyncio.Event()

    async def hold(route: Route) -> None:
        asked.set()
        await go_on.wait()
        await route.continue_()

    await page.route("**/api/push-key", hold)
    await page.goto("/settings")
    await asked.wait()

    async with page.expect_response(lambda answer: answer.request.method == "PUT"):
        await button(page, "Turn off for this phone").click()
        go_on.set()

    await expect(page.get_by_text("Reminders are off on this phone.")).to_be_visible()
    async with asyncio.timeout(10):
        while await subscriptions(stage) > 0:
            pass


async def test_a_push_that_cannot_be_read_is_shown_as_a_neutral_line(page: Page) -> None:
    shown = await deliver(page, "{damaged")

    assert shown == [["Midweek", "Ready when you are. Later is fine.", True]]


async def test_the_page_of_what_reaches_me_is_honest_about_each_way_it_fails(
    page: Page, stage: Stage, devices: list[Device], service: PushService, clock: Clock
) -> None:
    engine = stage.app.state.reminders.engine
    await button(page, "Pick a time").click()
    await page.get_by_label("Time", exact=True).fill("18:30")
    async with page.expect_response(sends_a_plan):
        await button(page, "Save").click()
    await button(page, "Turn on for this phone").click()
    await expect(page.get_by_text("Reminders reach this phone.")).to_be_visible()
    service.always(410)
    clock.now = instant("2026-11-22T18:30")
    await engine.step(clock())

    await page.get_by_role("link", name="Do reminders reach me?").click()
    await expect(page.get_by_text("Not sent: the push service did not take it.")).to_be_visible()
    await expect(page.get_by_text("None was sent to it yet.")).to_be_visible()
    service.always(403)
    clock.now = instant("2026-11-23T18:30")
    await engine.step(clock())
    await page.reload()
    await expect(page.get_by_text("The push service does not accept this server.").first).to_be_visible()
    await block_notifications(page)
    await page.reload()

    await expect(page.get_by_text("Notifications are blocked for Midweek.")).to_be_visible()
    await expect(page.get_by_text("To unblock:")).to_be_visible()
    await expect(page.get_by_text("Notifications are blocked there, so nothing can be shown.")).to_be_visible()
    assert [len(device.arrived) for device in devices] == [1, 1, 0]
    await until(lambda: none_left(stage))


async def test_later_today_in_a_browser_that_runs_no_worker_for_it(
    page: Page, stage: Stage, device: Device, clock: Clock
) -> None:
    await button(page, "Pick a time").click()
    await page.get_by_label("Time", exact=True).fill("18:30")
    async with page.expect_response(sends_a_plan):
        await button(page, "Save").click()
    await button(page, "Turn on for this phone").click()
    await expect(page.get_by_text("Reminders reach this phone.")).to_be_visible()
    clock.now = instant("2026-11-22T18:30")
    await stage.app.state.reminders.engine.step(clock())
    _, later = re.findall(r'"navigate":"([^"]+)"', device.plain(device.arrived[0]).decode())[1:]

    await page.goto(later)
    await expect(page.get_by_text("It comes again at about")).to_be_visible()
    again = page.url
    await page.goto(later)
    await expect(page.get_by_text("It comes again at about")).to_be_visible()

    clock.now = instant("2026-11-22T19:30")
    await stage.app.state.reminders.engine.step(clock())
    assert (again, len(device.arrived)) == (f"{stage.settings.origin}/", 2)


async def block_notifications(page: Page) -> None:
    """As a person does in the browser's settings."""
    session = await page.context.new_cdp_session(page)
    denied = {"permission": {"name": "notifications"}, "setting": "denied"}
    await session.send("Browser.setPermission", denied)  # pyright: ignore[reportUnknownMemberType]


def tells_the_server(answer: Response) -> bool:
    return answer.request.method == "DELETE" and answer.url.endswith("/api/push-subscriptions")


def sends_a_plan(answer: Response) -> bool:
    return answer.url.endswith("/api/sync") and '"kind":"plan"' in (answer.request.post_data or "")


async def subscriptions(stage: Stage) -> int:
    db: Database = stage.app.state.db
    return len(await db.read(lambda tx: tx.all("SELECT id FROM subscription")))


async def none_left(stage: Stage) -> bool:
    """Whether the server has no subscription any more."""
    return await subscriptions(stage) == 0


def still_fresh(plain: bytes) -> str:
    """The message, with its end moved after the browser's own clock, which tests can't set."""
    return re.sub(r'"expires":\d+', '"expires":9999999999999', plain.decode())


async def deliver(page: Page, text: str) -> list[list[object]]:
    """Hand a push to the page's worker, as the browser does; what is shown then: title, text, and whether silently."""
    session = await page.context.new_cdp_session(page)
    worker = await registration(session)
    await page.evaluate(ACTIVATED)
    await page.evaluate(STAYS)
    origin = await page.evaluate("location.origin")
    said = {"origin": origin, "registrationId": worker, "data": text}
    await session.send("ServiceWorker.deliverPushMessage", said)  # pyright: ignore[reportUnknownMemberType]
    shown: list[list[object]] = await page.evaluate(SHOWN)
    return shown


async def registration(session: CDPSession) -> str:
    """The id of the worker's registration."""
    found: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def heard(event: dict[str, list[dict[str, str]]]) -> None:
        for one in event["registrations"]:
            if not found.done():
                found.set_result(one["registrationId"])

    session.on("ServiceWorker.workerRegistrationUpdated", heard)
    await session.send("ServiceWorker.enable")  # pyright: ignore[reportUnknownMemberType]
    return await asyncio.wait_for(found, 10)
