"""Tries: how often something guessable was tried, so that guessing becomes slow."""

from typing import Final

import msgspec

from server.database import Database, Tx
from server.errors import TooMany
from server.models import Millis
from server.security import MINUTE, keyed_hash
from server.store.keys import Keys
from server.store.values import as_int

WINDOW: Final = 15 * MINUTE


class Limit(msgspec.Struct, frozen=True):
    """At most `tries` for what is named, in 15 minutes."""

    name: str
    tries: int


class Attempts:
    """Counts kept under keyed hashes: the table holds no name and no address."""

    def __init__(self, db: Database, keys: Keys) -> None:
        self._db, self._keys = db, keys

    async def count(self, limits: list[Limit], now: Millis) -> None:
        """Count one try against every limit; `TooMany`, with the time to wait, when one is passed."""
        secret = await self._keys.secret("attempts")
        hashed = sorted((keyed_hash(secret, limit.name).hex(), limit.tries) for limit in limits)
        waits = await self._db.write(lambda tx: [_count(tx, key, tries, now) for key, tries in hashed])
        if (wait := max(waits)) > 0:
            minutes = -(-wait // MINUTE)
            raise TooMany(
                f"That was tried too often. Nothing was changed. Wait {minutes} min, then try again.",
                retry_after=-(-wait // 1000),
            )

    async def forget(self, limit: Limit) -> None:
        """Start counting anew, after a try that succeeded."""
        key = keyed_hash(await self._keys.secret("attempts"), limit.name).hex()
        await self._db.write(lambda tx: tx.run("DELETE FROM attempt WHERE key = :key", key=key))


def _count(tx: Tx, key: str, tries: int, now: Millis) -> Millis:
    """How long to wait, 0 when within the limit. The window opens with the first try and does not stretch."""
    row = tx.one(
        "INSERT INTO attempt (key, window_start, tries) VALUES (:key, :now, 1) ON CONFLICT (key) DO UPDATE SET "
        "tries = CASE WHEN attempt.window_start <= :over THEN 1 ELSE attempt.tries + 1 END, "
        "window_start = CASE WHEN attempt.window_start <= :over THEN excluded.window_start "
        "ELSE attempt.window_start END RETURNING tries, window_start",
        key=key,
        now=now,
        over=now - WINDOW,
    )
    assert row is not None
    return as_int(row[1]) + WINDOW - now if as_int(row[0]) > tries else 0
