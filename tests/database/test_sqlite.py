"""What only SQLite has to promise: groups, one process, its files, its write-ahead log, its disk."""

import asyncio
import os
import resource
import sqlite3
import subprocess
import sys
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from server.database import MIGRATIONS, CannotOpen, StorageFailed, Tx, open_database, wal
from server.database.files import size
from server.database.sqlite import Sqlite, Thread, open_sqlite
from tests.database.recorder import recording

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("MIDWEEK_KILLS", "60"))
ADD = "INSERT INTO attempt (key, window_start, tries) VALUES (:key, 0, 0)"
MEGABYTE = 1024 * 1024


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new" / "folder" / "midweek.db"


@pytest.fixture
async def db(path: Path, now: int) -> AsyncIterator[Sqlite]:
    opened = await open_sqlite(path, MIGRATIONS, grouping=True, now=now)
    yield opened
    await opened.close()


def add(key: str) -> Callable[[Tx], int]:
    return lambda tx: tx.run(ADD, key=key)


def mode(file: Path) -> int:
    return file.stat().st_mode & 0o777


async def count(db: Sqlite) -> int:
    row = await db.read(lambda tx: tx.one("SELECT count(*) FROM attempt"))
    return int((row or (0,))[0] or 0)


@asynccontextmanager
async def held(db: Sqlite) -> AsyncGenerator[None]:
    """Hold the writer meanwhile, so that what is asked for waits together."""
    begun, free = threading.Event(), threading.Event()

    def work(_tx: Tx) -> None:
        begun.set()
        free.wait(10)

    holder = asyncio.create_task(db.write(work))
    await asyncio.to_thread(begun.wait, 10)
    try:
        yield
    finally:
        free.set()
        await holder


async def asked(db: Sqlite, keys: list[str]) -> list[asyncio.Task[int]]:
    """Writes that wait."""
    tasks = [asyncio.create_task(db.write(add(key))) for key in keys]
    await asyncio.sleep(0)  # lets them ask
    return tasks


async def test_writes_that_wait_share_a_commit(db: Sqlite) -> None:
    before = db.commits

    async with held(db):
        tasks = await asked(db, [str(number) for number in range(100)])
    await asyncio.gather(*tasks)

    assert db.commits - before == 2  # the one that held, and the hundred
    assert await count(db) == 100


async def test_a_crowd_is_taken_in_groups(db: Sqlite) -> None:
    before = db.commits

    async with held(db):
        tasks = await asked(db, [str(number) for number in range(600)])
    await asyncio.gather(*tasks)

    assert db.commits - before == 1 + 3


async def test_without_grouping_every_write_has_its_commit(path: Path, now: int) -> None:
    db = await open_sqlite(path, MIGRATIONS, grouping=False, now=now)

    await asyncio.gather(*(db.write(add(str(number))) for number in range(20)))

    assert db.commits == 20
    await db.close()


@pytest.mark.parametrize("gone", [0, 1])
async def test_a_cancelled_caller_in_the_queue_is_left_out_and_its_neighbours_are_not(db: Sqlite, gone: int) -> None:
    async with held(db):
        tasks = await asked(db, ["a", "b", "c"])
        tasks[gone].cancel()
        await asyncio.wait({tasks[gone]})
    await asyncio.gather(*(task for task in tasks if not task.cancelled()))

    kept = [("a",), ("b",), ("c",)]
    del kept[gone]
    assert await db.read(lambda tx: tx.all("SELECT key FROM attempt ORDER BY key")) == kept


async def test_when_the_first_of_a_group_is_cancelled_the_others_are_answered(db: Sqlite) -> None:
    begun, free = threading.Event(), threading.Event()

    def work(_tx: Tx) -> None:
        begun.set()
        free.wait(10)

    first = asyncio.create_task(db.write(work))
    await asyncio.to_thread(begun.wait, 10)
    tasks = await asked(db, ["a", "b"])
    first.cancel()
    tasks[0].cancel()
    await asyncio.wait({first, tasks[0]})
    free.set()

    assert await tasks[1] == 1


