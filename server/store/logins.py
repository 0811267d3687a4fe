"""Logins: one person signed in on one device. The token itself is never stored."""

from typing import Final
from uuid import uuid4

import msgspec

from server import security
from server.database import Database, Tx
from server.errors import Erased, LoginRevoked, NotFound, NotSignedIn
from server.models import Millis, Role, Viewer
from server.store import devices
from server.store.ledger import Ledger
from server.store.people import Account
from server.store.values import as_int


class Seen(msgspec.Struct, frozen=True):
    """Who is asking. `slid` says that the login's life was extended, so the cookie's may be too."""

    viewer: Viewer
    slid: bool


class Signed(msgspec.Struct, frozen=True):
    """A new login: who it is, the token to put in the cookie, and the login it took the place of."""

    viewer: Viewer
    token: str
    replaced: str | None = None


class Login(msgspec.Struct, frozen=True, kw_only=True):
    """A device of the viewer."""

    id: str
    device: str
    created_at: Millis
    seen_at: Millis
    current: bool


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """Where someone signs in: the device as it calls itself, and the token its cookie holds already, if any. That
    login ends with the new one, so that no cookie from before is worth anything."""

    device: str
    replaces: str = ""


_HOLDER: Final = (
    "SELECT login.id, login.role, login.person_id, login.practice_id, login.seen_at, login.expires_at, "
    "login.revoked_at, account.display_name, account.disabled, "
    "CASE WHEN login.role <> 'client' OR login.revoked_at IS NULL "
    "OR EXISTS (SELECT 1 FROM client WHERE client.id = login.person_id) THEN 0 ELSE 1 END FROM login "
    "LEFT JOIN account ON account.id = login.person_id WHERE login.token_hash = :hash"
)
_LIVE: Final = "revoked_at IS NULL AND expires_at > :now "


class Logins:
    """The logins of the viewer. `staff_idle` is how long a therapist may do nothing, in milliseconds."""

    def __init__(self, db: Database, ledger: Ledger, staff_idle: Millis) -> None:
        self._db, self._ledger, self._staff_idle = db, ledger, staff_idle

    async def find(self, token: str, now: Millis) -> Seen:
        """Who holds this token. `NotSignedIn` when nobody does any more; `LoginRevoked` when it was ended, `Erased`
        when everything of that person was."""
        row = await self._db.find(_HOLDER, hash=security.hash_token(token))
        if row is None or row[8] == 1:
            raise NotSignedIn()
        if row[6] is not None:
            raise Erased() if row[9] else LoginRevoked()
        role, seen_at = msgspec.convert(row[1], Role), as_int(row[4])
        if as_int(row[5]) <= now or (role != "client" and seen_at + self._staff_idle <= now):
            raise NotSignedIn()
        viewer = Viewer(id=str(row[2]), role=role, practice=str(row[3]), login=str(row[0]), name=str(row[7] or ""))
        stale = now - seen_at >= security.seen_every(role)
        if stale:
            await self._db.write(lambda tx: _note_seen(tx, viewer, now))
        return Seen(viewer, slid=stale and role == "client")

    async def sign_in(self, account: Account, entry: Entry, now: Millis) -> Signed:
        """A login of someone whose password was right."""
        signed = await self._db.write(
            lambda tx: add(tx, account.id, account.role, account.practice, account.display_name, entry, now)
        )
        await self._ledger.note_login(signed.replaced, now)
        return signed

    async def all(self, viewer: Viewer, now: Millis) -> list[Login]:
        """The viewer's devices that are signed in, the one used last first."""
        rows = await self._db.read(
            lambda tx: tx.all(
                "SELECT id, device, created_at, seen_at FROM login WHERE person_id = :viewer AND role = :role AND "
                + _LIVE
                + "AND (role = 'client' OR seen_at > :idle) ORDER BY seen_at DESC, id",
                viewer=viewer.id,
                role=viewer.role,
                now=now,
                idle=now - self._staff_idle,
            )
        )
        return [
            Login(
                id=str(row[0]),
                device=str(row[1]),
                created_at=as_int(row[2]),
                seen_at=as_int(row[3]),
                current=row[0] == viewer.login,
            )
            for row in rows
        ]

    async def revoke(self, viewer: Viewer, login_id: str, now: Millis) -> None:
        """End a login of the viewer: its next request is answered 401, and it gets no reminders. Ending it twice
        is harmless."""

        def work(tx: Tx) -> None:
            mine = tx.one(
                "SELECT 1 FROM login WHERE id = :id AND person_id = :viewer AND role = :role",
                id=login_id,
                viewer=viewer.id,
                role=viewer.role,
            )
            if mine is None:
                raise NotFound()
            _end(tx, login_id, now)

        await self._db.write(work)
        await self._ledger.note_login(login_id, now)


def add(tx: Tx, person: str, role: Role, practice: str, name: str, entry: Entry, now: Millis) -> Signed:
    """Write a new login in the caller's transaction and end the one it replaces."""
    replaced = None
    if entry.replaces:
        old = tx.one(
            "SELECT id FROM login WHERE token_hash = :hash AND revoked_at IS NULL",
            hash=security.hash_token(entry.replaces),
        )
        if old is not None:
            replaced = str(old[0])
            _end(tx, replaced, now)
    token, login_id = security.new_token(), str(uuid4())
    tx.run(
        "INSERT INTO login (id, token_hash, role, person_id, practice_id, device, created_at, seen_at, "
        "expires_at) VALUES (:id, :hash, :role, :person, :practice, :device, :now, :now, :expires)",
        id=login_id,
        hash=security.hash_token(token),
        role=role,
        person=person,
        practice=practice,
        device=entry.device,
        now=now,
        expires=now + security.lifetime(role),
    )
    return Signed(Viewer(id=person, role=role, practice=practice, login=login_id, name=name), token, replaced)


def _note_seen(tx: Tx, viewer: Viewer, now: Millis) -> None:
    """A client's login lives 400 days from now; staff's keeps its end."""
    tx.run(
        "UPDATE login SET seen_at = :now, expires_at = CASE WHEN role = 'client' THEN :slid ELSE expires_at END "
        "WHERE id = :login AND revoked_at IS NULL",
        now=now,
        slid=now + security.CLIENT_LIFE,
        login=viewer.login,
    )
    if viewer.role == "client":
        tx.run("UPDATE client SET active_at = :now WHERE id = :viewer", now=now, viewer=viewer.id)


def _end(tx: Tx, login_id: str, now: Millis) -> None:
    tx.run("UPDATE login SET revoked_at = :now WHERE id = :id AND revoked_at IS NULL", now=now, id=login_id)
    devices.lose_all(tx, login_id, "signed-out", now)
