"""Group commit for SQLite: jobs that wait at the same time share one transaction and one flush to the disk."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Final

from server.database.door import Tx
from server.database.errors import StorageFailed
from server.database.sqlite_tx import SqliteTx, named
from server.database.work import attempt

PATIENCE_MS: Final = 5_000
"""How long to wait for another program that holds the file (a shell, a backup)."""


class Job:
    """One caller's work, and the future that caller waits on. The future belongs to the caller's event loop, where
    `brief` work may be done, too."""

    def __init__(self, work: Callable[[Tx], object], brief: bool = False) -> None:
        self.brief = brief
        self.future: asyncio.Future[object] = asyncio.get_running_loop().create_future()
        self.answer: object = None
        self.error: BaseException | None = None
        self._work = work

    @property
    def abandoned(self) -> bool:
        """Whether the caller went away before the job began."""
        return self.future.cancelled()

    def run(self, conn: sqlite3.Connection) -> None:
        """Do the work inside the open transaction; what it raises is kept, not raised."""
        try:
            self.answer = attempt(self._work, SqliteTx(conn))
        except BaseException as error:  # the thread serves everyone: not even SystemExit may end it
            self.error = error

    def again(self) -> None:
        """Forget what came of it: it is run once more."""
        self.answer = self.error = None

    def tell(self) -> None:
        """Tell the caller, on the caller's loop."""
        if self.future.done():
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.answer)


class Together:
    """Jobs in one transaction of a connection, each undone alone when it raises: `begin`, `run`, then `commit`. None of
    them raises what becomes of the jobs; after `commit` no transaction is open, whatever happened."""

    def __init__(self, conn: sqlite3.Connection, jobs: Sequence[Job]) -> None:
        self.conn, self.jobs = conn, jobs
        self._apart = False
        self._failure: Exception | None = None

    def begin(self, patience_ms: int = 0) -> bool:
        """Open the transaction. False when it can't be had within `patience_ms`: another program holds the file."""
        self._failure = None
        try:
            self.conn.execute(f"PRAGMA busy_timeout = {patience_ms}")
            self.conn.execute("BEGIN IMMEDIATE")
        except Exception as error:  # `commit` tells everyone
            self._failure = error
        return self._failure is None

    def run(self) -> Iterator[None]:
        """Run the jobs, all of them, with a pause after each in which something else may have its turn."""
        try:
            for job in self.jobs if self._failure is None else ():
                before = self.conn.total_changes
                _run(self.conn, job)
                if job.error is not None and self.conn.total_changes != before and len(self.jobs) > 1:
                    self._apart = True  # a savepoint for each would cost a tenth of every push
                    return
                yield
        except Exception as error:  # whatever it was, `commit` tells everyone
            self._failure = error

    def commit(self) -> int:
        """Make it durable; how many commits that took (0 or 1). When SQLite itself ends the transaction, or refuses the
        commit, every job that had not failed by itself gets `StorageFailed`."""
        try:
            if self._failure is not None:
                raise self._failure
            if self._apart:
                _run_apart(self.conn, self.jobs)
            kept = any(job.error is None for job in self.jobs)
            if kept:
                self.conn.execute("COMMIT")
            return int(kept)
        except Exception as error:  # whatever it was, everyone waiting must hear of it
            _fail(self.jobs, error)
            return 0
        finally:
            self.undo()

    def undo(self) -> None:
        """End the transaction if it is still open; nothing of it is kept."""
        if self.conn.in_transaction:
            with suppress(sqlite3.Error):  # everyone was told; the next BEGIN will fail and say so
                self.conn.execute("ROLLBACK")


def commit_together(conn: sqlite3.Connection, jobs: Sequence[Job], patience_ms: int = PATIENCE_MS) -> int:
    """All steps of `Together`, one after the other; how many commits that took (0 or 1)."""
    return finished(Together(conn, jobs), patience_ms)


def finished(together: Together, patience_ms: int = PATIENCE_MS) -> int:
    """The same of one that has not begun."""
    together.begin(patience_ms)
    for _ in together.run():
        pass
    return together.commit()


def deliver(jobs: Sequence[Job]) -> None:
    """Tell every caller; a caller whose event loop is gone is passed over."""
    for loop in {job.future.get_loop() for job in jobs}:
        mine = [job for job in jobs if job.future.get_loop() is loop]
        try:
            loop.call_soon_threadsafe(_tell, mine)
        except RuntimeError:
            continue


def _run_apart(conn: sqlite3.Connection, jobs: Sequence[Job]) -> None:
    """Undo what one of them wrote before it raised, and all the rest with it; run them once more, so that those that
    fail are undone alone."""
    conn.execute("ROLLBACK")
    conn.execute("BEGIN IMMEDIATE")
    for job in jobs:
        job.again()
        conn.execute("SAVEPOINT job")
        _run(conn, job)
        if job.error is not None:
            conn.execute("ROLLBACK TO job")
        conn.execute("RELEASE job")


def _run(conn: sqlite3.Connection, job: Job) -> None:
    job.run(conn)
    if not conn.in_transaction:
        raise job.error if isinstance(job.error, StorageFailed) else StorageFailed("SQLite ended the transaction.")


def _fail(jobs: Sequence[Job], error: Exception) -> None:
    reason = named(error) if isinstance(error, sqlite3.Error) else error
    for job in jobs:
        if job.error is None:
            job.error = StorageFailed(f"Nothing of this was saved; what was saved before is safe. ({reason})")
            job.error.__cause__ = error


def _tell(jobs: Sequence[Job]) -> None:
    for job in jobs:
        job.tell()
