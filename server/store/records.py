"""Reading a journal's records: pages of changes for the client's devices and for their therapist."""

from collections.abc import Sequence
from typing import Final, cast

import msgspec
import structlog

from server.database import Row, Tx
from server.merge import Rev
from server.models import Audience, Millis, Record, Role
from server.sealing import SealingKey, Unreadable, bind
from server.store.scope import Scope

_COLUMNS: Final = (
    "id, kind, schema, audience, author, epoch, seq, deleted, felt_at, zone, day, saved_at, op_id, body, conflict_of"
)
_Columns = tuple[
    str, str, int, str, str, str, int, int, int | None, str | None, str | None, int, str, bytes | None, str | None
]
# A word that is none of these was damaged. An audience is taken for the narrowest; the seal binds it, so nothing opens.
_AUDIENCES: Final[dict[object, Audience]] = {"me": "me", "service": "service", "therapist": "therapist"}
_AUTHORS: Final[dict[object, Role]] = {"client": "client", "therapist": "therapist"}
FACTS: Final = ("assignment", "client-setting", "session-date", "mark")
"""Kinds of a therapist's records that whoever comes after them sees whatever the client chose: what is set, and what
keeps the client safe. No text is in them but in assignments, whose texts stay behind."""
_FACTS_OF_ASSIGNMENT: Final = frozenset(
    {"exercise", "version", "title", "by", "times_a_week", "until", "set_on", "expires_on", "ended_at", "rehearsed_on"}
    | {"distress_limit", "suggested"}
)
_log = structlog.get_logger("midweek.journal")


class Stored(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A record's row. `body` is sealed, None on a tombstone and after a withdrawal."""

    id: str
    kind: str
    schema: int
    audience: Audience
    author: Role
    rev: Rev
    deleted: bool
    felt_at: Millis | None
    zone: str | None
    day: str | None
    saved_at: Millis
    op: str
    body: bytes | None
    conflict_of: str | None
    row: _Columns
    """As the database has it."""


class Page(msgspec.Struct, frozen=True):
    """Some records of a journal as they travel. `last` is the number of the last one, `more` says that others
    follow."""

    records: list[Record]
    last: int
    more: bool


def page(tx: Tx, key: SealingKey, client_id: str, after: int, limit: int, skip: tuple[int, int] | None = None) -> Page:
    """Up to `limit` records past the counter `after`, oldest change first. `skip` leaves out the numbers
    `(first, last)` that the asking device has just been told about, copies excepted."""
    first, last = skip or (0, -1)
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM record WHERE client_id = :client AND seq > :after "
        "AND (seq < :first OR seq > :last OR conflict_of IS NOT NULL) ORDER BY seq LIMIT :limit",
        client=client_id,
        after=after,
        first=first,
        last=last,
        limit=limit + 1,
    )
    here = cast(list[_Columns], rows[:limit])
    return Page(
        records=[_travelling(key, client_id, row) for row in here],
        last=here[-1][6] if here else after,
        more=len(rows) > limit,
    )


def one(tx: Tx, client_id: str, record_id: str) -> Stored | None:
    """One record, or None."""
    row = tx.one(
        f"SELECT {_COLUMNS} FROM record WHERE client_id = :client AND id = :id",
        client=client_id,
        id=record_id,
    )
    return _stored(row) if row else None


def some(tx: Tx, client_id: str, ids: Sequence[str]) -> dict[str, Stored]:
    """Those of these records that are there, by id."""
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM record WHERE client_id = :client AND id {{in:ids}}", client=client_id, ids=ids
    )
    found = [_stored(row) for row in rows]
    return {one.id: one for one in found}


def of_my_client(tx: Tx, therapist_id: str, client_id: str, record_id: str) -> Stored | None:
    """A record that a therapist wrote for their own client, or None. Of one who came before, only what is no text."""
    row = tx.one(
        f"SELECT {_COLUMNS} FROM record WHERE client_id = :client AND id = :id AND author = 'therapist' "
        "AND EXISTS (SELECT 1 FROM relationship WHERE relationship.client_id = record.client_id "
        "AND relationship.therapist_id = :therapist AND relationship.until IS NULL "
        "AND (relationship.asked IS NULL OR record.felt_at >= relationship.since OR record.kind {in:facts}))",
        client=client_id,
        therapist=therapist_id,
        id=record_id,
        facts=FACTS,
    )
    return _stored(row) if row else None


def of_kind_of_my_client(tx: Tx, therapist_id: str, client_id: str, kind: str) -> list[Stored]:
    """What a therapist wrote of one kind for their own client; nothing for anyone else's."""
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM record WHERE client_id = :client AND kind = :kind AND author = 'therapist' "
        "AND body IS NOT NULL AND EXISTS (SELECT 1 FROM relationship WHERE relationship.client_id = record.client_id "
        "AND relationship.therapist_id = :therapist AND relationship.until IS NULL) ORDER BY seq",
        client=client_id,
        therapist=therapist_id,
        kind=kind,
    )
    return [_stored(row) for row in rows]


