"""What a request costs as journals grow: the same requests on databases of 1e3, 1e5 and 1e6 records, in turns.

In each database 16 phones sync whose journals are among many, and one phone whose journal holds a tenth of all
records. After each turn its new records are taken away again, so that the small database stays small.
"""

import sqlite3
import tempfile
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Final

import msgspec
import uvloop

from tests.bench.load import Ask, Measured, middle
from tests.bench.people import Device, devices
from tests.bench.requests import START, Head, pull, push
from tests.bench.seed import Journal, fill
from tests.bench.servers import ROUNDS, SECONDS, set_up, timed
from tests.e2e.machines import PASSWORD, Server

AFTER_THE_SEED: Final = START + 10_000_000
"""A moment later than those of the seeded rows and before those of the load."""


class Size(msgspec.Struct, frozen=True):
    """How the records of one database are spread."""

    records: int
    phones: int
    others: int
    each: int

    @property
    def long(self) -> int:
        """The one long journal: a tenth of everything."""
        return self.records // 10

    def __str__(self) -> str:
        clients = 17 + self.others
        spread = (
            f"{self.records:,} records of {clients:,} clients: one holds {self.long:,}, 16 hold {self.phones:,} each"
        )
        return spread + (f", the others {self.each:,} each" if self.others else "")


SIZES: Final = (
    Size(1_000, phones=56, others=0, each=0),
    Size(100_000, phones=1_000, others=183, each=404),
    Size(1_000_000, phones=5_000, others=1_983, each=413),
)
ROWS: Final[tuple[tuple[str, int, Callable[[list[Device], list[Head], int], Ask], int], ...]] = (
    ("pull of 50", 50, pull, 200),
    ("push of 50", 50, push, 60),
    ("push of 1", 1, push, 400),
)
"""The name, the size, what is asked, and how often at most in a turn. Pulls first: pushes leave the counter ahead."""


def growth() -> None:
    """Seed, measure in turns, print each cost with its ratio to the smallest database."""
    print("\nCPU ms a request as the database grows (in brackets: against the smallest; to reach: 1.2 at most)")
    print("\n".join(f"  {size}" for size in SIZES))
    with ExitStack() as stack:
        places = [stack.enter_context(_seeded(size)) for size in SIZES]
        print(f"{'':46}" + "".join(f"{size.records:>17,}" for size in SIZES), flush=True)
        for name, count, ask, most in ROWS:
            for who, few in (("16 phones among many", slice(1, 17)), ("one phone, the long journal", slice(1))):
                turns = [
                    (place, ask(place.phones[few], place.heads(few), count), len(place.phones[few])) for place in places
                ]
                print(_row(f"{name}, {who}", _in_turns(turns, most)), flush=True)


class Place:
    """A running server with its seeded database. The first phone is the one with the long journal."""

    def __init__(self, server: Server, phones: list[Device]) -> None:
        self.server, self.phones = server, phones
        self._path = server.folder / "data" / "midweek.db"
        self._lengths = {phone.client: self._head(phone)[1] for phone in phones}

    def heads(self, few: slice) -> list[Head]:
        """Where these phones' journals stand."""
        return [self._head(phone) for phone in self.phones[few]]

    def forget(self) -> None:
        """Take away what was pushed. Nobody asks anything meanwhile."""
        with closing(sqlite3.connect(self._path, timeout=20)) as db, db:
            db.execute("PRAGMA wal_autocheckpoint = 0")
            for client, length in self._lengths.items():
                db.execute("DELETE FROM record WHERE client_id = ? AND seq > ?", (client, length))
                db.execute("DELETE FROM op WHERE client_id = ? AND created_at > ?", (client, AFTER_THE_SEED))

    def _head(self, phone: Device) -> Head:
        with closing(sqlite3.connect(self._path)) as db:
            epoch, seq = db.execute("SELECT epoch, seq FROM client WHERE id = ?", (phone.client,)).fetchone()
            return str(epoch), int(seq)


@contextmanager
def _seeded(size: Size) -> Generator[Place, None, None]:
    with tempfile.TemporaryDirectory() as folder:
        server = set_up(Path(folder))
        server.start()
        try:
            phones = devices(server.origin, PASSWORD, 17)
            server.stop()
            lengths = [size.long, *[size.phones] * 16]
            known = [Journal(phone.client, length) for phone, length in zip(phones, lengths, strict=True)]
            uvloop.run(fill(Path(folder), known, size.others, size.each))
            server.start()
            yield Place(server, phones)
        finally:
            server.stop()


def _in_turns(turns: Sequence[tuple[Place, Ask, int]], most: int) -> list[Measured]:
    """One row: each database in turn, several rounds; the median of each."""
    seen: list[list[Measured]] = [[] for _ in turns]
    for place, ask, connections in turns:
        timed(place.server, connections, SECONDS, ask, most // 4)
        place.forget()
    for _ in range(ROUNDS):
        for (place, ask, connections), runs in zip(turns, seen, strict=True):
            runs.append(timed(place.server, connections, SECONDS, ask, most))
            place.forget()
    return [middle(runs) for runs in seen]


def _row(name: str, seen: Sequence[Measured]) -> str:
    costs = "".join(f"{one.cpu_ms:9.2f} ({one.cpu_ms / seen[0].cpu_ms:.2f})" for one in seen)
    return f"{name:46}{costs:>17}"
