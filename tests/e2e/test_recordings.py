"""Teresa attaches her own voice to an exercise; Anna hears it without a network, and Stop silences it at once."""

import asyncio
import io
import math
import struct
import wave
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import FilePayload, Page, expect

from tests.e2e.devices import Client
from tests.e2e.machines import Server
from tests.e2e.people import button, start
from tests.e2e.test_screens import findings

pytestmark = pytest.mark.asyncio(loop_scope="session")

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


@pytest_asyncio.fixture(loop_scope="session")
async def desk(practice: Server, anna: Client) -> AsyncIterator[Page]:
    """Teresa on the exercise's page, where nothing is attached. What she attaches is taken away after the test."""
    page = await anna.laptop()
    await page.goto(f"/exercises/{EXERCISE}")
    await expect(page.get_by_text("Nothing is attached yet.")).to_be_visible()
    yield page
    if not practice.runs:
        practice.start()
    with closing(practice.signed_in("teresa")) as teresa:
        for one in teresa.get("/api/recordings").json()["recordings"]:
            teresa.delete(f"/api/recordings/{one['id']}").raise_for_status()


async def phone_of(anna: Client) -> Page:
    """Anna's phone, joined, with everything there for offline."""
    context = await anna.empty_phone()
    await context.add_init_script(PLAYER)
    return await anna.join(await context.new_page())


async def test_a_recording_plays_offline_from_screen_to_screen_and_stop_silences_it(
    practice: Server, desk: Page, anna: Client
) -> None:
    phone = await phone_of(anna)
    await attach(desk, "", tune(60))
    problems = await findings(desk)
    await phone.goto(f"/practise/{EXERCISE}")
    await expect(phone.get_by_text("Teresa Rossi of your practice has read this exercise aloud.")).to_be_visible()
    await expect(phone.get_by_text("The recording is on this phone.")).to_be_visible()
    practice.stop()
    await phone.context.set_offline(True)

    await phone.reload()
    await button(phone, "Start").click()
    await button(phone, "Listen").click()
    await phone.wait_for_function(SOUNDS)
    await phone.locator("button.on").click()
    at = await phone.evaluate("window.player.currentTime")
    assert not await phone.evaluate("window.player.paused")
    assert await phone.evaluate("navigator.mediaSession.metadata.title") == "A recording"
    problems += await findings(phone)

    await button(phone, "Pause").click()
    assert await phone.evaluate("window.player.paused")
    await button(phone, "Go on").press("Enter")
    await phone.wait_for_function(SOUNDS)
    assert await phone.evaluate("window.player.currentTime") >= at
    await button(phone, "Stop").click()

    assert await phone.evaluate("window.player.paused")
    await phone.wait_for_timeout(300)
    assert await phone.evaluate("window.player.paused")
    assert problems == []


async def test_with_closed_eyes_a_step_is_heard_to_its_end_before_it_moves_on(desk: Page, anna: Client) -> None:
    phone = await phone_of(anna)
    await attach(desk, "settle_in", tune(40))
    await phone.goto(f"/practise/{EXERCISE}")
    await expect(phone.get_by_text("has read parts of this exercise aloud.")).to_be_visible()
    await expect(phone.get_by_text("The recording is on this phone.")).to_be_visible()
    await phone.clock.install()
    await start(phone, EXERCISE)
    for _ in range(4):
        await phone.locator("button.on").click()
    await phone.locator("label.tile").filter(has_text="Closed").click()
    await phone.get_by_role("switch", name="Read aloud while my eyes are closed").check(force=True)
    await phone.locator("button.on").click()
    await phone.wait_for_function(SOUNDS)

    await phone.clock.fast_forward(18_500)  # the step's own 17 seconds are over
    await phone.clock.run_for(1_000)  # and it has looked
    await expect(phone.locator(".player-text")).to_contain_text("sitting or lying")
    await phone.evaluate("window.player.currentTime = 39.5")

    await expect(phone.locator(".player-text")).to_contain_text("let your place come")
    assert await phone.evaluate("window.player.paused")


async def test_a_new_recording_replaces_the_kept_one_and_signing_out_leaves_none(desk: Page, anna: Client) -> None:
    phone = await phone_of(anna)
    await attach(desk, "", tune(2))
    await phone.goto(f"/practise/{EXERCISE}")
    await expect(phone.get_by_text("The recording is on this phone.")).to_be_visible()
    before = await kept_addresses(phone)

    await attach(desk, "", tune(3))
    await phone.goto(f"/practise/{EXERCISE}")
    await expect(phone.get_by_text("The recording is on this phone.")).to_be_visible()
    async with asyncio.timeout(30):
        while (after := await kept_addresses(phone)) == before or len(after) != 1:
            await phone.wait_for_timeout(100)

    await phone.goto("/settings")
    await button(phone, "Sign out of this phone").click()
    await button(phone, "Sign out").click()
    await expect(phone.get_by_label("Your code")).to_be_visible()
    assert await phone.evaluate(KEPT) == 0


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
async def test_what_can_not_be_attached_is_said_in_a_sentence(desk: Page, tmp_path: Path, size: int, said: str) -> None:
    file = tmp_path / "voice.mp3"
    file.write_bytes(b"<!doctype html>" + bytes(size))

    await desk.get_by_label("Sound file").set_input_files(file)
    await desk.get_by_role("button", name="Attach").click()

    await expect(desk.get_by_text(said)).to_be_visible()
    await expect(desk.get_by_text("Nothing is attached yet.")).to_be_visible()
