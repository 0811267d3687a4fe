"""A disk that is nearly full, and one that is: what is new waits on the phone, deleting goes on, nothing is lost."""

import sqlite3
import subprocess
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path

import httpx
import psycopg
import pytest
from litestar import Litestar, get

from server.database import StorageFailed
from server.database.postgres_tx import named as named_by_postgresql
from server.database.sqlite_tx import SqliteTx
from server.errors import problem_handlers
from server.settings import Settings
from server.store.readiness import Room, free_in
from tests.cast import ANNA, NOBODY_ID, PASSWORD, START, Browser, Stage, on_stage, settings_in, transport
from tests.routes.test_sync import Json, check_in, statuses, sync, uid

MEGABYTE = 1024 * 1024


def empty(stage: Stage, free: int = 0) -> None:
    """Leave so many bytes free, from the next look on."""
    stage.stores.room.free = lambda: free
    stage.clock.forward(1_000)


def gone(action: str, name: str, base: str | None) -> Json:
    return {"action": action, "id": uid(f"{action} {name}"), "record": uid(name), "kind": "checkin", "base": base}


async def push(browser: Browser, *ops: Json) -> httpx.Response:
    return await browser.post("/api/sync", json={"ops": ops})


async def test_entries_wait_on_the_phone_and_go_through_when_there_is_room_again(stage: Stage, anna: Browser) -> None:
    empty(stage)
    waiting = await push(anna, check_in())
    empty(stage, free=stage.settings.min_free)

    assert (waiting.status_code, waiting.json()["type"]) == (507, "/problems/no-room")
    assert waiting.headers["retry-after"] == "60"
    assert "safe on this device" in waiting.json()["detail"]
    assert statuses(await sync(anna, check_in())) == ["applied"]


async def test_what_makes_room_works_alone_and_beside_what_waits(stage: Stage, anna: Browser) -> None:
    revs = [result.rev for result in (await sync(anna, *map(check_in, "abcd"))).results]
    empty(stage)
    edit = check_in("d", id=uid("edit"), base=revs[3], body={"distress": 9})

    alone = await push(anna, gone("delete", "a", revs[0]))
    beside = await push(anna, edit, gone("delete", "b", revs[1]), gone("withdraw", "c", revs[2]), check_in("new"))
    late = await push(anna, edit, gone("delete", "d", revs[3]))

    assert (alone.status_code, beside.status_code, late.status_code) == (200, 507, 507)
    records = {record["id"]: record for record in (await anna.post("/api/sync", json={})).json()["records"]}
    assert [records[uid(name)].get("deleted", False) for name in "abcd"] == [True, True, False, False]
    assert ("body" in records[uid("c")], records[uid("d")]["body"]) == (False, check_in()["body"])
    assert uid("new") not in records


async def test_the_whole_batch_sent_again_later_has_one_effect(stage: Stage, anna: Browser) -> None:
    base = (await sync(anna, check_in("a"))).results[0].rev
    batch = (gone("delete", "a", base), check_in("b"))
    empty(stage)
    for _ in range(3):
        assert (await push(anna, *batch)).status_code == 507
    empty(stage, free=stage.settings.min_free)

    assert statuses(await sync(anna, *batch)) == ["applied", "applied"]


async def test_reading_signing_in_and_signing_out_go_on(stage: Stage, anna: Browser, teresa: Browser) -> None:
    await stage.stores.people.create_staff(stage.practice, "therapist", "dora", "Dora", PASSWORD, stage.clock())
    empty(stage)

    signed = await stage.browser().post("/api/logins", json={"with": "password", "name": "dora", "password": PASSWORD})
    read = await teresa.get(f"/api/clients/{ANNA.id}/journal")
    out = await anna.delete("/api/logins/current")

    assert (signed.status_code, read.status_code, out.status_code) == (201, 200, 204)


async def test_a_therapist_ends_an_assignment_and_sets_none(stage: Stage, anna: Browser, teresa: Browser) -> None:
    path = f"/api/clients/{ANNA.id}/assignments"
    said = await teresa.post(path, json={"id": uid("a"), "op": uid("o"), "exercise": "feet-on-floor"})
    empty(stage)

    ended = await teresa.post(f"{path}/{uid('a')}/ending", json={"op": uid("end"), "base": said.json()["rev"]})
    another = await teresa.post(path, json={"id": uid("b"), "op": uid("p"), "exercise": "feet-on-floor"})
    client = await teresa.post("/api/clients", json={"id": NOBODY_ID, "name": "Clara"})

    assert (ended.status_code, another.status_code, client.status_code) == (200, 507, 507)


