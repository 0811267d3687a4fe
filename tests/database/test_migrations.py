"""Migrations: forward only, whole or not at all, and never over a database they don't know."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from server.database import KEY_MIGRATIONS, MIGRATIONS, CannotOpen, Value, open_database
from server.database.files import forget_upgrade_copies
from server.database.migrations import load

ONE = "CREATE TABLE one (x TEXT PRIMARY KEY NOT NULL, y {bytes});\nINSERT INTO one (x) VALUES ('a;b');\n"
TWO = "CREATE TABLE two (x TEXT REFERENCES one (x));"
WEEK = 7 * 86_400_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Migrations with one step."""
    made = tmp_path / "steps"
    made.mkdir()
    (made / "0001_one.sql").write_text(ONE)
    return made


async def rows(address: str, folder: Path, sql: str) -> list[tuple[Value, ...]]:
    """What a query answers after the database was opened, and closed again."""
    database = await open_database(address, migrations=folder)
    try:
        return await database.read(lambda tx: tx.all(sql))
    finally:
        await database.close()


async def test_a_new_database_gets_every_step_once(address: str, folder: Path) -> None:
    await rows(address, folder, "SELECT 1")

    assert await rows(address, folder, "SELECT x FROM one") == [("a;b",)]
    assert await rows(address, folder, "SELECT number, name FROM migration") == [(1, "one")]


async def test_a_later_step_keeps_the_rows(address: str, folder: Path) -> None:
    await rows(address, folder, "SELECT 1")
    (folder / "0002_two.sql").write_text(TWO)

    assert await rows(address, folder, "SELECT one.x, two.x FROM one LEFT JOIN two ON true") == [("a;b", None)]


async def test_a_newer_database_is_refused(address: str, folder: Path) -> None:
    (folder / "0002_two.sql").write_text(TWO)
    await rows(address, folder, "SELECT 1")
    (folder / "0002_two.sql").unlink()

    with pytest.raises(CannotOpen, match=r"made by a newer Midweek \(step 2; this one knows 1\)"):
        await open_database(address, migrations=folder)


async def test_a_changed_step_is_refused(address: str, folder: Path) -> None:
    await rows(address, folder, "SELECT 1")
    (folder / "0001_one.sql").write_text(f"{ONE} -- a comment")

    with pytest.raises(CannotOpen, match="0001_one is not the file this database was made with"):
        await open_database(address, migrations=folder)


async def test_the_data_and_the_keys_are_not_mistaken_for_each_other(address: str) -> None:
    await rows(address, MIGRATIONS, "SELECT 1")

    with pytest.raises(CannotOpen, match="is not the file this database was made with"):
        await open_database(address, migrations=KEY_MIGRATIONS)


async def test_a_step_that_fails_leaves_nothing(address: str, folder: Path) -> None:
    await rows(address, folder, "SELECT 1")
    (folder / "0002_two.sql").write_text(f"{TWO} INSERT INTO one (x) VALUES ('b'); INSERT INTO nowhere VALUES (1);")

    with pytest.raises(CannotOpen, match="Migration 0002_two failed"):
        await open_database(address, migrations=folder)

    (folder / "0002_two.sql").write_text(TWO)
    assert await rows(address, folder, "SELECT x FROM one") == [("a;b",)]
    assert await rows(address, folder, "SELECT x FROM two") == []


