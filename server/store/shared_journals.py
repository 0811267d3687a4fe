"""What a client shared, as their therapist reads it. Every reading is logged, and the client can see who read what."""

import msgspec

from server.database import Database, Tx
from server.errors import NotFound
from server.merge import Rev
from server.models import Millis, Record, Viewer
from server.sealing import SealingKey
from server.store import counter, readings, records, sharing
from server.store.keys import Keys
from server.store.scope import Choice, Scope


class SharedPage(msgspec.Struct, kw_only=True, frozen=True):
    """Shared records, oldest change first; `cursor` is where the next page begins. While the client has `paused`
    sharing, or everything is `frozen`, none of theirs is there: only what the therapist wrote. `choice` is what the
    client lets this therapist see."""

    records: list[Record]
    cursor: str
    more: bool
    paused: bool = False
    frozen: bool = False
    choice: Choice = "all"


class SharedJournals:
    """The journals of a therapist's own clients, as far as they are shared."""

    def __init__(self, db: Database, keys: Keys) -> None:
        self._db, self._keys = db, keys

    async def page(self, viewer: Viewer, client_id: str, cursor: Rev | None, limit: int, now: Millis) -> SharedPage:
        """Records past the cursor; from the start when it is of another epoch. `NotFound` when the client is not, or no
        longer, the viewer's."""
        key = await self._keys.of(client_id)

        def work(tx: Tx) -> SharedPage:
            scope = sharing.scope(tx, key, viewer.id, client_id)
            page = _page(tx, key, scope, viewer.id, client_id, cursor, limit)
            readings.note(tx, viewer.id, client_id, None if scope.hidden else page.cursor, now, since=scope.day)
            return page

        return await self._db.write(work)

    async def own(self, viewer: Viewer, cursor: Rev | None, limit: int) -> SharedPage:
        """What the viewer's therapist would be shown, for the viewer: the same records by the same statement. Looking
        is not a reading. `NotFound` when nobody accompanies them."""
        key = await self._keys.of(viewer.id)

        def work(tx: Tx) -> SharedPage:
            therapist = therapist_of(tx, viewer.id)
            scope = sharing.scope(tx, key, therapist, viewer.id)
            return _page(tx, key, scope, therapist, viewer.id, cursor, limit)

        return await self._db.read(work)


def _page(
    tx: Tx, key: SealingKey, scope: Scope, therapist_id: str, client_id: str, cursor: Rev | None, limit: int
) -> SharedPage:
    head = counter.peek(tx, client_id)
    after = cursor.seq if cursor is not None and cursor.epoch == head.epochs.current else 0
    rows = records.shared(tx, therapist_id, client_id, after, limit + 1, scope)
    more = len(rows) > limit
    rows = rows[:limit]
    last = rows[-1].rev.seq if more else head.seq
    return SharedPage(
        records=[records.told(key, client_id, row, scope) for row in rows],
        cursor=str(Rev(head.epochs.current, last)),
        more=more,
        paused=scope.paused or scope.frozen,
        frozen=scope.frozen,
        choice=scope.choice,
    )


def therapist_of(tx: Tx, client_id: str) -> str:
    """Who accompanies the client; `NotFound` when nobody does."""
    row = tx.one(
        "SELECT therapist_id FROM relationship WHERE client_id = :client AND until IS NULL "
        "ORDER BY since DESC, therapist_id LIMIT 1",
        client=client_id,
    )
    if row is None:
        raise NotFound()
    return str(row[0])
