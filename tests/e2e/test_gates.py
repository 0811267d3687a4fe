"""The gates of what a therapist sets, on a phone: hours, rest, days, a clock set forward and back, links, two devices.

The phone is taken offline and its clock to the next day, so that the hour at which a test runs makes no difference.
"""

import asyncio
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Page, expect

from tests.e2e.devices import Client, new_id
from tests.e2e.machines import Server
from tests.e2e.people import SYNC, at_rest, button, first_button, opened, runs_saved, status

pytestmark = pytest.mark.asyncio(loop_scope="session")

ROME = ZoneInfo("Europe/Rome")
HIGH = "new-ending-recent"
PAGE = f"/practise/{HIGH}"
SENT = "Everything shared is sent"
DAYTIME = "This one is for the daytime."
RESTS = "This one rests for a day after each time."
CONNECT = "Please connect once."


@pytest.fixture(scope="module", autouse=True)
def approved(running: Server) -> None:
    """The practice has approved the exercise."""
    running.approves(HIGH)


async def given(anna: Client, **more: object) -> Page:
    """Anna's phone, with the exercise on it, offline from now on."""
    await anna.is_given(HIGH, **more)
    page = await anna.handset()
    await opened(page, "/practise")
    await expect(page.get_by_role("link", name="Open A new move in a hard scene")).to_be_visible()
    await page.context.set_offline(True)
    return page


def tomorrow(clock: str) -> datetime:
    """That time of the next day, where Anna is."""
    day = (datetime.now(ROME) + timedelta(days=1)).date()
    return datetime.combine(day, time.fromisoformat(clock), ROME)


async def at(page: Page, moment: datetime) -> str:
    """What the start page says when the phone's clock shows this."""
    await page.clock.set_system_time(moment)
    await page.goto(PAGE)
    return await first_button(page)


async def past_the_gate(page: Page) -> None:
    """Start, and on to the first step that looks inward."""
    await button(page, "Start").click()
    for _ in range(2):
        await page.locator("button.on").click()
    for box in await page.get_by_role("checkbox").all():
        await box.check(force=True)
    await page.locator("button.on").click()
    await page.get_by_role("radio", name="3", exact=True).check(force=True)
    await page.locator("button.on").click()
    await page.get_by_role("radio", name="Open", exact=True).check(force=True)
    await page.locator("button.on").click()
    await expect(page.get_by_role("heading", name="Feel the chair or the bed.")).to_be_visible()


async def test_it_opens_at_nine_and_closes_at_eight_even_on_a_page_that_stood_open(anna: Client) -> None:
    page = await given(anna)

    assert DAYTIME in await at(page, tomorrow("08:59:30"))
    assert await at(page, tomorrow("09:00:00")) == "Start"
    assert await at(page, tomorrow("19:58:00")) == "Start"

    await page.clock.set_system_time(tomorrow("20:00:00"))
    await button(page, "Start").click()

    assert DAYTIME in await first_button(page)
    assert DAYTIME in await at(page, tomorrow("20:00:00"))


async def test_left_in_the_middle_it_rests_a_day_and_reopens_at_back_in_the_room_only(anna: Client) -> None:
    page = await given(anna)
    tablet = await anna.tablet()
    ten = tomorrow("10:00:00")
    assert await at(page, ten) == "Start"
    await past_the_gate(page)
    await page.goto("about:blank")

    assert RESTS in await at(page, ten + timedelta(minutes=5))
    await page.goto("/")
    await button(page, "Go on").click()
    await expect(page.get_by_role("heading", name="You stopped, and that is fine.", exact=False)).to_be_visible()
    await runs_saved(page)
    assert RESTS in await at(page, ten + timedelta(hours=23, minutes=59))
    assert await at(page, ten + timedelta(hours=24, minutes=10)) == "Start"
    await page.clock.set_system_time(datetime.now(UTC))

    await page.context.set_offline(False)
    await page.goto("/")
    async with asyncio.timeout(30):
        while len(bare := [one.body or {} for one in await tablet.records("run", "mark")]) < 2:
            await page.wait_for_timeout(100)
    await expect(status(page)).to_have_text(SENT)
    assert {str(one.get("what", one.get("ended"))) for one in bare} == {"use", "stopped"}
    assert all(one.get("locked_until") and not {"answers", "ratings", "step_seconds"} & set(one) for one in bare)


