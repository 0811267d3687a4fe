"""Teresa attaches her own voice to an exercise; Anna hears it without a network, and Stop silences it at once."""

import asyncio
import io
import math
import struct
import wave
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, FilePayload, Page, expect

from tests.e2e.conftest import Phone, Server
from tests.e2e.people import button, invite, join, ready_offline, sign_in, start
from tests.e2e.test_main_job import first_page
from tests.e2e.test_screens import findings

EXERCISE = "calm-place"
PLAYER = """
    const play = HTMLMediaElement.prototype.play;
    HTMLMediaElement.prototype.play = function () { window.player = this; return play.call(this); };
"""
"""Lets a test look at what plays: it is in no page."""
SOUNDS = "() => window.player !== undefined && !window.player.paused && window.player.currentTime > 0.2"
KEPT = "() => caches.open('midweek-recordings').then(cache => cache.keys()).then(all => all.length)"


def tune(seconds: int) -> FilePayload:
    """A soft, steady note, as a file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8_000)
        notes = (int(3_000 * math.sin(2 * math.pi * 440 * at / 8_000)) for at in range(seconds * 8_000))
        sound.writeframes(b"".join(struct.pack("<h", note) for note in notes))
    return {"name": "voice.wav", "mimeType": "audio/wav", "buffer": file.getvalue()}


async def attach(teresa: Page, part: str, file: FilePayload) -> None:
    """On the exercise's page, Teresa attaches a file to a part of it."""
    await teresa.get_by_label("What was read?").select_option(part)
    await teresa.get_by_label("Sound file").set_input_files(file)
    async with teresa.expect_response(lambda answer: answer.request.method in ("POST", "PUT")) as attached:
        await teresa.get_by_role("button", name="Attach").click()
    assert (await attached.value).ok
    await expect(teresa.get_by_text("Attached.")).to_be_visible()


async def met(laptop: Phone, phone: Phone) -> tuple[Page, Page]:
    """Teresa on the exercise's page, and Anna, joined, with everything there for offline."""
    context: BrowserContext = await phone.open()
    await context.add_init_script(PLAYER)
    teresa, anna = await first_page(laptop), await first_page(phone)
    await sign_in(teresa)
    await join(anna, await invite(teresa, "Anna"))
    await ready_offline(anna)
    await teresa.goto(f"/exercises/{EXERCISE}")
    await expect(teresa.get_by_text("Nothing is attached yet.")).to_be_visible()
    return teresa, anna


async def test_a_recording_plays_offline_from_screen_to_screen_and_stop_silences_it(
    server: Server, laptop: Phone, phone: Phone
) -> None:
    teresa, anna = await met(laptop, phone)
    await attach(teresa, "", tune(60))
    problems = await findings(teresa)
    await anna.goto(f"/practise/{EXERCISE}")
    await expect(anna.get_by_text("Teresa Rossi of your practice has read this exercise aloud.")).to_be_visible()
    await expect(anna.get_by_text("The recording is on this phone.")).to_be_visible()
    server.stop()
    await anna.context.set_offline(True)

    await anna.reload()
    await button(anna, "Start").click()
    await button(anna, "Listen").click()
    await anna.wait_for_function(SOUNDS)
    await anna.locator("button.on").click()
    at = await anna.evaluate("window.player.currentTime")
    assert not await anna.evaluate("window.player.paused")
    assert await anna.evaluate("navigator.mediaSession.metadata.title") == "A recording"
    problems += await findings(anna)

    await button(anna, "Pause").click()
    assert await anna.evaluate("window.player.paused")
    await button(anna, "Go on").press("Enter")
    await anna.wait_for_function(SOUNDS)
    assert await anna.evaluate("window.player.currentTime") >= at
    await button(anna, "Stop").click()

    assert await anna.evaluate("window.player.paused")
    await anna.wait_for_timeout(300)
    assert await anna.evaluate("window.player.paused")
    assert problems == []


async def test_with_closed_eyes_a_step_is_heard_to_its_end_before_it_moves_on(
    server: Server, laptop: Phone, phone: Phone
) -> None:
    teresa, anna = await met(laptop, phone)
    await attach(teresa, "settle_in", tune(40))
    await anna.goto(f"/practise/{EXERCISE}")
    await expect(anna.get_by_text("has read parts of this exercise aloud.")).to_be_visible()
    await expect(anna.get_by_text("The recording is on this phone.")).to_be_visible()
    await start(anna, EXERCISE)
    for _ in range(4):
        await anna.locator("button.on").click()
    await anna.locator("label.tile").filter(has_text="Closed").click()
    await anna.get_by_role("switch", name="Read aloud while my eyes are closed").check(force=True)
    await anna.locator("button.on").click()
    await anna.wait_for_function(SOUNDS)

    await anna.wait_for_timeout(18_500)  # the step's own 17 seconds are over
    await expect(anna.locator(".player-text")).to_contain_text("sitting or lying")
    await anna.evaluate("window.player.currentTime = 39.5")

    await expect(anna.locator(".player-text")).to_contain_text("let your place come", timeout=16_000)
    assert await anna.evaluate("window.player.paused")


async def test_a_new_recording_replaces_the_kept_one_and_signing_out_leaves_none(
    server: Server, laptop: Phone, phone: Phone
) -> None:
    teresa, anna = await met(laptop, phone)
    await attach(teresa, "", tune(2))
    await anna.goto(f"/practise/{EXERCISE}")
    await expect(anna.get_by_text("The recording is on this phone.")).to_be_visible()
    before = await kept_addresses(anna)

    await attach(teresa, "", tune(3))
    await anna.goto(f"/practise/{EXERCISE}")
    await expect(anna.get_by_text("The recording is on this phone.")).to_be_visible()
    async with asyncio.timeout(30):
        while (after := await kept_addresses(anna)) == before or len(after) != 1:
            await anna.wait_for_timeout(100)

    await anna.goto("/settings")
    await button(anna, "Sign out of this phone").click()
    await button(anna, "Sign out").click()
    await expect(anna.get_by_label("Your code")).to_be_visible()
    assert await anna.evaluate(KEPT) == 0


async def kept_addresses(page: Page) -> list[str]:
    """The names of the sounds on this phone."""
    found: list[str] = await page.evaluate(
        "() => caches.open('midweek-recordings').then(c => c.keys()).then(all => all.map(({url}) => url))"
    )
    return found


@pytest.mark.parametrize(("size", "said"), [
    (21 * 1024 * 1024, "This file is larger than 20 MB"),
    (2_000, "This is no sound file that phones play."),
])  # fmt: skip
async def test_what_can_not_be_attached_is_said_in_a_sentence(
    server: Server, laptop: Phone, tmp_path: Path, size: int, said: str
) -> None:
    file = tmp_path / "voice.mp3"
    file.write_bytes(b"<!doctype html>" + bytes(size))
    teresa = await first_page(laptop)
    await sign_in(teresa)
    await teresa.goto(f"/exercises/{EXERCISE}")

    await teresa.get_by_label("Sound file").set_input_files(file)
    await teresa.get_by_role("button", name="Attach").click()

    await expect(teresa.get_by_text(said)).to_be_visible()
    await expect(teresa.get_by_text("Nothing is attached yet.")).to_be_visible()