def newest(tx: Tx, client_id: str) -> Stored | None:
    """The record written last that says something, or None."""
    row = tx.one(
        f"SELECT {_COLUMNS} FROM record WHERE client_id = :client AND body IS NOT NULL ORDER BY seq DESC LIMIT 1",
        client=client_id,
    )
    return _stored(row) if row else None


def of_kind(tx: Tx, client_id: str, kind: str) -> list[Stored]:
    """The client's records of one kind that say something; it reads the whole journal."""
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM record WHERE client_id = :client AND kind = :kind AND body IS NOT NULL ORDER BY seq",
        client=client_id,
        kind=kind,
    )
    return [_stored(row) for row in rows]


def shared(tx: Tx, therapist_id: str, client_id: str, after: int, limit: int, scope: Scope) -> list[Stored]:
    """What a therapist may see of their own client's journal: shared records as far as the `scope` goes, their own, and
    of a therapist before them only what is no text, unless the client chose everything."""
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM record WHERE client_id = :client AND seq > :after AND deleted = 0 "
        "AND body IS NOT NULL AND ((author = 'therapist' AND (:whole = 1 OR felt_at >= :begun OR kind {in:facts})) "
        "OR (author <> 'therapist' AND audience = 'therapist' AND :hidden = 0 "
        "AND (day >= :day OR (day IS NULL AND seq > :seq)))) "
        "AND EXISTS (SELECT 1 FROM relationship WHERE relationship.client_id = record.client_id "
        "AND relationship.therapist_id = :therapist AND relationship.until IS NULL) ORDER BY seq LIMIT :limit",
        client=client_id,
        therapist=therapist_id,
        after=after,
        limit=limit,
        whole=int(scope.whole),
        begun=scope.begun,
        facts=FACTS,
        hidden=int(scope.hidden),
        day=scope.day,
        seq=scope.seq,
    )
    return [_stored(row) for row in rows]


def told(key: SealingKey, client_id: str, record: Stored, scope: Scope) -> Record:
    """The record as it travels to a therapist: an assignment of one who came before without its texts, unless the
    client chose everything."""
    whole = travelling(key, client_id, record)
    earlier = record.author == "therapist" and (record.felt_at or 0) < scope.begun
    if scope.whole or not earlier or record.kind != "assignment" or isinstance(whole.body, msgspec.UnsetType):
        return whole
    said = msgspec.json.decode(whole.body, type=dict[str, msgspec.Raw])
    facts = {name: value for name, value in said.items() if name in _FACTS_OF_ASSIGNMENT}
    return msgspec.structs.replace(whole, body=msgspec.Raw(msgspec.json.encode(facts)))


def opened(key: SealingKey, client_id: str, record: Stored) -> bytes | None:
    """The record's body in clear, or None where there is none; `Unreadable` when it was damaged."""
    if record.body is None:
        return None
    aad = bind(client_id, record.id, record.kind, record.schema, record.audience, record.op)
    return key.open(aad, record.body)


def travelling(key: SealingKey, client_id: str, record: Stored) -> Record:
    """The record as it travels, its body opened. One that was damaged travels without it and says so, that the others
    of its page arrive; its id is in the log."""
    return _travelling(key, client_id, record.row)


def _travelling(key: SealingKey, client_id: str, row: _Columns) -> Record:
    # In one go from the row: with a `Stored` between them, a pull took a twentieth more.
    id, kind, schema, said, author, epoch, seq, deleted, felt_at, zone, day, saved_at, op, sealed, conflict_of = row
    audience = _AUDIENCES.get(said, "me")
    body: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    unreadable = False
    if sealed is not None:
        try:
            body = msgspec.Raw(key.open(bind(client_id, id, kind, schema, audience, op), sealed))
        except Unreadable:
            _log.error("record-unreadable", client=client_id, record=id, rev=f"{epoch}.{seq}")
            unreadable = True
    return Record(
        id=id,
        kind=kind,
        schema=schema,
        audience=audience,
        author=_AUTHORS.get(author, "client"),
        rev=f"{epoch}.{seq}",
        saved_at=saved_at,
        deleted=deleted != 0,
        felt_at=felt_at,
        zone=zone,
        day=day,
        body=body,
        conflict_of=conflict_of,
        unreadable=unreadable,
    )


def _stored(row: Row) -> Stored:
    # The columns have these types; looking at each value again took a tenth of every pull.
    columns = cast(_Columns, row)
    id, kind, schema, audience, author, epoch, seq, deleted, felt_at, zone, day, saved_at, op, body, conflict_of = (
        columns
    )
    return Stored(
        id=id,
        kind=kind,
        schema=schema,
        audience=_AUDIENCES.get(audience, "me"),
        author=_AUTHORS.get(author, "client"),
        rev=Rev(epoch, seq),
        deleted=bool(deleted),
        felt_at=felt_at,
        zone=zone,
        day=day,
        saved_at=saved_at,
        op=op,
        body=body,
        conflict_of=conflict_of,
        row=columns,
    )