async def test_a_run_deleted_leaves_its_rest(anna: Client) -> None:
    page = await given(anna)
    ten = tomorrow("10:00:00")
    await at(page, ten)
    await past_the_gate(page)
    await button(page, "Stop").click()
    await expect(page.get_by_text("You stopped, and that is fine.", exact=False)).to_be_visible()
    await button(page, "Leave for now").click()
    await page.get_by_role("link", name="History", exact=True).click()
    await page.locator("a.entry").first.click()
    await button(page, "Delete").click()
    await page.locator("dialog").get_by_role("button", name="Delete").click()
    await expect(page.locator("a.entry")).to_have_count(0)

    assert RESTS in await at(page, ten + timedelta(minutes=5))


async def test_what_another_device_tells_closes_it_here(anna: Client) -> None:
    page, tablet = await given(anna), await anna.tablet()
    now = int(datetime.now(UTC).timestamp() * 1000)
    run = {"exercise": HIGH, "version": 1, "ended": "finished", "intensity": "high"}
    day = 86_400_000

    await tablet.put(new_id(), None, "run", **run, ended_at=now - 3 * day, locked_until=now - 2 * day)
    await tablet.put(new_id(), None, "run", **run, ended_at=now - 6 * day, locked_until=now - 5 * day)
    await page.context.set_offline(False)
    await opened(page, PAGE)

    await expect(page.get_by_text("Twice in seven days is enough for this one.", exact=False)).to_be_visible()
    await tablet.put(new_id(), None, "run", **run, ended_at=now, locked_until=now + day)
    async with page.expect_response(SYNC):
        await page.reload()
    await expect(page.get_by_text(RESTS, exact=False)).to_be_visible()


async def test_after_three_days_without_the_server_and_with_a_clock_set_back_it_asks_to_connect(anna: Client) -> None:
    page = await given(anna)
    now = datetime.now(UTC)

    assert CONNECT not in await at(page, now + timedelta(hours=71, minutes=50))
    assert CONNECT in await at(page, now + timedelta(hours=72, minutes=1))
    assert CONNECT in await at(page, now)
    assert CONNECT in await at(page, now - timedelta(hours=1))

    await page.clock.set_system_time(now)
    await page.context.set_offline(False)
    await opened(page, PAGE)
    await expect(page.get_by_text(CONNECT, exact=False)).to_have_count(0)


async def test_a_clock_set_forward_while_connected_ends_no_rest(anna: Client) -> None:
    page, tablet = await given(anna), await anna.tablet()
    now = datetime.now(UTC)
    locked = int((now + timedelta(hours=20)).timestamp() * 1000)
    run = {"exercise": HIGH, "version": 1, "ended": "finished", "intensity": "high", "locked_until": locked}
    await tablet.put(new_id(), None, "run", **run, ended_at=locked - 86_400_000)
    await page.context.set_offline(False)

    await page.clock.set_system_time(now + timedelta(hours=30))
    await opened(page, PAGE)

    await expect(page.get_by_text(RESTS, exact=False)).to_be_visible()


async def test_over_it_is_gone_and_no_clock_or_link_brings_it_back(anna: Client) -> None:
    page = await given(anna, until=datetime.now(ROME).date().isoformat())
    later = datetime.now(UTC) + timedelta(days=2)

    for moment in (later, datetime.now(UTC)):
        for path in (PAGE, f"/play/{HIGH}", f"/play/{HIGH}?run={new_id()}"):
            await page.clock.set_system_time(moment)
            await page.goto(path)
            await expect(page.get_by_role("heading", level=1)).to_be_visible()
            await expect(button(page, "Start")).to_have_count(0)
            await expect(button(page, "Stop")).to_have_count(0)
    assert not await holds(page, "small screen across the room")


async def test_without_an_assignment_its_text_is_nowhere_on_the_phone(anna: Client) -> None:
    page = await anna.handset()
    await at_rest(page)

    for path in (PAGE, f"/play/{HIGH}", f"/play/{HIGH}?run={new_id()}"):
        await page.goto(path)
        await expect(page.get_by_role("heading", level=1)).to_be_visible()
        await expect(button(page, "Start").or_(button(page, "Stop"))).to_have_count(0)
    assert not await holds(page, "small screen across the room")


async def holds(page: Page, words: str) -> bool:
    """Whether anything that the browser keeps of this app for offline use has these words."""
    found: bool = await page.evaluate(
        """async words => {
            for (const name of await caches.keys()) {
                const cache = await caches.open(name);
                for (const request of await cache.keys()) {
                    if ((await (await cache.match(request)).text()).includes(words)) return true;
                }
            }
            return document.documentElement.innerHTML.includes(words);
        }""",
        words,
    )
    return found
