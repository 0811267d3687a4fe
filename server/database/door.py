"""The door to the database: a transaction is one plain function, run whole on the engine's thread.

`await db.write(work)` and `await db.read(work)` take `work(tx) -> T`. A cancelled request can never leave a
transaction open, because nothing inside `work` awaits.

SQL is written once for both engines:

- parameters are named, `:name`;
- `{in:ids}` after a column stands for `IN (the values of the sequence ids)`, whatever its length;
- `{bytes}` is the type of a binary column, `{skip_locked}` is `FOR UPDATE SKIP LOCKED` where the engine has it,
  `{clustered}` ends a CREATE TABLE whose rows live in the primary key's order where the engine can.
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

    async def write(self, work: Callable[[Tx], T]) -> T:
        """Run `work` in a transaction and answer after it is durable; an exception undoes all of it."""
        ...

    async def read(self, work: Callable[[Tx], T]) -> T:
        """Run `work` on one consistent view of the data; it may not write."""
        ...

    async def close(self) -> None:
        """Finish what is running and close every connection."""
        ...
