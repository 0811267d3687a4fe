"""One transaction on a PostgreSQL connection, and how values travel."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeVar

import psycopg
from psycopg import errors
from psycopg.abc import AdaptContext, Buffer
from psycopg.adapt import Loader
from psycopg.pq import Format
from psycopg.types import numeric

from server.database.door import Param, Row, Value
from server.database.errors import ConstraintViolated, DatabaseError, StatementFailed, StorageFailed
from server.database.sql import Statement, translate

T = TypeVar("T")
Connection = psycopg.Connection[tuple[Value, ...]]

_ABOUT_THE_SQL: Final = ("25", "42")
"""Classes of errors whose text is about the statement and holds no value."""
_STORAGE: Final = ("08", "53", "54", "57", "58", "F0", "XX")
"""Classes of errors about the server and its disk."""


class Contended(StorageFailed):
    """Others changed the same rows at the same time, more often than we tried again."""


class ConnectionLost(StorageFailed):
    """The connection broke before the commit was asked for."""


class PostgresTx:
    """A transaction that someone else began and will end. After a statement failed it is only good for undoing."""

    __slots__ = ("_conn", "_kept", "failure")

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._kept: psycopg.Cursor[tuple[Value, ...]] | None = None
        self.failure: DatabaseError | None = None

    def run(self, sql: str, **params: Param) -> int:
        """See `Tx.run`."""
        return max(0, self._do(sql, lambda said: self._execute(said, params).rowcount))

    def one(self, sql: str, **params: Param) -> Row | None:
        """See `Tx.one`."""
        return self._do(sql, lambda said: self._execute(said, params).fetchone())

    def all(self, sql: str, **params: Param) -> list[Row]:
        """See `Tx.all`."""
        return self._do(sql, lambda said: self._execute(said, params).fetchall())

    def many(self, sql: str, rows: Sequence[Mapping[str, Value]]) -> None:
        """See `Tx.many`."""

        def execute(said: Statement) -> None:
            said.check(rows[0])
            if len(rows) == 1:
                self._cursor().execute(said.text.encode(), rows[0])
            else:
                self._cursor().executemany(said.text.encode(), rows)

        if rows:
            self._do(sql, execute)

    def _execute(self, said: Statement, params: Mapping[str, Param]) -> psycopg.Cursor[tuple[Value, ...]]:
        return self._cursor().execute(said.text.encode(), said.named(params))

    def _cursor(self) -> psycopg.Cursor[tuple[Value, ...]]:
        """One for the whole transaction: what a new one learns of types takes as long as a statement."""
        if self._kept is None:
            self._kept = self._conn.cursor(binary=True)
        return self._kept

    def _do(self, sql: str, act: Callable[[Statement], T]) -> T:
        if self.failure is not None:
            raise self.failure
        try:
            return act(translate(sql, "postgresql"))
        except psycopg.Error as error:
            self.failure = named(error, self._conn.broken)
        except DatabaseError as error:
            self.failure = error
        raise self.failure  # outside `except`, so that it carries no trace of PostgreSQL's own text


def named(error: psycopg.Error, broken: bool = False) -> DatabaseError:
    """PostgreSQL's error by our name.

    Its own texts may hold values of a row ("Key (name)=(...) already exists"), so only the code and the name of the
    constraint are passed on, and the text where it is about the SQL.
    """
    state = error.sqlstate or ""
    if broken or isinstance(error, errors.AdminShutdown | errors.CrashShutdown):
        return ConnectionLost("The connection to PostgreSQL broke. Nothing of this was saved; try again.")
    if isinstance(error, errors.SerializationFailure | errors.DeadlockDetected | errors.LockNotAvailable):
        return Contended("Others are changing the same rows. Nothing of this was saved; try again.")
    if isinstance(error, psycopg.IntegrityError):
        return ConstraintViolated(f"{type(error).__name__} on {error.diag.constraint_name or error.diag.column_name}.")
    if state[:2] in _STORAGE or isinstance(error, psycopg.OperationalError):
        return StorageFailed(f"PostgreSQL could not do this ({type(error).__name__} {state}). Nothing of it was saved.")
    about = f": {error.diag.message_primary}" if state[:2] in _ABOUT_THE_SQL else ""
    return StatementFailed(f"PostgreSQL refused a statement ({type(error).__name__} {state}){about}.")


def settle(conn: Connection) -> None:
    """Make a new connection keep the promises of the door: numbers as in SQLite, durable commits, no endless waits."""
    for kind in (int, bool):
        conn.adapters.register_dumper(kind, numeric.Int8Dumper)
        conn.adapters.register_dumper(kind, numeric.Int8BinaryDumper)
    conn.adapters.register_loader("numeric", _Number)
    conn.execute("SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '60s'")
    conn.execute(
        "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
    )


class _Number(Loader):
    """A sum of BIGINTs is an int, as it is in SQLite; other decimals are floats."""

    format = Format.BINARY

    def __init__(self, oid: int, context: AdaptContext | None = None) -> None:
        super().__init__(oid, context)
        self._decimal = numeric.NumericBinaryLoader(oid, context)

    def load(self, data: Buffer) -> int | float:
        value = self._decimal.load(data)
        return int(value) if value == value.to_integral_value() else float(value)
