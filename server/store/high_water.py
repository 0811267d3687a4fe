"""The high-water mark: a number that only rises, in the database and, after it, in the ledger apart from it.

A database that says less than the ledger was put back: by a restore, by a file copied in its place, or because its disk
lost what it had promised to keep.
"""

from typing import Final

from server.database import Database, Tx
from server.store.values import as_int

JOURNAL: Final = "journal"


class HighWater:
    """The mark of `db`, as it and the ledger know it."""

    def __init__(self, db: Database, keys_database: Database) -> None:
        self._db, self._ledger = db, keys_database

    async def rise(self) -> None:
        """Raise the mark by one: whatever was written before is known to be there."""
        mark = await self._db.write(_rise)
        await self._ledger.write(lambda tx: reach(tx, mark))

    async def missed(self) -> int | None:
        """The mark the database should have reached, when it says less; else None."""
        known = await self._ledger.read(_mark)
        return known if await self._db.read(_mark) < known else None


async def expect_more(keys_database: Database) -> None:
    """Raise the mark in the ledger alone, as before a restore: the database is found to be put back when opened."""
    await keys_database.write(lambda tx: reach(tx, _mark(tx) + 1))


def reach(tx: Tx, mark: int) -> bool:
    """Bring a database to the mark; False when it was there already."""
    tx.run("INSERT INTO high_water (name, mark) VALUES (:name, -1) ON CONFLICT (name) DO NOTHING", name=JOURNAL)
    return tx.run("UPDATE high_water SET mark = :mark WHERE name = :name AND mark < :mark", mark=mark, name=JOURNAL) > 0


def _rise(tx: Tx) -> int:
    tx.run("INSERT INTO high_water (name, mark) VALUES (:name, 0) ON CONFLICT (name) DO NOTHING", name=JOURNAL)
    row = tx.one("UPDATE high_water SET mark = mark + 1 WHERE name = :name RETURNING mark", name=JOURNAL)
    assert row is not None
    return as_int(row[0])


def _mark(tx: Tx) -> int:
    row = tx.one("SELECT mark FROM high_water WHERE name = :name", name=JOURNAL)
    return 0 if row is None else as_int(row[0])
