"""My safety plan, and the cards after a hard check-in: there at once, offline, and nobody's but the person's."""

from typing import Final

import pytest
from playwright.async_api import Locator, Page, expect

from tests.e2e.devices import Client
from tests.e2e.people import SYNC, button, check_in, opened, pick_country, status
from tests.e2e.test_screens import findings

pytestmark = pytest.mark.asyncio(loop_scope="session")

SENT: Final = "Everything shared is sent"
PARTS: Final = [
    "How I notice that it is getting hard", "What I can do on my own", "Where I can go, and who I can be with",
    "Who I can tell, and ask to help me", "Therapist, doctor, crisis lines", "What should be out of reach",
]  # fmt: skip


def group(page: Page, part: str) -> Locator:
    """The names and numbers of a part."""
    return page.get_by_role("group", name=part, exact=True)


async def write_plan(page: Page, name: str = "Marta", number: str = "+39 333 000 0000") -> None:
    """Anna fills in all six parts, the last one first, and has not saved yet."""
    await page.goto("/safety-plan/change")
    await page.get_by_label(PARTS[5]).fill("Marta keeps the key.")
    await page.get_by_label(PARTS[0]).fill("I stop answering.")
    await page.get_by_label(PARTS[1]).fill("Cold water.")
    await page.get_by_label(PARTS[2]).fill("The lake.")
    people, services = group(page, PARTS[3]), group(page, PARTS[4])
    await people.get_by_label("Name", exact=True).fill(name)
    await people.get_by_label("Number", exact=True).fill(number)
    await services.get_by_label("Name", exact=True).fill("My doctor")
    await services.get_by_label("Number", exact=True).fill("00 777")


async def save_plan(page: Page) -> None:
    """Anna saves it."""
    await button(page, "Save").click()
    await expect(page.get_by_role("heading", name="My safety plan")).to_be_visible()
    await expect(page.get_by_role("heading", name=PARTS[0])).to_be_visible()


async def test_s18_the_plan_is_written_kept_and_read_offline_in_six_parts_of_one_order(anna: Client) -> None:
    page, tablet = await anna.handset(), await anna.tablet()
    await page.goto("/safety-plan")
    await expect(page.get_by_text("There is no plan on this phone yet.")).to_be_visible()
    await expect(page.get_by_text("best made together with your therapist", exact=False)).to_be_visible()
    await page.context.set_offline(True)
    await write_plan(page)
    await expect(page.get_by_text("Work on this part together with your therapist.", exact=False)).to_be_visible()
    await page.evaluate("scrollTo(0, document.body.scrollHeight)")  # nothing half under the bar with Save
    problems = await findings(page)
    await page.goto("/safety-plan")
    await button(page, "Go on").click()
    await expect(page.get_by_label(PARTS[1])).to_have_value("Cold water.")
    await save_plan(page)

    assert await page.locator(".plan-part h2").all_inner_texts() == PARTS
    await expect(page.get_by_role("link", name="Call +39 333 000 0000, Marta")).to_have_attribute(
        "href", "tel:+393330000000"
    )
    await expect(page.get_by_role("link", name="Text +39 333 000 0000, Marta")).to_have_attribute(
        "href", "sms:+393330000000"
    )
    await page.reload()
    await expect(page.get_by_text("Marta keeps the key.")).to_be_visible()
    await expect(page.get_by_text("It is only on this phone.", exact=False)).to_be_visible()
    assert problems + await findings(page) == []
    await page.context.set_offline(False)
    await opened(page, "/")
    assert await tablet.records("safety-plan") == []


async def test_s18_the_plan_is_one_tap_away_from_where_it_is_needed(anna: Client) -> None:
    page = await anna.handset()
    await write_plan(page)
    await save_plan(page)

    for path in ("/help", "/settings", "/play/back-in-the-room"):
        await page.goto(path)
        await page.get_by_role("link", name="My safety plan").click()
        await expect(page.get_by_text("Cold water.")).to_be_visible()
    for distress in (8, 9):
        await check_in(page, distress)
        await page.get_by_role("link", name="My safety plan").click()
        await expect(page.get_by_text("Cold water.")).to_be_visible()


