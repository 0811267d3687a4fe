"""Clients: whom a therapist accompanies. A therapist sees those of a live relationship, and nobody else does."""

import secrets
from typing import Final, Literal

import msgspec

from server.database import Database, Row, Tx
from server.errors import NotFound
from server.models import Millis, Viewer
from server.sealing import SealingKey, bind
from server.store.keys import Keys
from server.store.values import as_bytes, as_int

Push = Literal["none", "ok", "broken"]


class Client(msgspec.Struct, frozen=True, kw_only=True):
    """A client as their therapist sees them. `push` says only whether reminders can reach a phone."""

    id: str
    name: str
    created_at: Millis
    joined_at: Millis | None
    active_at: Millis | None
    push: Push


_CASELOAD: Final = (
    "SELECT client.id, client.name_sealed, client.created_at, client.joined_at, client.active_at, "
    "(SELECT count(*) FROM subscription WHERE subscription.client_id = client.id), "
    "(SELECT count(*) FROM subscription WHERE subscription.client_id = client.id "
    "AND subscription.failed_at IS NULL) "
    "FROM client JOIN relationship ON relationship.client_id = client.id "
    "WHERE relationship.therapist_id = :viewer AND relationship.until IS NULL "
)


class Clients:
    """The clients of the viewer."""

    def __init__(self, db: Database, keys: Keys) -> None:
        self._db, self._keys = db, keys

    async def add(self, viewer: Viewer, client_id: str, name: str, now: Millis) -> Client:
        """A new client of the viewer, with a journal and a key of their own; added twice, the first stays.
        `NotFound` when the id is someone else's."""
        if not await self._db.read(lambda tx: _free_or_mine(tx, viewer, client_id)):
            raise NotFound()
        key = await self._keys.create(client_id, now)
        sealed = key.seal(_name_aad(client_id), name.encode())
        await self._db.write(lambda tx: _add(tx, viewer, client_id, sealed, now))
        return await self.one(viewer, client_id)

    async def all(self, viewer: Viewer) -> list[Client]:
        """The viewer's clients, in the order they were added."""
        rows = await self._db.read(
            lambda tx: tx.all(_CASELOAD + "ORDER BY client.created_at, client.id", viewer=viewer.id)
        )
        return [await self._shown(row) for row in rows]

    async def one(self, viewer: Viewer, client_id: str) -> Client:
        """One client of the viewer. `NotFound` for anyone else's."""
        row = await self._db.read(
            lambda tx: tx.one(_CASELOAD + "AND client.id = :client", viewer=viewer.id, client=client_id)
        )
        if row is None:
            raise NotFound()
        return await self._shown(row)

    async def _shown(self, row: Row) -> Client:
        client_id, devices, working = str(row[0]), as_int(row[5]), as_int(row[6])
        return Client(
            id=client_id,
            name=name_of(await self._keys.of(client_id), client_id, as_bytes(row[1])),
            created_at=as_int(row[2]),
            joined_at=None if row[3] is None else as_int(row[3]),
            active_at=None if row[4] is None else as_int(row[4]),
            push="ok" if working else "broken" if devices else "none",
        )


def name_of(key: SealingKey, client_id: str, sealed: bytes) -> str:
    """The client's name in clear."""
    return key.open(_name_aad(client_id), sealed).decode()


def _name_aad(client_id: str) -> bytes:
    return bind("client-name", client_id)


def _free_or_mine(tx: Tx, viewer: Viewer, client_id: str) -> bool:
    row = tx.one(
        "SELECT (SELECT count(*) FROM relationship WHERE relationship.client_id = client.id "
        "AND relationship.therapist_id = :viewer AND relationship.until IS NULL) "
        "FROM client WHERE client.id = :client",
        viewer=viewer.id,
        client=client_id,
    )
    return row is None or as_int(row[0]) > 0


def _add(tx: Tx, viewer: Viewer, client_id: str, sealed: bytes, now: Millis) -> None:
    """The client, their first epoch and the relationship; nothing when the client is there already."""
    epoch = secrets.token_hex(4)
    added = tx.run(
        "INSERT INTO client (id, practice_id, name_sealed, epoch, seq, floor, created_at) "
        "VALUES (:client, :practice, :name, :epoch, 0, 0, :now) ON CONFLICT (id) DO NOTHING",
        client=client_id,
        practice=viewer.practice,
        name=sealed,
        epoch=epoch,
        now=now,
    )
    if added:
        tx.run(
            "INSERT INTO epoch (client_id, epoch, fork, opened_at, ord) VALUES (:client, :epoch, 0, :now, 1)",
            client=client_id,
            epoch=epoch,
            now=now,
        )
        tx.run(
            "INSERT INTO relationship (client_id, therapist_id, since) VALUES (:client, :viewer, :now)",
            client=client_id,
            viewer=viewer.id,
            now=now,
        )