async def test_when_the_disk_fails_at_the_commit_the_whole_group_is_told(db: Sqlite, path: Path) -> None:
    await db.write(add("before"))
    log = Path(f"{path}-wal")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    async with held(db):
        tasks = await asked(db, ["a", "b", "c"])
        resource.setrlimit(resource.RLIMIT_FSIZE, (size(log), hard))
    told = await asyncio.gather(*tasks, return_exceptions=True)
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert [type(answer) for answer in told] == [StorageFailed] * 3
    assert await count(db) == 1


async def test_after_the_disk_failed_writing_goes_on(db: Sqlite, path: Path) -> None:
    await db.write(add("before"))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size(Path(f"{path}-wal")), hard))
    with pytest.raises(StorageFailed):
        await db.write(add("a"))
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert await db.write(add("a")) == 1
    assert await count(db) == 2


def kill_rounds(folder: Path, *arguments: str) -> tuple[int, int, int, str]:
    """Answered, lost, gaps, intact: see `kill_rounds.py`."""
    told = subprocess.run(
        [sys.executable, "-W", "error", Path(__file__).with_name("kill_rounds.py"), folder, *arguments],
        env={"PYTHONPATH": str(ROOT), "MIDWEEK_SEED": os.environ.get("MIDWEEK_SEED", "")},
        stdout=subprocess.PIPE,
        check=True,
        timeout=180 + KILLS,
        text=True,
    )
    answered, lost, gaps, intact = told.stdout.split()
    return int(answered), int(lost), int(gaps), intact


def test_a_killed_process_loses_nothing_that_was_answered(tmp_path: Path) -> None:
    answered, *rest = kill_rounds(tmp_path, str(KILLS))

    assert answered > KILLS
    assert rest == [0, 0, "True"]


def test_a_server_that_answers_before_the_commit_is_found_out(tmp_path: Path) -> None:
    _, lost, *_ = kill_rounds(tmp_path, "12", "too-early")

    assert lost > 0


async def test_a_second_process_is_refused(db: Sqlite, path: Path) -> None:
    script = f"import asyncio; from server.database import open_database; asyncio.run(open_database({str(path)!r}))"

    told = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        timeout=30,
        text=True,
        check=False,
    )

    assert f"Another Midweek process is using {path}. Nothing was changed." in told.stderr
    assert await db.write(add("a")) == 1


async def test_the_next_process_may_come_after_the_first(path: Path) -> None:
    await (await open_database(path)).close()

    await (await open_database(path)).close()


async def test_opening_that_fails_lets_the_next_one_in(path: Path, tmp_path: Path) -> None:
    with pytest.raises(CannotOpen):
        await open_database(path, migrations=tmp_path)

    await (await open_database(path)).close()


async def test_a_file_whose_tables_have_damaged_names_is_said_to_be_damaged(path: Path) -> None:
    await (await open_database(path)).close()
    conn = sqlite3.connect(path)
    conn.execute("PRAGMA writable_schema = ON")
    conn.execute("UPDATE sqlite_schema SET name = CAST(x'b7b7' AS TEXT), sql = 'CREATE' WHERE name = 'client'")
    conn.commit()
    conn.close()

    with pytest.raises(CannotOpen, match="The database file is damaged"):
        await open_database(path)


async def test_files_are_for_this_user_alone(db: Sqlite, path: Path) -> None:
    await db.write(add("a"))

    modes = {file.name: mode(file) for file in path.parent.iterdir()}

    assert modes == dict.fromkeys(["midweek.db", "midweek.db-wal", "midweek.db-shm", "midweek.db.lock"], 0o600)
    assert [mode(path.parent), mode(path.parent.parent)] == [0o700] * 2


async def test_a_file_others_could_read_is_closed_to_them(path: Path) -> None:
    await (await open_database(path)).close()
    await asyncio.to_thread(path.chmod, 0o644)

    await (await open_database(path)).close()

    assert mode(path) == 0o600