async def test_s18_on_paper_there_is_the_plan_and_nothing_of_the_app(anna: Client) -> None:
    page = await anna.handset()
    await write_plan(page)
    await save_plan(page)

    await page.emulate_media(media="print", color_scheme="dark")

    await expect(page.get_by_text("Marta keeps the key.")).to_be_visible()
    for hidden in (page.get_by_role("navigation"), page.get_by_role("button"), button(page, "Need help now")):
        assert [await one.is_visible() for one in await hidden.all()] == [False] * await hidden.count()
    look = "getComputedStyle(document.querySelector('.plan-words'))"
    assert await page.evaluate(f"parseFloat({look}.fontSize) >= 18 && {look}.color") == "rgb(0, 0, 0)"


async def test_s18_an_edit_keeps_the_earlier_version_and_the_later_arrival_wins(anna: Client) -> None:
    page, tablet = await anna.handset(), await anna.tablet()
    await write_plan(page)
    await save_plan(page)
    await page.get_by_role("switch").click(force=True)
    await expect(page.get_by_text("Sent", exact=True)).to_be_visible()
    (plan,) = await tablet.records("safety-plan")
    await page.context.set_offline(True)
    await page.goto("/safety-plan/change")
    await page.get_by_label(PARTS[1]).fill("Walk to the lake.")
    await save_plan(page)
    await tablet.put(plan.id, plan.rev, "safety-plan", myself="Call Marta first.", more="of a newer app")
    await page.context.set_offline(False)

    await opened(page, "/safety-plan")

    await expect(page.get_by_text("Sent", exact=True)).to_be_visible()
    (kept,) = await tablet.records("safety-plan")
    assert kept.body is not None
    assert kept.body["myself"] == "Walk to the lake."
    await button(page, "See earlier versions").click()
    await expect(page.get_by_text("2 earlier versions", exact=False)).to_be_visible()
    await expect(page.get_by_text("Call Marta first.")).to_be_visible()
    await page.evaluate("scrollTo(0, document.body.scrollHeight)")  # nothing half under the tabs
    assert await findings(page) == []


async def test_the_therapist_sees_the_plan_while_it_is_shared_and_not_before_or_after(
    anna: Client, teresa: dict[str, str]
) -> None:
    page = await anna.handset()
    desk = await (await anna.empty_phone()).new_page()
    await desk.context.add_cookies([{"name": name, "value": value, "url": page.url} for name, value in teresa.items()])

    async def shown() -> bool:
        await desk.goto(f"/clients/{anna.id}")
        await expect(desk.get_by_role("heading", name="What was shared")).to_be_visible()
        return await desk.get_by_text("Marta keeps the key.").is_visible()

    await write_plan(page)
    await save_plan(page)
    assert not await shown()
    await page.get_by_role("switch", name="Teresa Rossi can see this plan").click(force=True)
    await expect(page.get_by_text("Sent", exact=True)).to_be_visible()
    assert await shown()
    await expect(desk.get_by_role("heading", name="Safety plan")).to_be_visible()
    await expect(desk.get_by_role("link", name="Call", exact=False)).to_have_count(0)
    await page.get_by_role("switch").click(force=True)
    await expect(page.get_by_text("It is only on this phone.", exact=False)).to_be_visible()
    await opened(page, "/")
    assert not await shown()
    await page.goto("/safety-plan")
    await expect(page.get_by_text("Marta keeps the key.")).to_be_visible()


async def test_signed_out_there_is_no_plan_and_it_says_so_kindly(anna: Client) -> None:
    page = await anna.handset()
    await write_plan(page)
    await save_plan(page)
    await page.goto("/settings")
    await button(page, "Sign out of this phone").click()
    await button(page, "Sign out and delete it").click()
    await expect(page.get_by_label("Your code")).to_be_visible()

    await page.goto("/safety-plan")

    await expect(page.get_by_text("A plan belongs to the person who wrote it", exact=False)).to_be_visible()
    await expect(page.get_by_text("Marta")).to_have_count(0)
    assert await findings(page) == []


