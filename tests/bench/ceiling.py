"""What the disk and SQLite could do at best: plain `executemany` of the same record rows and their index."""

import os
import sqlite3
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from server.database.sql import statements, translate
from tests.bench.people import uuid7

MIGRATION = Path(__file__).parents[2] / "server" / "database" / "migrations" / "0012_records_in_rows.sql"
SEALED_BYTES = 330
INSERT = (
    "INSERT INTO record (client_id, id, kind, schema, audience, author, epoch, seq, deleted, felt_at, zone, day, "
    "saved_at, op_id, body, conflict_of, mac) VALUES (?, ?, 'checkin', 1, 'therapist', 'client', 'e1e1e1e1', ?, 0, ?, "
    "'Europe/Rome', '2026-11-22', ?, ?, ?, NULL, ?)"
)


class Ceiling:
    """Transactions of the same rows, WAL and synchronous=FULL, one connection, 16 clients, nothing else."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._clients = [uuid7() for _ in range(16)]
        self._made = 0

    def rows_per_second(self, batch: int, seconds: float) -> float:
        """Rows a second in transactions of `batch` rows; making the rows is not counted."""
        made, spent = 0, 0.0
        while spent < seconds:
            rows = [_row(self._clients[self._made // batch % 16], self._made + number) for number in range(batch)]
            start = time.perf_counter()
            self._db.execute("BEGIN IMMEDIATE")
            self._db.executemany(INSERT, rows)
            self._db.execute("COMMIT")
            spent += time.perf_counter() - start
            made += batch
            self._made += batch
        return made / spent


@contextmanager
def ceiling() -> Generator[Ceiling, None, None]:
    """An empty table of records."""
    with tempfile.TemporaryDirectory() as folder:
        db = sqlite3.connect(Path(folder) / "ceiling.db", isolation_level=None)
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=FULL")
        for statement in _record_table():
            db.execute(statement)
        yield Ceiling(db)
        db.close()


def flushes_per_second(seconds: float) -> float:
    """How often the disk of the temporary folder takes 4 KB for good in a second."""
    done, page = 0, os.urandom(4096)
    with tempfile.NamedTemporaryFile() as file:
        start = time.perf_counter()
        while time.perf_counter() - start < seconds:
            os.pwrite(file.fileno(), page, (done % 1024) * 4096)
            os.fdatasync(file.fileno())
            done += 1
        return done / (time.perf_counter() - start)


def _row(client: str, number: int) -> tuple[str | int | bytes, ...]:
    at = 1_790_000_000_000 + number
    return (client, uuid7(), number, at, at, uuid7(), os.urandom(SEALED_BYTES), os.urandom(32))


def _record_table() -> list[str]:
    said = [statement.partition("CREATE ") for statement in statements(MIGRATION.read_text())]
    made = [create + rest.replace("record_in_rows", "record") for _, create, rest in said if create]
    return [translate(statement, "sqlite").text for statement in made if " record_deleted " not in statement]
