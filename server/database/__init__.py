"""The database: one door, two engines. `open_database` is where to begin, `Tx` is what work is given."""

import time
from pathlib import Path

from server.database.door import Database, Param, Row, Tx, Value
from server.database.errors import (
    CannotOpen,
    ConstraintViolated,
    DatabaseError,
    StatementFailed,
    StorageFailed,
)
from server.database.files import forget_upgrade_copies
from server.database.migrations import KEY_MIGRATIONS, MIGRATIONS
from server.database.sqlite import open_sqlite

__all__ = [
    "KEY_MIGRATIONS",
    "MIGRATIONS",
    "CannotOpen",
    "ConstraintViolated",
    "Database",
    "DatabaseError",
    "Param",
    "Row",
    "StatementFailed",
    "StorageFailed",
    "Tx",
    "Value",
    "forget_upgrade_copies",
    "open_database",
]


async def open_database(url_or_path: str | Path, *, migrations: Path = MIGRATIONS, grouping: bool = True) -> Database:
    """The database at `postgresql://...` or in a file, with its tables up to date; close it when done.

    `grouping=False` gives every write on SQLite its own commit. `CannotOpen` says in a sentence what is wrong.
    """
    now = time.time_ns() // 1_000_000
    if "://" not in str(url_or_path):
        return await open_sqlite(Path(url_or_path), migrations, grouping, now)
    if not str(url_or_path).startswith(("postgresql://", "postgres://")):
        raise CannotOpen("The database is a file path, or an address that begins with postgresql://")
    from server.database.postgres import open_postgres  # noqa: PLC0415  # its driver is loaded only where it is used

    return await open_postgres(str(url_or_path), migrations, now)
