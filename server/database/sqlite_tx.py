"""One transaction on a SQLite connection."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeVar

from server.database.door import Param, Row, Value
from server.database.errors import ConstraintViolated, DatabaseError, StatementFailed, StorageFailed
from server.database.sql import Statement, translate

T = TypeVar("T")

DAMAGED: Final = "The database file is damaged."
_STORAGE: Final = {
    sqlite3.SQLITE_FULL: "The disk or the database is full.",
    sqlite3.SQLITE_IOERR: "The disk could not be read or written.",
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: "The file is not a database.",
    sqlite3.SQLITE_CANTOPEN: "The database file can't be opened.",
    sqlite3.SQLITE_NOMEM: "The server is out of memory.",
    sqlite3.SQLITE_BUSY: "Another program holds the database file.",
    sqlite3.SQLITE_LOCKED: "Another program holds the database file.",
    sqlite3.SQLITE_PROTOCOL: "Another program holds the database file.",
}


class SqliteTx:
    """A transaction that someone else began and will end.

    After a statement failed it is only good for undoing: catching the error doesn't save the rest, because
    PostgreSQL would not let it either.
    """

    __slots__ = ("_conn", "failure")

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self.failure: DatabaseError | None = None

    def run(self, sql: str, **params: Param) -> int:
        """See `Tx.run`."""
        return max(0, self._do(sql, lambda said: self._execute(said, params).rowcount))

    def one(self, sql: str, **params: Param) -> Row | None:
        """See `Tx.one`."""

        def fetch(said: Statement) -> Row | None:
            row: Row | None = self._execute(said, params).fetchone()
            return row

        return self._do(sql, lambda said: self._read(said, fetch))

    def all(self, sql: str, **params: Param) -> list[Row]:
        """See `Tx.all`."""
        return self._do(sql, lambda said: self._read(said, lambda said: self._execute(said, params).fetchall()))

    def many(self, sql: str, rows: Sequence[Mapping[str, Value]]) -> None:
        """See `Tx.many`."""

        def execute(said: Statement) -> None:
            said.check(rows[0])
            self._conn.executemany(said.text, map(said.pick, rows))

        if rows:
            self._do(sql, execute)

    def _execute(self, said: Statement, params: Mapping[str, Param]) -> sqlite3.Cursor:
        return self._conn.execute(said.text, said.positional(params))

    def _read(self, said: Statement, fetch: Callable[[Statement], T]) -> T:
        """What `fetch` reads. A text with damaged bytes is read with marks in their place: one bad row must not keep
        those beside it from being read."""
        try:
            return fetch(said)
        except sqlite3.OperationalError as error:
            if not (_damaged(error) and said.text.startswith("SELECT")):
                raise
        self._conn.text_factory = _mended
        try:
            return fetch(said)
        finally:
            self._conn.text_factory = str

    def _do(self, sql: str, act: Callable[[Statement], T]) -> T:
        if self.failure is not None:
            raise self.failure
        try:
            return act(translate(sql, "sqlite"))
        except sqlite3.Error as error:
            self.failure = named(error)
            if not _damaged(error):
                raise self.failure from error
        except DatabaseError as error:
            self.failure = error
            raise
        raise self.failure  # not from the error, whose text holds what is damaged


def named(error: sqlite3.Error) -> DatabaseError:
    """SQLite's error by our name. Its texts name tables and columns and never hold a value; Python's own text about
    damaged bytes does, and is not passed on."""
    if _damaged(error):
        return StorageFailed(
            "A text in the database is damaged. Nothing of this was saved; what was saved before is kept."
        )
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code == sqlite3.SQLITE_CONSTRAINT:
        return ConstraintViolated(f"{error}.")
    if code in _STORAGE:
        return StorageFailed(f"{_STORAGE[code]} Nothing of this was saved; what was saved before is safe.")
    return StatementFailed(f"{error}.")


def _damaged(error: sqlite3.Error) -> bool:
    return str(error).startswith("Could not decode to UTF-8")


def _mended(text: bytes) -> str:
    return text.decode(errors="replace")


def lacked_room(error: BaseException | None) -> bool:
    """Whether it came of a full disk."""
    while error is not None:
        if isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL:
            return True
        error = error.__cause__
    return False