@pytest.mark.parametrize("name", ["0003_gap.sql", "0001_twice.sql", "2_short.sql", "two.sql"])
async def test_steps_must_be_numbered_without_a_gap(address: str, folder: Path, name: str) -> None:
    (folder / name).write_text(TWO)

    with pytest.raises(CannotOpen, match=r"without a gap|is not named like"):
        await open_database(address, migrations=folder)


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_a_table_can_be_rebuilt_under_its_references(address: str, folder: Path) -> None:
    (folder / "0002_two.sql").write_text(f"{TWO} INSERT INTO two VALUES ('a;b');")
    (folder / "0003_rebuild.sql").write_text(
        "CREATE TABLE new_one (x TEXT PRIMARY KEY NOT NULL, z TEXT); INSERT INTO new_one (x) SELECT x FROM one;"
        "DROP TABLE one; ALTER TABLE new_one RENAME TO one;"
    )

    assert await rows(address, folder, "SELECT one.x, z FROM two JOIN one ON one.x = two.x") == [("a;b", None)]


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_a_step_that_breaks_a_reference_is_undone(address: str, folder: Path) -> None:
    (folder / "0002_two.sql").write_text(f"{TWO} INSERT INTO two VALUES ('nowhere');")

    with pytest.raises(CannotOpen, match="Rows of two would point at rows of one"):
        await open_database(address, migrations=folder)


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_before_an_upgrade_a_copy_is_made(address: str, folder: Path) -> None:
    await rows(address, folder, "SELECT 1")
    (folder / "0002_two.sql").write_text("DELETE FROM one;")
    (folder / "0003_three.sql").write_text(TWO)

    assert await rows(address, folder, "SELECT x FROM one") == []

    copies = list(Path(address).parent.glob("*.before-*"))
    assert [copy.name for copy in copies] == ["main.db.before-0002"]
    assert copies[0].stat().st_mode & 0o777 == 0o600
    assert await rows(str(copies[0]), _only_first(folder), "SELECT x FROM one") == [("a;b",)]


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_a_copy_is_forgotten_after_a_week(address: str, folder: Path) -> None:
    await rows(address, folder, "SELECT 1")
    (folder / "0002_two.sql").write_text(TWO)
    await rows(address, folder, "SELECT 1")
    copy = Path(f"{address}.before-0002")
    made = _changed(copy)

    assert forget_upgrade_copies(Path(address), made + WEEK) == []
    assert forget_upgrade_copies(Path(address), made + WEEK + 1000) == [copy]


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_what_is_no_database_is_refused_and_left_alone(address: str, folder: Path) -> None:
    letter = _letter(Path(address))

    with pytest.raises(CannotOpen, match="The file is not a database"):
        await open_database(address, migrations=folder)

    assert letter() == "a letter"


@pytest.mark.parametrize("engine", ["postgresql"])
async def test_nodes_that_start_at_once_take_turns(address: str) -> None:
    nodes = await asyncio.gather(*(open_database(address) for _ in range(4)))

    steps = await nodes[0].read(lambda tx: tx.all("SELECT number FROM migration ORDER BY number"))
    assert steps == [(step.number,) for step in load(MIGRATIONS)]
    for node in nodes:
        await node.close()


def _only_first(folder: Path) -> Path:
    first = folder / "first"
    first.mkdir()
    (first / "0001_one.sql").write_text(ONE)
    return first


def _changed(file: Path) -> int:
    return int(file.stat().st_mtime * 1000)


def _letter(file: Path) -> Callable[[], str]:
    """A file that is no database, and a way to read it."""
    file.parent.mkdir()
    file.write_text("a letter")
    return file.read_text


async def test_records_move_into_rows_whole(address: str, tmp_path: Path) -> None:
    before = tmp_path / "before"
    before.mkdir()
    for step in load(MIGRATIONS)[:11]:
        (before / f"{step.label}.sql").write_text(step.script)
    record: dict[str, Value] = {
        "client_id": "c", "id": "a", "kind": "checkin", "schema": 2, "audience": "therapist", "author": "client",
        "epoch": "e1", "seq": 7, "deleted": 1, "felt_at": 8, "zone": "Europe/Rome", "day": "2026-11-22", "saved_at": 9,
        "op_id": "o", "body": b"sealed", "conflict_of": "b", "mac": b"digest",
    }  # fmt: skip
    names = ", ".join(record)
    old = await open_database(address, migrations=before)
    await old.write(
        lambda tx: tx.many(
            f"INSERT INTO record ({names}) VALUES ({', '.join(f':{name}' for name in record)})", [record]
        )
    )
    await old.close()

    assert await rows(address, MIGRATIONS, f"SELECT {names} FROM record") == [tuple(record.values())]
