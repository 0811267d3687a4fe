"""What became of ops, so that one that comes again has no second effect and is answered as before.

An op that was applied is known by the record or the earlier version that it made: its id is kept there. The rest have
a row in `op`: conflicts, deletes, withdrawals, what was there already, and every op whose words are gone since.
"""

from collections.abc import Mapping, Sequence
from typing import Final, cast

import msgspec

from server.database import Row, Tx, Value
from server.merge import Rev
from server.models import Audience, Millis, Role, Status
from server.sealing import SealingKey, Unreadable, bind
from server.store.op import Op, Outcome, content_of, place
from server.store.values import as_bytes, as_int

FORGOTTEN: Final = b""
"""In the place of an op's digest: what it said is gone, and nothing that could recognise it was kept."""
AGAIN_BUT_OTHER: Final = Outcome("refused", reason="This was sent before with other content. Nothing was changed.")


def stored(tx: Tx, client_id: str, author: Role, ops: Sequence[Op]) -> dict[str, tuple[bytes, Outcome]]:
    """The digests and outcomes of those ops that have a row, by id."""
    rows = tx.all(
        "SELECT id, mac, status, rev, copy FROM op WHERE client_id = :client AND author = :author AND id {in:ids}",
        client=client_id,
        author=author,
        ids=[op.id for op in ops],
    )
    return {str(row[0]): (as_bytes(row[1]), _outcome(row)) for row in rows}


def in_versions(tx: Tx, client_id: str, author: Role, key: SealingKey, ops: Sequence[Op]) -> dict[str, Outcome]:
    """The outcomes of those puts that made an earlier version of their record, by id."""
    rows = tx.all(
        "SELECT op_id, record_id, kind, schema, audience, felt_at, zone, day, epoch, seq, body FROM version "
        "WHERE client_id = :client AND author = :author AND record_id {in:records} AND op_id {in:ids}",
        client=client_id,
        author=author,
        records=sorted({op.record for op in ops}),
        ids=[op.id for op in ops],
    )
    there = {(str(row[0]), str(row[1])): row for row in rows}
    found = ((op, there.get((op.id, op.record))) for op in ops)
    return {op.id: _of_version(op, client_id, key, row) for op, row in found if row is not None}


def row(client_id: str, author: Role, op: str, digest: bytes, outcome: Outcome, now: Millis) -> dict[str, Value]:
    """The row that keeps the outcome of an op, for `keep`."""
    return {
        "client": client_id,
        "author": author,
        "id": op,
        "mac": digest,
        "status": outcome.status,
        "rev": str(outcome.rev) if outcome.rev else None,
        "copy": outcome.copy,
        "now": now,
    }


def keep(tx: Tx, rows: Sequence[Mapping[str, Value]]) -> None:
    """Write the rows."""
    if rows:
        tx.many(
            "INSERT INTO op (client_id, author, id, mac, status, rev, copy, created_at) "
            "VALUES (:client, :author, :id, :mac, :status, :rev, :copy, :now) ON CONFLICT DO NOTHING",
            rows,
        )


def keep_of_emptied(tx: Tx, client_id: str, records: Sequence[str], now: Millis) -> None:
    """Before these records and their versions lose their words: the ids of the ops that made them stay known."""
    for source, record in (("version", "record_id"), ("record", "id")):
        tx.run(
            "INSERT INTO op (client_id, author, id, mac, status, rev, copy, created_at) "
            "SELECT client_id, author, op_id, :forgotten, 'applied', epoch || '.' || seq, NULL, CAST(:now AS BIGINT) "
            f"FROM {source} WHERE client_id = :client AND {record} {{in:records}} AND body IS NOT NULL "
            "ON CONFLICT DO NOTHING",
            client=client_id,
            records=records,
            forgotten=FORGOTTEN,
            now=now,
        )


def _of_version(op: Op, client_id: str, key: SealingKey, row: Row) -> Outcome:
    _, _, kind, schema, audience, felt_at, zone, day, epoch, seq, body = row
    applied = Outcome("applied", Rev(str(epoch), as_int(seq)))
    try:
        said = key.open(place(client_id, op.record, *cast("_Sealed", (kind, schema, audience)), op.id), as_bytes(body))
    except Unreadable:  # damaged since: what it said can't be compared any more
        return applied
    then = bind("put", *cast("_Said", (kind, schema, audience, felt_at, zone, day))) + said
    return applied if then == content_of(op) else AGAIN_BUT_OTHER


_Sealed = tuple[str, int, Audience]
_Said = tuple[str, int, str, int | None, str | None, str | None]


def _outcome(row: Row) -> Outcome:
    _, _, status, rev, copy = row
    epoch, _, seq = str(rev).partition(".")
    return Outcome(
        msgspec.convert(status, Status),
        Rev(epoch, int(seq)) if rev is not None else None,
        None if copy is None else str(copy),
    )
