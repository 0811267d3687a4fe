"""Erasure: everything of a client goes for good, from the database, and by its key from every copy of it."""

from collections.abc import Sequence
from typing import Final

from server.database import Database, Tx
from server.errors import NotFound
from server.models import Millis, Viewer
from server.store.keys import Keys
from server.store.ledger import Ledger

_TABLES: Final = (
    *("record", "version", "op", "read_log", "plan", "done", "occasion", "subscription", "relationship", "invite"),
    *("epoch", "device", "calendar_feed", "supervision"),
)


class Erasures:
    """The viewer's own erasure. It is authoritative: no device can send anything back, and no restore."""

    def __init__(self, db: Database, keys: Keys) -> None:
        self._db, self._keys = db, keys
        self._ledger = Ledger(keys.database)

    async def erase(self, viewer: Viewer, now: Millis) -> None:
        """Erase everything of the viewer, a client, who is signed out everywhere: each device is told with 410. First
        it is kept that it must be, so that it is done even when the server stops before; again is harmless."""
        if viewer.role != "client":
            raise NotFound()
        await self._ledger.note_erased(viewer.id, now)
        await self._keys.destroy(viewer.id)
        await self._db.write(lambda tx: erase(tx, [viewer.id], now))

    async def finish(self, now: Millis) -> None:
        """Erase what the ledger says was erased, when a stop came in between or the database was put back."""
        clients = await self._ledger.erased()
        if clients:
            await self._db.write(lambda tx: erase(tx, clients, now))


def erase(tx: Tx, clients: Sequence[str], now: Millis) -> None:
    """Remove every row of these clients. Of their logins stays that they ended."""
    tx.run(
        "DELETE FROM delivery WHERE occasion_id IN (SELECT occasion.id FROM occasion WHERE client_id {in:ids})",
        ids=clients,
    )
    for table in _TABLES:
        tx.run(f"DELETE FROM {table} WHERE client_id {{in:ids}}", ids=clients)
    tx.run("DELETE FROM client WHERE id {in:ids}", ids=clients)
    tx.run(
        "UPDATE login SET revoked_at = :now, device = '' WHERE role = 'client' AND person_id {in:ids}",
        now=now,
        ids=clients,
    )
