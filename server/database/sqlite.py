"""SQLite behind the door: one writer that commits in groups, two readers, one process.

Everything a caller gives runs whole on a connection's own thread, so a cancelled caller leaves nothing half done.
"""

import asyncio
import sqlite3
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar, cast

import aiosqlite

from server.database import files, wal
from server.database.door import Tx
from server.database.errors import CannotOpen, StorageFailed
from server.database.group import Job, commit_together, deliver
from server.database.migrations import Migration, migrate
from server.database.sqlite_tx import SqliteTx, lacked_room, named
from server.database.work import attempt

T = TypeVar("T")

READERS: Final = 2
GROUP: Final = 256
"""Jobs in one commit at most, so that the first of a crowd doesn't wait for the last."""
PATIENCE_MS: Final = 5_000
"""How long to wait for another program that holds the file (a shell, a backup)."""

SLOW: Final = 0.05
"""Seconds a glance may hold up the event loop before the next ones are done in a thread, for `SLOW_FOR` seconds."""
SLOW_FOR: Final = 10.0
DURABLE: Final = ("synchronous = FULL", "fullfsync = ON")
"""What makes a commit wait for the disk. NORMAL loses acknowledged rows at a power cut, OFF breaks the database: see
`tests/database/test_power_cut.py`."""
_MEMORY: Final = ("temp_store = MEMORY", "cache_size = -16000")


class Thread(aiosqlite.Connection):
    """An aiosqlite connection that runs a whole function on its thread, in the order asked."""

    busy = 0

    async def call(self, function: Callable[[sqlite3.Connection], T]) -> T:
        """What `function` answers. It runs whole once it was asked for, even when the caller goes away."""
        self.busy += 1
        try:
            return cast(T, await self._execute(function, self._conn))  # type: ignore[no-untyped-call]
        finally:
            self.busy -= 1


class Sqlite:
    """A `Database` in one file. Use it from one event loop."""

    engine = "sqlite"

    def __init__(
        self,
        path: Path,
        claim: files.Claim,
        writer: Thread,
        readers: list[Thread],
        near: sqlite3.Connection,
        grouping: bool,
    ) -> None:
        self._claim, self._writer, self._readers, self._near = claim, writer, readers, near
        self._slow_until = 0.0
        self._group = GROUP if grouping else 1
        self._waiting: deque[Job] = deque()
        self._called = self._closing = False
        self._wal = wal.Keeper(path, writer.call, lambda: not self._waiting)
        self.commits = 0
        """How many commits there were: with grouping, fewer than writes."""

    async def write(self, work: Callable[[Tx], T]) -> T:
        """See `Database.write`. Those that wait at the same time share a commit, and never each other's failures."""
        if self._closing:
            raise _closed()
        job = Job(work)
        self._waiting.append(job)
        try:
            if not self._called:
                self._called = True
                self._wal.wrote()
                await self._writer.call(self._run_waiting)
            return cast(T, await job.future)
        except asyncio.CancelledError:
            job.future.cancel()
            raise

    async def read(self, work: Callable[[Tx], T]) -> T:
        """See `Database.read`."""
        if self._closing:
            raise _closed()
        reader = min(self._readers, key=lambda thread: thread.busy)
        return await reader.call(lambda conn: _read(conn, work))

    async def glance(self, work: Callable[[Tx], T]) -> T:
        """See `Database.glance`. On a disk that turned out to be slow, it is done in a thread for a while."""
        if self._closing:
            raise _closed()
        began = time.monotonic()
        if began < self._slow_until:
            return await self.read(work)
        try:
            return _read(self._near, work)
        finally:
            ended = time.monotonic()
            if ended - began > SLOW:
                self._slow_until = ended + SLOW_FOR

    async def close(self) -> None:
        """See `Database.close`. Writes that were asked for before are done; the write-ahead log is emptied."""
        if self._closing:
            return
        self._closing = True
        await self._wal.stop()
        await self._writer.call(self._run_waiting)
        for reader in self._readers:
            await reader.close()
        self._near.close()
        await self._writer.call(wal.empty)
        await self._writer.close()
        self._claim.release()

    def _run_waiting(self, conn: sqlite3.Connection) -> None:
        self._called = False
        jobs = [self._waiting.popleft() for _ in range(len(self._waiting))]
        for start in range(0, len(jobs), self._group):
            group = [job for job in jobs[start : start + self._group] if not job.abandoned]
            if group:
                self.commits += commit_together(conn, group)
                self._find_room(conn, group)
                deliver(group)
                self._wal.keep_bounded(conn)

    def _find_room(self, conn: sqlite3.Connection, group: list[Job]) -> None:
        """On a full disk the log gives its own room back: those that were refused are tried once more, one by one, so
        that what deletes gets through. It ends with the first that is refused again."""
        for job in group:
            if lacked_room(job.error):
                if not wal.empty(conn):
                    return
                job.again()
                self.commits += commit_together(conn, [job])
                if job.error is not None:
                    return


