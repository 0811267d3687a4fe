"""The door's promises, on both engines."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from functools import partial

import pytest

from server.database import (
    ConstraintViolated,
    Database,
    DatabaseError,
    Row,
    StatementFailed,
    Tx,
    Value,
)

ADD = "INSERT INTO attempt (key, window_start, tries) VALUES (:key, :start, :tries)"
Keep = Callable[[Callable[[Tx], object]], Awaitable[object]]


def add(tx: Tx, key: str, start: int = 0, tries: int = 0) -> int:
    return tx.run(ADD, key=key, start=start, tries=tries)


def rows(*keys: str) -> list[dict[str, Value]]:
    return [{"key": key, "start": 0, "tries": 0} for key in keys]


async def keys(database: Database) -> list[Value]:
    return [row[0] for row in await database.read(lambda tx: tx.all("SELECT key FROM attempt ORDER BY key"))]


@pytest.fixture(params=["write", "jot"])
def keep(request: pytest.FixtureRequest, database: Database) -> Keep:
    """Both ways to write."""
    return database.jot if request.param == "jot" else database.write


async def test_what_was_written_is_there(database: Database, keep: Keep) -> None:
    changed = await keep(lambda tx: add(tx, "a", 1_790_000_000_000, 2))

    assert changed == 1
    assert await database.read(lambda tx: tx.one("SELECT * FROM attempt")) == ("a", 1_790_000_000_000, 2)


async def test_an_exception_undoes_all_of_the_work(database: Database, keep: Keep) -> None:
    def work(tx: Tx) -> None:
        add(tx, "a")
        add(tx, "b")
        raise LookupError("no")

    with pytest.raises(LookupError, match="no"):
        await keep(work)

    assert await keys(database) == []


async def test_a_failing_neighbour_fails_alone(database: Database, keep: Keep) -> None:
    def bad(tx: Tx) -> None:
        add(tx, "bad")
        add(tx, "bad")

    results = await asyncio.gather(
        keep(lambda tx: add(tx, "a")),
        keep(bad),
        keep(lambda tx: add(tx, "b")),
        return_exceptions=True,
    )

    assert [results[0], type(results[1]), results[2]] == [1, ConstraintViolated, 1]
    assert await keys(database) == ["a", "b"]


async def test_a_statement_that_failed_can_not_be_kept_quiet(database: Database, keep: Keep) -> None:
    def work(tx: Tx) -> str:
        add(tx, "a")
        try:
            add(tx, "a")
        except DatabaseError:
            return "never mind"
        return "?"

    with pytest.raises(ConstraintViolated):
        await keep(work)

    assert await keys(database) == []


async def test_nothing_runs_after_a_statement_that_failed(database: Database) -> None:
    def work(tx: Tx) -> None:
        with pytest.raises(StatementFailed):
            tx.run("SELECT nothing FROM nowhere")
        add(tx, "a")

    with pytest.raises(StatementFailed):
        await database.write(work)

    assert await keys(database) == []


async def test_work_that_stops_an_iteration_is_told_to_its_caller(database: Database) -> None:
    with pytest.raises(RuntimeError, match="StopIteration"):
        await database.write(lambda tx: next(iter(tx.all("SELECT key FROM attempt"))))


@pytest.mark.parametrize("count", [0, 1, 1000])
async def test_an_in_list_may_have_any_length(database: Database, count: int) -> None:
    numbered: list[dict[str, Value]] = [{"key": f"k{n:04}", "start": n, "tries": 0} for n in range(count + 1)]
    await database.write(lambda tx: tx.many(ADD, numbered))

    by_text = await database.read(
        lambda tx: tx.all(
            "SELECT key FROM attempt WHERE key {in:ids}", ids=[f"k{number:04}" for number in range(count)]
        )
    )
    by_number = await database.read(
        lambda tx: tx.one("SELECT count(*) FROM attempt WHERE window_start {in:starts}", starts=range(count))
    )

    assert (len(by_text), by_number) == (count, (count,))


async def test_what_is_not_in_a_list_can_be_asked_for(database: Database) -> None:
    await database.write(lambda tx: tx.many(ADD, rows("a", 'b"', "c,'")))

    found = await database.read(
        lambda tx: tx.all("SELECT key FROM attempt WHERE NOT (key {in:ids})", ids=['b"', "c,'"])
    )

    assert found == [("a",)]


@pytest.mark.parametrize("data", [b"", b"\x00\xff'\"\\%:x{y}", bytes(range(256)) * 5000])
async def test_bytes_come_back_as_they_went(keys_database: Database, data: bytes) -> None:
    await keys_database.write(lambda tx: tx.run("INSERT INTO secret (name, wrapped) VALUES ('x', :data)", data=data))

    assert await keys_database.read(lambda tx: tx.one("SELECT wrapped FROM secret")) == (data,)


@pytest.mark.parametrize("text", ["", "100% of :x", "it's {in:ids} \\ %s %(a)s", "ça va 🙂", "a" * 100_000])
async def test_text_comes_back_as_it_went(database: Database, text: str) -> None:
    await database.write(lambda tx: add(tx, text))

    assert await keys(database) == [text]


async def test_percent_signs_and_colons_in_literals_stay(database: Database) -> None:
    found = await database.read(
        lambda tx: tx.one("SELECT '100%', ':x', '{in:y}', 7 % 4, 'it''s' LIKE '%s', :a || '%'", a="b")
    )

    assert found == ("100%", ":x", "{in:y}", 3, True, "b%")


@pytest.mark.parametrize("zone", [None, "Europe/Rome"])
async def test_none_is_null(database: Database, zone: str | None) -> None:
    def work(tx: Tx) -> Row | None:
        tx.run("INSERT INTO practice (id, name, created_at) VALUES ('p', 'Practice', 1)")
        tx.run(
            "INSERT INTO client (id, practice_id, name_sealed, epoch, zone, created_at) "
            "VALUES ('c', 'p', :sealed, 'e', :z, 1)",
            sealed=b"",
            z=zone,
        )
        return tx.one("SELECT zone, coalesce(zone, 'none'), joined_at, seq FROM client")

    assert await database.write(work) == (zone, zone or "none", None, 0)


async def test_numbers_are_plain_numbers(database: Database) -> None:
    await database.write(lambda tx: add(tx, "a", 2**62, True))
    await database.write(lambda tx: add(tx, "b", -5, False))

    found = await database.read(
        lambda tx: tx.one("SELECT sum(window_start), sum(tries), 0.5 + max(tries) FROM attempt")
    )

    assert found == (2**62 - 5, 1, 1.5)
    assert [type(value) for value in found or ()] == [int, int, float]


async def test_sums_of_parameters_do_not_overflow(database: Database) -> None:
    await database.write(lambda tx: add(tx, "a", 0, 1))

    found = await database.write(
        lambda tx: tx.one("UPDATE attempt SET window_start = :a * :b RETURNING window_start", a=30_000, b=86_400_000)
    )

    assert found == (2_592_000_000_000,)


async def test_many_with_no_rows_does_nothing(database: Database) -> None:
    await database.write(lambda tx: tx.many(ADD, []))

    assert await keys(database) == []


async def test_a_bad_row_among_many_undoes_them_all(database: Database) -> None:
    with pytest.raises(ConstraintViolated):
        await database.write(lambda tx: tx.many(ADD, rows("a", "b", "a")))

    assert await keys(database) == []


async def test_run_counts_the_rows_it_changed(database: Database) -> None:
    await database.write(lambda tx: tx.many(ADD, rows(*"abc")))

    changed = await database.write(lambda tx: tx.run("UPDATE attempt SET tries = 9 WHERE key <> :key", key="a"))
    nothing = await database.write(lambda tx: tx.run("DELETE FROM attempt WHERE key = 'z'"))

    assert (changed, nothing) == (2, 0)


async def test_a_read_can_not_write(database: Database) -> None:
    with pytest.raises(StatementFailed):
        await database.read(lambda tx: add(tx, "a"))

    assert await keys(database) == []


async def test_a_read_sees_one_moment(database: Database) -> None:
    await database.write(lambda tx: add(tx, "a"))
    loop = asyncio.get_running_loop()

    def work(tx: Tx) -> tuple[list[Row], list[Row]]:
        before = tx.all("SELECT key FROM attempt")
        asyncio.run_coroutine_threadsafe(database.write(lambda tx: add(tx, "b")), loop).result(10)
        return before, tx.all("SELECT key FROM attempt")

    before, after = await database.read(work)

    assert before == after == [("a",)]


async def test_fifty_writers_at_once_all_get_through(database: Database, keep: Keep) -> None:
    await keep(lambda tx: add(tx, "counter"))

    await asyncio.gather(
        *(keep(lambda tx: tx.run("UPDATE attempt SET tries = tries + 1 WHERE key = 'counter'")) for _ in range(50))
    )

    assert await database.read(lambda tx: tx.one("SELECT tries FROM attempt")) == (50,)


async def test_a_cancelled_caller_leaves_nothing_half_done(database: Database) -> None:
    chance = random.Random(7)

    def work(number: int, tx: Tx) -> None:
        add(tx, f"{number}a")
        tx.all("SELECT count(*) FROM attempt")
        add(tx, f"{number}b")

    async def cancelled(number: int) -> None:
        task = asyncio.create_task(database.write(lambda tx: work(number, tx)))
        neighbour = asyncio.create_task(database.write(lambda tx: add(tx, f"{number}c")))
        await asyncio.wait({task}, timeout=chance.uniform(0, 0.003))
        task.cancel()
        await asyncio.wait({task})
        assert await neighbour == 1

    await asyncio.gather(*(cancelled(number) for number in range(100)))
    for number in range(100, 200):
        await cancelled(number)

    found = set(map(str, await keys(database)))
    assert {key[:-1] for key in found if key.endswith("a")} == {key[:-1] for key in found if key.endswith("b")}
    assert sum(key.endswith("c") for key in found) == 200


async def test_a_write_that_was_cancelled_before_it_began_is_not_done(database: Database) -> None:
    task = asyncio.create_task(database.write(lambda tx: add(tx, "a")))
    task.cancel()
    await asyncio.wait({task})

    await database.write(lambda tx: add(tx, "b"))

    assert await keys(database) == ["b"]


async def test_foreign_keys_hold(database: Database) -> None:
    with pytest.raises(ConstraintViolated):
        await database.write(
            lambda tx: tx.run(
                "INSERT INTO account (id, practice_id, role, name, display_name, created_at) "
                "VALUES ('t', 'nowhere', 'therapist', 'teresa', 'Teresa', 1)"
            )
        )


async def test_no_error_tells_a_value_of_a_row(database: Database) -> None:
    secret = "what Anna wrote"
    await database.write(lambda tx: add(tx, secret))

    with pytest.raises(ConstraintViolated) as refused:
        await database.write(lambda tx: add(tx, secret))

    told = refused.value
    assert secret not in f"{told} {told.__cause__} {told.__context__}"


async def test_after_closing_a_write_is_refused_in_a_sentence(database: Database) -> None:
    await database.close()

    with pytest.raises(DatabaseError, match="The server is stopping"):
        await database.write(lambda tx: add(tx, "a"))


async def test_closing_finishes_what_was_asked_for(database: Database) -> None:
    def write(key: str) -> asyncio.Task[int]:
        return asyncio.create_task(database.write(lambda tx: add(tx, key)))

    writes = [write(str(number)) for number in range(20)]
    await asyncio.sleep(0)  # lets the tasks ask

    await database.close()

    assert [write.result() for write in writes if write.done()] == [1] * 20


async def test_one_row_is_found_by_a_single_statement(database: Database) -> None:
    await database.write(lambda tx: add(tx, "a", 1_790_000_000_000, 2))
    sql = "SELECT * FROM attempt WHERE key = :key"

    assert await database.find(sql, key="a") == ("a", 1_790_000_000_000, 2)
    assert await database.find(sql, key="b") is None


async def test_what_is_found_again_and_again_is_as_it_is_now(database: Database) -> None:
    seen: list[Row | None] = []

    for key in "abcde":
        await database.write(partial(add, key=key))
        seen.append(await database.find("SELECT count(*) FROM attempt"))

    assert seen == [(1,), (2,), (3,), (4,), (5,)]


async def test_a_search_that_fails_says_so_and_the_next_one_goes_on(database: Database) -> None:
    with pytest.raises(StatementFailed):
        await database.find("SELECT nothing FROM nowhere")

    assert await database.find("SELECT count(*) FROM attempt") == (0,)
