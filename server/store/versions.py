"""Earlier versions of a record, for its author alone: a therapist sees what is shared, never what was said before."""

import msgspec

from server.database import Database, Row, Tx
from server.errors import NotFound
from server.merge import Rev
from server.models import Audience, Millis, Viewer
from server.sealing import SealingKey, bind
from server.store.keys import Keys
from server.store.values import as_bytes, as_int


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """What a record said before it was changed."""

    rev: str
    kind: str
    schema: int
    audience: Audience
    saved_at: Millis
    felt_at: Millis | None
    zone: str | None
    day: str | None
    body: msgspec.Raw


class VersionPage(msgspec.Struct, frozen=True, kw_only=True):
    """Versions, the newest first; `older` is where those before them begin, null when these were the last."""

    versions: list[Version]
    older: str | None


class Versions:
    """The history of the viewer's own records."""

    def __init__(self, db: Database, keys: Keys) -> None:
        self._db, self._keys = db, keys

    async def page(self, viewer: Viewer, record_id: str, before: Rev | None, limit: int) -> VersionPage:
        """Up to `limit` versions older than `before`. `NotFound` when the viewer wrote no such record."""
        if viewer.role != "client":
            raise NotFound()
        key = await self._keys.of(viewer.id)
        rows = await self._db.read(lambda tx: _rows(tx, viewer.id, record_id, before, limit + 1))
        versions = [_version(key, viewer.id, record_id, row) for row in rows[:limit]]
        return VersionPage(versions=versions, older=versions[-1].rev if len(rows) > limit else None)


def _rows(tx: Tx, client_id: str, record_id: str, before: Rev | None, limit: int) -> list[Row]:
    mine = tx.one(
        "SELECT 1 FROM record WHERE client_id = :client AND id = :id AND author = 'client'",
        client=client_id,
        id=record_id,
    )
    if mine is None:
        raise NotFound()
    return tx.all(
        "SELECT epoch, seq, kind, schema, audience, saved_at, felt_at, zone, day, op_id, body FROM version "
        "WHERE client_id = :client AND record_id = :id AND author = 'client' AND body IS NOT NULL AND seq < :before "
        "ORDER BY seq DESC LIMIT :limit",
        client=client_id,
        id=record_id,
        before=before.seq if before else 2**62,
        limit=limit,
    )


def _version(key: SealingKey, client_id: str, record_id: str, row: Row) -> Version:
    kind, schema, audience = str(row[2]), as_int(row[3]), msgspec.convert(row[4], Audience)
    body = key.open(bind(client_id, record_id, kind, schema, audience, str(row[9])), as_bytes(row[10]))
    return Version(
        rev=str(Rev(str(row[0]), as_int(row[1]))),
        kind=kind,
        schema=schema,
        audience=audience,
        saved_at=as_int(row[5]),
        felt_at=None if row[6] is None else as_int(row[6]),
        zone=None if row[7] is None else str(row[7]),
        day=None if row[8] is None else str(row[8]),
        body=msgspec.Raw(body),
    )
