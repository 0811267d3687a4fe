"""A full disk: everyone is told, nothing acknowledged is lost, and it goes on when there is room again."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest

from server.database import open_database, wal
from server.merge import Rev
from server.models import Viewer
from server.settings import Settings
from server.store.op import Op
from server.store.sync import Pull, Sync
from tests.database.fill_up import ROOT, add, filled, intact, there
from tests.database.power_cut import new_client, opened
from tests.store.journals import NOW, rid

MEGABYTE = 1024 * 1024
VIEWER = Viewer(id="anna", role="client", practice="p", login="l")


class SmallDisk:
    """A file system in memory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def free(self) -> int:
        return shutil.disk_usage(self.folder).free

    def grow(self, megabytes: int) -> None:
        subprocess.run(["mount", "-o", f"remount,size={megabytes}m", self.folder], check=True)

    def fill(self, leave: int) -> None:
        """Take room until only `leave` bytes are left."""
        (self.folder / "ballast").write_bytes(bytes(max(0, self.free - leave)))


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    """A disk of 2 MB, where this user may make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "none", folder], capture_output=True, check=False)
    if made.returncode != 0:
        pytest.skip("a small file system needs root")
    yield SmallDisk(folder)
    with suppress(OSError):
        subprocess.run(["umount", "-l", folder], check=False)


def test_a_process_whose_files_may_not_grow_loses_nothing(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-W", "error", Path(__file__).with_name("fill_up.py"), tmp_path],
        env={"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        check=True,
        timeout=60,
        text=True,
    )

    said = json.loads(told.stdout)
    assert said["acknowledged"] > 50
    assert len(said["told"]) == 8
    assert all("Nothing of this was saved; what was saved before is safe." in sentence for sentence in said["told"])
    assert (said["lost"], said["again"], said["ok"]) == (0, 1, True)


async def test_on_a_full_disk_everyone_is_told_and_after_it_grew_it_goes_on(disk: SmallDisk) -> None:
    database = await open_database(disk.folder / "small.db")

    acknowledged, told = await filled(database)
    readable = await there(database)
    disk.grow(6)
    again = await database.write(add("again"))
    whole = await intact(database)
    await database.close()

    assert len(acknowledged) > 50
    assert [("The disk or the database is full" in sentence) for sentence in told] == [True] * 8
    assert readable == acknowledged
    assert (again, whole) == (1, True)


# Deleting needs room first: a delete overwrites the text it deletes, so the log takes as much as the text was long, and
# before that what is in the log may have to move into the database file, which grows by that. Measured: 13.5 MB of log
# for deleting the largest push (200 entries of 64 KB), 0.8 MB for 50 entries of 1.5 KB. However long the journal is, no
# more is needed, because on a full disk the log is emptied and the push tried again. What is deleted in one transaction
# has to fit at once.
LARGEST_BODY = 64 * 1024
LARGEST_PUSH = 200 * (LARGEST_BODY + 6 * 1024)
SMALL_PUSH = 50 * (LARGEST_BODY + 6 * 1024)
SMALL_LOG = 4 * MEGABYTE


def test_the_reserve_is_enough_for_a_full_log_and_the_largest_push() -> None:
    assert Settings().min_free >= wal.TOO_LARGE + 2 * LARGEST_PUSH


async def test_a_whole_journal_can_be_deleted_from_the_reserve(
    disk: SmallDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wal, "TOO_LARGE", SMALL_LOG)
    reserve = SMALL_LOG + 2 * SMALL_PUSH
    disk.grow(50)
    async with opened(disk.folder) as (database, keys, sync):
        await keys.create(VIEWER.id, NOW)
        await database.write(new_client(VIEWER.id))
        bases: list[list[Rev]] = []
        while disk.free >= reserve:
            bases.append(await pushed(sync, len(bases)))
        disk.fill(leave=reserve - SMALL_PUSH)  # the last that was taken, when just the reserve was free
        for push, revs in enumerate(bases):
            await pushed(sync, push, revs)

        assert len(bases) * SMALL_PUSH > 2 * reserve
        assert await database.read(lambda tx: tx.one("SELECT count(*) FROM record WHERE deleted = 0")) == (0,)


async def test_with_room_for_one_push_the_log_gives_its_own_room_back(disk: SmallDisk) -> None:
    disk.grow(50)
    async with opened(disk.folder) as (database, keys, sync):
        await keys.create(VIEWER.id, NOW)
        await database.write(new_client(VIEWER.id))
        bases = [await pushed(sync, push) for push in range(4)]
    async with opened(disk.folder) as (database, _, sync):
        disk.fill(leave=SMALL_PUSH + MEGABYTE)
        for push, revs in enumerate(bases):
            await pushed(sync, push, revs)

        assert await database.read(lambda tx: tx.one("SELECT count(*) FROM record WHERE deleted = 0")) == (0,)


async def pushed(sync: Sync, push: int, bases: list[Rev] | None = None) -> list[Rev]:
    """Send 50 long entries, or delete those."""
    body = None if bases else msgspec.json.encode({"text": "x" * (LARGEST_BODY - 20)})
    ops = [
        Op(
            id=rid(f"{'delete' if bases else 'put'} {push} {number}"),
            record=rid(f"{push} {number}"),
            kind="note",
            action="delete" if bases else "put",
            base=bases[number] if bases else None,
            audience="therapist",
            body=body,
        )
        for number in range(50)
    ]
    synced = await sync.exchange(VIEWER, Pull(cursor=None, limit=1, zone=None), ops, NOW)
    assert {outcome.status for outcome in synced.outcomes} == {"applied"}
    return [outcome.rev for outcome in synced.outcomes if outcome.rev]
