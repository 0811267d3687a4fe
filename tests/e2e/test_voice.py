"""Exercises read aloud: by a voice of the phone or not at all, all of it, and silent the moment it is asked for."""

from typing import Final

import pytest
from playwright.async_api import BrowserContext, Page, expect

from tests.e2e.devices import Client
from tests.e2e.people import button, remembered, start, turn_away
from tests.e2e.test_screens import findings

pytestmark = pytest.mark.asyncio(loop_scope="session")

VOICES: Final = """(names => {
    window.spoken = [];
    let now = null;
    const voices = names.map(name => (
        {name, voiceURI: name, lang: "en-GB", localService: name !== "far", default: false}));
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
    Object.defineProperty(window, "speechSynthesis", {value: {
        getVoices: () => voices,
        addEventListener: () => undefined,
        removeEventListener: () => undefined,
        speak: one => {
            window.spoken.push(one.text);
            if (!one.voice || one.voice.name === "far") window.betrayed = true;
            const end = setTimeout(() => { now = null; one.onend?.(); }, one.text.split(" ").length * 300);
            now = {end, one};
            one.onstart?.();
        },
        cancel: () => {
            if (now) { clearTimeout(now.end); setTimeout(now.one.onerror); }
            now = null;
        },
    }});
    window.isTalking = () => now !== null;
})"""
"""A voice box in place of the browser's, which has none here: the test's voices, and what they were given to say."""


async def phone_with(anna: Client, voices: list[str]) -> Page:
    """Anna's phone, with these voices on it; the one called "far" would need the network."""
    context: BrowserContext = await anna.empty_phone()
    await context.add_init_script(f"{VOICES}({voices!r})")
    return await anna.join(await context.new_page())


async def spoken(page: Page) -> list[str]:
    """What was given to a voice so far."""
    said: list[str] = await page.evaluate("window.spoken")
    return said


async def to_closed_eyes(page: Page, *, aloud: bool) -> None:
    """Into the calm place, eyes closed."""
    await start(page, "calm-place")
    for _ in range(4):
        await page.locator("button.on").click()
    await page.locator("label.tile").filter(has_text="Closed").click()
    choice = page.get_by_role("switch", name="Read aloud while my eyes are closed")
    if aloud:
        await choice.check(force=True)
    await page.locator("button.on").click()
    await expect(page.locator(".player")).to_have_attribute("data-closed", "true")


async def test_nothing_is_read_until_it_is_chosen(anna: Client) -> None:
    page = await phone_with(anna, ["near"])
    await page.clock.install()
    await to_closed_eyes(page, aloud=False)
    await page.clock.run_for(60_000)

    await expect(page.locator(".player-text")).not_to_contain_text("sitting or lying")
    assert await spoken(page) == []


async def test_with_closed_eyes_everything_the_screen_says_is_said_and_no_part_is_cut_short(anna: Client) -> None:
    page = await phone_with(anna, ["far", "near"])
    await page.clock.install()
    await to_closed_eyes(page, aloud=True)
    shown: list[str] = []
    while not await page.locator(".three").is_visible():
        shown += (await page.locator(".player-step").inner_text()).split("\n")
        await page.clock.run_for(5_000)
    shown += (await page.locator(".player-step").inner_text()).split("\n")
    await page.clock.run_for(30_000)

    said = " ".join(await spoken(page))
    missing = {line for line in shown if line.strip() and line not in said}
    assert missing <= {"Tap twice anywhere to stop."}
    assert {"Fine", "Not sure", "Stop"} <= set(await spoken(page))
    assert not await page.evaluate("window.betrayed")


async def test_stop_silences_at_once(anna: Client) -> None:
    page = await phone_with(anna, ["near"])
    await to_closed_eyes(page, aloud=True)
    await page.wait_for_function("() => window.isTalking()")
    before = len(await spoken(page))

    await button(page, "Stop").click()

    assert not await page.evaluate("window.isTalking()")
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await page.wait_for_timeout(400)
    assert len(await spoken(page)) == before


async def test_a_pause_and_a_page_that_nobody_sees_are_silent_and_then_the_sentence_is_said_again(anna: Client) -> None:
    page = await phone_with(anna, ["near"])
    await to_closed_eyes(page, aloud=True)
    await page.wait_for_function("() => window.isTalking()")
    first = (await spoken(page))[-1]

    await button(page, "Pause").click()
    assert not await page.evaluate("window.isTalking()")
    await button(page, "Go on").press("Enter")  # two quick taps would be the double tap that stops
    await page.wait_for_function("() => window.isTalking()")
    assert (await spoken(page))[-1] == first

    await turn_away(page, "hidden")
    assert not await page.evaluate("window.isTalking()")
    await turn_away(page, "visible")
    await page.wait_for_function("() => window.isTalking()")
    assert (await spoken(page))[-1] == first


async def test_headphones_that_are_taken_off_pause_it(anna: Client) -> None:
    page = await phone_with(anna, ["near"])
    await to_closed_eyes(page, aloud=True)
    await page.wait_for_function("() => window.isTalking()")

    await page.evaluate("navigator.mediaDevices.dispatchEvent(new Event('devicechange'))")

    await expect(button(page, "Go on")).to_be_visible()
    assert not await page.evaluate("window.isTalking()")


async def test_the_small_control_turns_it_on_and_off_and_is_remembered(anna: Client) -> None:
    page = await phone_with(anna, ["near"])
    await start(page, "five-stop-scan")
    await button(page, "Listen").click()
    await page.wait_for_function("() => window.isTalking()")
    await page.get_by_role("button", name="Listen", pressed=True).click()
    assert not await page.evaluate("window.isTalking()")
    await button(page, "Listen").click()
    await remembered(page, "narration")

    await page.goto("/settings")

    await expect(page.get_by_role("radio", name="The whole time")).to_be_checked()
    await page.set_viewport_size({"width": 390, "height": 3_000})  # the bar at the bottom covers nothing then
    assert await findings(page) == []


async def test_without_a_voice_of_its_own_a_phone_says_so_and_stays_silent(anna: Client) -> None:
    page = await phone_with(anna, ["far"])
    await page.goto("/settings")

    await expect(page.get_by_text("This phone has no voice that works without a network")).to_be_visible()
    await start(page, "five-stop-scan")
    await expect(button(page, "Stop")).to_be_visible()
    await expect(button(page, "Listen")).to_have_count(0)
    assert await spoken(page) == []
