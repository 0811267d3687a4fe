"""Readiness: whether the databases do what they are there for."""

from typing import Final

from server.database import Database, Tx
from server.models import Millis

_HELD: Final = 5_000
"""Milliseconds for which a good answer holds, so that asking often costs nothing."""


class Readiness:
    """A write to the database and a read of the keys, proved now or a moment ago."""

    def __init__(self, db: Database, keys_database: Database) -> None:
        self._db, self._keys_database = db, keys_database
        self._proved_at: Millis | None = None

    async def probe(self, now: Millis) -> None:
        """Answers when both work; whatever the database raises otherwise."""
        if self._proved_at is not None and 0 <= now - self._proved_at < _HELD:
            return
        await self._db.write(lambda tx: _write(tx, now))
        await self._keys_database.read(lambda tx: tx.one("SELECT name FROM secret LIMIT 1"))
        self._proved_at = now


def _write(tx: Tx, now: Millis) -> None:
    tx.run(
        "INSERT INTO attempt (key, window_start, tries) VALUES ('probe', :now, 0) "
        "ON CONFLICT (key) DO UPDATE SET window_start = excluded.window_start",
        now=now,
    )
