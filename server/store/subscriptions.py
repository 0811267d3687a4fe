"""Push subscriptions: where a client's devices are reached. Endpoint and keys are sealed with the client's key."""

import hmac
from collections.abc import Sequence
from hashlib import sha256
from typing import Final
from uuid import uuid4

import msgspec

from server.database import Database, Tx
from server.errors import NotFound
from server.models import Millis, Viewer
from server.sealing import SealingKey, bind
from server.store import devices
from server.store.keys import Keys
from server.store.values import as_bytes

MOST: Final = 10
"""Devices a client is reached on; the one longest without an accepted push makes room for a new one."""


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """What a browser hands out: where to send, and the keys to encrypt with, in base64url."""

    endpoint: str
    p256dh: str
    auth: str


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """A subscription ready to send to. `label` names it in logs without telling where it leads."""

    id: str
    label: str
    vapid_kid: str
    endpoint: str
    p256dh: str
    auth: str


class SealedTarget(msgspec.Struct, frozen=True, kw_only=True):
    """A subscription as stored."""

    id: str
    client: str
    endpoint_hash: bytes
    sealed: bytes
    vapid_kid: str

    def opened(self, key: SealingKey) -> Target:
        """Where it leads; `Unreadable` with another client's key."""
        address = _decode(key.open(bind(self.client, "subscription", self.id), self.sealed))
        return Target(
            id=self.id,
            label=self.endpoint_hash.hex()[:12],
            vapid_kid=self.vapid_kid,
            endpoint=address.endpoint,
            p256dh=address.p256dh,
            auth=address.auth,
        )


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Address).decode
_LIVE: Final = (
    "SELECT subscription.id, subscription.client_id, subscription.endpoint_hash, subscription.sealed, "
    "subscription.vapid_kid FROM subscription JOIN login ON login.id = subscription.login_id "
    "WHERE login.revoked_at IS NULL AND login.expires_at > :now "
)


class Subscriptions:
    """The viewer's devices that reminders reach."""

    def __init__(self, db: Database, keys: Keys) -> None:
        self._db, self._keys = db, keys

    async def put(self, viewer: Viewer, address: Address, vapid_kid: str, now: Millis) -> None:
        """Reach the viewer on this device. Sent again it changes nothing; a device someone else used moves to the
        viewer, and the other person's reminders stop there. `Conflict` for an address that its push service gave up:
        the browser must ask for another."""
        hashed, key = await self._hash(address.endpoint), await self._keys.of(viewer.id)

        def work(tx: Tx) -> None:
            devices.take(tx, viewer, hashed)
            mine = tx.one(
                "SELECT id FROM subscription WHERE endpoint_hash = :hash AND client_id = :client",
                hash=hashed,
                client=viewer.id,
            )
            id = str(mine[0]) if mine else str(uuid4())
            sealed = key.seal(bind(viewer.id, "subscription", id), _encode(address))
            _save(tx, viewer, id, hashed, sealed, vapid_kid, now)
            _make_room(tx, viewer.id, id)

        await self._db.write(work)

    async def remove(self, viewer: Viewer, endpoint: str, now: Millis) -> None:
        """Reach the viewer no longer on this device; also right when it was not reached."""
        hashed = await self._hash(endpoint)

        def work(tx: Tx) -> None:
            mine = tx.one(
                "SELECT id FROM subscription WHERE endpoint_hash = :hash AND client_id = :client",
                hash=hashed,
                client=viewer.id,
            )
            if mine is not None:
                devices.lose(tx, str(mine[0]), "off", now)

        await self._db.write(work)

    async def find(self, viewer: Viewer, endpoint: str, now: Millis) -> Target:
        """One of the viewer's devices. `NotFound` when reminders don't reach it."""
        hashed, key = await self._hash(endpoint), await self._keys.of(viewer.id)
        row = await self._db.read(
            lambda tx: tx.one(
                _LIVE + "AND subscription.endpoint_hash = :hash AND subscription.client_id = :client",
                hash=hashed,
                client=viewer.id,
                now=now,
            )
        )
        if row is None:
            raise NotFound("Reminders are not turned on for this device yet. Turn them on, then try again.")
        return _target(row).opened(key)

    async def tried(self, subscription_id: str, state: str, reason: str | None, now: Millis) -> None:
        """Note what became of a push outside any occasion."""
        await self._db.write(lambda tx: note_tried(tx, subscription_id, state, reason, now))

    async def _hash(self, endpoint: str) -> bytes:
        return hmac.digest(await self._keys.secret("push-endpoint"), endpoint.encode(), sha256)


def live(tx: Tx, client_ids: Sequence[str], now: Millis) -> list[SealedTarget]:
    """Every device of these clients on which they are still signed in."""
    rows = tx.all(
        _LIVE + "AND subscription.client_id {in:clients} ORDER BY subscription.id", clients=client_ids, now=now
    )
    return [_target(row) for row in rows]


def note_tried(tx: Tx, subscription_id: str, state: str, reason: str | None, now: Millis) -> None:
    """What a push service said of a subscription: one that is gone is forgotten at once, one that is refused stays
    and is marked, a passing trouble changes nothing. That it is gone stays known of the device."""
    if state == "gone":
        devices.lose(tx, subscription_id, reason or "gone", now)
    elif state == "accepted":
        tx.run(
            "UPDATE subscription SET accepted_at = :now, failed_at = NULL, reason = NULL WHERE id = :id",
            id=subscription_id,
            now=now,
        )
    elif state == "refused":
        tx.run(
            "UPDATE subscription SET failed_at = coalesce(failed_at, :now), reason = :reason WHERE id = :id",
            id=subscription_id,
            now=now,
            reason=reason,
        )


def _save(tx: Tx, viewer: Viewer, id: str, hashed: bytes, sealed: bytes, vapid_kid: str, now: Millis) -> None:
    tx.run(
        "INSERT INTO subscription (id, client_id, login_id, endpoint_hash, sealed, vapid_kid, created_at) "
        "VALUES (:id, :client, :login, :hash, :sealed, :kid, :now) ON CONFLICT (endpoint_hash) DO UPDATE SET "
        "id = excluded.id, client_id = excluded.client_id, login_id = excluded.login_id, "
        "sealed = excluded.sealed, vapid_kid = excluded.vapid_kid, "
        "created_at = CASE WHEN subscription.client_id = excluded.client_id THEN subscription.created_at "
        "ELSE excluded.created_at END, "
        "accepted_at = CASE WHEN subscription.client_id = excluded.client_id THEN subscription.accepted_at END, "
        "failed_at = CASE WHEN subscription.client_id = excluded.client_id THEN subscription.failed_at END, "
        "reason = CASE WHEN subscription.client_id = excluded.client_id THEN subscription.reason END",
        id=id,
        client=viewer.id,
        login=viewer.login,
        hash=hashed,
        sealed=sealed,
        kid=vapid_kid,
        now=now,
    )


def _make_room(tx: Tx, client_id: str, keep: str) -> None:
    tx.run(
        "DELETE FROM subscription WHERE client_id = :client AND id <> :keep AND id NOT IN ("
        "SELECT id FROM subscription WHERE client_id = :client AND id <> :keep "
        "ORDER BY coalesce(accepted_at, created_at) DESC, id LIMIT :most)",
        client=client_id,
        keep=keep,
        most=MOST - 1,
    )


def _target(row: Sequence[str | int | float | bytes | None]) -> SealedTarget:
    return SealedTarget(
        id=str(row[0]),
        client=str(row[1]),
        endpoint_hash=as_bytes(row[2]),
        sealed=as_bytes(row[3]),
        vapid_kid=str(row[4]),
    )
