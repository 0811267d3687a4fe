"""Journals of a given length, quickly: rows put straight into a stopped server's file, sealed as the server seals.

One check-in of each client goes through the store; the others are its row again with another id, number, moment and
body. They come in the order of time, as in life: each client a few at a time.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from itertools import pairwise
from pathlib import Path
from typing import Final

import msgspec

from server.models import Viewer
from server.opening import Stores, open_stores
from server.sealing import SealingKey, bind
from server.settings import Settings
from server.store.op import Op
from server.store.sync import Pull
from tests.bench.people import uuid7
from tests.bench.requests import CHECK_IN, START

BODY: Final = msgspec.json.encode(CHECK_IN)
AT_A_TIME: Final = 10
"""Rows of one client that come one after the other."""
Row = dict[str, str | int | float | bytes | None]


class Journal(msgspec.Struct, frozen=True):
    """Whose journal, and how many records it shall hold."""

    client: str
    length: int


async def fill(folder: Path, known: Sequence[Journal], others: int, each: int) -> None:
    """Bring the journals of `known` clients (who are there, with empty journals) to their length, and add `others`
    clients with `each` records. The server of `folder` is stopped meanwhile."""
    settings = Settings.from_env({"MIDWEEK_DATA": str(folder / "data")})
    async with AsyncExitStack() as stack:
        stores = await open_stores(settings, stack, START)
        journals = [*known, *[Journal(uuid7(), each) for _ in range(others)]]
        for journal in journals[len(known) :]:
            await _client(stores, known[0].client, journal.client)
        keys = {journal.client: await stores.keys.of(journal.client) for journal in journals}
        for journal in journals:
            await _first(stores, journal.client)
    _copy(Path(settings.database), journals, keys)


async def _client(stores: Stores, like: str, client: str) -> None:
    """Another client of the same practice."""
    await stores.keys.create(client, START)
    await stores.db.write(
        lambda tx: tx.run(
            "INSERT INTO client (id, practice_id, name_sealed, epoch, created_at) "
            "SELECT :id, practice_id, name_sealed, epoch, created_at FROM client WHERE id = :like",
            id=client,
            like=like,
        )
    )
    await stores.db.write(
        lambda tx: tx.run(
            "INSERT INTO epoch (client_id, epoch, fork, opened_at, ord) "
            "SELECT :id, epoch, fork, opened_at, ord FROM epoch WHERE client_id = :like",
            id=client,
            like=like,
        )
    )


async def _first(stores: Stores, client: str) -> None:
    viewer = Viewer(id=client, role="client", practice="", login="")
    op = Op(
        id=uuid7(),
        record=uuid7(),
        kind="checkin",
        action="put",
        base=None,
        audience="therapist",
        felt_at=START,
        zone="Europe/Rome",
        day="2026-11-22",
        body=BODY,
    )
    done = await stores.sync.exchange(viewer, Pull(cursor=None, limit=1, zone=None), [op], START)
    assert done.cursor.seq == 1


def _copy(path: Path, journals: Sequence[Journal], keys: dict[str, SealingKey]) -> None:
    db = sqlite3.connect(path, isolation_level=None)
    db.row_factory = sqlite3.Row
    for pragma in ("journal_mode = MEMORY", "synchronous = OFF", "cache_size = -200000"):
        db.execute(f"PRAGMA {pragma}")
    sources = [_Source(db, journal, keys[journal.client]) for journal in journals]
    db.execute("BEGIN")
    while sources:
        for source in sources:
            source.add(db)
        sources = [source for source in sources if source.missing]
    db.executemany("UPDATE client SET seq = ? WHERE id = ?", [(journal.length, journal.client) for journal in journals])
    db.execute("COMMIT")
    db.close()


class _Source:
    """The rest of one client's journal, made from its first record."""

    def __init__(self, db: sqlite3.Connection, journal: Journal, key: SealingKey) -> None:
        self._client, self._length, self._key = journal.client, journal.length, key
        self._record = _only(db, "record", journal.client)
        self._sizes = pairwise([*range(1, journal.length, AT_A_TIME), journal.length])
        self.missing = journal.length > 1

    def add(self, db: sqlite3.Connection) -> None:
        """The next few records."""
        done, until = next(self._sizes)
        rows = self._rows(done + 1, until)
        db.executemany(_insert("record", self._record), [tuple(row.values()) for row in rows])
        self.missing = until < self._length

    def _rows(self, first: int, last: int) -> Iterator[Row]:
        for seq in range(first, last + 1):
            record, op, at = uuid7(), uuid7(), START + seq
            aad = bind(self._client, record, "checkin", 1, "therapist", op)
            sealed = self._key.seal(aad, BODY)
            changed: Row = {"id": record, "seq": seq, "felt_at": at, "saved_at": at, "op_id": op, "body": sealed}
            yield {**self._record, **changed}


def _only(db: sqlite3.Connection, table: str, client: str) -> Row:
    (row,) = db.execute(f"SELECT * FROM {table} WHERE client_id = ?", (client,)).fetchall()
    return dict(row)


def _insert(table: str, row: Row) -> str:
    return f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"
