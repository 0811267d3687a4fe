"""The power goes at any moment. What was acknowledged is there afterwards, whole, and every record has its key.

The server's own code writes, through the SQLite it always uses; what it asked of the disk is recorded and played back
up to the cut (`recorder`, `disk`). With a setting that does not wait for the disk, the same test sees the loss.
"""

import asyncio
import os
import random
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.database import MIGRATIONS, Value, open_database, sqlite, wal
from server.database.files import upgrade_copy
from server.database.migrations import load
from tests.database.disk import contents, cuts, put
from tests.database.power_cut import after_cuts, checkpoints, written
from tests.database.recorder import recording

MEMORY = Path("/dev/shm")
CUTS = int(os.environ.get("MIDWEEK_CUTS", "320"))
IN_ONE_RUN = 1_000
"""Cuts in what was recorded once: for more, the server is recorded again."""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: the disk is played here, and waiting for the real one proves nothing."""
    folder = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else tmp_path))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(autouse=True)
def small_log(monkeypatch: pytest.MonkeyPatch) -> None:
    """The write-ahead log is emptied often, so that many cuts fall into it."""
    monkeypatch.setattr(wal, "TOO_LARGE", 700_000)


async def test_no_cut_loses_what_was_acknowledged_or_leaves_half_of_it(place: Path) -> None:
    seen: Counter[str] = Counter()
    for done in range(0, CUTS, IN_ONE_RUN):
        log, phones = await written(place / f"from {done}")
        assert checkpoints(log) > 3
        seen += await after_cuts(place / "cut", log, phones, min(IN_ONE_RUN, CUTS - done), done)

    assert seen == {"kept": CUTS}


async def test_a_log_that_is_synced_only_when_emptied_is_found_out(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "DURABLE", ("synchronous = NORMAL",))
    log, phones = await written(place / "first")

    assert set(await after_cuts(place / "cut", log, phones, 40)) == {"kept", "lost"}


async def test_a_server_that_never_syncs_is_found_out(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "DURABLE", ("synchronous = OFF",))
    log, phones = await written(place / "first")

    assert {"lost", "broken"} <= set(await after_cuts(place / "cut", log, phones, 60))


async def test_keys_that_are_not_synced_before_their_first_use_are_found_out(place: Path) -> None:
    log, phones = await written(place / "first", keys_durable=("synchronous = OFF",))

    assert set(await after_cuts(place / "cut", log, phones, 40)) > {"broken"}


async def test_a_cut_in_an_upgrade_leaves_the_old_or_the_new_and_before_the_new_a_whole_copy(place: Path) -> None:
    start, newer, cut = place / "start", place / "newer", place / "cut"
    steps = _with_two_more_steps(newer)
    await _filled(start / "midweek.db")
    files = contents(start)
    with recording(start) as recorder:
        await (await open_database(start / "midweek.db", migrations=newer)).close()

    seen: Counter[int] = Counter()
    for _, left in cuts(files, recorder.log, 80, random.Random(6)):
        put(left, cut)
        after = await asyncio.to_thread(_step, cut / "midweek.db")
        copy = upgrade_copy(cut / "midweek.db", steps + 1)
        assert after == steps or await asyncio.to_thread(_step, copy) == steps
        opened = await open_database(cut / "midweek.db", migrations=newer)
        assert await opened.read(lambda tx: tx.one("SELECT count(*), sum(tries), sum(more) FROM attempt")) == WHOLE
        await opened.close()
        seen[after - steps] += 1

    assert set(seen) == {0, 1, 2}


ROWS = 300
WHOLE = (ROWS, ROWS * 7, ROWS * 8)


def _with_two_more_steps(folder: Path) -> int:
    """The migrations and two more, which rebuild a table and fill a column; how many there were."""
    shutil.copytree(MIGRATIONS, folder)
    steps = len(load(MIGRATIONS))
    (folder / f"{steps + 1:04}_rebuilt.sql").write_text(
        "CREATE TABLE attempt_new (key TEXT PRIMARY KEY NOT NULL, window_start BIGINT NOT NULL, tries INTEGER "
        "NOT NULL, more INTEGER); INSERT INTO attempt_new SELECT key, window_start, tries, 0 FROM attempt; "
        "DROP TABLE attempt; ALTER TABLE attempt_new RENAME TO attempt;"
    )
    (folder / f"{steps + 2:04}_filled.sql").write_text("UPDATE attempt SET more = tries + 1;")
    return steps


async def _filled(path: Path) -> None:
    rows: list[dict[str, Value]] = [{"key": "k" * 200 + str(number)} for number in range(ROWS)]
    opened = await open_database(path)
    await opened.write(lambda tx: tx.many("INSERT INTO attempt (key, window_start, tries) VALUES (:key, 0, 7)", rows))
    await opened.close()


def _step(path: Path) -> int:
    """The newest step in an intact database that has all its rows."""
    conn = sqlite3.connect(path)
    assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert conn.execute("SELECT count(*), sum(tries) FROM attempt").fetchone() == WHOLE[:2]
    step: int = conn.execute("SELECT max(number) FROM migration").fetchone()[0]
    conn.close()
    return step
