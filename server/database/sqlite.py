"""SQLite behind the door: one writer that commits in groups, two readers, one process.

Everything a caller gives runs whole on a connection's own thread, or whole in the event loop where it is brief, so a
cancelled caller leaves nothing half done.
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
from server.database.door import Param, Row, Tx
from server.database.errors import CannotOpen, StorageFailed
from server.database.group import PATIENCE_MS, Job, Together, commit_together, deliver, finished
from server.database.migrations import Migration, migrate
from server.database.sqlite_tx import DAMAGED, SqliteTx, lacked_room, named
from server.database.work import attempt

T = TypeVar("T")

READERS: Final = 2
GROUP: Final = 256
"""Jobs in one commit at most, so that the first of a crowd doesn't wait for the last."""
SLOW: Final = 0.05
"""Seconds that a glance or a jotted write may hold up the event loop."""
SLOW_TIMES: Final = 3
SLOW_FOR: Final = 10.0
"""After so many that held it up longer, in so many seconds, the next ones are done in threads for as long: the disk is
slow. That takes twice the processor, and a single one may come of a machine that had other work."""
TURN: Final = 0.004
"""Seconds after which others in the event loop have their turn between two that jot something down."""
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

    def here(self) -> sqlite3.Connection:
        """The connection itself, for the event loop, while nothing runs on the thread."""
        return self._conn


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
        self._slow: deque[float] = deque(maxlen=SLOW_TIMES)
        self._slow_until = 0.0
        self._group = GROUP if grouping else 1
        self._waiting: deque[Job] = deque()
        self._closing = False
        self._keeping: asyncio.Task[None] | None = None
        self._writers_turn = asyncio.Lock()
        self._wal = wal.Keeper(path, self._alone, lambda: not self._waiting)
        self.commits = 0
        """How many commits there were: with grouping, fewer than writes."""

    async def write(self, work: Callable[[Tx], T]) -> T:
        """See `Database.write`. Those that wait at the same time share a commit, and never each other's failures."""
        return cast(T, await self._kept(Job(work)))

    async def jot(self, work: Callable[[Tx], T]) -> T:
        """See `Database.jot`. It shares commits with writes; on a disk that turned out to be slow, it is one for a
        while."""
        return cast(T, await self._kept(Job(work, brief=True)))

    async def read(self, work: Callable[[Tx], T]) -> T:
        """See `Database.read`."""
        if self._closing:
            raise _closed()
        reader = min(self._readers, key=lambda thread: thread.busy)
        return await reader.call(lambda conn: _read(conn, work))

    async def glance(self, work: Callable[[Tx], T]) -> T:
        """See `Database.glance`. On a disk that turned out to be slow, it is done in a thread for a while."""
        return await self._looked(_read, work)

    async def find(self, sql: str, **params: Param) -> Row | None:
        """See `Database.find`; on a slow disk as a glance."""
        return await self._looked(_found, lambda tx: tx.one(sql, **params))

    async def _looked(self, how: Callable[[sqlite3.Connection, Callable[[Tx], T]], T], work: Callable[[Tx], T]) -> T:
        if self._closing:
            raise _closed()
        began = time.monotonic()
        if began < self._slow_until:
            return await self.read(work)
        try:
            return how(self._near, work)
        finally:
            self._held_up_since(began)

    async def close(self) -> None:
        """See `Database.close`. Writes that were asked for before are done; the write-ahead log is emptied."""
        if self._closing:
            return
        self._closing = True
        await self._wal.stop()
        if self._keeping is not None:
            await self._keeping
        for reader in self._readers:
            await reader.close()
        self._near.close()
        await self._writer.call(wal.empty)
        await self._writer.close()
        self._claim.release()

    async def _kept(self, job: Job) -> object:
        if self._closing:
            raise _closed()
        self._waiting.append(job)
        if self._keeping is None:
            self._keeping = asyncio.create_task(self._keep_waiting())
        try:
            return await job.future
        except asyncio.CancelledError:
            job.future.cancel()
            raise

    async def _keep_waiting(self) -> None:
        """Run what waits, group by group, until nothing does."""
        try:
            while self._waiting:
                taken = [self._waiting.popleft() for _ in range(min(self._group, len(self._waiting)))]
                group = [job for job in taken if not job.abandoned]
                if group:
                    self._wal.wrote()
                    await self._keep(group)
        finally:
            self._keeping = None

    async def _keep(self, group: list[Job]) -> None:
        async with self._writers_turn:
            together = Together(self._writer.here(), group)
            brief = all(job.brief for job in group) and time.monotonic() >= self._slow_until
            if brief and together.begin():
                await self._run_here(together)
                await self._writer.call(lambda conn: self._told(conn, group, together.commit()))
            else:
                await self._writer.call(lambda conn: self._told(conn, group, finished(together)))

    async def _run_here(self, together: Together) -> None:
        """Run a group in the event loop, which has a turn for others every few milliseconds."""
        try:
            began = time.monotonic()
            for _ in together.run():
                if self._held_up_since(began) > TURN:
                    await asyncio.sleep(0)
                    began = time.monotonic()
        except asyncio.CancelledError:  # the event loop ends
            together.undo()
            raise

    def _held_up_since(self, began: float) -> float:
        """For how many seconds the event loop was; noted when it was long."""
        ended = time.monotonic()
        if ended - began > SLOW:
            self._slow.append(ended)
            if len(self._slow) == SLOW_TIMES and ended - self._slow[0] < SLOW_FOR:
                self._slow_until = ended + SLOW_FOR
        return ended - began

    def _told(self, conn: sqlite3.Connection, group: list[Job], commits: int) -> None:
        self.commits += commits
        self._find_room(conn, group)
        deliver(group)
        self._wal.keep_bounded(conn)

    async def _alone(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """What `work` answers, on the writer's thread, between two groups."""
        async with self._writers_turn:
            return await self._writer.call(work)

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
        threads.append(await _connect(path, shared=True))
        for _ in range(READERS):
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


async def _connect(path: Path, shared: bool = False) -> Thread:
    """A connection that has not looked at the file yet. A `shared` one works for its thread and for the event loop, in
    turns."""
    thread = Thread(lambda: _connected(path, shared), 64)
    await thread
    return thread


def _connected(path: Path, shared: bool = False) -> sqlite3.Connection:
    return sqlite3.connect(
        path, PATIENCE_MS / 1000, isolation_level=None, cached_statements=512, check_same_thread=not shared
    )


def _read(conn: sqlite3.Connection, work: Callable[[Tx], T]) -> T:
    conn.execute("BEGIN")
    try:
        return attempt(work, SqliteTx(conn))
    finally:
        if conn.in_transaction:
            conn.execute("ROLLBACK")


def _found(conn: sqlite3.Connection, work: Callable[[Tx], T]) -> T:
    return attempt(work, SqliteTx(conn))


def _be_writer(conn: sqlite3.Connection, path: Path, migrations: Path, now: int) -> None:
    try:
        if conn.execute("PRAGMA journal_mode = WAL").fetchone() != ("wal",):
            raise CannotOpen(f"The file system of {path} can't share memory between connections. Use a local disk.")
        _set(conn, "wal_autocheckpoint = 0", *DURABLE, "secure_delete = ON", *_MEMORY)
        _upgrade(conn, path, migrations, now)
        _set(conn, "foreign_keys = ON")
    except sqlite3.Error as error:
        raise CannotOpen(f"The database file {path} can't be opened: {named(error)}") from error
    except UnicodeDecodeError as error:  # Python can't read SQLite's own sentence, which quotes what is damaged
        raise CannotOpen(f"The database file {path} can't be opened: {DAMAGED}") from error


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
