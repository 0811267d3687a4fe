"""Running what callers give: the rules that hold for both engines."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from server.database.door import Tx
from server.database.errors import DatabaseError

T = TypeVar("T")


class EngineTx(Tx, Protocol):
    """A transaction that remembers the first statement that failed."""

    failure: DatabaseError | None


def attempt(work: Callable[[Tx], T], tx: EngineTx) -> T:
    """What `work` answers; raises what it raised, and the failure of a statement that it kept to itself."""
    try:
        answer = work(tx)
    except StopIteration as error:  # a future can't carry it
        raise RuntimeError("work raised StopIteration") from error
    if tx.failure is not None:
        raise tx.failure
    return answer
