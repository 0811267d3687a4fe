"""Who works in a practice, for its admins: letting an account rest, and whose clients are then to be handed over."""

from typing import Final

import msgspec

from server.database import Database, Tx
from server.errors import Invalid, NotFound
from server.models import Millis, Viewer
from server.store.clients import name_of
from server.store.keys import Keys
from server.store.ledger import Ledger
from server.store.people import StaffRole
from server.store.values import as_bytes, as_int

_SELECT: Final = (
    "SELECT account.id, account.display_name, account.role, account.disabled, (SELECT count(*) FROM relationship "
    "WHERE relationship.therapist_id = account.id AND relationship.until IS NULL) FROM account "
    "WHERE account.practice_id = :practice "
)


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """Someone who works in the practice, and how many clients they accompany."""

    id: str
    name: str
    role: StaffRole
    disabled: bool
    clients: int


class Named(msgspec.Struct, frozen=True):
    """A client by name, and by nothing else."""

    id: str
    name: str


class Staff:
    """The people of the viewer's practice; the viewer is one of its admins."""

    def __init__(self, db: Database, keys: Keys, ledger: Ledger) -> None:
        self._db, self._keys, self._ledger = db, keys, ledger

    async def all(self, viewer: Viewer) -> list[Member]:
        """Everyone, by name."""
        rows = await self._db.read(
            lambda tx: tx.all(_SELECT + "ORDER BY account.display_name, account.id", practice=viewer.practice)
        )
        return [
            Member(
                id=str(id),
                name=str(name),
                role=msgspec.convert(role, StaffRole),
                disabled=bool(disabled),
                clients=as_int(clients),
            )
            for id, name, role, disabled, clients in rows
        ]

    async def clients_of(self, viewer: Viewer, account_id: str) -> list[Named]:
        """Whom somebody of the practice accompanies, by name. `NotFound` for anybody else."""
        rows = await self._db.read(lambda tx: _clients(tx, viewer, account_id))
        named = [Named(id, name_of(await self._keys.of(id), id, sealed)) for id, sealed in rows]
        return sorted(named, key=lambda one: (one.name.casefold(), one.id))

    async def disable(self, viewer: Viewer, account_id: str, now: Millis) -> None:
        """End every login of somebody of the practice, at once, and their ways in; they can't sign in any more. Twice
        is harmless. `NotFound` for anybody else; `Invalid` for the viewer."""
        if account_id == viewer.id:
            raise Invalid("That is you. Nothing was changed. Another admin of the practice can do it.")
        ended = await self._db.write(lambda tx: _disable(tx, viewer, account_id, now))
        await self._ledger.note_disabled(account_id, True, now)
        for login in ended:
            await self._ledger.note_login(login, now)

    async def enable(self, viewer: Viewer, account_id: str, now: Millis) -> None:
        """Let somebody of the practice sign in again; the logins they had stay ended. `NotFound` for anybody else."""
        await self._db.write(lambda tx: _set(tx, viewer, account_id, 0))
        await self._ledger.note_disabled(account_id, False, now)


def _clients(tx: Tx, viewer: Viewer, account_id: str) -> list[tuple[str, bytes]]:
    if tx.one(_SELECT + "AND account.id = :id", practice=viewer.practice, id=account_id) is None:
        raise NotFound()
    rows = tx.all(
        "SELECT client.id, client.name_sealed FROM client JOIN relationship ON relationship.client_id = client.id "
        "WHERE relationship.therapist_id = :id AND relationship.until IS NULL AND client.practice_id = :practice",
        id=account_id,
        practice=viewer.practice,
    )
    return [(str(id), as_bytes(sealed)) for id, sealed in rows]


def _disable(tx: Tx, viewer: Viewer, account_id: str, now: Millis) -> list[str]:
    """The logins that this ended."""
    _set(tx, viewer, account_id, 1)
    tx.run(
        "UPDATE invite SET revoked_at = :now WHERE (made_by = :id OR account_id = :id) AND used_at IS NULL "
        "AND revoked_at IS NULL",
        now=now,
        id=account_id,
    )
    rows = tx.all(
        "UPDATE login SET revoked_at = :now WHERE person_id = :id AND role <> 'client' AND revoked_at IS NULL "
        "RETURNING id",
        now=now,
        id=account_id,
    )
    return [str(id) for (id,) in rows]


def _set(tx: Tx, viewer: Viewer, account_id: str, disabled: int) -> None:
    changed = tx.run(
        "UPDATE account SET disabled = :disabled WHERE id = :id AND practice_id = :practice",
        disabled=disabled,
        id=account_id,
        practice=viewer.practice,
    )
    if changed == 0:
        raise NotFound()