async def test_a_plan_can_be_deleted_and_begun_anew(anna: Client) -> None:
    page, tablet = await anna.handset(), await anna.tablet()
    await write_plan(page)
    await save_plan(page)
    await page.get_by_role("switch").click(force=True)
    await expect(page.get_by_text("Sent", exact=True)).to_be_visible()

    await button(page, "Delete this plan").click()
    await button(page, "Delete it").click()

    await expect(page.get_by_text("There is no plan on this phone yet.")).to_be_visible()
    await opened(page, "/")
    assert await tablet.records("safety-plan") == []
    await write_plan(page)
    await save_plan(page)


# --- The cards


async def test_s19_card_b_asks_for_nothing_and_comes_once_in_an_hour(anna: Client) -> None:
    page, tablet = await anna.handset(), await anna.tablet()
    card_b = page.get_by_text("If you might not be safe, please reach a person now.")
    await check_in(page, 9)
    await expect(card_b).to_be_visible()
    await expect(page.locator("main").get_by_role("radio")).to_have_count(0)
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await button(page, "Done").click()
    await expect(page.get_by_role("heading", name="How are you right now?")).to_be_visible()

    await check_in(page, 9)
    await expect(page.get_by_text("That sounds like a lot to carry.", exact=False)).to_be_visible()
    await expect(card_b).to_have_count(0)
    await tablet.has_records(2)  # no entry is hidden


async def test_card_a_offers_grounding_the_plan_someone_to_call_and_done(anna: Client) -> None:
    page = await anna.handset()
    await check_in(page, 7)
    card = page.locator(".support-card")
    names = ["Ground me", "My safety plan", "Someone I can call", "Done"]
    assert await card.locator("> a, > button").all_inner_texts() == names
    await button(page, "Someone I can call").click()
    await expect(page.get_by_role("heading", name="Need help now")).to_be_visible()
    await write_plan(page)
    await save_plan(page)

    await check_in(page, 8)
    await button(page, "Someone I can call").click()

    await expect(page.get_by_role("link", name="Call +39 333 000 0000, Marta")).to_be_visible()
    assert await findings(page) == []


async def test_card_b_without_a_practices_lines_leads_with_the_emergency_number(anna: Client) -> None:
    page = await anna.handset()
    await page.goto("/help")
    await pick_country(page, "IT")
    await write_plan(page)
    await save_plan(page)

    await check_in(page, 9)

    card = page.locator(".support-card")
    names = ["Call 112", "My safety plan", "Call +39 333 000 0000", "Text +39 333 000 0000", "Ground me", "Done"]
    assert await card.get_by_role("link").all_inner_texts() == names
    assert await findings(page) == []


async def test_s21_after_the_hardest_check_in_nothing_is_sent_but_the_check_in(anna: Client) -> None:
    page, tablet = await anna.handset(), await anna.tablet()
    await opened(page, "/check-in")
    sent: list[str] = []
    page.on("request", lambda one: sent.append(f"{one.method} {one.url}") if one.method != "GET" else None)

    async with page.expect_response(SYNC):
        await check_in(page, 9)
    await expect(status(page)).to_have_text(SENT)
    await button(page, "Ground me").click()
    await expect(button(page, "Stop")).to_be_visible()

    assert {one.partition("/api/")[2] for one in sent} == {"sync"}
    assert [one.kind for one in await tablet.records()] == ["checkin"]


# --- Names


async def test_s30_a_name_in_the_plan_is_suggested_nowhere(anna: Client) -> None:
    page = await anna.handset()
    await write_plan(page, name="Zelmira")
    fields = page.locator("main").get_by_role("textbox")
    assert {await one.get_attribute("autocomplete") for one in await fields.all()} == {"off"}
    assert await page.locator("datalist, [list]").count() == 0
    await save_plan(page)

    for path in ("/", "/check-in", "/practise", "/practise/three-guesses", "/history", "/settings"):
        await page.goto(path)
        await page.locator("h1").first.wait_for()
        assert "Zelmira" not in await page.content(), path
    await page.goto("/safety-plan/change")
    await button(page, "Add a person").click()
    second = group(page, PARTS[3]).get_by_label("Name", exact=True).nth(1)
    await second.fill("Zel")
    await expect(page.get_by_text("Zelmira", exact=True)).to_have_count(0)
    await expect(page.get_by_role("option")).to_have_count(0)
