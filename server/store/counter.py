"""A journal's counter and its epochs.

Every write takes numbers of the counter first, which also holds the journal until the transaction ends: a global
counter would lose rows between nodes, and reading before locking loses updates.
"""

from typing import Final

import msgspec

from server.database import Row, Tx
from server.errors import NotFound
from server.merge import Epochs, Fork
from server.models import Millis
from server.store.ledger import EPOCH, Epoch, epoch_of
from server.store.values import as_int

MOST_RECORDS: Final = 200_000
"""Records that one journal holds; tombstones don't count."""
_HEAD: Final = (
    "client.epoch, client.seq, client.floor, client.room, client.zone, "
    "(SELECT CASE WHEN count(*) = 1 AND max(known.epoch) = client.epoch THEN max(known.fork) END FROM epoch AS known "
    "WHERE known.client_id = client.id)"
)
"""The last one is where the only epoch began: most journals never have another, and need no second look. On PostgreSQL
an update that waited sees its row as it is by now, and this as it was before: then the names differ, and it is looked
up."""


class Head(msgspec.Struct, frozen=True):
    """Where a journal stands: its epochs, its counter, the number up to which tombstones were dropped, the number up to
    which it is known to have room, and the zone its phone was in last."""

    epochs: Epochs
    seq: int
    floor: int
    room: int = MOST_RECORDS
    zone: str | None = None

    def place(self, epoch: str) -> int:
        """The place of an epoch of this journal, the first being 0."""
        return list(self.epochs.known).index(epoch)


def take(tx: Tx, client_id: str, count: int, now: Millis, zone: str | None = None) -> Head:
    """Take `count` numbers of a client's counter: the first statement of every journal write."""
    row = tx.one(
        "UPDATE client SET seq = seq + :count, active_at = :now, zone = coalesce(:zone, zone) WHERE id = :client "
        f"RETURNING {_HEAD}",
        count=count,
        now=now,
        zone=zone,
        client=client_id,
    )
    return _head(tx, client_id, row)


def hold(tx: Tx, client_id: str, count: int = 0) -> Head:
    """Take `count` numbers of a journal on nobody's behalf (0 only holds it)."""
    row = tx.one(
        f"UPDATE client SET seq = seq + :count WHERE id = :client RETURNING {_HEAD}",
        count=count,
        client=client_id,
    )
    return _head(tx, client_id, row)


def take_for_therapist(tx: Tx, therapist_id: str, client_id: str, count: int = 1) -> Head:
    """Take `count` numbers of the journal of the therapist's own client (0 only holds it); 404 without a live
    relationship."""
    row = tx.one(
        "UPDATE client SET seq = seq + :count WHERE id = :client AND EXISTS (SELECT 1 FROM relationship "
        "WHERE relationship.client_id = client.id AND relationship.therapist_id = :therapist "
        f"AND relationship.until IS NULL) RETURNING {_HEAD}",
        count=count,
        client=client_id,
        therapist=therapist_id,
    )
    return _head(tx, client_id, row)


def take_for_practice(tx: Tx, practice: str, client_id: str, count: int) -> Head:
    """Take `count` numbers of the journal of a client whom somebody of this practice accompanies; 404 for any other."""
    row = tx.one(
        "UPDATE client SET seq = seq + :count WHERE id = :client AND practice_id = :practice AND EXISTS (SELECT 1 "
        "FROM relationship WHERE relationship.client_id = client.id AND relationship.until IS NULL) "
        f"RETURNING {_HEAD}",
        count=count,
        client=client_id,
        practice=practice,
    )
    return _head(tx, client_id, row)


def take_for_former(tx: Tx, therapist_id: str, client_id: str, count: int) -> Head:
    """Take `count` numbers of the journal of a client with whom the therapist has ended and nobody else has begun; 404
    for any other."""
    row = tx.one(
        "UPDATE client SET seq = seq + :count WHERE id = :client AND EXISTS (SELECT 1 FROM relationship "
        "WHERE relationship.client_id = client.id AND relationship.therapist_id = :therapist "
        "AND relationship.ended_how = 'ended') AND NOT EXISTS (SELECT 1 FROM relationship AS live "
        f"WHERE live.client_id = client.id AND live.until IS NULL) RETURNING {_HEAD}",
        count=count,
        client=client_id,
        therapist=therapist_id,
    )
    return _head(tx, client_id, row)


def peek(tx: Tx, client_id: str) -> Head:
    """Where the journal stands, without taking a number."""
    row = tx.one(f"SELECT {_HEAD} FROM client WHERE id = :client", client=client_id)
    return _head(tx, client_id, row)


def everyone(tx: Tx) -> list[str]:
    """Whose journals there are."""
    return [str(id) for (id,) in tx.all("SELECT id FROM client ORDER BY id")]


def open_epoch(tx: Tx, client_id: str, epoch: str, now: Millis, fork: int) -> None:
    """Open a new epoch at the counter `fork`: what a device holds past it was lost by a restore."""
    tx.run(
        "INSERT INTO epoch (client_id, epoch, parent, fork, opened_at, ord) SELECT :client, :epoch, "
        "(SELECT client.epoch FROM client WHERE client.id = :client), :fork, :now, coalesce(max(ord), 0) + 1 "
        "FROM epoch WHERE client_id = :client",
        client=client_id,
        epoch=epoch,
        fork=fork,
        now=now,
    )
    tx.run("UPDATE client SET epoch = :epoch WHERE id = :client", client=client_id, epoch=epoch)


def newest_epoch(tx: Tx, client_id: str) -> Epoch:
    """The epoch the journal is in."""
    row = tx.one(
        f"SELECT {EPOCH} FROM epoch WHERE client_id = :client ORDER BY ord DESC LIMIT 1",
        client=client_id,
    )
    assert row is not None
    return epoch_of(row)


def _head(tx: Tx, client_id: str, row: Row | None) -> Head:
    if row is None:
        raise NotFound()
    current = str(row[0])
    known = {current: Fork(None, as_int(row[5]))} if row[5] is not None else _known(tx, client_id)
    zone = None if row[4] is None else str(row[4])
    return Head(Epochs(known, current), as_int(row[1]), as_int(row[2]), as_int(row[3]), zone)


def _known(tx: Tx, client_id: str) -> dict[str, Fork]:
    rows = tx.all("SELECT epoch, parent, fork FROM epoch WHERE client_id = :client ORDER BY ord", client=client_id)
    return {str(epoch): Fork(None if parent is None else str(parent), as_int(fork)) for epoch, parent, fork in rows}
