"""Readers beside writers that never pause, and callers that go away: whole answers, nothing locked or left open."""

import asyncio
import random
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from server.database import MIGRATIONS, Database, Row, Tx, wal
from server.database.files import size
from server.database.sqlite import Sqlite, open_sqlite

KILOBYTE = 1024
PAIR = ("left", "right")


def move(tx: Tx) -> None:
    """Both rows of the pair go on by one, as one."""
    for key in PAIR:
        tx.run("UPDATE attempt SET tries = tries + 1 WHERE key = :key", key=key)


def pair(tx: Tx) -> list[Row]:
    """Both rows, each asked for by itself."""
    return [tx.one("SELECT tries FROM attempt WHERE key = :key", key=key) or () for key in PAIR]


async def make_pair(database: Database) -> None:
    rows = [{"key": key} for key in PAIR]
    await database.write(lambda tx: tx.many("INSERT INTO attempt (key, window_start, tries) VALUES (:key, 0, 0)", rows))


async def test_readers_beside_busy_writers_see_whole_transactions_and_no_locks(database: Database) -> None:
    await make_pair(database)
    busy = True

    async def read() -> list[tuple[Row, Row]]:
        seen: list[tuple[Row, Row]] = []
        while busy:
            left, right = await database.read(pair)
            seen.append((left, right))
        return seen

    async def write() -> None:
        for _ in range(25):
            await database.write(move)

    readers = [asyncio.create_task(read()) for _ in range(8)]
    await asyncio.gather(*(write() for _ in range(8)))
    busy = False
    views = [view for seen in await asyncio.gather(*readers) for view in seen]

    assert all(left == right for left, right in views)
    assert len(views) > 8
    assert await database.read(pair) == [(200,), (200,)]


async def test_two_hundred_callers_that_go_away_leave_nothing_half_done_and_nothing_open(database: Database) -> None:
    await make_pair(database)
    chance = random.Random(11)
    works: list[Callable[[Tx], object]] = [move, pair]

    async def gone(number: int) -> None:
        work = works[number % 2]
        task = asyncio.create_task(database.write(work) if work is move else database.read(work))
        await asyncio.wait({task}, timeout=chance.uniform(0, 0.003))
        task.cancel()
        await asyncio.wait({task})

    for start in range(0, 200, 20):
        await asyncio.gather(*(gone(number) for number in range(start, start + 20)))

    seen, _ = await asyncio.gather(
        asyncio.gather(*(database.read(pair) for _ in range(20))),
        asyncio.gather(*(database.write(move) for _ in range(20))),
    )
    assert all(left == right for left, right in seen)
    async with asyncio.timeout(20):
        while database.engine == "postgresql" and await database.read(_open_transactions) != (0,):
            pass


def _open_transactions(tx: Tx) -> Row | None:
    """How many transactions are open that nobody is working in."""
    return tx.one("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'")


@pytest.fixture
async def db(tmp_path: Path, now: int) -> AsyncIterator[Sqlite]:
    opened = await open_sqlite(tmp_path / "midweek.db", MIGRATIONS, grouping=True, now=now)
    yield opened
    await opened.close()


def grow(key: str) -> Callable[[Tx], int]:
    """About 45 KB of log."""
    text = key + "x" * 20 * KILOBYTE
    return lambda tx: tx.run("INSERT INTO attempt (key, window_start, tries) VALUES (:key, 0, 0)", key=text)


async def test_a_log_that_never_sees_a_pause_stays_bounded(
    tmp_path: Path, now: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wal, "TOO_LARGE", 500 * KILOBYTE)
    db = await open_sqlite(tmp_path / "midweek.db", MIGRATIONS, grouping=True, now=now)
    sizes: list[int] = []
    busy = True

    async def read() -> None:
        while busy:
            await db.read(lambda tx: tx.all("SELECT count(*) FROM attempt"))

    async def write(name: int) -> None:
        for number in range(50):
            await db.write(grow(f"{name}-{number}"))
            sizes.append(size(tmp_path / "midweek.db-wal"))

    readers = [asyncio.create_task(read()) for _ in range(4)]
    await asyncio.gather(*(write(name) for name in range(4)))
    busy = False
    await asyncio.gather(*readers)
    await db.close()

    assert size(tmp_path / "midweek.db") > 4_000 * KILOBYTE
    assert max(sizes) < 1_000 * KILOBYTE


async def test_callers_that_went_away_hold_no_view_of_the_past(
    db: Sqlite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wal, "GROWN", 0)
    await make_pair(db)
    tasks = [asyncio.create_task(db.read(pair)) for _ in range(100)]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)

    await db.write(move)

    async with asyncio.timeout(20):
        while size(tmp_path / "midweek.db-wal"):  # it can't be emptied while anyone looks at an older state
            await db.read(pair)


async def test_a_long_read_lets_the_log_grow_without_holding_up_every_write(
    tmp_path: Path, now: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wal, "TOO_LARGE", 500 * KILOBYTE)
    tries: list[bool] = []
    empty = wal.empty

    def counted(conn: sqlite3.Connection) -> bool:
        tries.append(empty(conn))
        return tries[-1]

    monkeypatch.setattr(wal, "empty", counted)
    db = await open_sqlite(tmp_path / "midweek.db", MIGRATIONS, grouping=True, now=now)
    begun, free = threading.Event(), threading.Event()

    def long_read(tx: Tx) -> list[Row]:
        before = tx.all("SELECT count(*) FROM attempt")
        begun.set()
        free.wait(60)
        return before + tx.all("SELECT count(*) FROM attempt")

    reading = asyncio.create_task(db.read(long_read))
    await asyncio.to_thread(begun.wait, 60)
    for number in range(40):
        await db.write(grow(f"{number}"))
    held_up = list(tries)
    free.set()
    assert await reading == [(0,), (0,)]
    for number in range(40, 60):
        await db.write(grow(f"{number}"))
    afterwards = tries[len(held_up) :]
    await db.close()

    assert held_up
    assert not any(held_up)
    assert len(held_up) < 16
    assert any(afterwards)
