"""Brief writes on SQLite: their statements run in the event loop, the rest in the writer's thread."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from server.database import MIGRATIONS, Tx, sqlite, wal
from server.database.group import PATIENCE_MS
from server.database.sqlite import Sqlite, open_sqlite

ADD = "INSERT INTO attempt (key, window_start, tries) VALUES (:key, 0, 0)"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "midweek.db"


@pytest.fixture
async def db(path: Path, now: int) -> AsyncIterator[Sqlite]:
    opened = await open_sqlite(path, MIGRATIONS, grouping=True, now=now)
    yield opened
    await opened.close()


def add(key: str) -> Callable[[Tx], int]:
    return lambda tx: tx.run(ADD, key=key)


def here(_tx: Tx) -> bool:
    """Whether this runs in the event loop."""
    return threading.current_thread() is threading.main_thread()


async def kept(db: Sqlite) -> list[str]:
    return [str(key) for (key,) in await db.read(lambda tx: tx.all("SELECT key FROM attempt ORDER BY key"))]


async def test_what_is_brief_runs_in_the_event_loop_and_what_is_not_does_not(db: Sqlite) -> None:
    assert await db.jot(here) is True
    assert await db.write(here) is False


async def test_those_that_come_at_the_same_time_share_a_commit_in_the_thread(db: Sqlite) -> None:
    before = db.commits

    ran = await asyncio.gather(db.jot(here), db.write(here), db.jot(here))

    assert (list(ran), db.commits - before) == ([False] * 3, 1)


async def test_a_disk_that_is_slow_again_and_again_stops_holding_up_the_event_loop(
    db: Sqlite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "SLOW", -1.0)

    jotted = [await db.jot(here) for _ in range(sqlite.SLOW_TIMES + 2)]

    assert jotted == [True] * sqlite.SLOW_TIMES + [False] * 2
    assert await db.glance(here) is False


async def test_a_machine_that_was_busy_once_in_a_while_is_no_slow_disk(
    db: Sqlite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "SLOW_FOR", 0.0)  # they are further apart than this
    monkeypatch.setattr(sqlite, "SLOW", -1.0)

    assert [await db.glance(here) for _ in range(9)] == [True] * 9


async def test_others_have_their_turn_between_two_of_a_group(db: Sqlite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "TURN", -1.0)
    order: list[str] = []

    def one(tx: Tx) -> None:
        order.append("first")
        asyncio.get_running_loop().call_soon(order.append, "other")
        add("a")(tx)

    def another(tx: Tx) -> None:
        order.append("second")
        add("b")(tx)

    await asyncio.gather(db.jot(one), db.jot(another))

    assert order == ["first", "other", "second"]


async def test_another_program_that_holds_the_file_holds_up_nobody_else(db: Sqlite, path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    loop = asyncio.get_running_loop()
    began = loop.time()

    loop.call_later(0.05, other.close)
    changed = await db.jot(add("a"))

    assert changed == 1
    assert loop.time() - began < PATIENCE_MS / 2000  # the call that lets go of it would have had to wait for the jot


async def test_the_log_is_emptied_between_two_groups_and_never_within_one(
    db: Sqlite, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sqlite, "TURN", -1.0)  # so that something else runs in the middle of every group
    monkeypatch.setattr(wal, "GROWN", 0)
    monkeypatch.setattr(wal, "PAUSE", 0.0)
    keys = [f"{number:03}" for number in range(300)]

    async def phone(mine: list[str]) -> None:
        for key in mine:
            await db.jot(add(key))

    await asyncio.gather(*(phone(keys[start::6]) for start in range(6)))

    assert await kept(db) == keys
    assert "could not be emptied" not in caplog.text


async def test_closing_finishes_what_was_jotted_down(path: Path, now: int) -> None:
    db = await open_sqlite(path, MIGRATIONS, grouping=True, now=now)
    tasks = [asyncio.create_task(db.jot(add(str(number)))) for number in range(20)]
    await asyncio.sleep(0)  # lets them ask

    await db.close()

    assert await asyncio.gather(*tasks) == [1] * 20
    conn = sqlite3.connect(path)
    assert conn.execute("SELECT count(*) FROM attempt").fetchone() == (20,)
    conn.close()