async def open_sqlite(path: Path, migrations: Path, grouping: bool, now: int) -> Sqlite:
    """The database in the file `path`, made when it is not there, with its tables up to date.

    `CannotOpen`, in a sentence, when another process uses it, when it is newer than the code or no database.
    """
    files.prepare(path)
    claim = files.Claim(path)
    threads: list[Thread] = []
    near: sqlite3.Connection | None = None
    try:
        for _ in range(1 + READERS):
            threads.append(await _connect(path))
        await threads[0].call(lambda conn: _be_writer(conn, path, migrations, now))
        for reader in threads[1:]:
            await reader.call(_be_reader)
        near = _connected(path)
        _be_reader(near)
    except BaseException:
        if near is not None:
            near.close()
        for thread in reversed(threads):
            await thread.close()
        claim.release()
        raise
    return Sqlite(path, claim, threads[0], threads[1:], near, grouping)


async def _connect(path: Path) -> Thread:
    """A connection that has not looked at the file yet."""
    thread = Thread(lambda: _connected(path), 64)
    await thread
    return thread


def _connected(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, PATIENCE_MS / 1000, isolation_level=None, cached_statements=512)


def _read(conn: sqlite3.Connection, work: Callable[[Tx], T]) -> T:
    conn.execute("BEGIN")
    try:
        return attempt(work, SqliteTx(conn))
    finally:
        if conn.in_transaction:
            conn.execute("ROLLBACK")


def _be_writer(conn: sqlite3.Connection, path: Path, migrations: Path, now: int) -> None:
    try:
        if conn.execute("PRAGMA journal_mode = WAL").fetchone() != ("wal",):
            raise CannotOpen(f"The file system of {path} can't share memory between connections. Use a local disk.")
        _set(conn, "wal_autocheckpoint = 0", *DURABLE, "secure_delete = ON", *_MEMORY)
        _upgrade(conn, path, migrations, now)
        _set(conn, "foreign_keys = ON")
    except sqlite3.Error as error:
        raise CannotOpen(f"The database file {path} can't be opened: {named(error)}") from error


def _be_reader(conn: sqlite3.Connection) -> None:
    _set(conn, "query_only = ON", "wal_autocheckpoint = 0", *_MEMORY)


def _set(conn: sqlite3.Connection, *pragmas: str) -> None:
    for pragma in pragmas:
        conn.execute(f"PRAGMA {pragma}")


def _upgrade(conn: sqlite3.Connection, path: Path, migrations: Path, now: int) -> None:
    """Run the migrations. Foreign keys are off meanwhile, so that a table can be rebuilt, and are checked before
    each commit."""

    def transact(work: Callable[[Tx], T]) -> T:
        conn.execute("BEGIN IMMEDIATE")
        try:
            answer = attempt(work, SqliteTx(conn))
            if broken := conn.execute("PRAGMA foreign_key_check").fetchone():
                raise CannotOpen(f"Rows of {broken[0]} would point at rows of {broken[2]} that are not there.")
            conn.execute("COMMIT")
        finally:
            if conn.in_transaction:
                conn.execute("ROLLBACK")
        return answer

    def before_upgrade(first: Migration) -> None:
        files.backup(conn, files.upgrade_copy(path, first.number))

    files.forget_upgrade_copies(path, now)
    migrate(migrations, transact, now, before_upgrade)


def _closed() -> StorageFailed:
    return StorageFailed("The server is stopping, so this was not saved. Send it again in a moment.")
