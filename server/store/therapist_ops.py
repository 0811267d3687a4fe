"""A therapist's op on the journal of one of their own clients."""

from server.database import Tx
from server.errors import Conflict, Invalid
from server.models import Millis, Record, Viewer
from server.sealing import SealingKey
from server.store import counter, records
from server.store.journal import Batch
from server.store.op import Op


def written(tx: Tx, viewer: Viewer, client_id: str, key: SealingKey, said: Op, now: Millis) -> Record:
    """The record once the op is done; said twice, it is done once. `NotFound` when the client is not, or no longer, the
    viewer's; `Conflict` when the record changed since `said.base`, and then nothing is written."""
    head = counter.take_for_therapist(tx, viewer.id, client_id)
    outcome = Batch(client_id, "therapist", key, now, stale_puts="refuse").apply(tx, head, [said])[0]
    if outcome.status == "stale":
        raise Conflict("This changed since you opened it. Nothing was saved. Look at it again, then repeat your step.")
    if outcome.status != "applied":
        raise Invalid(outcome.reason or "This can't be saved. Nothing was changed.")
    stored = records.one(tx, client_id, said.record)
    assert stored is not None
    return records.travelling(key, client_id, stored)
