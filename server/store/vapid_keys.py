"""The keys that prove to push services who sends: one is current, older ones serve the subscriptions made with them."""

import secrets
from collections.abc import Collection
from typing import Final

import msgspec

from server.database import Row, Tx
from server.models import Millis
from server.store.keys import Keys
from server.store.values import as_bytes, as_int

KEPT: Final = 90 * 24 * 3_600_000
"""The longest a retired key serves the subscriptions made with it; a device that was not opened for so long is lost."""
AT_LEAST: Final = 24 * 3_600_000
"""And the shortest: a device may be subscribing with it right now."""
_COLUMNS: Final = "kid, public, wrapped"


class VapidKey(msgspec.Struct, frozen=True, kw_only=True):
    """A P-256 key pair. `public` is the uncompressed point in base64url, as browsers want it; `private` is DER."""

    kid: str
    public: str
    private: bytes


class VapidKeys:
    """Every VAPID key, the private halves wrapped by the master key."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._known: dict[str, VapidKey] = {}

    async def current(self) -> VapidKey | None:
        """The key new subscriptions are made with, or None before the first one is added."""
        row = await self._keys.database.read(
            lambda tx: tx.one(
                f"SELECT {_COLUMNS} FROM vapid_key WHERE retired_at IS NULL ORDER BY created_at, kid LIMIT 1"
            )
        )
        return None if row is None else self._opened(row)

    async def find(self, kid: str) -> VapidKey | None:
        """The key with this id, retired or not, or None."""
        if kid not in self._known:
            row = await self._keys.database.read(
                lambda tx: tx.one(f"SELECT {_COLUMNS} FROM vapid_key WHERE kid = :kid", kid=kid)
            )
            if row is None:
                return None
            self._known[kid] = self._opened(row)
        return self._known[kid]

    async def add_first(self, public: str, private: bytes, now: Millis) -> None:
        """Keep a key unless there is a current one already: two nodes that start at once agree on one."""
        kid = secrets.token_hex(4)
        wrapped = self._keys.wrap(f"vapid:{kid}", private)

        def work(tx: Tx) -> None:
            tx.run(
                "INSERT INTO vapid_key (kid, wrapped, public, created_at) SELECT :kid, :wrapped, :public, :now "
                "WHERE NOT EXISTS (SELECT 1 FROM vapid_key WHERE retired_at IS NULL)",
                kid=kid,
                wrapped=wrapped,
                public=public,
                now=now,
            )

        await self._keys.database.write(work)

    async def rotate(self, public: str, private: bytes, now: Millis) -> None:
        """Take a new key for new subscriptions. The one from before goes on serving those that were made with it; each
        device moves to the new one when it is opened next."""
        kid = secrets.token_hex(4)
        wrapped = self._keys.wrap(f"vapid:{kid}", private)

        def work(tx: Tx) -> None:
            tx.run("UPDATE vapid_key SET retired_at = :now WHERE retired_at IS NULL", now=now)
            tx.run(
                "INSERT INTO vapid_key (kid, wrapped, public, created_at) VALUES (:kid, :wrapped, :public, :now)",
                kid=kid,
                wrapped=wrapped,
                public=public,
                now=now,
            )

        await self._keys.database.write(work)

    async def forget(self, in_use: Collection[str], now: Millis) -> int:
        """Remove the retired keys that no subscription is left of, and those retired too long ago; how many."""

        def work(tx: Tx) -> int:
            rows = tx.all("SELECT kid, retired_at FROM vapid_key WHERE retired_at <= :before", before=now - AT_LEAST)
            over = [str(kid) for kid, at in rows if str(kid) not in in_use or as_int(at) <= now - KEPT]
            return tx.run("DELETE FROM vapid_key WHERE kid {in:kids}", kids=over) if over else 0

        gone = await self._keys.database.write(work)
        self._known.clear()
        return gone

    def _opened(self, row: Row) -> VapidKey:
        kid = str(row[0])
        private = self._keys.unwrap(f"vapid:{kid}", as_bytes(row[2]))
        return VapidKey(kid=kid, public=str(row[1]), private=private)
