"""A therapist's reading of what a client shared. Every reading is logged, and the client can see who read what."""

import msgspec

from server.database import Database, Tx
from server.errors import NotFound
from server.merge import Rev
from server.models import Millis, Record, Viewer
from server.store import counter, records
from server.store.keys import Keys


class SharedPage(msgspec.Struct, kw_only=True, frozen=True):
    """Shared records, oldest change first; `cursor` is where the next page begins."""

    records: list[Record]
    cursor: str
    more: bool


class SharedJournals:
    """The journals of a therapist's own clients, as far as they are shared."""

    def __init__(self, db: Database, keys: Keys) -> None:
        self._db, self._keys = db, keys

    async def page(self, viewer: Viewer, client_id: str, cursor: Rev | None, limit: int, now: Millis) -> SharedPage:
        """Records past the cursor; from the start when it is of another epoch. `NotFound` when the client is not, or no
        longer, the viewer's."""
        key = await self._keys.of(client_id)

        def work(tx: Tx) -> SharedPage:
            _note_reading(tx, viewer, client_id, now)
            head = counter.peek(tx, client_id)
            after = cursor.seq if cursor is not None and cursor.epoch == head.epochs.current else 0
            rows = records.shared(tx, viewer.id, client_id, after, limit + 1)
            more = len(rows) > limit
            rows = rows[:limit]
            last = rows[-1].rev.seq if more else head.seq
            return SharedPage(
                records=[records.travelling(key, client_id, row) for row in rows],
                cursor=str(Rev(head.epochs.current, last)),
                more=more,
            )

        return await self._db.write(work)


def _note_reading(tx: Tx, viewer: Viewer, client_id: str, now: Millis) -> None:
    noted = tx.run(
        "INSERT INTO read_log (client_id, reader_id, at, what) SELECT relationship.client_id, :reader, :now, 'journal' "
        "FROM relationship WHERE relationship.client_id = :client AND relationship.therapist_id = :reader "
        "AND relationship.until IS NULL",
        reader=viewer.id,
        now=now,
        client=client_id,
    )
    if noted == 0:
        raise NotFound()
