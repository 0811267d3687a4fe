"""Recordings of exercises: kept sealed, heard only by their practice, and never with other words than were read."""

import asyncio
import struct
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from server.database import Tx
from server.models import Viewer
from server.sealing import Unreadable
from server.store.recordings import CHUNK, MOST_BYTES, Words
from tests.cast import ANNA, PASSWORD, TERESA, Browser, Stage, library, on_stage, settings_in

CALM, GUARDED = "calm-place", "new-ending-recent"
FILE = {"content-type": "application/octet-stream"}
MARK = b"the voice of Teresa, word for word"


def wav(size: int = 400_000) -> bytes:
    """A sound file with a mark at its start, in its middle and at its end."""
    body = MARK + bytes(size - 44 - 2 * len(MARK)) + MARK
    half = len(body) // 2
    body = body[:half] + MARK + body[half + len(MARK) :]
    head = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", len(body) + 36, b"WAVE", b"fmt ", 16, 1, 1, 8000, 8000, 1, 8,
                       b"data", len(body))  # fmt: skip
    return head + body


async def attached(
    staff: Browser, sound: bytes | None = None, exercise: str = CALM, version: int = 1, **more: str
) -> httpx.Response:
    said = {"exercise": exercise, "version": str(version), **more}
    return await staff.post("/api/recordings", params=said, content=wav() if sound is None else sound, headers=FILE)


async def heard(browser: Browser) -> list[dict[str, object]]:
    listed: list[dict[str, object]] = (await browser.get("/api/recordings")).json()["recordings"]
    return listed


async def sound_of(browser: Browser, recording: dict[str, object]) -> httpx.Response:
    return await browser.get(f"/api/recordings/{recording['id']}")


async def test_a_client_hears_what_a_therapist_of_their_practice_attached(teresa: Browser, anna: Browser) -> None:
    answer = await attached(teresa)

    assert answer.status_code == 201
    (one,) = await heard(anna)
    assert {name: one[name] for name in ("exercise", "version", "step", "type", "size", "by")} == {
        "exercise": CALM, "version": 1, "step": "", "type": "audio/wav", "size": 400_000, "by": "Teresa Rossi",
    }  # fmt: skip
    sound = await sound_of(anna, one)
    assert sound.content == wav()
    assert (sound.headers["content-type"], sound.headers["cache-control"]) == ("audio/wav", "no-store")
    assert sound.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("size", [200, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, MOST_BYTES])
async def test_every_size_comes_back_byte_by_byte(teresa: Browser, size: int) -> None:
    assert (await attached(teresa, wav(size))).status_code == 201

    (one,) = await heard(teresa)
    assert (await sound_of(teresa, one)).content == wav(size)


async def test_one_byte_too_many_is_refused_with_a_sentence_and_nothing_is_kept(stage: Stage, teresa: Browser) -> None:
    answer = await attached(teresa, wav(MOST_BYTES + 1))

    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")
    assert "larger than 20 MB" in answer.json()["detail"]
    assert await rows(stage) == (0, 0)


async def test_a_file_whose_size_is_not_said_before_is_cut_off_at_the_bound(stage: Stage, teresa: Browser) -> None:
    async def endless() -> AsyncIterator[bytes]:
        yield wav(1_000)
        for _ in range(25):
            yield bytes(1_000_000)

    said = {"exercise": CALM, "version": "1"}
    answer = await teresa.post("/api/recordings", params=said, content=endless(), headers=FILE)

    assert answer.status_code == 413
    assert await rows(stage) == (0, 0)


KINDS = {
    "mp3 with a tag": (b"ID3\x04" + bytes(90), "audio/mpeg"),
    "mp3 without": (b"\xff\xfb\x90\x64" + bytes(90), "audio/mpeg"),
    "m4a": (b"\0\0\0\x20ftypM4A " + bytes(90), "audio/mp4"),
    "opus": (b"OggS" + bytes(24) + b"OpusHead" + bytes(90), "audio/ogg"),
    "webm": (b"\x1a\x45\xdf\xa3" + bytes(20) + b"webm" + bytes(90), "audio/webm"),
    "wav": (wav(200), "audio/wav"),
}


@pytest.mark.parametrize(("sound", "kind"), KINDS.values(), ids=KINDS.keys())
async def test_what_phones_play_is_kept_as_what_it_is(teresa: Browser, sound: bytes, kind: str) -> None:
    answer = await attached(teresa, sound)

    assert (answer.status_code, answer.json()["type"]) == (201, kind)


NO_SOUNDS = {
    "nothing": b"",
    "a page": b"<!doctype html><script>alert(1)</script>" + bytes(90),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(90),
    "a film in an Ogg": b"OggS" + bytes(24) + b"\x80theora" + bytes(90),
    "a photo in an MP4": b"\0\0\0\x20ftypheic" + bytes(90),
    "another RIFF": b"RIFF\0\0\0\0AVI " + bytes(90),
    "AAC without a box": b"\xff\xf1\x50\x80" + bytes(90),
}


