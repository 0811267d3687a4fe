"""The door to the database: a transaction is one plain function, run whole on the engine's thread.

`await db.write(work)` and `await db.read(work)` take `work(tx) -> T`. A cancelled request can never leave a
transaction open, because nothing inside `work` awaits: a write whose caller went away happens whole or not at all.

`work` must be repeatable (values in, statements out, nothing outside): PostgreSQL may have it run again when others
changed the same rows. A statement that fails ends the work: catching its error doesn't save the rest, on either
engine. Where a row may be there already, say so in the SQL (`ON CONFLICT ... DO NOTHING`).

Errors are those of `server.database.errors`, the same on both engines; none tells a value of a row.

SQL is written once for both engines:

- parameters are named, `:name`;
- `{in:ids}` after a column stands for `IN (the values of the sequence ids)`, whatever its length; for those not in
  it, `NOT (column {in:ids})`;
- `{bytes}` is the type of a binary column, `{skip_locked}` is `FOR UPDATE SKIP LOCKED` where the engine has it,
  `{clustered}` ends a CREATE TABLE whose rows live in the primary key's order where the engine can;
- what is inside quotes or comments is left alone, and `%` needs no care. `BEGIN`, `COMMIT` and the like are refused.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeVar

Value = str | int | float | bytes | None
Param = Value | Sequence[str] | Sequence[int]
Row = tuple[Value, ...]
T = TypeVar("T")


class Tx(Protocol):
    """One transaction. Rows are tuples in the order of the SELECT."""

    def run(self, sql: str, **params: Param) -> int:
        """Run one statement; the number of rows it changed."""
        ...

    def one(self, sql: str, **params: Param) -> Row | None:
        """The first row, or None."""
        ...

    def all(self, sql: str, **params: Param) -> list[Row]:
        """Every row."""
        ...

    def many(self, sql: str, rows: Sequence[Mapping[str, Value]]) -> None:
        """Run one statement once per row, in one call to the engine; nothing is returned."""
        ...


class Database(Protocol):
    """A database, whatever its engine."""

    @property
    def engine(self) -> str:
        """`sqlite` or `postgresql`."""
        ...

    @property
    def commits(self) -> int:
        """How many commits there were here so far; several writes may share one."""
        ...

    async def write(self, work: Callable[[Tx], T]) -> T:
        """Run `work` in a transaction and answer after it is durable; an exception undoes all of it.

        `StorageFailed` when it could not be kept; sending the same write again is safe then.
        """
        ...

    async def jot(self, work: Callable[[Tx], T]) -> T:
        """As `write`, for a few hundred rows that an index finds. On SQLite its statements run in the event loop and
        only the commit in a thread: two threads that take turns at Python's lock cost a fifth more."""
        ...

    async def read(self, work: Callable[[Tx], T]) -> T:
        """Run `work` on one consistent view of the data; it may not write."""
        ...

    async def glance(self, work: Callable[[Tx], T]) -> T:
        """As `read`, for a page of rows that an index finds. On SQLite it is done at once, in the event loop: handing
        it to a thread costs several times what such a read does."""
        ...

    async def find(self, sql: str, **params: Param) -> Row | None:
        """As a `glance` that asks for one row only: a single statement is a consistent view without a transaction."""
        ...

    async def close(self) -> None:
        """Finish what was asked for and close every connection; later calls are refused with `StorageFailed`."""
        ...
