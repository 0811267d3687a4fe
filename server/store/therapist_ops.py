"""A therapist's op on the journal of one of their own clients."""

from collections.abc import Sequence

import msgspec

from server.bodies import Body
from server.database import Tx
from server.errors import Conflict, Invalid
from server.merge import Rev
from server.models import Millis, Record, Viewer
from server.sealing import SealingKey
from server.store import counter, records, sharing
from server.store.counter import Head
from server.store.journal import Batch
from server.store.known_ids import known_id
from server.store.ledger import Notes
from server.store.op import Op


def written(tx: Tx, viewer: Viewer, client_id: str, key: SealingKey, said: Op, now: Millis) -> Record:
    """The record once the op is done; said twice, it is done once. `NotFound` when the client is not, or no longer, the
    viewer's; `Conflict` when the record changed since `said.base`, and then nothing is written. What a therapist before
    them wrote and they are not shown is replaced: they can't have seen what it is based on."""
    return done(tx, viewer, client_id, key, said, now)[0]


def done(tx: Tx, viewer: Viewer, client_id: str, key: SealingKey, said: Op, now: Millis) -> tuple[Record, Notes]:
    """As `written`, with what the ledger is to know of it."""
    head = counter.take_for_therapist(tx, viewer.id, client_id)
    there = records.one(tx, client_id, said.record)
    if said.base is None and there is not None and records.of_my_client(tx, viewer.id, client_id, said.record) is None:
        said = msgspec.structs.replace(said, base=there.rev)
    batch = Batch(client_id, "therapist", key, now, stale_puts="refuse")
    outcome = batch.apply(tx, head, [said])[0]
    if outcome.status == "stale":
        raise Conflict("This changed since you opened it. Nothing was saved. Look at it again, then repeat your step.")
    if outcome.status != "applied":
        raise Invalid(outcome.reason or "This can't be saved. Nothing was changed.")
    stored = records.one(tx, client_id, said.record)
    assert stored is not None
    return records.told(key, client_id, stored, sharing.scope(tx, key, viewer.id, client_id)), Notes(
        batch.ended, agreed=batch.agreed
    )


class Known(msgspec.Struct, frozen=True):
    """A record of which a client has one: the name its id is made of, and its kind."""

    name: str
    kind: str


def news(tx: Tx, client_id: str, what: Known, op: str, body: Body, now: Millis) -> Op:
    """The op that puts this in the place of what was last said of it to the client."""
    record = known_id(what.name, client_id)
    there = records.one(tx, client_id, record)
    return put_of(what.kind, op, record, None if there is None else there.rev, now, msgspec.json.encode(body))


def put_of(kind: str, id: str, record: str, base: Rev | None, felt_at: Millis | None, body: bytes) -> Op:
    """The op `id` by which a therapist puts a record in the place of what was on screen at `base`."""
    return Op(
        id=id,
        record=record,
        kind=kind,
        action="put",
        base=base,
        audience="therapist",
        felt_at=felt_at,
        body=body,
    )


def tell(tx: Tx, head: Head, client_id: str, key: SealingKey, ops: Sequence[Op], now: Millis) -> Notes:
    """Say this to the client's devices; `head` holds at least a number for each. The caller has settled who may. What
    the ledger is to know of it."""
    batch = Batch(client_id, "therapist", key, now)
    batch.apply(tx, head, ops)
    return Notes(batch.ended, agreed=batch.agreed)