@pytest.mark.parametrize("sound", NO_SOUNDS.values(), ids=NO_SOUNDS.keys())
async def test_what_is_no_sound_is_refused_and_nothing_is_kept(stage: Stage, teresa: Browser, sound: bytes) -> None:
    answer = await attached(teresa, sound)

    assert answer.status_code == 422
    assert "Save the recording as M4A or MP3" in answer.json()["detail"]
    assert await rows(stage) == (0, 0)


def all_in(folder: Path) -> bytes:
    """Every byte of every file there: databases, their logs, keys."""
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


async def test_the_sound_is_nowhere_in_the_data(tmp_path: Path) -> None:
    async with on_stage(settings_in(tmp_path)) as stage:
        await attached(await stage.signed_in(TERESA))

        held = all_in(tmp_path)

    assert b"new-ending" not in held
    assert CALM.encode() in held
    assert MARK not in held


async def test_a_new_one_takes_the_place_of_the_old_one(stage: Stage, teresa: Browser, anna: Browser) -> None:
    await attached(teresa, step="settle_in")
    old = (await heard(anna))[0]

    await attached(teresa, wav(1_000), step="settle_in")

    (new,) = await heard(anna)
    assert (new["size"], new["id"] != old["id"]) == (1_000, True)
    assert (await sound_of(anna, old)).status_code == 404
    assert await rows(stage) == (1, 1)


async def test_a_step_and_the_whole_stand_side_by_side(teresa: Browser, anna: Browser) -> None:
    await attached(teresa)
    await attached(teresa, step="settle_in")

    assert [one["step"] for one in await heard(anna)] == ["", "settle_in"]


async def test_a_removed_one_is_gone_with_its_key_and_twice_is_harmless(
    stage: Stage, teresa: Browser, anna: Browser
) -> None:
    one = (await attached(teresa)).json()

    for _ in range(2):
        assert (await teresa.delete(f"/api/recordings/{one['id']}")).status_code == 204

    assert await heard(anna) == []
    assert await rows(stage) == (0, 0)
    assert await stage.stores.keys.known(f"recording:{one['id']}") is None


async def test_one_that_a_backup_brings_back_is_not_offered_since_its_key_is_gone(
    stage: Stage, teresa: Browser, anna: Browser
) -> None:
    one = (await attached(teresa)).json()

    await stage.stores.keys.forget(f"recording:{one['id']}")

    assert await heard(anna) == []
    assert (await sound_of(anna, one)).status_code == 404
    assert (await attached(teresa)).status_code == 201


# --- Whose it is


@pytest.fixture
async def stranger(stage: Stage) -> Browser:
    """A therapist of another practice."""
    people = stage.stores.people
    other = await people.create_practice("By the sea", stage.clock())
    await people.create_staff(other, "therapist", "dora", "Dora Blu", PASSWORD, stage.clock())
    browser = stage.browser()
    said = {"with": "password", "name": "dora", "password": PASSWORD, "device": "test"}
    assert (await browser.post("/api/logins", json=said)).status_code == 201
    return browser


async def test_another_practice_neither_hears_nor_removes_it(teresa: Browser, anna: Browser, stranger: Browser) -> None:
    one = (await attached(teresa)).json()

    assert await heard(stranger) == []
    assert (await sound_of(stranger, one)).status_code == 404
    assert (await stranger.delete(f"/api/recordings/{one['id']}")).status_code == 204
    assert len(await heard(anna)) == 1
    assert (await sound_of(anna, one)).content == wav()


async def test_another_practices_recording_of_the_same_words_stays(
    teresa: Browser, anna: Browser, stranger: Browser
) -> None:
    await attached(teresa)

    await attached(stranger, wav(1_000))

    assert [one["size"] for one in await heard(anna)] == [400_000]
    assert [one["size"] for one in await heard(stranger)] == [1_000]


async def test_only_staff_attach_and_remove_and_nobody_hears_signed_out(
    stage: Stage, teresa: Browser, ada: Browser, anna: Browser
) -> None:
    one = (await attached(ada)).json()

    assert (await attached(anna)).status_code == 403
    assert (await anna.delete(f"/api/recordings/{one['id']}")).status_code == 403
    assert (await stage.browser().get("/api/recordings")).status_code == 401
    assert (await sound_of(stage.browser(), one)).status_code == 401
    assert len(await heard(teresa)) == 1


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://evil.example"}, {"x-midweek": ""}, {"content-type": "text/plain"}],
    ids=["from elsewhere", "without the header", "as a form could"],
)
async def test_a_file_from_another_page_is_refused(teresa: Browser, headers: dict[str, str]) -> None:
    said = {"exercise": CALM, "version": "1"}
    answer = await teresa.post("/api/recordings", params=said, content=wav(), headers=FILE | headers)

    assert answer.status_code == 403
    assert await heard(teresa) == []


