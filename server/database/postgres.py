"""PostgreSQL behind the door: a pool of connections, each used by one thread at a time. Any number of nodes."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, LiteralString, TypeVar

import psycopg
from psycopg import errors
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg_pool import ConnectionPool, PoolTimeout

from server.database.door import Param, Row, Tx
from server.database.errors import CannotOpen, StorageFailed
from server.database.migrations import migrate
from server.database.postgres_tx import Connection, ConnectionLost, Contended, PostgresTx, named, settle
from server.database.work import attempt

T = TypeVar("T")

READERS: Final = 2
"""Threads that read. More of them wait for each other inside Python: eight took half as long again for each pull, and
answered fewer."""
WRITERS: Final = 6
"""Threads that write, which wait for the disk meanwhile."""
CONNECTIONS: Final = READERS + WRITERS
TRIES: Final = 3
PATIENCE: Final = 10.0
"""Seconds to wait for PostgreSQL, at the start and for a connection."""

_READ: Final = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_WRITE: Final = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
_MIGRATING: Final = 0x6D69647765656B
"""The advisory lock of whoever runs migrations ("midweek")."""
_KNOBS: Final[dict[str, Any]] = {"autocommit": True, "connect_timeout": int(PATIENCE)}
_REASONS: Final = (
    ("starting up", "it is still starting", True),
    ("Connection refused", "nothing answers at this address", True),
    ("No such file", "nothing answers at this address", True),
    ("password authentication", "it refuses the name or the password", False),
    ("does not exist", "it has no such database or user", False),
    ("timeout", f"it did not answer within {int(PATIENCE)} seconds", False),
    ("resolve", "its host is not known", False),
)


class Postgres:
    """A `Database` on PostgreSQL.

    A write is tried up to three times when others changed the same rows (serialization failure, deadlock) or the
    connection broke before the commit, so `work` must be repeatable: values in, statements out, nothing outside.
    """

    engine = "postgresql"

    def __init__(self, pool: ConnectionPool[Connection]) -> None:
        self._pool = pool
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="midweek-reading")
        self._writers = ThreadPoolExecutor(WRITERS, thread_name_prefix="midweek-writing")
        self._closing = False
        self.commits = 0
        """See `Database.commits`; writes whose outcome is not known count too."""

    async def write(self, work: Callable[[Tx], T]) -> T:
        """See `Database.write`."""
        self.commits += 1
        return await self._run(self._writers, lambda: self._patiently(_WRITE, work))

    async def jot(self, work: Callable[[Tx], T]) -> T:
        """See `Database.jot`: the server is elsewhere, so it is a write like any other."""
        return await self.write(work)

    async def read(self, work: Callable[[Tx], T]) -> T:
        """See `Database.read`."""
        return await self._run(self._readers, lambda: self._patiently(_READ, work))

    async def glance(self, work: Callable[[Tx], T]) -> T:
        """See `Database.glance`: the server is elsewhere, so it is a read like any other."""
        return await self.read(work)

    async def find(self, sql: str, **params: Param) -> Row | None:
        """See `Database.find`: one round trip instead of three."""
        return await self._run(self._readers, lambda: self._patiently(None, lambda tx: tx.one(sql, **params)))

    async def close(self) -> None:
        """See `Database.close`."""
        self._closing = True
        for threads in (self._readers, self._writers):
            await asyncio.to_thread(threads.shutdown)
        await asyncio.to_thread(self._pool.close)

    async def _run(self, threads: ThreadPoolExecutor, transact: Callable[[], T]) -> T:
        if self._closing:
            raise StorageFailed("The server is stopping, so this was not saved. Send it again in a moment.")
        return await asyncio.get_running_loop().run_in_executor(threads, transact)

    def _patiently(self, begin: LiteralString | None, work: Callable[[Tx], T]) -> T:
        for _ in range(TRIES - 1):
            try:
                return self._once(begin, work)
            except Contended:
                continue
            except ConnectionLost:
                self._pool.check()
        return self._once(begin, work)

    def _once(self, begin: LiteralString | None, work: Callable[[Tx], T]) -> T:
        try:
            conn = self._pool.getconn()
        except PoolTimeout:
            conn = None
        if conn is None:
            raise StorageFailed("PostgreSQL is not answering. Nothing of this was saved; try again in a moment.")
        try:
            return transact(conn, begin, work)
        finally:
            self._pool.putconn(conn)


async def open_postgres(url: str, migrations: Path, now: int) -> Postgres:
    """The database at `url`, with its tables up to date; nodes that start at once take turns.

    `CannotOpen`, in a sentence without the address, when PostgreSQL can't be reached or the database is newer.
    """
    await asyncio.to_thread(_upgrade, url, migrations, now)
    pool = ConnectionPool(
        url,
        connection_class=Connection,
        kwargs=_KNOBS,
        min_size=1,
        max_size=CONNECTIONS,
        timeout=PATIENCE,
        configure=settle,
        open=False,
    )
    pool.open()
    return Postgres(pool)


def transact(conn: Connection, begin: LiteralString | None, work: Callable[[Tx], T]) -> T:
    """Run `work` in one transaction and answer after the commit; none is open afterwards. Without a `begin` the
    work is a single statement, which is one by itself."""
    tx = PostgresTx(conn)
    try:
        if begin is None:
            return attempt(work, tx)
        _say(conn, begin)
        answer = attempt(work, tx)
        _say(conn, "COMMIT")
        return answer
    except Exception:
        if isinstance(tx.failure, Contended | ConnectionLost):
            raise tx.failure from None  # whatever work made of it: it can be tried again
        raise
    finally:
        _undo(conn)


def _say(conn: Connection, command: LiteralString) -> None:
    result = conn.pgconn.exec_(command.encode())  # a cursor for it would take four times as long
    if result.status == ExecStatus.COMMAND_OK:
        return
    failure = named(errors.error_from_result(result), conn.broken)
    if command == "COMMIT" and isinstance(failure, ConnectionLost):
        failure = StorageFailed("PostgreSQL went away during the commit: this may be saved or not. Send it again.")
    raise failure


def _undo(conn: Connection) -> None:
    if not conn.broken and conn.info.transaction_status != TransactionStatus.IDLE:
        with suppress(psycopg.Error):  # then it is broken, and the pool throws it away
            conn.rollback()


def _upgrade(url: str, migrations: Path, now: int) -> None:
    with _connect(url) as conn:
        settle(conn)
        _say(conn, "SET lock_timeout = '60s'")

        def here(work: Callable[[Tx], T]) -> T:
            return transact(conn, _WRITE, work)

        here(lambda tx: tx.run("SELECT pg_advisory_lock(:key)", key=_MIGRATING))
        migrate(migrations, here, now)


def _connect(url: str) -> Connection:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return Connection.connect(url, **_KNOBS)
        except psycopg.Error as error:
            said = str(error)  # may quote the address and what is in it
        reason, may_pass = _reason(said)
        if not may_pass or time.monotonic() > deadline:
            raise CannotOpen(
                f"PostgreSQL can't be reached: {reason}. Nothing was changed. "
                "Check that it runs, and the address in the settings."
            )
        time.sleep(0.2)


def _reason(said: str) -> tuple[str, bool]:
    """What is wrong, and whether it may pass by itself (a database that starts together with us)."""
    for phrase, reason, may_pass in _REASONS:
        if phrase in said:
            return reason, may_pass
    return "the address, the name or the password is wrong", False
