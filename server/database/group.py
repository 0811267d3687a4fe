"""Group commit for SQLite: jobs that wait at the same time share one transaction and one flush to the disk."""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress

from server.database.door import Tx
from server.database.errors import StorageFailed
from server.database.sqlite_tx import SqliteTx, named
from server.database.work import attempt


class Job:
    """One caller's work, and the future that caller waits on. The future belongs to the caller's event loop."""

    def __init__(self, work: Callable[[Tx], object]) -> None:
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


def commit_together(conn: sqlite3.Connection, jobs: Sequence[Job]) -> int:
    """Run the jobs in one transaction, each undone alone when it raises; how many commits that took (0 or 1).

    Returns when it is durable. When SQLite itself ends the transaction, or refuses the commit, every job that had
    not failed by itself gets `StorageFailed`. No transaction is open afterwards, whatever happened.
    """
    try:
        kept = _run_together(conn, jobs) or _run_apart(conn, jobs)
        if any(kept):
            conn.execute("COMMIT")
        return int(any(kept))
    except Exception as error:  # whatever it was, everyone waiting must hear of it
        _fail(jobs, error)
        return 0
    finally:
        if conn.in_transaction:
            with suppress(sqlite3.Error):  # everyone was told; the next BEGIN will fail and say so
                conn.execute("ROLLBACK")


def deliver(jobs: Sequence[Job]) -> None:
    """Tell every caller; a caller whose event loop is gone is passed over."""
    for loop in {job.future.get_loop() for job in jobs}:
        mine = [job for job in jobs if job.future.get_loop() is loop]
        try:
            loop.call_soon_threadsafe(_tell, mine)
        except RuntimeError:
            continue


def _run_together(conn: sqlite3.Connection, jobs: Sequence[Job]) -> list[bool]:
    """Run the jobs in one open transaction, and which of them are to be kept; none when one failed after it had written
    something, and all of it was undone. A savepoint for each would cost a tenth of every push."""
    conn.execute("BEGIN IMMEDIATE")
    for job in jobs:
        before = conn.total_changes
        _run(conn, job)
        if job.error is not None and conn.total_changes != before and len(jobs) > 1:
            conn.execute("ROLLBACK")
            return []
    return [job.error is None for job in jobs]


def _run_apart(conn: sqlite3.Connection, jobs: Sequence[Job]) -> list[bool]:
    """Run them all again, so that those that fail are undone alone; which of them are to be kept."""
    conn.execute("BEGIN IMMEDIATE")
    for job in jobs:
        job.again()
        conn.execute("SAVEPOINT job")
        _run(conn, job)
        if job.error is not None:
            conn.execute("ROLLBACK TO job")
        conn.execute("RELEASE job")
    return [job.error is None for job in jobs]


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