async def test_a_file_is_taken_in_no_other_place(teresa: Browser) -> None:
    answer = await teresa.post("/api/clients", content=b"{}", headers=FILE)

    assert answer.status_code == 403


async def test_a_therapist_only_exercise_is_heard_by_those_it_was_set_for_as_long_as_it_is(
    stage: Stage, teresa: Browser, anna: Browser, bruno: Browser
) -> None:
    card = library().card(GUARDED, "en")
    assert card is not None
    await stage.stores.approvals.add(stage.practice, GUARDED, card.version, "Dr. Verdi", "2026-09-20")
    one = (await attached(teresa, exercise=GUARDED, version=card.version)).json()
    assert await heard(anna) == []

    said = {"id": uid(1), "op": uid(2), "exercise": GUARDED, "rehearsed_on": "2026-09-20", "scene": "In the kitchen."}
    given = await teresa.post(f"/api/clients/{ANNA.id}/assignments", json=said)
    assert given.status_code == 201, given.text

    assert [found["id"] for found in await heard(anna)] == [one["id"]]
    assert (await sound_of(anna, one)).status_code == 200
    assert (await heard(bruno), (await sound_of(bruno, one)).status_code) == ([], 404)
    end = {"op": uid(3), "base": given.json()["rev"]}
    await teresa.post(f"/api/clients/{ANNA.id}/assignments/{uid(1)}/ending", json=end)
    assert (await heard(anna), (await sound_of(anna, one)).status_code) == ([], 404)


def uid(n: int) -> str:
    return f"01a0c000-0000-7000-8000-0000000001{n:02}"


# --- Which words it goes with


async def test_other_words_than_there_are_get_no_recording(teresa: Browser) -> None:
    answer = await attached(teresa, version=2)

    assert answer.status_code == 409
    assert "Read the new version first." in answer.json()["detail"]
    assert (await attached(teresa, exercise="nothing")).status_code == 404
    assert (await attached(teresa, step="nothing")).status_code == 404
    assert (await attached(teresa, step="")).status_code == 201


async def test_after_the_words_have_changed_staff_still_see_it_and_clients_do_not(
    stage: Stage, teresa: Browser, anna: Browser
) -> None:
    one = (await attached(teresa)).json()

    await stage.stores.db.write(lambda tx: tx.run("UPDATE recording SET version = 7"))

    assert await heard(anna) == []
    assert (await sound_of(anna, one)).status_code == 404
    assert [found["version"] for found in await heard(teresa)] == [7]


# --- Damage, and uploads that never end


async def moved(stage: Stage, statement: str) -> None:
    await stage.stores.db.write(lambda tx: tx.run(statement))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE recording SET step = 'settle_in'",
        "UPDATE recording SET size = 262144",
        "DELETE FROM recording_chunk WHERE n = 1",
        "UPDATE recording_chunk SET n = 7 - n WHERE n IN (0, 1)",
    ],
    ids=["as another step's", "cut short", "with a hole", "out of order"],
)
async def test_what_was_moved_or_cut_is_not_played(stage: Stage, teresa: Browser, statement: str) -> None:
    await attached(teresa)
    await moved(stage, statement)
    viewer = stage.viewer(TERESA)
    (one,) = await stage.stores.recordings.all(viewer)

    with pytest.raises(Unreadable):
        [part async for part in await stage.stores.recordings.open(viewer, one)]


async def test_an_upload_that_breaks_off_leaves_the_old_one_in_its_place(stage: Stage, teresa: Browser) -> None:
    await attached(teresa)
    broken = asyncio.CancelledError()

    async def half() -> AsyncIterator[bytes]:
        yield wav()
        raise broken

    words = Words(exercise=CALM, version=1, locale="en", step="")
    with pytest.raises(asyncio.CancelledError):
        await stage.stores.recordings.add(stage.viewer(TERESA), words, half(), stage.clock())

    (one,) = await heard(teresa)
    assert (await sound_of(teresa, one)).content == wav()
    assert await rows(stage) == (1, 4)


async def test_what_a_crash_left_of_an_upload_goes_with_the_next_one(stage: Stage, teresa: Browser) -> None:
    viewer: Viewer = stage.viewer(TERESA)
    await attached(teresa, wav(1_000))
    await moved(stage, "UPDATE recording SET whole = 0")
    stage.clock.forward(2 * 3_600_000)

    await attached(await stage.signed_in(TERESA), wav(1_000))

    assert len(await stage.stores.recordings.all(viewer)) == 1
    assert await rows(stage) == (1, 1)


async def rows(stage: Stage) -> tuple[int, int]:
    """How many recordings and how many chunks are kept."""

    def count(tx: Tx) -> tuple[int, int]:
        return len(tx.all("SELECT 1 FROM recording")), len(tx.all("SELECT 1 FROM recording_chunk"))

    return await stage.stores.db.read(count)
