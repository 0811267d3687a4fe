"""One round trip of a client's phone: its ops go in, what changed since its cursor comes out."""

import secrets
from collections.abc import Sequence
from typing import Final, Literal

import msgspec

from server.database import Database, StorageFailed, Tx
from server.errors import NotFound
from server.merge import Rev
from server.models import Millis, Record, Viewer
from server.sealing import SealingKey
from server.store import counter, records
from server.store.counter import Head
from server.store.journal import Batch
from server.store.keys import Keys
from server.store.ledger import Ledger, Notes
from server.store.op import Op, Outcome

Reset = Literal["epoch", "age"]
_NOTHING: Final = records.Page([], 0, more=False)


class Pull(msgspec.Struct, frozen=True, kw_only=True):
    """Where the phone stands and what it says of itself."""

    cursor: Rev | None
    limit: int
    zone: str | None
    floor: int = 0
    """What the cursor says of the floor: see `Cursor`."""


class Synced(msgspec.Struct, frozen=True, kw_only=True):
    """What the phone is told."""

    epochs: list[tuple[str, int]]
    reset: Reset | None
    outcomes: list[Outcome]
    records: list[Record]
    cursor: Rev
    more: bool
    floor: int = 0


class Sync:
    """The journal as its own client's devices see it."""

    def __init__(self, db: Database, keys: Keys) -> None:
        self._db, self._keys, self._ledger = db, keys, Ledger(keys.database)

    async def exchange(self, viewer: Viewer, pull: Pull, ops: Sequence[Op], now: Millis) -> Synced:
        """Apply `ops` in order and answer what changed past the cursor, as one transaction: sent twice, it has one
        effect. What it deletes or takes back, or says of who may see what, is in the ledger when this answers.
        `NotFound` when the viewer has no journal."""
        if viewer.role != "client":
            raise NotFound()
        key = await self._keys.of(viewer.id)
        if not ops:
            quiet = await self._db.glance(lambda tx: _pull(tx, viewer.id, key, pull))
            return quiet or await self._noting(viewer, key, pull, now)
        return await self._write(viewer, key, pull, ops, now)

    async def _noting(self, viewer: Viewer, key: SealingKey, pull: Pull, now: Millis) -> Synced:
        """A pull with which something is to be noted. When that is only the zone, and nothing can be written, it reads
        all the same."""
        unmoved = msgspec.structs.replace(pull, zone=None)
        quiet = await self._db.glance(lambda tx: _pull(tx, viewer.id, key, unmoved))
        try:
            return await self._write(viewer, key, pull, (), now)
        except StorageFailed:
            if quiet is None:
                raise
            return quiet

    async def _write(self, viewer: Viewer, key: SealingKey, pull: Pull, ops: Sequence[Op], now: Millis) -> Synced:
        synced, notes = await self._db.jot(lambda tx: _exchange(tx, viewer.id, key, pull, ops, now))
        await self._ledger.note(viewer.id, notes, now)
        return synced


def _pull(tx: Tx, client_id: str, key: SealingKey, pull: Pull) -> Synced | None:
    """A pull that needs no write, or None when there is something to note."""
    head = counter.peek(tx, client_id)
    moved = pull.zone is not None and pull.zone != head.zone
    return None if moved or _ahead(pull.cursor, head) else _answer(tx, client_id, key, pull, head, [])


def _exchange(
    tx: Tx, client_id: str, key: SealingKey, pull: Pull, ops: Sequence[Op], now: Millis
) -> tuple[Synced, Notes]:
    head = counter.take(tx, client_id, len(ops), now, pull.zone)
    before = msgspec.structs.replace(head, seq=head.seq - len(ops))
    opened = _ahead(pull.cursor, before)
    if opened:
        counter.open_epoch(tx, client_id, secrets.token_hex(4), now, fork=before.seq)
        head = counter.peek(tx, client_id)
    batch = Batch(client_id, "client", key, now)
    outcomes = batch.apply(tx, head, ops) if ops else []
    notes = Notes(batch.ended, [counter.newest_epoch(tx, client_id)] if opened else [], batch.agreed)
    return _answer(tx, client_id, key, pull, head, outcomes), notes


def _ahead(cursor: Rev | None, head: Head) -> bool:
    """A cursor past the counter: the database was put back without telling anyone."""
    return cursor is not None and cursor.epoch == head.epochs.current and cursor.seq > head.seq


def _answer(tx: Tx, client_id: str, key: SealingKey, pull: Pull, head: Head, outcomes: Sequence[Outcome]) -> Synced:
    reset = _reset(pull, head)
    after = pull.cursor.seq if pull.cursor is not None and reset is None else 0
    told = None if reset else (head.seq - len(outcomes) + 1, head.seq)
    news = told is None or after < told[0] - 1 or any(outcome.copy for outcome in outcomes)
    page = records.page(tx, key, client_id, after, pull.limit, skip=told) if news else _NOTHING
    return Synced(
        epochs=list(head.epochs.forks.items()),
        reset=reset,
        outcomes=list(outcomes),
        records=page.records,
        cursor=Rev(head.epochs.current, page.last if page.more else head.seq),
        more=page.more,
        floor=(head.floor if after == 0 else pull.floor) if page.more else 0,
    )


def _reset(pull: Pull, head: Head) -> Reset | None:
    if pull.cursor is None:
        return None
    if pull.cursor.epoch != head.epochs.current:
        return "epoch"
    return "age" if max(pull.cursor.seq, pull.floor) < head.floor else None
