"""What only PostgreSQL has to promise: several nodes, tries, lost connections, no values in errors."""

import asyncio
import threading
from collections.abc import Callable

import psycopg
import pytest

from server.database import MIGRATIONS, CannotOpen, Database, StatementFailed, StorageFailed, Tx, open_database
from server.database.postgres import CONNECTIONS, READERS, WRITERS

ADD = "INSERT INTO attempt (key, window_start, tries) VALUES (:key, 0, 0)"

pytestmark = pytest.mark.parametrize("engine", ["postgresql"])


def add(key: str) -> Callable[[Tx], int]:
    return lambda tx: tx.run(ADD, key=key)


async def counted(database: Database) -> list[tuple[object, ...]]:
    return [tuple(row) for row in await database.read(lambda tx: tx.all("SELECT key, tries FROM attempt ORDER BY key"))]


async def test_two_that_wait_for_each_other_are_tried_again(database: Database) -> None:
    await database.write(lambda tx: tx.many(ADD, [{"key": "a"}, {"key": "b"}]))
    both_hold_one = threading.Barrier(2)
    tried: set[str] = set()

    def in_order(first: str, second: str, tx: Tx) -> None:
        tx.run("UPDATE attempt SET tries = tries + 1 WHERE key = :key", key=first)
        if first not in tried:
            tried.add(first)
            both_hold_one.wait(5)
        tx.run("UPDATE attempt SET tries = tries + 1 WHERE key = :key", key=second)

    await asyncio.gather(
        database.write(lambda tx: in_order("a", "b", tx)), database.write(lambda tx: in_order("b", "a", tx))
    )

    assert await counted(database) == [("a", 2), ("b", 2)]


async def test_a_write_that_never_gets_through_is_told_so_after_three_tries(database: Database) -> None:
    tries = 0

    def work(tx: Tx) -> None:
        nonlocal tries
        tries += 1
        tx.run("DO 'BEGIN RAISE SQLSTATE ''40001''; END'")

    with pytest.raises(StorageFailed, match="Others are changing the same rows"):
        await database.write(work)

    assert tries == 3


async def test_a_failure_that_may_pass_is_tried_again_whatever_work_made_of_it(database: Database) -> None:
    tries = 0

    def work(tx: Tx) -> int:
        nonlocal tries
        tries += 1
        try:
            tx.run("DO 'BEGIN RAISE SQLSTATE ''40P01''; END'") if tries == 1 else None
        except StorageFailed as error:
            raise LookupError from error
        return tx.run(ADD, key="a")

    assert await database.write(work) == 1


async def test_connections_the_server_dropped_are_replaced(database: Database) -> None:
    all_have_one = threading.Barrier(CONNECTIONS)
    ways = [*[database.write] * WRITERS, *[database.read] * READERS]
    await asyncio.gather(*(way(lambda _: all_have_one.wait(5)) for way in ways))
    await database.write(
        lambda tx: tx.all(
            "SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    )

    assert await database.write(add("a")) == 1


async def test_a_connection_lost_in_the_middle_is_tried_again(database: Database) -> None:
    tries = 0

    def work(tx: Tx) -> int:
        nonlocal tries
        tries += 1
        tx.run(ADD, key="a")
        if tries == 1:
            tx.run("SELECT pg_terminate_backend(pg_backend_pid())")
        return tries

    assert await database.write(work) == 2
    assert await counted(database) == [("a", 0)]


async def test_no_connection_is_left_in_a_transaction(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    def work(tx: Tx) -> None:
        tx.run(ADD, key="a")
        raise LookupError

    await asyncio.gather(*(database.write(work) for _ in range(20)), return_exceptions=True)

    left = await database.read(
        lambda tx: tx.one(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'"
        )
    )
    assert left == (0,)
    assert caplog.record_tuples == []  # the pool warns of those it had to clean up


async def test_a_value_of_the_wrong_type_is_refused_without_telling_it(database: Database) -> None:
    with pytest.raises(StatementFailed) as refused:
        await database.read(lambda tx: tx.one("SELECT CAST(:text AS BIGINT)", text="what Anna wrote"))

    told = refused.value
    assert "Anna" not in f"{told} {told.__cause__} {told.__context__}"


async def test_wrong_sql_is_told_to_who_wrote_it(database: Database) -> None:
    with pytest.raises(StatementFailed, match='relation "nowhere" does not exist'):
        await database.read(lambda tx: tx.all("SELECT 1 FROM nowhere"))


async def test_claims_pass_over_rows_that_others_hold(database: Database) -> None:
    await database.write(lambda tx: tx.many(ADD, [{"key": "a"}, {"key": "b"}]))
    claim = "SELECT key FROM attempt ORDER BY key LIMIT 1 {skip_locked}"
    loop = asyncio.get_running_loop()

    def work(tx: Tx) -> tuple[object, object]:
        mine = tx.one(claim)
        other = asyncio.run_coroutine_threadsafe(database.write(lambda tx: tx.one(claim)), loop).result(10)
        return mine, other

    assert await database.write(work) == (("a",), ("b",))


async def test_a_server_that_is_not_there_is_told_without_the_password(engine: str) -> None:
    with pytest.raises(CannotOpen, match="its host is not known") as refused:
        await open_database("postgresql://midweek:secret@nowhere.invalid/midweek")

    assert "secret" not in f"{refused.value} {refused.value.__cause__} {refused.value.__context__}"


async def test_a_database_that_is_not_there_is_told(address: str) -> None:
    with pytest.raises(CannotOpen, match="it has no such database or user"):
        await open_database(address.replace("/test_", "/missing_"))


async def test_a_server_that_may_lose_commits_is_told_not_to(address: str) -> None:
    with psycopg.connect(address, autocommit=True) as conn:
        name = conn.execute("SELECT current_database()").fetchone()
        conn.execute(f"ALTER DATABASE {name[0] if name else ''} SET synchronous_commit = off".encode())
    database = await open_database(address, migrations=MIGRATIONS)

    assert await database.read(lambda tx: tx.one("SELECT current_setting('synchronous_commit')")) == ("on",)
    await database.close()