async def test_a_folder_that_was_there_keeps_its_mode(tmp_path: Path) -> None:
    await asyncio.to_thread(tmp_path.chmod, 0o755)

    await (await open_database(tmp_path / "midweek.db")).close()

    assert mode(tmp_path) == 0o755


@pytest.mark.parametrize("where", ["mysql://localhost/midweek", "sqlite:///midweek.db"])
async def test_an_address_we_do_not_know_is_refused(where: str) -> None:
    with pytest.raises(CannotOpen, match="begins with postgresql://"):
        await open_database(where)


async def test_closing_leaves_one_file_with_everything(path: Path) -> None:
    db = await open_sqlite(path, MIGRATIONS, grouping=True, now=0)
    await db.write(add("a"))
    await db.close()

    left = {file.name for file in path.parent.iterdir()}
    conn = sqlite3.connect(path)
    rows = conn.execute("SELECT key FROM attempt").fetchall()
    conn.close()

    assert (left, rows) == ({"midweek.db", "midweek.db.lock"}, [("a",)])


async def test_in_a_pause_the_log_is_emptied(db: Sqlite, path: Path) -> None:
    log = Path(f"{path}-wal")
    for number in range(5):
        await db.write(add(f"{number}" * MEGABYTE))
    assert size(log) > wal.GROWN

    async with asyncio.timeout(20):
        while size(log):
            await count(db)

    assert await count(db) == 5


async def test_a_log_that_is_too_large_is_emptied_without_waiting_for_a_pause(db: Sqlite, path: Path) -> None:
    await db.write(add("x" * (wal.TOO_LARGE // 2)))  # twice in the log: the row and its key

    await db.write(add("the next"))

    assert size(Path(f"{path}-wal")) < MEGABYTE


async def test_no_connection_but_the_writers_ever_empties_the_log(
    tmp_path: Path, now: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite from 3.7.0 to 3.51.2 can damage the log when two do: this is what makes those safe here."""
    monkeypatch.setattr(wal, "TOO_LARGE", 2 * MEGABYTE)
    with recording(tmp_path) as recorder:
        db = await open_sqlite(tmp_path / "midweek.db", MIGRATIONS, grouping=True, now=now)
        for number in range(4):
            await asyncio.gather(db.write(add(f"{number}" * MEGABYTE)), *(count(db) for _ in range(8)))
        await db.write(add("left for the end"))
        await db.close()

    moves = [one for one in recorder.log if (one.what, one.file) == ("write", "midweek.db")]
    assert len(moves) > 1_000
    assert len({one.by for one in moves}) == 1


def test_a_reader_in_the_way_puts_the_emptying_off(tmp_path: Path) -> None:
    writer = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    writer.execute("PRAGMA journal_mode = WAL")
    writer.execute("CREATE TABLE t (x)")
    reader = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM t").fetchall()
    writer.execute("INSERT INTO t VALUES (1)")

    assert not wal.empty(writer)
    reader.execute("COMMIT")
    assert wal.empty(writer)
    assert size(tmp_path / "x.db-wal") == 0
    reader.close()
    writer.close()


async def test_the_writer_promises_durability(db: Sqlite) -> None:
    settings = await db.write(
        lambda tx: tx.one(
            "SELECT * FROM pragma_synchronous, pragma_journal_mode, pragma_foreign_keys, "
            "pragma_secure_delete, pragma_busy_timeout"
        )
    )

    assert settings == (2, "wal", 1, 1, 5000)


async def test_a_function_runs_whole_on_the_connections_own_thread() -> None:
    """`Thread` leans on a private method of aiosqlite: when this fails after an update, look there."""
    thread = Thread(lambda: sqlite3.connect(":memory:"), 64)
    await thread

    where, alive = await thread.call(lambda conn: (threading.current_thread(), conn.execute("SELECT 1").fetchone()))
    again = await thread.call(lambda _: threading.current_thread())
    await thread.close()

    assert alive == (1,)
    assert threading.main_thread() is not where is again