async def test_a_server_without_room_is_not_ready(stage: Stage) -> None:
    browser = stage.browser()
    assert (await browser.get("/readyz")).status_code == 200
    empty(stage, free=stage.settings.min_free - 1)

    answer = await browser.get("/readyz")

    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/unavailable")
    assert (await browser.get("/healthz")).status_code == 200


def test_the_disk_is_looked_at_once_a_second_and_after_the_clock_was_put_back() -> None:
    looks: list[int] = []

    def free() -> int:
        looks.append(1)
        return 10

    room = Room(11, free)

    assert [room.low(START + after) for after in (0, 1, 999, 1_000, 1_500, -5_000)] == [True] * 6
    assert len(looks) == 3


def test_the_fullest_disk_counts_and_without_files_there_is_room(tmp_path: Path) -> None:
    assert 0 < free_in([tmp_path])() < 2**62
    assert free_in([])() == 2**62


def test_the_databases_that_are_files_are_those_looked_at() -> None:
    assert Settings.from_env({}).files == [Path("data/midweek.db"), Path("data/keys.db")]
    assert Settings(database="postgresql://a/b", keys_database="postgresql://a/c").files == []


def full_by_sqlite() -> StorageFailed:
    """What SQLite says when its database can't grow."""
    conn = sqlite3.connect(":memory:", isolation_level=None)
    conn.execute("CREATE TABLE page (text)")
    conn.execute("PRAGMA max_page_count = 3")
    with pytest.raises(StorageFailed) as full:
        SqliteTx(conn).run("INSERT INTO page VALUES (:text)", text="x" * 100_000)
    conn.close()
    return full.value


def full_in_a_group() -> StorageFailed:
    """The same, as the others of a shared commit hear of it."""
    error = StorageFailed("Nothing of this was saved.")
    error.__cause__ = full_by_sqlite()
    return error


def full_by_postgresql() -> StorageFailed:
    error = named_by_postgresql(psycopg.errors.DiskFull())
    assert isinstance(error, StorageFailed)
    return error


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (full_by_sqlite, 507),
        (full_in_a_group, 507),
        (full_by_postgresql, 507),
        (lambda: StorageFailed("The disk could not be read."), 503),
    ],
)
async def test_a_full_disk_is_told_from_other_trouble_of_the_storage(error: type[StorageFailed], status: int) -> None:
    @get("/", sync_to_thread=False)
    def broken() -> None:
        raise error()

    app = Litestar([broken], exception_handlers=problem_handlers, logging_config=None)
    async with httpx.AsyncClient(transport=transport(app), base_url="http://localhost") as browser:
        assert (await browser.get("/")).status_code == status


@pytest.fixture
def small_disk(tmp_path: Path) -> Generator[Path, None, None]:
    """A file system of 3 MB, where this user may make one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "none", disk], capture_output=True, check=False)
    if made.returncode != 0:
        pytest.skip("a small file system needs root")
    yield disk
    with suppress(OSError):
        subprocess.run(["umount", "-l", disk], check=False)


def grow(disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,size=12m", disk], check=True)


async def test_a_disk_that_is_really_full_loses_nothing_acknowledged_and_goes_on_when_it_grows(
    small_disk: Path,
) -> None:
    settings = settings_in(small_disk, min_free=0)
    async with on_stage(settings) as stage:
        anna = await stage.signed_in(ANNA)
        acknowledged: list[str] = []
        answers: list[int] = []
        while 507 not in answers and len(answers) < 200:
            name = f"n{len(answers)}"
            answer = await push(anna, check_in(name, kind="dream", body={"text": "x" * 50_000}))
            answers.append(answer.status_code)
            acknowledged += [uid(name)] if answer.status_code == 200 else []
        kept = [record.id for record in (await sync(anna)).records]
        again = await push(anna, check_in(f"n{len(answers) - 1}", kind="dream", body={"text": "x" * 50_000}))
        grow(small_disk)
        later = await sync(anna, check_in(f"n{len(answers) - 1}", kind="dream", body={"text": "x" * 50_000}))

        assert set(answers) == {200, 507}
        assert kept == acknowledged
        assert again.status_code == 507
        assert statuses(later) == ["applied"]
