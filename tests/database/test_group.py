"""Group commit on a bare SQLite connection: who is told what."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from server.database import ConstraintViolated, StorageFailed, Tx
from server.database.group import Job, Together, commit_together, deliver


@pytest.fixture
def conn(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a small database with one table."""
    conn = sqlite3.connect(tmp_path / "small.db", isolation_level=None)
    conn.execute("PRAGMA journal_mode = WAL")
    conn.execute("CREATE TABLE note (id TEXT PRIMARY KEY, text TEXT)")
    conn.execute("CREATE TABLE line (note TEXT REFERENCES note (id) DEFERRABLE INITIALLY DEFERRED)")
    conn.execute("PRAGMA foreign_keys = ON")
    yield conn
    conn.close()


def add(note: str, text: str = "") -> Callable[[Tx], object]:
    return lambda tx: tx.run("INSERT INTO note (id, text) VALUES (:note, :text)", note=note, text=text)


def notes(conn: sqlite3.Connection) -> list[str]:
    return [str(row[0]) for row in conn.execute("SELECT id FROM note ORDER BY id")]


async def test_the_jobs_of_a_group_take_one_commit(conn: sqlite3.Connection) -> None:
    jobs = [Job(add("a")), Job(add("b"))]

    assert commit_together(conn, jobs) == 1
    assert notes(conn) == ["a", "b"]


async def test_a_job_that_raises_is_undone_alone(conn: sqlite3.Connection) -> None:
    def half(tx: Tx) -> None:
        add("half")(tx)
        raise LookupError

    jobs = [Job(add("a")), Job(half), Job(add("a")), Job(add("b"))]

    assert commit_together(conn, jobs) == 1
    assert [type(job.error) for job in jobs] == [type(None), LookupError, ConstraintViolated, type(None)]
    assert notes(conn) == ["a", "b"]


@pytest.mark.parametrize(("wrote", "runs"), [(False, 1), (True, 2)])
async def test_a_group_runs_again_only_when_there_is_something_to_undo(
    conn: sqlite3.Connection, wrote: bool, runs: int
) -> None:
    ran: list[str] = []

    def good(tx: Tx) -> None:
        ran.append("good")
        add("a")(tx)

    def refused(tx: Tx) -> None:
        if wrote:
            add("half")(tx)
        raise LookupError

    jobs = [Job(good), Job(refused)]

    assert commit_together(conn, jobs) == 1
    assert ran == ["good"] * runs
    assert notes(conn) == ["a"]


@pytest.mark.parametrize("count", [1, 3])
async def test_a_group_that_fails_whole_takes_no_commit(conn: sqlite3.Connection, count: int) -> None:
    jobs = [Job(lambda tx: tx.run("nonsense")) for _ in range(count)]

    assert commit_together(conn, jobs) == 0
    assert not conn.in_transaction


async def test_when_the_database_is_full_everyone_is_told(conn: sqlite3.Connection) -> None:
    pages: int = conn.execute("PRAGMA page_count").fetchone()[0]
    conn.execute(f"PRAGMA max_page_count = {pages + 2}")
    jobs = [Job(add("a")), Job(add("large", "x" * 100_000)), Job(add("b"))]

    assert commit_together(conn, jobs) == 0

    assert [type(job.error) for job in jobs] == [StorageFailed] * 3
    assert "The disk or the database is full" in str(jobs[1].error)
    assert notes(conn) == []


async def test_after_a_full_database_the_next_group_gets_through(conn: sqlite3.Connection) -> None:
    pages: int = conn.execute("PRAGMA page_count").fetchone()[0]
    conn.execute(f"PRAGMA max_page_count = {pages + 2}")
    commit_together(conn, [Job(add("a")), Job(add("large", "x" * 100_000))])

    assert commit_together(conn, [Job(add("small"))]) == 1
    assert notes(conn) == ["small"]


async def test_when_the_commit_is_refused_everyone_is_told(conn: sqlite3.Connection) -> None:
    orphan = Job(lambda tx: tx.run("INSERT INTO line (note) VALUES ('nowhere')"))
    jobs = [Job(add("a")), orphan, Job(add("b"))]

    assert commit_together(conn, jobs) == 0

    assert [type(job.error) for job in jobs] == [StorageFailed] * 3
    assert not conn.in_transaction
    assert notes(conn) == []


async def test_when_another_program_holds_the_file_everyone_is_told(conn: sqlite3.Connection, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "small.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    jobs = [Job(add("a")), Job(add("b"))]

    commit_together(conn, jobs, patience_ms=1)
    other.close()

    assert [type(job.error) for job in jobs] == [StorageFailed] * 2
    assert "Another program holds the database file" in str(jobs[0].error)


async def test_a_group_that_is_given_up_in_the_middle_leaves_nothing(conn: sqlite3.Connection) -> None:
    together = Together(conn, [Job(add("a")), Job(add("b"))])
    assert together.begin()
    next(together.run())

    together.undo()

    assert (notes(conn), conn.in_transaction) == ([], False)
    assert commit_together(conn, [Job(add("c"))]) == 1


async def test_each_caller_gets_an_answer_of_its_own(conn: sqlite3.Connection) -> None:
    jobs = [Job(add("a")), Job(add("a")), Job(lambda tx: tx.one("SELECT id FROM note"))]
    commit_together(conn, jobs)

    deliver(jobs)

    told = await asyncio.gather(*(job.future for job in jobs), return_exceptions=True)
    assert [told[0], type(told[1]), told[2]] == [1, ConstraintViolated, ("a",)]


def test_a_caller_whose_loop_is_gone_holds_nobody_up(conn: sqlite3.Connection) -> None:
    async def ask(note: str) -> Job:
        return Job(add(note))

    gone = asyncio.run(ask("a"))

    async def another() -> object:
        job = Job(add("b"))
        commit_together(conn, [gone, job])
        deliver([gone, job])
        return await job.future

    assert asyncio.run(another()) == 1
