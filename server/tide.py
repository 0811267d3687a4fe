"""Raising the high-water mark: a moment after each time something was written, and once more at the end."""

import asyncio
from contextlib import suppress
from typing import Final

import structlog

from server.database import Database, DatabaseError
from server.store.high_water import HighWater

EVERY: Final = 1.0
"""Seconds: a copy that is older than this is known to be one when it is put back."""
_log = structlog.get_logger("midweek.tide")


class Tide:
    """Watches `db` for commits."""

    def __init__(self, high_water: HighWater, db: Database) -> None:
        self._high_water, self._db = high_water, db
        self._noted = db.commits
        self._running: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Watch from now on, in the background."""
        self._running = asyncio.create_task(self._run())

    async def close(self) -> None:
        """Stop, after what was written last."""
        if self._running is not None:
            self._running.cancel()
            with suppress(asyncio.CancelledError):
                await self._running
        await self._look()

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(EVERY)
            await self._look()

    async def _look(self) -> None:
        if self._db.commits == self._noted:
            return
        try:
            await self._high_water.rise()
            self._noted = self._db.commits
        except DatabaseError as problem:  # the watch outlives a database that is away, or a disk that is full
            _log.error("high-water-failed", error=type(problem).__name__)
