"""What is kept for a time only: tombstones and the results of ops for 400 days, counts of tries for a day.

Everything goes in small steps, so that nobody's write waits for long, and a second time there is nothing to do.
"""

from collections.abc import Sequence
from functools import partial
from typing import Final

import msgspec

from server.database import Database, Row, Tx
from server.models import Millis
from server.store.ledger import Ledger
from server.store.values import as_int
from server.store.vapid_keys import VapidKeys

DAY: Final = 24 * 3_600_000
LIFE: Final = 400 * DAY
"""The longest a phone may be away and still be told of each delete. Away for longer, it is told everything anew."""
STEP: Final = 500
"""Rows forgotten in one transaction."""


class Forgotten(msgspec.Struct, frozen=True):
    """How many went."""

    tombstones: int
    results: int
    tries: int


class Lifetimes:
    """The database as the daily housekeeping sees it: it acts for nobody and reads no content."""

    def __init__(self, db: Database, ledger: Ledger, vapid: VapidKeys) -> None:
        self._db, self._ledger, self._vapid = db, ledger, vapid

    async def begun_at(self) -> Millis | None:
        """When the housekeeping was last taken on, by whichever node; None when it never was."""
        row = await self._db.read(lambda tx: tx.one("SELECT begun_at FROM chore WHERE name = 'daily'"))
        return None if row is None else as_int(row[0])

    async def begin(self, last: Millis | None, now: Millis) -> bool:
        """Take it on; False when another node did so since it was begun at `last`."""
        return await self._db.write(lambda tx: _begin(tx, last, now))

    async def forget(self, now: Millis) -> Forgotten:
        """Forget what is over at `now`. A journal's floor rises to the last tombstone it loses, in the same
        transaction: a cursor below it is told everything anew."""
        await self._ledger.forget(now - LIFE)
        await self._vapid.forget(await self._vapid_in_use(), now)
        return Forgotten(
            tombstones=await self._tombstones(now - LIFE),
            results=await self._results(now - LIFE),
            tries=await self._tries(now - DAY),
        )

    async def _vapid_in_use(self) -> set[str]:
        rows = await self._db.read(lambda tx: tx.all("SELECT DISTINCT vapid_kid FROM subscription"))
        return {str(kid) for (kid,) in rows}

    async def _tombstones(self, before: Millis) -> int:
        gone = 0
        while rows := await self._db.read(partial(_old_tombstones, before=before)):
            await self._db.write(partial(_drop_tombstones, rows=rows))
            gone += len(rows)
        return gone

    async def _results(self, before: Millis) -> int:
        """Journal by journal: an index of all results by age would cost every push something."""
        gone = 0
        for (client,) in await self._db.read(lambda tx: tx.all("SELECT id FROM client ORDER BY id")):
            while rows := await self._db.read(partial(_old_results, client=str(client), before=before)):
                await self._db.write(partial(_drop_results, client=str(client), rows=rows))
                gone += len(rows)
        return gone

    async def _tries(self, before: Millis) -> int:
        gone = 0
        while rows := await self._db.read(partial(_old_tries, before=before)):
            await self._db.write(partial(_drop_tries, rows=rows))
            gone += len(rows)
        return gone


def _begin(tx: Tx, last: Millis | None, now: Millis) -> bool:
    if last is None:
        return tx.run("INSERT INTO chore (name, begun_at) VALUES ('daily', :now) ON CONFLICT DO NOTHING", now=now) == 1
    taken = tx.run("UPDATE chore SET begun_at = :now WHERE name = 'daily' AND begun_at = :last", now=now, last=last)
    return taken == 1


def _old_tombstones(tx: Tx, before: Millis) -> list[Row]:
    return tx.all(
        "SELECT client_id, id, seq FROM record WHERE deleted = 1 AND saved_at < :before ORDER BY saved_at LIMIT :step",
        before=before,
        step=STEP,
    )


def _drop_tombstones(tx: Tx, rows: Sequence[Row]) -> None:
    floors: dict[str, int] = {}
    for client, _, seq in rows:
        floors[str(client)] = max(floors.get(str(client), 0), as_int(seq))
    tx.many(
        "UPDATE client SET floor = :floor WHERE id = :client AND floor < :floor",
        [{"client": client, "floor": floors[client]} for client in sorted(floors)],
    )
    tx.many(
        "DELETE FROM record WHERE client_id = :client AND id = :id AND seq = :seq AND deleted = 1",
        [{"client": client, "id": id, "seq": seq} for client, id, seq in rows],
    )


def _old_results(tx: Tx, client: str, before: Millis) -> list[Row]:
    return tx.all(
        "SELECT author, id FROM op WHERE client_id = :client AND created_at < :before LIMIT :step",
        client=client,
        before=before,
        step=STEP,
    )


def _drop_results(tx: Tx, client: str, rows: Sequence[Row]) -> None:
    tx.many(
        "DELETE FROM op WHERE client_id = :client AND author = :author AND id = :id",
        [{"client": client, "author": author, "id": id} for author, id in rows],
    )


def _old_tries(tx: Tx, before: Millis) -> list[Row]:
    return tx.all("SELECT key FROM attempt WHERE window_start < :before LIMIT :step", before=before, step=STEP)


def _drop_tries(tx: Tx, rows: Sequence[Row]) -> None:
    tx.run("DELETE FROM attempt WHERE key {in:keys}", keys=[str(key) for (key,) in rows])
