"""Readiness: whether the databases do what they are there for, and whether the disk has room."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from server.database import Database, Tx
from server.errors import NoRoom, Unavailable
from server.models import Millis

_HELD: Final = 5_000
"""Milliseconds for which a good answer holds, so that asking often costs nothing."""
_LOOK_EVERY: Final = 1_000


class Room:
    """Whether the disk still takes new entries. A reserve is kept free, because SQLite can't even delete on a full
    disk: when only the reserve is left, entries wait on the phones, and deleting goes on."""

    def __init__(self, reserve: int, free: Callable[[], int]) -> None:
        """`free` tells the free bytes, and is asked once a second at most."""
        self.free = free
        self._reserve = reserve
        self._looked_at: Millis | None = None
        self._low = False

    def low(self, now: Millis) -> bool:
        """Whether only the reserve is left."""
        if self._looked_at is None or not 0 <= now - self._looked_at < _LOOK_EVERY:
            self._low = self.free() < self._reserve
            self._looked_at = now
        return self._low

    def needed(self, now: Millis) -> None:
        """`NoRoom` when only the reserve is left."""
        if self.low(now):
            raise NoRoom()


def free_in(folders: Sequence[Path]) -> Callable[[], int]:
    """The free bytes of the fullest disk among those of `folders`. With none, there is always room: another server
    holds the data."""

    def free() -> int:
        return min((shutil.disk_usage(folder).free for folder in folders), default=2**62)

    return free


class Readiness:
    """A write to the database and a read of the keys, proved now or a moment ago."""

    def __init__(self, db: Database, keys_database: Database, room: Room) -> None:
        self._db, self._keys_database, self._room = db, keys_database, room
        self._proved_at: Millis | None = None

    async def probe(self, now: Millis) -> None:
        """Answers when both work and there is room; `Unavailable`, or whatever the database raises, otherwise."""
        if self._room.low(now):
            raise Unavailable("The disk is almost full. Nothing is lost; new entries wait on the phones.")
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
