"""The write-ahead log of SQLite, emptied by the writer's own connection and by no other.

SQLite before 3.51.3 can damage the log when two connections checkpoint at once, so automatic checkpoints are off
everywhere, and the writer empties the log between groups: when it has grown and nobody writes, after a quiet half
minute whatever its size, and at 16 MB in any case.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from server.database import files

GROWN: Final = 4 * 1024 * 1024
TOO_LARGE: Final = 16 * 1024 * 1024
"""Emptying a log of this size takes as much room in the database file at worst, so the reserve that is kept free on the
disk has to be larger."""
PAUSE: Final = 0.25
"""Seconds without a write that count as nobody writing."""
LONG_PAUSE: Final = 30.0
READERS_MS: Final = 100
"""How long readers may hold up emptying the log; writers wait meanwhile."""

_log = logging.getLogger(__name__)


class Keeper:
    """Watches the size of one database's log."""

    def __init__(
        self,
        path: Path,
        call: Callable[[Callable[[sqlite3.Connection], bool]], Awaitable[bool]],
        nobody_waits: Callable[[], bool],
    ) -> None:
        self._file = path.with_name(f"{path.name}-wal")
        self._call, self._nobody_waits = call, nobody_waits
        self._last = 0.0
        self._allowed = TOO_LARGE
        self._stopped = False
        self._timer: asyncio.TimerHandle | None = None
        self._emptying: asyncio.Future[bool] | None = None

    def wrote(self) -> None:
        """There was a write: look at the log when a pause comes."""
        now = asyncio.get_running_loop().time()
        self._last = now
        if self._timer is None or self._timer.when() - now > PAUSE:
            self._look_in(PAUSE)

    def keep_bounded(self, conn: sqlite3.Connection) -> None:
        """Empty a log that is too large, on the writer's thread, whoever waits. When a long read holds it up, it may
        grow by a quarter before writers wait for that again."""
        size = files.size(self._file)
        if size > self._allowed:
            self._allowed = TOO_LARGE if empty(conn) else size + TOO_LARGE // 4

    async def stop(self) -> None:
        """Look no more."""
        self._stopped = True
        if self._timer is not None:
            self._timer.cancel()
        if self._emptying is not None:
            await self._emptying

    def _look_in(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(seconds, self._look)

    def _look(self) -> None:
        self._timer = None
        size = files.size(self._file)
        quiet = asyncio.get_running_loop().time() - self._last
        if quiet < PAUSE or not self._nobody_waits():
            self._look_in(PAUSE)
        elif size > GROWN or (size and quiet >= LONG_PAUSE):
            self._emptying = asyncio.ensure_future(self._call(empty))
            self._emptying.add_done_callback(self._emptied)
        elif size:
            self._look_in(LONG_PAUSE - quiet)

    def _emptied(self, emptying: asyncio.Future[bool]) -> None:
        if not emptying.cancelled() and not emptying.result() and not self._stopped:
            self._look_in(LONG_PAUSE)


def empty(conn: sqlite3.Connection) -> bool:
    """Move the log into the database file and empty it; False when it has to be tried again later.

    The log keeps everything meanwhile, so a failure loses nothing.
    """
    patience: int = conn.execute("PRAGMA busy_timeout").fetchone()[0]
    try:
        conn.execute("PRAGMA wal_checkpoint(PASSIVE)")
        conn.execute(f"PRAGMA busy_timeout = {READERS_MS}")
        held_up: int = conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.Error as error:
        _log.warning("The write-ahead log could not be emptied (%s); nothing is lost, trying again later.", error)
        return False
    finally:
        conn.execute(f"PRAGMA busy_timeout = {patience}")
    return not held_up
